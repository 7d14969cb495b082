"""A JSON Schema of scenario.yaml, so that an editor completes and checks while an author types.

It follows the author's shapes and is a little more lenient than they are: it never asks for anything that a check would
not, except that a text's length is taken as it stands in the file, before line breaks and double spaces are joined.
Many editors read YAML 1.2, for which yes and no are texts and +1 is a number; so it allows both readings.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from bot.library.authoring import WrittenScenario
from bot.library.schema_words import WORDS

Part = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ID: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
_VARIABLE: Final = "^[a-z][a-z0-9_]*$"
_YES_NO: Final[Part] = {"enum": [True, False, "yes", "no"]}
_CONDITION: Final[Part] = {
    "description": "yes, no, a number, or a span such as 2.. or ..1 or 1..2",
    "anyOf": [
        _YES_NO,
        {"type": "integer", "minimum": 0, "maximum": 9},
        {"type": "string", "pattern": r"^([0-9]\.\.[0-9]?|\.\.[0-9])$"},
    ],
}
_EFFECT: Final[Part] = {
    "description": "yes, no, a number, or a step such as +1 or -1",
    "anyOf": [
        _YES_NO,
        {"type": "integer", "minimum": -9, "maximum": 9},
        {"type": "string", "pattern": "^[+-][0-9]$"},
    ],
}
#: Shapes whose names an author writes freely, and what may stand behind each name.
_NAMED: Final = {"when": _CONDITION, "sets": _EFFECT}


def schema(
    *,
    skills: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    laws: Mapping[str, str] | None = None,
) -> Part:
    """The schema, in draft 2020-12. With `skills`, `sources` and `laws` (a key and what it stands for), an editor
    offers these and no others; without, any text will do.
    """
    whole = WrittenScenario.model_json_schema(by_alias=True, schema_generator=_Dialect)
    shapes = {name.removeprefix("Written"): shape for name, shape in whole["$defs"].items()}
    shapes["Scenario"] = whole
    for name, shape in shapes.items():
        _tell(shape, name)
        for field, part in shape.get("properties", {}).items():
            shape["properties"][field] = _field(part, name, field)
    shapes["Rule"]["oneOf"] = [{"required": ["passes"]}, {"required": ["never", "after"]}]
    offered = {"skills": skills, "sources": sources}
    for shape in shapes.values():
        for field, keys in offered.items():
            if keys is not None and field in shape.get("properties", {}):
                shape["properties"][field]["items"] = _one_of(keys)
    if laws is not None:
        shapes["Option"]["properties"]["law"]["anyOf"] = [_one_of(laws), {"type": "null"}]
    return {"$schema": DIALECT, **whole}


class _Dialect(GenerateJsonSchema):
    """Pydantic's own, in the draft that this schema names."""

    schema_dialect = DIALECT


def _field(part: Part, shape: str, field: str) -> Part:
    """A field as an author may write it, with its title and description."""
    part = dict(part)
    if part.get("type") == "boolean":
        part = {"default": part.get("default", False), **_YES_NO}
    elif field in ("id", "to") and part.get("type") == "string":
        part["pattern"] = _ID
    elif field in _NAMED:
        part["additionalProperties"] = _NAMED[field]
        part["propertyNames"] = {**part["propertyNames"], "pattern": _VARIABLE}
    elif field == "variables":
        part["additionalProperties"] = {"anyOf": [_YES_NO, part["additionalProperties"]]}
        part["propertyNames"] = {**part["propertyNames"], "pattern": _VARIABLE}
    elif field == "goes":
        one = {"type": "string", "pattern": _ID, "maxLength": 20}
        several = {key: part.pop(key) for key in ("type", "items", "minItems", "maxItems")}
        part["anyOf"] = [one, several]
    _tell(part, f"{shape}.{field}", field)
    return part


def _tell(part: Part, *names: str) -> None:
    """Puts the words of the first name that has any."""
    for name in names:
        if name in WORDS:
            part["title"], part["description"] = WORDS[name]
            return


def _one_of(keys: Mapping[str, str]) -> Part:
    """One of these and no other. Editors that know `enumDescriptions` show what each stands for."""
    return {"enum": list(keys), "enumDescriptions": list(keys.values())}
