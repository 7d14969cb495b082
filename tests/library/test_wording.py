"""Everything that can be wrong with the shape of a scenario file: where it is said, and in which words."""

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.library.authoring import WrittenScenario
from bot.library.source import Place, Source, read
from bot.library.wording import checked
from tests.library.authors import SOUND, STORY, Author
from tests.thorough import examples

ROLES = "social-work, police, health, youth-work, residential, education"
TOP = (
    "id, title, teaser, minutes, roles, skills, content_note, young_person, you_are, variables, rules, scenes, "
    "endings"
)
OPTION = (
    "id, text, protects, voice, because, draws_on, skills, sources, changes, thinks, keeps_quiet, law, tags, "
    "challenges, when, sets, goes"
)
RESOURCES = "knowledge, skill, personal quality, value"
PRONOUNS = "she/her, he/him, they/them, she/they, he/they"
ID = "an id has small letters, digits and single hyphens, such as told-first"
VARIABLE = "a variable's name has small letters, digits and underscores, such as told_first"
SPAN = "write yes, no, a number, or a span such as 2.. or ..1 or 1..2"
STEP = "write yes, no, a number, or a step such as +1 or -1"
BOUNDS = "write yes, no, or a small number as {from: 0, to: 3, start: 1}"
LIST = "must be a list: [one, two], or each on a line of its own after '- '"
NAMES = "must be names with values, each on a line of its own"

BECAUSE = "        because: He can choose what to say.\n"
PROTECTS = "        protects: stronger\n        voice: stronger\n" + BECAUSE
TRUST = "trust: {from: 0, to: 3, start: 1}"
ECHO = "      - when: {told: yes}\n        text: He looks at you as if to ask whether it is now.\n"
PERSON = (
    "young_person:\n  name: Robin\n  age: 14\n  pronouns: he/him\n  about: Knows every bus by its engine.\n"
)
GOES = "        sets: {trust: -1}\n        goes: shelter\n"

