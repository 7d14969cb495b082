"""Names that lead nowhere, ids that stand for two things, and values that a variable cannot hold."""

import pytest

from tests.library.authors import STORY, Author

LOST = "option 'say-limits' goes to 'shelter', which does not exist"
LAST_WAY = "          - to: safe\n"

#: What is replaced by what, the words on the line where the fault is told, and how it is told.
FAULTS = [
    (
        "sets: {trust: -1}\n        goes: shelter",
        "sets: {trust: -1}\n        goes: sheltre",
        "goes: sheltre",
        "option 'promise' goes to 'sheltre', which does not exist. Did you mean 'shelter'?",
    ),
    (
        "- to: safe",
        "- to: nowhere-at-all",
        "- to: nowhere-at-all",
        "option 'stay' goes to 'nowhere-at-all', which does not exist.",
    ),
    (
        LAST_WAY,
        "          - when: {told: yes}\n            to: safe\n",
        "- when: {told: yes}\n            to: safe",
        "the last way must have no 'when', so that there always is one.",
    ),
    (
        "          - when: {trust: 2..}\n            to: together",
        "          - to: together",
        "- to: together",
        "this way has no 'when', so those after it are never taken.",
    ),
    (
        "id: shelter",
        "id: stop",
        "- id: stop\n    title: In",
        "'stop' is the id of another scene or ending already, on line 20.",
    ),
    (
        "id: alone",
        "id: car",
        "- id: car\n    title: Ten",
        "'car' is the id of another scene or ending already, on line 96.",
    ),
    (
        "id: promise",
        "id: ask-first",
        "- id: ask-first\n        text: “Not",
        "'ask-first' is the id of another option of this scene already, on line 38.",
    ),
    ("skills: [R1, E1]\ncontent", "skills: [R1, X9, E1]\ncontent", "skills: [R1, X9", "'X9' is not a skill."),
    (
        "[R1, E1]\ncontent",
        "\n  - R1\n  - E12\n  - E1\ncontent",
        "  - E12",
        "'E12' is not a skill. Did you mean 'E1'?",
    ),
    (
        "law: reporting",
        "law: reports",
        "law: reports",
        "'reports' is not a legal sentence. Did you mean 'reporting'?",
    ),
    (
        "sources: [PAPER]",
        "sources: [PAPERS]",
        "sources: [PAPERS]",
        "'PAPERS' is not a source. Did you mean 'PAPER'?",
    ),
    (
        "sources: [PAPER]\n        changes: He nods at the timetable.",
        "changes: He nods at the timetable.\n        sources:\n          - PAPER\n          - NOTE",
        "- NOTE",
        "'NOTE' is not a source.",
    ),
    (
        "[R1, E1]\ncontent",
        "[R1, R1]\ncontent",
        "skills: [E1]\n        sources",
        "'E1' is not one of this scenario's skills. The same on lines 54, 110, 121, 131.",
    ),
    (
        "trust: {from: 0, to: 3, start: 1}",
        "trust: {from: 2, to: 3, start: 1}",
        "trust: {from: 2",
        "'trust' must start between its 'from' and its 'to'.",
    ),
    (
        "when: {told: no}",
        "when: {tolt: no}",
        "when: {tolt",
        "'tolt' is not declared under 'variables'. Did you mean 'told'?",
    ),
    ("{trust: -1}", "{luck: -1}", "{luck: -1}", "'luck' is not declared under 'variables'."),
    (
        "when: {trust: 2..}\n            to",
        "when: {luck: 2..}\n            to",
        "{luck: 2..}",
        "'luck' is not declared under 'variables'.",
    ),
    (
        "{told: yes, trust: 2..}",
        "{told: yes, luck: 2..}",
        "luck: 2..",
        "'luck' is not declared under 'variables'.",
    ),
    (
        "when: {told: yes}\n        text: He knew",
        "when: {luck: yes}\n        text: He knew",
        "{luck: yes}",
        "'luck' is not declared under 'variables'.",
    ),
    (
        "when: {trust: 2..}\n            to",
        "when: {trust: 4..}\n            to",
        "{trust: 4..}",
        "'trust' runs from 0 to 3; this cannot be.",
    ),
    (
        "when: {trust: 2..}\n            to",
        "when: {trust: 3..2}\n            to",
        "{trust: 3..2}",
        "'trust' runs from 0 to 3; this cannot be.",
    ),
    (
        "when: {trust: 2..}\n            to",
        "when: {trust: ..5}\n            to",
        "{trust: ..5}",
        "'trust' runs from 0 to 3; this cannot be.",
    ),
    ("when: {told: no}", "when: {told: 2}", "{told: 2}", "'told' runs from 0 to 1; this cannot be."),
    ("{trust: -1}", "{trust: 4}", "{trust: 4}", "'trust' runs from 0 to 3; this cannot be."),
    ("{trust: -1}", "{trust: -4}", "{trust: -4}", "'trust' runs from 0 to 3; this cannot be."),
    ("{trust: -1}", "{trust: +0}", "{trust: +0}", "'trust' runs from 0 to 3; this cannot be."),
]


