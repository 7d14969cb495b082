"""Rules that an author writes about paths: what is no rule, what names nothing, and what a sound one may name."""

import pytest

from tests.library.authors import STORY, Author

NO_RULE = "this is no rule: write 'passes: NAME', or 'never: NAME' with 'after: NAME'."


def _rules(author: Author, *written: str) -> None:
    """Writes these rules into the story, which has a tag in a scene and one at an option."""
    author.edit(
        STORY, "\nscenes:\n", "\nrules:\n" + "".join(f"  - {rule}\n" for rule in written) + "\nscenes:\n"
    )
    author.edit(STORY, "    override: yes\n", "    override: yes\n    tags: [danger, by-road]\n")
    author.edit(
        STORY,
        "        goes: after\n      - id: ring-alone",
        "        tags: [told-first]\n        goes: after\n      - id: ring-alone",
    )


def _told_at(author: Author, words: str, what: str) -> str:
    return f"content/{STORY}:{author.line(STORY, words)}: {what}"


@pytest.mark.parametrize(
    "rule",
    [
        "passes: danger",
        "passes: by-road",
        "passes: car",
        "passes: stop",
        "{never: stop, after: told-first}",
        "{never: stop/promise, after: car/wait}",
        "{never: safe, after: safe}",
        "{never: told-first, after: after}",
    ],
)
def test_a_rule_may_name_a_tag_a_scene_an_ending_or_an_option(author: Author, rule: str) -> None:
    _rules(author, rule)
    assert author.told_of_the_story() == []


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("passes: dangre", "'dangre' is no tag, scene, ending or option here. Did you mean 'danger'?"),
        ("passes: sheltr", "'sheltr' is no tag, scene, ending or option here. Did you mean 'shelter'?"),
        ("passes: zzz", "'zzz' is no tag, scene, ending or option here."),
        (
            "passes: car/ringnow",
            "'car/ringnow' is no tag, scene, ending or option here. Did you mean 'car/ring-now'?",
        ),
        ("passes: trust", "'trust' is no tag, scene, ending or option here."),
    ],
)
def test_a_name_in_a_rule_that_means_nothing_is_told_with_what_may_be_meant(
    author: Author, rule: str, what: str
) -> None:
    _rules(author, rule)
    assert author.told_of_the_story() == [_told_at(author, rule, what)]


def test_an_option_is_not_named_without_its_scene(author: Author) -> None:
    """Two scenes may have an option of the same id."""
    _rules(author, "passes: ring-now")
    (told,) = author.told_of_the_story()
    assert told.startswith(
        _told_at(author, "passes: ring-now", "'ring-now' is no tag, scene, ending or option here.")
    )


def test_both_names_of_a_rule_are_looked_at_each_on_its_own_line(author: Author) -> None:
    _rules(author, "never: nothing\n    after: nobody")
    assert author.told_of_the_story() == [
        _told_at(author, "never: nothing", "'nothing' is no tag, scene, ending or option here."),
        _told_at(author, "after: nobody", "'nobody' is no tag, scene, ending or option here."),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "{}",
        "{never: stop}",
        "{after: stop}",
        "{passes: car, never: stop}",
        "{passes: car, after: stop}",
        "{passes: car, never: stop, after: car}",
    ],
)
def test_what_is_neither_kind_of_rule_or_both_is_no_rule(author: Author, rule: str) -> None:
    _rules(author, "passes: car", rule)
    assert author.told_of_the_story() == [_told_at(author, f"- {rule}", NO_RULE)]


def test_every_rule_that_is_wrong_is_told_not_only_the_first(author: Author) -> None:
    _rules(author, "{never: stop}", "passes: car", "passes: cra", "{passes: car, after: nobody}")
    assert sorted(author.told_of_the_story()) == [
        _told_at(author, "{never: stop}", NO_RULE),
        _told_at(author, "cra", "'cra' is no tag, scene, ending or option here. Did you mean 'car'?"),
        _told_at(author, "nobody", "'nobody' is no tag, scene, ending or option here."),
        _told_at(author, "nobody", NO_RULE),
    ]


def test_a_rule_that_some_path_breaks_is_told_where_it_is_broken(author: Author) -> None:
    _rules(author, "passes: told-first")
    told = author.told_of_the_story()
    assert len(told) == 3
    for ending, line in zip(("together", "safe", "alone"), told, strict=True):
        assert f"'{ending}' can be reached without passing 'told-first'. Shown by: stop/" in line


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("tags: [danger, by-road]", "tags: danger", "tags: danger"),
        ("- id: car\n", "- id: The Car\n", "id: The Car"),
        ("- id: ring-now\n", "- id: Ring\n", "id: Ring"),
        ("- id: alone\n", "- id: 7\n", "id: 7"),
    ],
)
def test_a_rule_is_not_held_against_names_that_could_not_be_read(
    author: Author, old: str, new: str, words: str
) -> None:
    """What is misspelt elsewhere is told there, and not a second time of the rule that names it rightly."""
    _rules(author, "passes: danger", "{never: car/ring-now, after: alone}")
    author.edit(STORY, old, new)
    (told,) = author.told_of_the_story()
    assert told.startswith(f"content/{STORY}:{author.line(STORY, words)}: ")


def test_a_rule_that_could_not_be_read_is_told_once(author: Author) -> None:
    _rules(author, "passses: car", "nonsense")
    told = [
        _told_at(author, "passses: car", "'passses' is not known here. Did you mean 'passes'?"),
        _told_at(author, "- nonsense", "an entry of 'rules' must be names with values"),
    ]
    found = author.told_of_the_story()
    assert [fault.startswith(what) for fault, what in zip(found, told, strict=True)] == [True, True]


@pytest.mark.parametrize("name", ["The Car", "car/", "-car", "car/ring-now/now", "car_ring"])
def test_a_name_that_no_tag_could_have_is_told_and_how_one_is_written(author: Author, name: str) -> None:
    _rules(author, f"passes: {name}")
    (told,) = author.told_of_the_story()
    assert told.startswith(_told_at(author, f"passes: {name}", "'passes'"))
    assert f"here is '{name}'." in told


def test_a_tag_is_written_like_an_id(author: Author) -> None:
    _rules(author, "passes: car")
    author.edit(STORY, "tags: [told-first]", "tags: [Told first]")
    (told,) = author.told_of_the_story()
    assert told.startswith(f"content/{STORY}:{author.line(STORY, 'Told first')}: ")
