"""The schema for editors: a valid one, told in an author's words, that accepts what a check accepts and little more."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from bot.library.authoring import WrittenScenario
from bot.library.schema import DIALECT, schema
from bot.library.schema_words import WORDS
from bot.library.source import read
from bot.library.spelling import Conditions, Effects, Id18, Id20, VariableName
from bot.library.wording import checked
from tests.library.authors import SOUND, STORY

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)
FILES = [
    *sorted((Path(__file__).parents[2] / "content").glob("scenarios/*/scenario.yaml")),
    SOUND / STORY,
]
SOUND_VALUE: Any = read(SOUND / STORY).value


class _Yaml12(yaml.SafeLoader):
    """YAML as many editors read it: only true and false are truth values, and +1 is a number."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        sign: [(tag, test) for tag, test in tests if tag != "tag:yaml.org,2002:bool"]
        for sign, tests in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


def _shapes() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Scenario", SCHEMA
    yield from SCHEMA["$defs"].items()


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DIALECT == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_it_accepts_every_sound_scenario_in_either_reading_of_yaml(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(read(file).value)) == []
    editors = yaml.load(file.read_text(), Loader=_Yaml12)
    assert editors != read(file).value
    assert list(VALIDATOR.iter_errors(editors)) == []


def _at(value: Any, *place: str | int) -> Any:
    for part in place:
        value = value[part]
    return value


BROKEN: list[tuple[tuple[str | int, ...], object]] = [
    (("minutes",), 6),
    (("minutes",), "four"),
    (("id",), "Last Bus"),
    (("id",), "a-name-of-nineteen-c"),
    (("title",), "x" * 41),
    (("title",), ""),
    (("title",), 7),
    (("roles",), ["pilot"]),
    (("roles",), []),
    (("skills",), ["R1"]),
    (("young_person", "age"), 9),
    (("young_person", "pronouns"), "it"),
    (("young_person", "nickname"), "Rob"),
    (("variables", "told"), "maybe"),
    (("variables", "Told"), True),
    (("variables", "trust"), {"from": 0, "to": 10, "start": 1}),
    (("variables", "trust"), {"low": 0, "high": 3, "start": 1}),
    (("scenes", 0, "options", 0, "protects"), "strong"),
    (("scenes", 0, "options", 0, "because"), "x" * 331),
    (("scenes", 0, "options", 0, "draws_on"), ["luck"]),
    (("scenes", 0, "options", 0, "sets"), {"trust": "1+"}),
    (("scenes", 0, "options", 0, "when"), {"trust": ".."}),
    (("scenes", 0, "options", 0, "goes"), "The shelter"),
    (("scenes", 0, "options", 0, "goes"), []),
    (("scenes", 0, "options", 0, "goes"), [{"when": {"told": True}}]),
    (("scenes", 0, "options", 0, "keeps_quiet"), "perhaps"),
    (("scenes", 0, "options", 0, "rating"), "stronger"),
    (("scenes", 0, "options"), []),
    (("scenes", 2, "echoes", 0, "when"), {}),
    (("scenes",), []),
    (("endings", 0, "supervision"), None),
    (("endings",), []),
]


@pytest.mark.parametrize(("place", "value"), BROKEN, ids=lambda part: str(part)[:40])
def test_it_refuses_what_a_check_refuses_at_the_place_of_the_fault(
    place: tuple[str | int, ...], value: object
) -> None:
    broken = deepcopy(SOUND_VALUE)
    _at(broken, *place[:-1])[place[-1]] = value
    with pytest.raises(ValidationError):
        WrittenScenario.model_validate(broken)
    errors = list(VALIDATOR.iter_errors(broken))
    paths = [tuple(error.absolute_path) for error in errors]
    assert [path for path in paths if path[: len(place)] == place[: len(path)]]


@pytest.mark.parametrize(
    ("rule", "sound"),
    [
        ({"passes": "consult"}, True),
        ({"never": "stop/promise", "after": "car"}, True),
        ({"passes": "consult", "never": "go", "after": "car"}, False),
        ({"never": "go"}, False),
        ({"after": "go"}, False),
        ({"passes": "Consult"}, False),
        ({}, False),
    ],
)
def test_an_authors_rule_is_of_one_kind(rule: dict[str, str], sound: bool) -> None:
    assert VALIDATOR.is_valid({**SOUND_VALUE, "rules": [rule]}) is sound


