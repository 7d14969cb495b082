"""Every fault of every file is told at once, each once, and none that only follows from another."""

from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.library.checking import check_scenario
from bot.library.linking import Known
from bot.library.shelf import CONTENT
from bot.library.source import Place
from tests.library.authors import STORY, Author
from tests.library.test_wording import BECAUSE, ECHO, FAULTS, GOES, WRITTEN, _places, odd_values
from tests.thorough import examples

WALK = "scenarios/last-bus/walks/good.yaml"
MIDDLING = "scenarios/last-bus/walks/middling.yaml"
CHECKLIST = "scenarios/last-bus/checklist.yaml"
PROMISE = "sets: {trust: -1}\n        goes: shelter"


def _at(author: Author, file: str, words: str, what: str) -> str:
    text = (author.folder / file).read_text()
    assert words in text
    line = text.partition(words)[0].count("\n") + 1
    return f"content/{file}:{line}: {what}"


def test_shapes_names_walks_and_the_review_are_told_together(author: Author) -> None:
    author.edit(STORY, "minutes: 4", "titel: A bus\nminutes: five")
    author.edit(STORY, "skills: [R1, E1]\ncontent", "skills: [E1, R99]\ncontent")
    author.edit(STORY, PROMISE, "sets: {trusst: -1}\n        goes: sheltre")
    author.edit(STORY, "protects: stronger\n        voice: weaker", "protects: stronk\n        voice: weaker")
    author.edit(WALK, "choose: ask-him", "choose: ask-hem")
    author.edit(WALK, "ends: together", "ends: togther")
    author.edit(CHECKLIST, "scenario: last-bus", "scenario: first-bus")
    author.edit("words.yaml", "basis: general", "basis: guess")
    author.edit("skills.yaml", "trace: [PAPER, GUIDE]", "trace: [PAPER, GUIDES]")
    rating = (
        "'protects' must be one of stronger, workable, weaker; here is 'stronk'. Did you mean 'stronger'?"
    )
    assert author.told() == [
        _at(
            author,
            CHECKLIST,
            "scenario:",
            "this is the checklist of 'first-bus', but the folder is 'last-bus'.",
        ),
        _at(author, STORY, "titel:", "'titel' is not known here. Did you mean 'title'?"),
        _at(author, STORY, "minutes:", "'minutes' must be a whole number; here is 'five'."),
        _at(author, STORY, "skills: [E1, R99]", "'R99' is not a skill."),
        _at(
            author,
            STORY,
            "{trusst: -1}",
            "'trusst' is not declared under 'variables'. Did you mean 'trust'?",
        ),
        _at(
            author,
            STORY,
            "goes: sheltre",
            "option 'promise' goes to 'sheltre', which does not exist. Did you mean 'shelter'?",
        ),
        _at(author, STORY, "protects: stronk", rating),
        _at(author, WALK, "ask-hem", "'ask-hem' is not an option of this scenario. Did you mean 'ask-him'?"),
        _at(author, WALK, "togther", "'togther' is not an ending of this scenario. Did you mean 'together'?"),
        _at(author, "skills.yaml", "GUIDES", "'GUIDES' is not a source. Did you mean 'GUIDE'?"),
        _at(
            author,
            "words.yaml",
            "basis:",
            "'basis' must be one of discussed, general; here is 'guess'.",
        ),
    ]