@pytest.mark.parametrize(("old", "new", "words", "what"), FAULTS, ids=lambda part: part.strip()[:30])
def test_a_name_that_leads_nowhere_is_told_where_it_stands(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(STORY, old, new)
    line = (author.folder / STORY).read_text().partition(words)[0].count("\n") + 1
    assert f"content/{STORY}:{line}: {what}" in author.told_of_the_story()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: {trust: 2..}\n            to", "when: {trust: ..3}\n            to"),
        ("when: {trust: 2..}\n            to", "when: {trust: 2..3}\n            to"),
        ("when: {trust: 2..}\n            to", "when: {trust: 2}\n            to"),
        ("{trust: -1}", "{trust: -3}"),
        ("{trust: -1}", "{trust: 0}"),
    ],
)
def test_what_a_variable_can_hold_is_let_through(author: Author, old: str, new: str) -> None:
    author.edit(STORY, old, new)
    assert author.told() == []


@pytest.mark.parametrize("file", ["skills.yaml", "sources.yaml", "help/wales.yaml"])
def test_while_a_file_of_names_cannot_be_read_nothing_is_held_against_a_name_in_it(
    author: Author, file: str
) -> None:
    """One broken file does not drown its own fault in hundreds of others."""
    (author.folder / file).write_text("")
    assert author.told() == [f"content/{file}:1: the file is empty."]


@pytest.mark.parametrize(
    ("old", "new", "words", "what"),
    [
        (
            "- id: shelter",
            "- id: sheltre",
            "goes: shelter",
            f"{LOST}. Did you mean 'sheltre'? The same on lines 47, 58.",
        ),
        (
            "  told: no",
            "  tolt: no",
            "sets: {told: yes, trust: +1}",
            "'told' is not declared under 'variables'. Did you mean 'tolt'? The same on lines 93, 101, 141, 185.",
        ),
        (
            "trust: {from: 0, to: 3, start: 1}",
            "trust: {from: 0, to: 1, start: 1}",
            "- when: {told: yes, trust: 2..}",
            "'trust' runs from 0 to 1; this cannot be. The same on line 154.",
        ),
    ],
)
def test_a_name_that_is_wrong_where_it_is_declared_is_told_once_with_all_its_lines(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(STORY, old, new)
    line = (author.folder / STORY).read_text().partition(words)[0].count("\n") + 1
    assert author.told() == [f"content/{STORY}:{line}: {what}"]


def test_a_skill_that_exists_nowhere_is_told_beside_one_that_the_scenario_misnames(author: Author) -> None:
    author.edit(STORY, "skills: [R1, E1]\ncontent", "skills: [R9, E1]\ncontent")
    author.edit(STORY, "skills: [E1]\n        law", "skills: [E77]\n        law")
    told = [
        (author.line(STORY, "skills: [R9"), "'R9' is not a skill."),
        (author.line(STORY, "skills: [E77"), "'E77' is not one of this scenario's skills."),
    ]
    assert author.told() == [f"content/{STORY}:{line}: {what}" for line, what in told]
