"""The schema of variants for editors: a valid one, in an author's words, that accepts what a check accepts."""

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

from bot.library.schema import DIALECT
from bot.library.schema_variants import VARIANT_WORDS, variants_schema
from bot.library.schema_words import WORDS
from bot.library.source import read
from bot.library.spelling import Id20
from bot.library.variant_authoring import WrittenVariants
from bot.library.wording import checked
from tests.library.authors import SOUND
from tests.library.test_schema import _Yaml12

FILE = SOUND / "variants/r1.yaml"
FILES = [FILE, *sorted((Path(__file__).parents[2] / "content/variants").glob("*.yaml"))]
SCHEMA = variants_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SOUND_VALUE: Any = read(FILE).value
SOUND_VALUE["variants"][2]["options"][1]["keeps_quiet"] = True


def _shapes() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Variants", SCHEMA
    yield from SCHEMA["$defs"].items()


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DIALECT == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_accepts_every_sound_file_in_either_reading_of_yaml(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(read(file).value)) == []
    assert list(VALIDATOR.iter_errors(yaml.load(file.read_text(), Loader=_Yaml12))) == []


@pytest.mark.parametrize("quiet", [True, False, "yes", "no"])
def test_yes_may_be_a_text_to_an_editor(quiet: object) -> None:
    """Many editors read YAML 1.2, in which it is one."""
    written = deepcopy(SOUND_VALUE)
    written["variants"][2]["options"][1]["keeps_quiet"] = quiet
    assert VALIDATOR.is_valid(written)


Place = tuple[str | int, ...]
ONE: Place = ("variants", 0)
OPTION: Place = (*ONE, "options", 0)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("skill",), 1),
        (("skills",), ["R1"]),
        (("variants",), []),
        (("variants",), {"id": "r1-a"}),
        ((*ONE, "id"), "R1 shelter"),
        ((*ONE, "id"), "r1-a-name-of-21-chars"),
        ((*ONE, "title"), "x" * 41),
        ((*ONE, "setting"), "x" * 41),
        ((*ONE, "setting"), ""),
        ((*ONE, "roles"), ["pilot"]),
        ((*ONE, "roles"), []),
        ((*ONE, "young_person", "age"), 19),
        ((*ONE, "young_person", "pronouns"), "it"),
        ((*ONE, "young_person", "about"), "x" * 161),
        ((*ONE, "text"), "x" * 301),
        ((*ONE, "says"), "x" * 221),
        ((*ONE, "question"), None),
        ((*ONE, "question"), "x" * 161),
        ((*ONE, "scenes"), []),
        ((*ONE, "options"), []),
        ((*OPTION, "id"), "how are things"),
        ((*OPTION, "text"), "x" * 171),
        ((*OPTION, "because"), "x" * 331),
        ((*OPTION, "thinks"), "x" * 151),
        ((*OPTION, "protects"), "strong"),
        ((*OPTION, "draws_on"), ["luck"]),
        ((*OPTION, "draws_on"), []),
        ((*OPTION, "keeps_quiet"), "perhaps"),
        ((*OPTION, "goes"), "home"),
        ((*OPTION, "sets"), {"trust": 1}),
    ],
    ids=lambda part: str(part)[:40],
)
def test_it_refuses_what_a_check_refuses_at_the_place_of_the_fault(place: Place, value: object) -> None:
    broken = deepcopy(SOUND_VALUE)
    part = broken
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    with pytest.raises(ValidationError):
        WrittenVariants.model_validate(broken)
    paths = [tuple(error.absolute_path) for error in VALIDATOR.iter_errors(broken)]
    assert [path for path in paths if path[: len(place)] == place[: len(path)]]


@pytest.mark.parametrize("count", [2, 13])
def test_it_refuses_too_few_variants_and_too_many(count: int) -> None:
    broken = {**SOUND_VALUE, "variants": (SOUND_VALUE["variants"] * 5)[:count]}
    assert [tuple(error.absolute_path) for error in VALIDATOR.iter_errors(broken)] == [("variants",)]


@pytest.mark.parametrize("field", ["id", "title", "setting", "young_person", "text", "options", "question"])
def test_it_names_what_is_missing(field: str) -> None:
    broken = deepcopy(SOUND_VALUE)
    del broken["variants"][1][field]
    [error] = VALIDATOR.iter_errors(broken)
    assert (error.message, tuple(error.absolute_path)) == (
        f"'{field}' is a required property",
        ("variants", 1),
    )


spelt = st.text("ab1-_A. ", max_size=22) | st.from_regex(r"r1(-[a-z0-9]{1,9}){0,2}", fullmatch=True)


@given(spelt)
@example("a" * 20)
@example("a" * 21)
def test_an_id_is_spelt_alike_for_the_editor_and_for_the_check(id: str) -> None:
    try:
        TypeAdapter(Id20).validate_python(id)
        passes = True
    except ValidationError:
        passes = False
    for shape in ("WrittenVariant", "WrittenVariantOption"):
        part = SCHEMA["$defs"][shape]["properties"]["id"]
        assert Draft202012Validator(part).is_valid(id) is passes


def test_every_field_is_told_in_words_and_no_words_are_said_of_nothing() -> None:
    words = {**WORDS, **VARIANT_WORDS}
    shapes = {name.removeprefix("Written"): part for name, part in _shapes()}
    fields = [(shape, field) for shape, part in shapes.items() for field in part.get("properties", {})]
    known = {*shapes, *(field for _, field in fields), *(f"{shape}.{field}" for shape, field in fields)}
    assert [one for one in fields if not {".".join(one), one[1]} & set(words)] == []
    assert {name: part["title"] for name, part in shapes.items()} == {name: words[name][0] for name in shapes}
    assert all(
        part["properties"][field]["description"]
        for part in shapes.values()
        for field in part.get("properties", {})
    )
    assert set(VARIANT_WORDS) - known == set()


def test_known_skills_sources_and_laws_are_offered_and_others_refused() -> None:
    known = variants_schema(
        skills={"R1": "Stick around", "E1": "Limits"}, sources={"PAPER": "x"}, laws={"reporting": "y"}
    )
    Draft202012Validator.check_schema(known)
    assert known["properties"]["skill"]["enum"] == ["R1", "E1"]
    assert known["properties"]["skill"]["enumDescriptions"] == ["Stick around", "Limits"]
    validator = Draft202012Validator(known)
    assert list(validator.iter_errors(SOUND_VALUE)) == []
    broken = deepcopy(SOUND_VALUE)
    option = broken["variants"][0]["options"][0]
    broken["skill"], option["sources"], option["law"] = "R9", ["BOOK"], "rumour"
    assert {tuple(error.absolute_path) for error in validator.iter_errors(broken)} == {
        ("skill",),
        (*OPTION, "sources", 0),
        (*OPTION, "law"),
    }


def test_a_schema_is_a_value_of_its_own_every_time() -> None:
    one = variants_schema()
    one["properties"].clear()
    assert variants_schema() == SCHEMA


def test_the_file_that_is_broken_here_is_sound() -> None:
    assert checked(read(FILE), WrittenVariants)[1] == []