#: What is replaced by what, and all that is told of it: a fault, and nothing that only follows from it.
ALONE = [
    # a skill of the scenario that does not exist may be any that its options name
    ("skills: [R1, E1]\ncontent", "skills: [R99, E1]\ncontent", ["'R99' is not a skill."]),
    ("skills: [R1, E1]\ncontent", "skills: 5\ncontent", None),
    ("skills: [R1, E1]\ncontent", "skills: [R1]\ncontent", ["'skills' has 1; at least 2 are needed."]),
    # an id that cannot be read may be meant by any way
    ("- id: shelter", "- id: The Shelter", None),
    ("- id: shelter\n    title", "- title", None),
    ("- id: together", "- id: Together", None),
    # a variable that cannot be read may be meant by any condition
    ("  told: no", "  Told: no", None),
    ("variables:\n", "variabels:\n", None),
    ("trust: {from: 0, to: 3, start: 1}", "trust: {from: zero, to: 3, start: 1}", None),
    # a name that is not known may be meant for one that is missing
    ("    override: yes\n", "    overide: yes\n", None),
    ("        keeps_quiet: yes\n", "        keep_quiet: yes\n", None),
    ("- when: {trust: 2..}\n            to", "- wen: {trust: 2..}\n            to", None),
    ("- when: {trust: 2..}\n            to", "- when: {trust: two}\n            to", None),
    # a part that is something else altogether
    (GOES, "        goes: 5\n", None),
    (ECHO, "      - Hm.\n", None),
    ("          - when: {trust: 2..}\n            to: together\n", "          - together\n", None),
]


@pytest.mark.parametrize(("old", "new", "whole"), ALONE, ids=lambda part: str(part).strip()[:30])
def test_nothing_is_told_that_only_follows_from_another_fault(
    author: Author, old: str, new: str, whole: list[str] | None
) -> None:
    author.edit(STORY, old, new)
    told = [line.split(": ", 1)[1] for line in author.told()]
    assert len(told) == 1
    assert whole in (None, told)


@pytest.mark.parametrize(("old", "new", "words", "what"), FAULTS, ids=lambda part: part.strip()[:30])
def test_a_fault_of_shape_hides_no_name_that_leads_nowhere(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(STORY, "law: reporting", "law: reports")
    author.edit(STORY, old, new)
    told = author.told_of_the_story()
    line = (author.folder / STORY).read_text().partition(words)[0].count("\n") + 1
    assert f"content/{STORY}:{line}: {what}" in told
    assert (
        _at(
            author,
            STORY,
            "law: reports",
            "'reports' is not a legal sentence. Did you mean 'reporting'?",
        )
        in told
    )
    assert len(told) == len(set(told))


def test_a_list_that_is_too_long_is_read_to_its_end(author: Author) -> None:
    more = "          - {when: {told: yes}, to: nowhere, wen: x}\n" * 6
    author.edit(STORY, "          - to: safe\n", f"{more}          - to: safe\n")
    lines = (author.folder / STORY).read_text().splitlines()
    first = lines.index(more.splitlines()[0]) + 1
    also = ", ".join(str(first + number) for number in range(1, 6))
    assert author.told() == [
        _at(author, STORY, "goes:\n", "'goes' has 8; at most 6 are allowed."),
        f"content/{STORY}:{first}: 'wen' is not known here. Did you mean 'when'?",
        f"content/{STORY}:{first}: option 'stay' goes to 'nowhere', which does not exist. The same on lines {also}.",
        *(
            f"content/{STORY}:{first + number}: 'wen' is not known here. Did you mean 'when'?"
            for number in range(1, 6)
        ),
    ]


def test_too_few_options_hide_nothing_that_is_wrong_with_them(author: Author) -> None:
    text = (author.folder / STORY).read_text()
    before, _, after = text.partition("      - id: ask-first\n")
    (author.folder / STORY).write_text(before + after[after.index("      - id: promise\n") :])
    author.edit(STORY, BECAUSE, "")
    author.edit(STORY, PROMISE, PROMISE.replace("shelter", "sheltre"))
    assert author.told_of_the_story() == [
        _at(author, STORY, "options:\n      - id: say-limits", "'options' has 2; at least 3 are needed."),
        _at(author, STORY, "- id: say-limits", "'because' is missing in 'say-limits'."),
        _at(
            author,
            STORY,
            "goes: sheltre",
            "option 'promise' goes to 'sheltre', which does not exist. Did you mean 'shelter'?",
        ),
        f"content/{MIDDLING}:3: 'ask-first' is not an option of this scenario. Did you mean 'ask-him'?",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes: 4", "minutes: five"),
        ("title: The last bus", f"title: {'bus ' * 11}"),
        ("skills: [R1, E1]\ncontent", "skills: [R99, E1]\ncontent"),
        (BECAUSE, ""),
    ],
)
def test_what_no_way_depends_on_does_not_keep_the_story_from_being_proved_and_played(
    author: Author, old: str, new: str
) -> None:
    author.edit(STORY, "        goes: alone", "        goes: safe")
    author.edit(STORY, old, new)
    told = "\n".join(author.told())
    assert "no way leads to the ending 'alone'." in told
    assert "the walk ends at 'safe', not at 'alone'." in told
    assert len(told.splitlines()) == 3