@pytest.mark.parametrize("field", ["id", "title", "scenes", "endings", "you_are", "young_person"])
def test_it_names_what_is_missing(field: str) -> None:
    broken = {name: value for name, value in SOUND_VALUE.items() if name != field}
    assert [error.message for error in VALIDATOR.iter_errors(broken)] == [f"'{field}' is a required property"]


def _accepts(part: dict[str, Any], value: object) -> bool:
    return Draft202012Validator({"$defs": SCHEMA["$defs"], **part}).is_valid(value)


def _passes(shape: Any, value: object) -> bool:
    try:
        TypeAdapter(shape).validate_python(value)
    except ValidationError:
        return False
    return True


spelt = st.text("ab1-_A. ", max_size=22) | st.from_regex(
    r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True
)


@given(spelt)
@example("a" * 18)
@example("a" * 19)
@example("a" * 20)
@example("a" * 21)
def test_an_id_is_spelt_alike_for_the_editor_and_for_the_check(id: str) -> None:
    option = SCHEMA["$defs"]["WrittenOption"]["properties"]
    assert _accepts(SCHEMA["properties"]["id"], id) == _passes(Id18, id)
    assert _accepts(option["id"], id) == _accepts(option["goes"], id) == _passes(Id20, id)


written = st.sampled_from(["..", "..1", "2..", "1..2", "1...2", "+1", "-1", "1", "+10", "", "yes", "1-"])


@given(st.booleans() | st.integers(0, 9) | written | st.text(".+-19", max_size=4) | st.none())
def test_conditions_and_effects_are_spelt_alike_for_the_editor_and_for_the_check(value: object) -> None:
    option = SCHEMA["$defs"]["WrittenOption"]["properties"]
    as_read = {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value
    assert _accepts(option["when"], {"told": value}) == _passes(Conditions, {"told": as_read})
    assert _accepts(option["sets"], {"told": value}) == _passes(Effects, {"told": as_read})


@given(st.text("ab1_-A", max_size=26))
def test_a_variable_is_named_alike_for_the_editor_and_for_the_check(name: str) -> None:
    when = SCHEMA["$defs"]["WrittenOption"]["properties"]["when"]
    assert _accepts(when, {name: True}) == _passes(VariableName, name)
    variables = SCHEMA["properties"]["variables"]
    assert _accepts(variables, {name: True}) == _passes(VariableName, name)


def test_every_field_is_told_in_words_and_no_words_are_said_of_nothing() -> None:
    untold = [
        f"{shape}.{field}"
        for shape, part in _shapes()
        for field, inner in part.get("properties", {}).items()
        if not (set(WORDS) & {f"{shape.removeprefix('Written')}.{field}", field} and inner["description"])
    ]
    assert untold == []
    assert all(part["title"] == WORDS[name.removeprefix("Written")][0] for name, part in _shapes())
    fields = {field for _, part in _shapes() for field in part.get("properties", {})}
    known = {"Scenario", *(name.removeprefix("Written") for name, _ in _shapes()), *fields}
    assert {part for name in WORDS for part in name.split(".")} - known == set()


def test_known_skills_sources_and_laws_are_offered_and_others_refused() -> None:
    known = schema(
        skills={"R1": "Stick around", "E1": "Limits"}, sources={"PAPER": "x"}, laws={"reporting": "y"}
    )
    Draft202012Validator.check_schema(known)
    assert known["properties"]["skills"]["items"] == {
        "enum": ["R1", "E1"],
        "enumDescriptions": ["Stick around", "Limits"],
    }
    validator = Draft202012Validator(known)
    assert list(validator.iter_errors(SOUND_VALUE)) == []
    broken = deepcopy(SOUND_VALUE)
    option = broken["scenes"][0]["options"][0]
    broken["skills"][0], option["skills"], option["sources"], option["law"] = "R9", ["R9"], ["BOOK"], "rumour"
    assert {tuple(error.absolute_path) for error in validator.iter_errors(broken)} == {
        ("skills", 0),
        ("scenes", 0, "options", 0, "skills", 0),
        ("scenes", 0, "options", 0, "sources", 0),
        ("scenes", 0, "options", 0, "law"),
    }


def test_a_schema_is_a_value_of_its_own_every_time() -> None:
    one = schema()
    one["properties"].clear()
    assert schema() == SCHEMA


def test_the_story_that_is_broken_here_is_sound() -> None:
    assert checked(read(SOUND / STORY), WrittenScenario)[1] == []