#: What is replaced by what, the words on the line where the fault is told, and how it is told.
FAULTS = [
    # a name is missing: told where the part begins, since it has no line of its own
    ("teaser: He missed it on purpose.\n", "", "id: last-bus", "'teaser' is missing."),
    ("  age: 14\n", "", "young_person:", "'age' is missing under 'young_person'."),
    (BECAUSE, "", "- id: say-limits", "'because' is missing in 'say-limits'."),
    (GOES, "", "- id: promise", "'goes' is missing in 'promise'."),
    ("id: stop\n    title", "title", "title: At the stop", "'id' is missing under 'scenes'."),
    (
        "    supervision: Whom did you wait for this week?\n",
        "",
        "- id: together",
        "'supervision' is missing in 'together'.",
    ),
    (
        ECHO,
        ECHO.replace("when: {told: yes}\n        ", ""),
        "- text: He looks",
        "'when' is missing under 'echoes'.",
    ),
    ("- to: safe", "- when: {trust: 1}", "- when: {trust: 1}", "'to' is missing under 'goes'."),
    (TRUST, "trust: {from: 0, to: 3}", "trust: {from: 0, to: 3}", "'start' is missing under 'trust'."),
    # a name that is not known
    (
        "minutes: 4",
        "minutes: 4\ntitel: A bus",
        "titel:",
        "'titel' is not known here. Did you mean 'title'?",
    ),
    (
        "minutes: 4",
        "minutes: 4\ncolour: red",
        "colour:",
        f"'colour' is not known here. Known here: {TOP}.",
    ),
    (
        BECAUSE,
        f"{BECAUSE}        says: Hm.\n",
        "says: Hm.",
        f"'says' is not known here. Known here: {OPTION}.",
    ),
    (
        ECHO,
        f"{ECHO}        tekst: Hm.\n",
        "tekst:",
        "'tekst' is not known here. Did you mean 'text'?",
    ),
    ("- to: safe", "- {to: safe, wen: {trust: 1}}", "wen", "'wen' is not known here. Did you mean 'when'?"),
    (TRUST, f"{TRUST[:-1]}, stop: 2}}", TRUST[:-1], "'stop' is not known here. Did you mean 'to'?"),
    # nothing stands there
    ("title: The last bus", "title:", "title:\n", "'title' is empty."),
    ("title: The last bus", "title: ''", "title: ''", "'title' is empty."),
    ("title: The last bus", "title: '  '", "title: '  '", "'title' is empty."),
    ("roles: [youth-work, police]", "roles: []", "roles:", "'roles' is empty."),
    ("roles: [youth-work, police]", "roles:", "roles:", "'roles' is empty."),
    (PROTECTS, PROTECTS.replace(" stronger", "", 1), "protects:\n", "'protects' is empty."),
    (ECHO, ECHO.replace("{told: yes}", "{}"), "when: {}", "'when' is empty."),
    (GOES, "        goes: []\n", "goes: []", "'goes' is empty."),
    ("  told: no", "  told:", "  told:", f"'told': {BOUNDS}; nothing stands here."),
    # too long, too many, too few, too great, too small
    (
        "title: The last bus",
        f"title: {'bus ' * 11}",
        "title: bus",
        "'title' has 43 characters; at most 40 fit.",
    ),
    (
        "    text: >-\n      The last bus has gone. Robin watches it go.",
        f"    text: >-\n      {'x' * 210}\n\n      {'x' * 209}",
        "text: >-",
        "'text' has 421 characters; at most 420 fit.",
    ),
    (
        BECAUSE,
        f"        because: >-\n{'          Long, long ago.' * 30}\n",
        "because: >-",
        "'because' has 479 characters; at most 330 fit.",
    ),
    ("id: last-bus", "id: the-very-last-bus-of-all", "id: the", "'id' has 24 characters; at most 18 fit."),
    ("[R1, E1]\ncontent", "[R1]\ncontent", "skills: [R1]\n", "'skills' has 1; at least 2 are needed."),
    (
        "[R1, E1]\ncontent",
        "[R1, E1, R1, E1, R1]\ncontent",
        "skills: [R1, E1, R1, E1, R1]",
        "'skills' has 5; at most 4 are allowed.",
    ),
    ("minutes: 4", "minutes: 9", "minutes: 9", "'minutes' is 9; it must be at most 5."),
    ("age: 14", "age: 9", "age: 9", "'age' is 9; it must be at least 10."),
    (TRUST, TRUST.replace("3", "12"), "trust: {from", "'to' is 12; it must be at most 9."),
    # another kind of thing than is wanted
    ("minutes: 4", "minutes: four", "minutes:", "'minutes' must be a whole number; here is 'four'."),
    ("minutes: 4", "minutes: 4.5", "minutes:", "'minutes' must be a whole number; here is '4.5'."),
    ("minutes: 4", "minutes: yes", "minutes:", "'minutes' must be a whole number; here is yes or no."),
    (
        "minutes: 4",
        "minutes: '4'",
        "minutes:",
        "'minutes' must be a whole number; write 4 without quotation marks.",
    ),
    (
        "minutes: 4",
        f"minutes: {'9' * 5000}",
        "minutes:",
        f"'minutes' must be a whole number; here is '{'9' * 39}…'.",
    ),
    ("title: The last bus", "title: 2026", "title: 2026", "'title' must be text; put it in quotation marks."),
    ("title: The last bus", "title: no", "title: no", "'title' must be text; put it in quotation marks."),
    ("title: The last bus", "title: [a]", "title: [a]", "'title' must be text; here is a list."),
    (
        "title: The last bus",
        "title: {a: b}",
        "title: {a",
        "'title' must be text; here are names with values.",
    ),
    (
        "override: yes",
        "override: maybe",
        "override: maybe",
        "'override' must be yes or no; here is 'maybe'.",
    ),
    (
        "keeps_quiet: yes",
        "keeps_quiet: 'yes'",
        "keeps_quiet:",
        "'keeps_quiet' must be yes or no; write yes without quotation marks.",
    ),
    ("[youth-work, police]", "police", "roles: police", f"'roles' {LIST}; here is 'police'."),
    (PERSON, "young_person: Robin\n", "young_person:", f"'young_person' {NAMES}; here is 'Robin'."),
    ("when: {told: no}", "when: told", "when: told\n", f"'when' {NAMES}; here is 'told'."),
    ("- to: safe", "- safe", "- safe", f"an entry of 'goes' {NAMES}; here is 'safe'."),
    (
        "[R1, E1]\ncontent",
        "[R1, 1]\ncontent",
        "skills: [R1, 1]",
        "an entry of 'skills' must be text; put it in quotation marks.",
    ),
    # one of a few words
    (
        PROTECTS,
        PROTECTS.replace("stronger", "strong", 1),
        "protects: strong\n",
        "'protects' must be one of stronger, workable, weaker; here is 'strong'. Did you mean 'stronger'?",
    ),
    (
        "[youth-work, police]",
        "[youth-work, polise]",
        "roles:",
        f"an entry of 'roles' must be one of {ROLES}; here is 'polise'. Did you mean 'police'?",
    ),
    (
        "[youth-work, police]",
        "\n  - youth-work\n  - 5",
        "- 5",
        f"an entry of 'roles' must be one of {ROLES}; here is 5.",
    ),
    (
        "pronouns: he/him",
        "pronouns: him",
        "pronouns:",
        f"'pronouns' must be one of {PRONOUNS}; here is 'him'. Did you mean 'he/him'?",
    ),
    (
        "draws_on: [value, skill]",
        "draws_on: [value, skil]",
        "draws_on: [value, skil]",
        f"an entry of 'draws_on' must be one of {RESOURCES}; here is 'skil'. Did you mean 'skill'?",
    ),
    # ids, variables, conditions, effects, ways
    ("id: last-bus", "id: Last Bus", "id: Last Bus", f"'id': {ID}; here is 'Last Bus'."),
    ("  told: no", "  Told: no", "  Told: no", f"'Told': {VARIABLE}; here is 'Told'."),
    ("  told: no", "  told: maybe", "  told:", f"'told': {BOUNDS}; here is 'maybe'."),
    ("  told: no", "  told: 3", "  told:", f"'told': {BOUNDS}; here is 3."),
    ("when: {told: no}", "when: {told: never}", "when: {told: never}", f"'told': {SPAN}; here is 'never'."),
    ("when: {told: no}", "when: {told: ..}", "when: {told: ..}", f"'told': {SPAN}; here is '..'."),
    ("when: {told: no}", "when: {told: [no]}", "when: {told: [", f"'told': {SPAN}; here is a list."),
    ("{trust: -1}", "{trust: minus}", "{trust: minus}", f"'trust': {STEP}; here is 'minus'."),
    ("{trust: -1}", "{trust: '1'}", "{trust: '1'}", f"'trust': {STEP}; write 1 without quotation marks."),
    ("{trust: -1}", "{trust: {a: 1}}", "{trust: {", f"'trust': {STEP}; here are names with values."),
    (GOES, "        goes: The Shelter\n", "goes: The", f"'goes': {ID}; here is 'The Shelter'."),
    (
        GOES,
        "        goes: 5\n",
        "goes: 5",
        "'goes': write the id of a scene or an ending, or a list of ways; here is 5.",
    ),
    ("- to: safe", "- to: 5", "- to: 5", "'to' must be text; put it in quotation marks."),
]