def test_a_rating_that_cannot_be_read_keeps_the_story_from_being_proved_and_not_from_being_played(
    author: Author,
) -> None:
    author.edit(STORY, "    override: yes\n", "    override: maybe\n")
    author.edit(WALK, "choose: ask-him", "choose: wait-with-him")
    what = "'wait-with-him' is not offered at 'shelter'. Offered: ask-him, fill-form."
    assert author.told() == [
        _at(author, STORY, "override:", "'override' must be yes or no; here is 'maybe'."),
        _at(author, WALK, "wait-with-him", what),
    ]


def test_words_that_could_not_be_read_are_not_missed_on_the_screen(author: Author) -> None:
    author.edit(STORY, "    says: Are you going to tell?", f"    says: Are you going to tell?{' Hm.' * 70}")
    author.edit(WALK, "reads: You said so at the stop.", "reads: You said so at the shop.")
    assert author.told() == [
        _at(author, STORY, "says:", "'says' has 302 characters; at most 220 fit."),
        _at(author, WALK, "at the shop", "these words do not stand on the screen here, at 'after'."),
    ]


def test_walks_are_looked_at_even_if_nothing_can_be_read_of_the_story(author: Author) -> None:
    (author.folder / STORY).write_text("")
    author.edit(WALK, "walk: good", "walk: best")
    author.edit(WALK, "- ends: together", "- end: together")
    assert author.told() == [
        f"content/{STORY}:1: the file is empty.",
        _at(author, WALK, "walk:", "the walk is 'best', but the file is 'good.yaml'."),
        _at(author, WALK, "- end:", "'end' is not known here. Did you mean 'ends'?"),
    ]


def test_a_walk_that_goes_wrong_is_read_to_its_end(author: Author) -> None:
    author.edit(WALK, "choose: ask-him", "choose: wait-with-him")
    author.edit(WALK, "choose: stay", "choose: stays")
    author.edit(WALK, "reads: You said", "riids: You said")
    author.edit(WALK, "ends: together", "ends: togther")
    author.edit(WALK, "walk: good", "walk: best")
    stray = _at(author, WALK, "stays", "'stays' is not an option of this scenario. Did you mean 'stay'?")
    end = _at(
        author, WALK, "togther", "'togther' is not an ending of this scenario. Did you mean 'together'?"
    )
    name = _at(author, WALK, "walk:", "the walk is 'best', but the file is 'good.yaml'.")
    shape = _at(author, WALK, "riids", "'riids' is not known here. Did you mean 'reads'?")
    assert author.told() == [name, shape, stray, end]
    author.edit(WALK, "riids: You said", "reads: You said")
    what = "'wait-with-him' is not offered at 'shelter'. Offered: ask-him, fill-form."
    assert author.told() == [name, _at(author, WALK, "wait-with-him", what), stray, end]


