"""Twee out: what comes out comes in again as the same."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Verdict
from bot.library.imports.of_scenario import draft_of
from bot.library.imports.twee import twee_draft
from bot.library.imports.twee_out import not_in_twee, twee_text
from bot.library.imports.words import plain_label, plain_words
from bot.library.shelf import compile_shelf
from tests.library.authors import SOUND
from tests.library.imports.stories import story_of, tangles, twee_files, words
from tests.shipped import shipped
from tests.thorough import examples


@settings(max_examples=examples(ordinary=300, thorough=600), deadline=None)
@given(twee_files())
@example(":: A\n<<b>b>\n")
@example(":: A\n[[x--->/*]]\n/*\n[[y->*/]]\n")
@example(":: A\n[[Go->Cellar!]]\n\n:: Cellar\n\n:: cellar\n")
@example(":: A [id:b option:go=wait]\n[[Go->B]]\n[[x->a]]\n\n:: B [id:a]\n\n:: C [id:a]\n")
@example(":: A [id:hall]\n[[x->B!]]\n[[y->b-7f8e]]\n\n:: B [id:b]\n")
def test_import_export_import_is_the_identity(text: str) -> None:
    try:
        first = twee_draft(text, "x.twee")
    except Faults:
        return
    out = twee_text(first)
    second = twee_draft(out, "x.twee")
    assert story_of(second) == story_of(first)
    assert twee_text(second) == out


ids = st.integers(0, 4).map("s{}".format)
options = st.builds(
    DraftOption,
    id=words,
    text=words | tangles,
    to=ids,
    line=st.just(1),
    fields=st.just({"protects": "stronger"}),
)
scenes = st.builds(
    DraftScene,
    id=ids,
    title=words | tangles,
    text=tangles,
    options=st.lists(options, max_size=4).map(tuple),
    line=st.just(1),
    tags=st.lists(st.text(alphabet="ab[]{}\\", min_size=1, max_size=5), max_size=2, unique=True).map(tuple),
    place=st.sampled_from([None, "1,2", "-3.5,4"]),
)
drafts = st.builds(
    Draft,
    title=words | tangles,
    scenes=st.lists(scenes, min_size=1, max_size=5, unique_by=lambda scene: scene.id).map(tuple),
    losses=st.just(()),
    source=st.just("other"),
)


@settings(max_examples=examples(ordinary=300, thorough=600), deadline=None)
@given(drafts)
def test_a_draft_of_any_source_comes_out_as_twee_that_stays_the_same(draft: Draft) -> None:
    first = twee_draft(twee_text(draft), "x.twee")
    assert len(first.scenes) == len(draft.scenes)
    assert [len(scene.options) for scene in first.scenes] == [len(scene.options) for scene in draft.scenes]
    assert [scene.place for scene in first.scenes] == [scene.place for scene in draft.scenes]
    assert story_of(twee_draft(twee_text(first), "x.twee")) == story_of(first)


@settings(max_examples=examples(ordinary=500, thorough=1000), deadline=None)
@given(tangles)
def test_plain_words_are_plain_already(text: str) -> None:
    plain = plain_words(text, 1, "Harlowe").text
    assert plain_words(plain, 1, "Harlowe").text == plain
    label = plain_label(text)
    assert plain_label(label) == label


@pytest.mark.thorough
def test_ids_words_in_quotation_marks_and_tags_come_back_from_a_finished_scenario() -> None:
    for scenario in list(shipped().scenarios.values())[: examples(ordinary=6, thorough=99)]:
        draft = draft_of(scenario)
        back = twee_draft(twee_text(draft), "x.twee")
        assert _ids(back) == _ids(draft)
        assert [scene.tags for scene in back.scenes] == [scene.tags for scene in draft.scenes]
        told = {loss.construct: loss.verdict for loss in [*draft.losses, *not_in_twee(draft)]}
        assert told["ids of scenes and options"] is Verdict.KEPT
        for scene in scenario.scenes:
            assert (f"{scene.id}: 'says'" in told) == (scene.says is not None)


def _ids(draft: Draft) -> object:
    return [(scene.id, [(option.id, option.to) for option in scene.options]) for scene in draft.scenes]


def test_a_tag_that_makes_code_of_a_passage_in_twine_does_not_go_out() -> None:
    start = DraftScene("start", "Start", "Words.", (), 1, ("script", "consult"))
    draft = Draft("A", (start,), (), "scenario")
    assert twee_draft(twee_text(draft), "x.twee").scenes[0].tags == ("consult",)
    assert "start: tag 'script'" in {loss.construct for loss in not_in_twee(draft)}


def test_what_names_give_already_needs_no_tags() -> None:
    text = twee_text(twee_draft(":: The gate\n[[Go in->Hall]]\n\n:: Hall\nEnd.\n", "x.twee"))
    assert "id:" not in text
    assert "option:" not in text


def test_a_finished_scenario_goes_out_and_its_ratings_are_told_to_be_lost() -> None:
    (scenario,) = compile_shelf(Path(SOUND)).scenarios.values()
    draft = draft_of(scenario)
    back = twee_draft(twee_text(draft), "x.twee")
    assert [scene.title for scene in back.scenes] == [scene.title for scene in draft.scenes]
    assert [len(scene.options) for scene in back.scenes] == [len(scene.options) for scene in draft.scenes]
    lost = {loss.construct for loss in not_in_twee(draft) if loss.verdict is Verdict.REFUSED}
    scene, option = scenario.scenes[0], scenario.scenes[0].options[0]
    assert f"{scene.id}/{option.id}: 'protects'" in lost
    assert "scenario's 'minutes'" in lost