@pytest.mark.parametrize(("old", "new", "words", "what"), FAULTS, ids=lambda part: part.strip()[:30])
def test_a_fault_is_told_with_its_line_and_what_to_do(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(STORY, old, new)
    line = (author.folder / STORY).read_text().partition(words)[0].count("\n") + 1
    assert f"content/{STORY}:{line}: {what}" in author.told_of_the_story()


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_their_lines(author: Author) -> None:
    author.edit(STORY, "teaser: He missed it on purpose.\n", "")
    author.edit(STORY, "minutes: 4", "minutes: 40")
    author.edit(STORY, BECAUSE, "        becuase: He can choose what to say.\n")
    author.edit(STORY, "    title: Two torches\n", "")
    lines = [
        (author.line(STORY, "id: last-bus"), "'teaser' is missing."),
        (author.line(STORY, "minutes: 40"), "'minutes' is 40; it must be at most 5."),
        (author.line(STORY, "becuase:"), "'becuase' is not known here. Did you mean 'because'?"),
        (author.line(STORY, "- id: together"), "'title' is missing in 'together'."),
    ]
    assert author.told() == [f"content/{STORY}:{line}: {what}" for line, what in lines]


def test_a_slip_in_a_name_is_told_once_with_the_name_that_was_meant(author: Author) -> None:
    author.edit(STORY, BECAUSE, "        becuase: He can choose what to say.\n        colour: red\n")
    author.edit(STORY, "teaser: He missed it on purpose.\n", "colour: blue\n")
    told = [what.rpartition("yaml:")[2].partition(": ")[2] for what in author.told()]
    assert [what for what in told if "becuase" in what or "'because' is" in what] == [
        "'becuase' is not known here. Did you mean 'because'?"
    ]
    assert "'teaser' is missing." in told, "nothing near it stands there"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- a\n- b\n", f"the file {NAMES}; here is a list."),
        ("# only this\nhello\n", f"the file {NAMES}; here is 'hello'."),
        ("---\n", "the file is empty."),
    ],
)
def test_a_file_that_holds_something_else_altogether_is_told_so(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(text)
    written, faults = checked(read(path), WrittenScenario)
    assert written is None
    assert [fault.what for fault in faults] == [what]


def _places(value: object, place: Place = ()) -> list[Place]:
    found = [place] if place else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        found += _places(part, (*place, key))
    return found


WRITTEN = read(SOUND / STORY)
odd_values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 999_999_999) | st.text(max_size=500),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=6,
)


@settings(
    max_examples=examples(ordinary=150, thorough=300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@example(place=("variables",), odd={"": {}})
@given(place=st.sampled_from(_places(WRITTEN.value)), odd=odd_values)
def test_whatever_stands_anywhere_in_a_file_is_taken_or_told_on_a_line_of_that_file(
    place: Place, odd: object
) -> None:
    """Nothing an author can write ends in a traceback."""
    value = deepcopy(WRITTEN.value)
    parent: object = value
    for part in place[:-1]:
        parent = parent[part]  # type: ignore[index]
    parent[place[-1]] = odd  # type: ignore[index]
    written, faults = checked(Source("scenario.yaml", value, WRITTEN.lines), WrittenScenario)
    assert (written is None) == bool(faults)
    for fault in faults:
        assert 1 <= fault.line <= max(WRITTEN.lines.values())
        assert fault.what.endswith((".", "?"))
        assert "'[key]'" not in fault.what
