"""What pydantic found, said in an author's words."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source

Shape = TypeVar("Shape", bound=BaseModel)

_KINDS: Mapping[str, str] = {
    "string_type": "must be text",
    "bool_type": "must be yes or no",
    "int_type": "must be a whole number",
    "list_type": "must be a list",
    "dict_type": "must hold names and values",
    "model_type": "must hold names and values",
}


def checked(source: Source, shape: type[Shape]) -> tuple[Shape | None, list[Fault]]:
    """The source as `shape`, or every fault that stands in the way."""
    try:
        return shape.model_validate(source.value), []
    except ValidationError as error:
        return None, _faults(source, error.errors(include_url=False), shape)


def _faults(source: Source, errors: Sequence[ErrorDetails], shape: type[BaseModel]) -> list[Fault]:
    found: dict[Place, Fault] = {}
    for error in errors:
        place = _written_place(source, error["loc"])
        found.setdefault(place, source.fault(place, _sentence(error, place, shape)))
    return list(found.values())


def _written_place(source: Source, loc: tuple[int | str, ...]) -> Place:
    """The place in the file: pydantic also names branches of a union, which no author wrote."""
    place: list[int | str] = []
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if (*place, part) in source.lines or (
            last and isinstance(part, str) and part.isidentifier() and not place
        ):
            place.append(part)
    wanted = loc[-1]
    if isinstance(wanted, str) and wanted.isidentifier() and (not place or place[-1] != wanted):
        parent = _value_at(source.value, tuple(place))
        if isinstance(parent, dict):
            place.append(wanted)
    return tuple(place)


def _value_at(value: object, place: Place) -> object:
    for part in place:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _sentence(error: ErrorDetails, place: Place, shape: type[BaseModel]) -> str:
    name = str(place[-1]) if place else "this"
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"'{name}' is missing."
        case "extra_forbidden":
            return f"'{name}' is not known here.{did_you_mean(name, _names(shape))}"
        case "string_too_long":
            length = len(" ".join(str(error["input"]).split()))
            return f"'{name}' has {length} characters; at most {limits['max_length']} fit."
        case "string_too_short" | "too_short":
            return f"'{name}' needs at least {limits['min_length']}."
        case "too_long":
            return f"'{name}' has too many; at most {limits['max_length']} are allowed."
        case "enum" | "literal_error":
            return _choice(name, str(error["input"]), str(limits["expected"]))
        case "string_pattern_mismatch":
            return f"'{name}' is '{error['input']}'; {_pattern(str(limits['pattern']))}."
        case "greater_than_equal" | "less_than_equal":
            return f"'{name}' is {error['input']}; it must lie within the limits ({error['msg'].lower()})."
        case kind:
            return f"'{name}' {_KINDS.get(kind, 'is not what is expected here')}."


def _choice(name: str, given: str, expected: str) -> str:
    known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    where = "an entry" if name.isdecimal() else f"'{name}'"
    return f"{where} is '{given}'; it must be one of {', '.join(known)}.{did_you_mean(given, known)}"


def _pattern(pattern: str) -> str:
    if ".." in pattern.replace("\\", ""):
        return "write yes, no, a number, or a span such as 2.. or 1..2"
    if "[+-]" in pattern:
        return "write yes, no, a number, or a step such as +1"
    if "_" in pattern:
        return "names of variables have small letters, digits and underscores"
    return "ids have small letters, digits and single hyphens"


def _names(shape: type[BaseModel]) -> set[str]:
    """Every field name that occurs anywhere in the shape: enough to guess from."""
    found: set[str] = set()
    waiting: list[object] = [shape]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                if (field.alias or name) not in found:
                    found.add(field.alias or name)
                    waiting.append(field.annotation)
        else:
            waiting.extend(getattr(part, "__args__", ()))
    return found
