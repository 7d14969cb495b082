"""Editions: the hash of exactly what is sent, and what an edit means for a run under way."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from bot.core.editions import canonical, edition_of, unchanged_ahead
from bot.core.ids import SceneId
from bot.core.scenario import Echo, Rating, Scenario, Variable, Way
from tests.core.stories import STORY, moves, run_of, scene, when, with_ending, with_option, with_scene


def test_the_canonical_form_is_json_without_layout() -> None:
    body = canonical(STORY)
    assert json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == body
    assert json.loads(body)["scenes"][3]["options"][2] == {
        "id": "quiet",
        "text": "quiet is done",
        "protects": "weaker",
        "voice": "stronger",
        "because": "because of quiet",
        "draws_on": ["skill"],
        "skills": ["R1"],
        "changes": "quiet changes this",
        "thinks": "quiet is thought of",
        "goes": [{"to": "after", "when": []}],
        "keeps_quiet": True,
        "when": [],
        "sets": [],
        "sources": [],
        "tags": [],
        "law": None,
    }


def test_an_edition_is_the_sha_256_of_the_canonical_form() -> None:
    assert edition_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert edition_of("’") == "fbe7a43247c3ae64bacf6cc936b1532082faf51869b27a26c198ec4480af9c4b"


def test_the_order_in_which_variables_were_declared_leaves_no_trace() -> None:
    other = replace(STORY, variables=dict(reversed(list(STORY.variables.items()))))
    assert list(other.variables) != list(STORY.variables)
    assert canonical(other) == canonical(STORY)


def _edits(value: Any) -> Iterator[Any]:
    """The value with each of its parts changed, one at a time."""
    match value:
        case bool():
            yield not value
        case Enum():
            yield next(other for other in type(value) if other is not value)
        case str():
            yield f"{value}."
        case int():
            yield value + 1
        case None:
            yield "now there is something"
        case tuple():
            yield (*value, *value[-1:]) if value else ("one",)
            for at, part in enumerate(value):
                yield from ((*value[:at], edit, *value[at + 1 :]) for edit in _edits(part))
        case dict():
            for key, part in value.items():
                yield from (value | {key: edit} for edit in _edits(part))
        case _:
            assert is_dataclass(value)
            for one in fields(value):
                for edit in _edits(getattr(value, one.name)):
                    yield replace(value, **{one.name: edit})  # type: ignore[type-var]


def test_any_edit_at_all_makes_another_edition() -> None:
    small = replace(STORY, scenes=STORY.scenes[:3])
    edited = list(_edits(small))
    bodies = {canonical(each) for each in edited}
    assert len(edited) > 200
    assert canonical(small) not in bodies
    assert len({edition_of(body) for body in bodies}) == len(bodies)


AT_BEGIN = run_of()
AT_LISTEN = run_of("begin/ask")
AT_DANGER = run_of("begin/ask", "listen/wait")
AT_AFTER = run_of("begin/ask", "listen/wait", "danger/act")
AT_ENDING = run_of("begin/ask", "listen/wait", "danger/act", "after/card")

UNCHANGED = replace(STORY)
BEHIND = with_option(STORY, "begin", "ask", text="Ask differently.")
AHEAD = with_option(STORY, "danger", "quiet", because="It is another because.")
RERATED = with_option(STORY, "after", "go", protects=Rating.WEAKER, voice=Rating.WEAKER)


@pytest.mark.parametrize(
    ("new", "run", "expected"),
    [
        pytest.param(UNCHANGED, AT_BEGIN, True, id="the same text"),
        pytest.param(replace(STORY, teaser="Another line."), AT_BEGIN, True, id="the teaser is behind"),
        pytest.param(replace(STORY, you_are="Elsewhere."), AT_BEGIN, True, id="the opening is behind"),
        pytest.param(replace(STORY, title="A tale"), AT_BEGIN, False, id="the debrief has the title"),
        pytest.param(
            replace(STORY, young_person=replace(STORY.young_person, name="Sam")),
            AT_AFTER,
            False,
            id="every feedback has the name",
        ),
        pytest.param(
            replace(STORY, young_person=replace(STORY.young_person, about="Likes trams.")),
            AT_BEGIN,
            True,
            id="who they are is told at the opening",
        ),
        pytest.param(BEHIND, AT_BEGIN, False, id="the scene on the screen"),
        pytest.param(BEHIND, AT_LISTEN, True, id="a scene that is past"),
        pytest.param(AHEAD, AT_LISTEN, False, id="a scene that will come"),
        pytest.param(AHEAD, AT_DANGER, False, id="the scene that has come"),
        pytest.param(AHEAD, AT_AFTER, True, id="the scene that has just passed"),
        pytest.param(
            with_scene(STORY, "pause", title="A rest"), AT_LISTEN, False, id="a scene that may come"
        ),
        pytest.param(
            with_scene(STORY, "pause", title="A rest"), AT_DANGER, True, id="a scene that cannot come"
        ),
        pytest.param(RERATED, AT_AFTER, False, id="another rating"),
        pytest.param(
            with_ending(STORY, "fair", text="It is over."), AT_AFTER, False, id="an ending that may come"
        ),
        pytest.param(
            with_ending(STORY, "fair", text="It is over."), AT_ENDING, False, id="the ending on the screen"
        ),
        pytest.param(
            with_ending(STORY, "good", text="It is over."), AT_ENDING, True, id="an ending that did not come"
        ),
        pytest.param(
            with_scene(STORY, "after", echoes=(Echo("Now.", when("told", 0, 0)),)),
            AT_LISTEN,
            False,
            id="an echo",
        ),
        pytest.param(
            replace(STORY, variables={**STORY.variables, "trust": Variable(0, 3, 2)}),
            AT_AFTER,
            False,
            id="a variable that starts elsewhere",
        ),
        pytest.param(
            with_option(STORY, "after", "card", goes=(Way(SceneId("extra")),)),
            AT_LISTEN,
            False,
            id="another way",
        ),
        pytest.param(
            with_option(STORY, "listen", "write", sets=(moves("trust", -1),)),
            AT_DANGER,
            True,
            id="a past effect",
        ),
        pytest.param(
            replace(STORY, scenes=(*STORY.scenes, scene("extra"))),
            AT_BEGIN,
            True,
            id="a scene nobody reaches",
        ),
        pytest.param(replace(STORY, scenes=STORY.scenes[:4]), AT_AFTER, False, id="the scene is gone"),
        pytest.param(replace(STORY, scenes=STORY.scenes[1:]), AT_LISTEN, True, id="a past scene is gone"),
        pytest.param(replace(STORY, endings=STORY.endings[:2]), AT_DANGER, False, id="an ending is gone"),
    ],
)
def test_a_run_goes_on_exactly_when_all_that_can_still_come_reads_the_same(
    new: Scenario, run: Any, *, expected: bool
) -> None:
    assert unchanged_ahead(STORY, new, run) is expected