def test_one_entry_that_is_wrong_leaves_the_other_names_of_its_file_known(author: Author) -> None:
    author.edit("sources.yaml", "    title: A guide\n", "")
    author.edit("skills.yaml", "theme: ethical", "theme: ethics")
    author.edit("help/wales.yaml", "nation: wales", "nation: england")
    author.edit(STORY, "skills: [R1, E1]\ncontent", "skills: [R1, E12]\ncontent")
    author.edit(STORY, "sources: [PAPER]", "sources: [PAPERS]")
    author.edit(STORY, "law: reporting", "law: reports")
    theme = "'theme' must be one of relationship, ethical, child-centred, skilled; here is 'ethics'."
    assert author.told() == [
        "content/help/wales.yaml:1: this file must say 'nation: wales'.",
        _at(author, STORY, "[R1, E12]", "'E12' is not a skill. Did you mean 'E1'?"),
        _at(author, STORY, "[PAPERS]", "'PAPERS' is not a source. Did you mean 'PAPER'?"),
        _at(author, STORY, "reports", "'reports' is not a legal sentence. Did you mean 'reporting'?"),
        _at(author, "skills.yaml", "ethics", f"{theme} Did you mean 'ethical'?"),
        _at(author, "sources.yaml", "GUIDE:", "'title' is missing under 'GUIDE'."),
    ]


@settings(
    max_examples=examples(ordinary=50, thorough=150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(places=st.lists(st.sampled_from(_places(WRITTEN.value)), min_size=1, max_size=3), odd=odd_values)
def test_whatever_is_wrong_anywhere_is_told_once_and_never_ends_in_a_traceback(
    author: Author, places: list[Place], odd: object
) -> None:
    value = deepcopy(WRITTEN.value)
    for place in places:
        parent: object = value
        for part in place[:-1]:
            inside = isinstance(parent, dict) and part in parent
            inside = inside or (isinstance(parent, list) and isinstance(part, int) and part < len(parent))
            parent = parent[part] if inside else None  # type: ignore[index]
        last = place[-1]
        if isinstance(parent, dict) or (
            isinstance(parent, list) and isinstance(last, int) and last < len(parent)
        ):
            parent[last] = odd  # type: ignore[index]
    path = author.folder / STORY
    path.write_text(yaml.safe_dump(value, allow_unicode=True))
    folder = path.parent.relative_to(Path.cwd())
    scenario, faults = check_scenario(folder, Known({"R1", "E1"}, {"PAPER", "GUIDE"}, {"reporting"}))
    assert (scenario is None) == bool(faults)
    assert len(faults) == len(set(faults))
    assert all("unreadable0" not in fault.what for fault in faults)


def test_words_are_looked_at_while_a_way_leads_nowhere(author: Author) -> None:
    author.edit(STORY, "teaser: He missed it on purpose.", "teaser: A streetwise boy.")
    text = (author.folder / STORY).read_text()
    (author.folder / STORY).write_text(text.replace("goes: shelter", "goes: sheltr", 1))
    (author.folder / "words.yaml").write_text((CONTENT / "words.yaml").read_text())
    told = author.told()
    assert [what.rpartition("[")[2] for what in told if "streetwise" in what] == ["blame]"]
    assert any("'sheltr', which does not exist" in what for what in told)


@pytest.mark.parametrize(("file", "old"), [("skills.yaml", "    line: "), ("help/wales.yaml", "  text: ")])
def test_blame_is_found_in_what_people_read_beside_the_stories(author: Author, file: str, old: str) -> None:
    (author.folder / "words.yaml").write_text((CONTENT / "words.yaml").read_text())
    path = author.folder / file
    before, found, after = path.read_text().partition(old)
    assert found
    path.write_text(f"{before}{old}A streetwise child. {after}")
    (told,) = author.told()
    assert told.startswith(f"content/{file}:")
    assert told.endswith("[blame]")


@pytest.mark.parametrize("written", ["<b>Now</b>", "See https://example.org", "www.example.org", "**Now**"])
def test_texts_hold_no_markup_and_no_links(author: Author, written: str) -> None:
    author.edit(STORY, "because: He can choose what to say.", f'because: "{written}"')
    (told,) = author.told()
    assert told.endswith("[plain-text]")
