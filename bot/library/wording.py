"""What pydantic found, said in an author's words."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source

Shape = TypeVar("Shape", bound=BaseModel)

_KINDS: Mapping[str, str] = {
    "string_type": "text",
    "bool_type": "yes or no",
    "int_type": "a whole number",
    "list_type": "a list: [one, two], or each on a line of its own after '- '",
    "dict_type": "names with values, each on a line of its own",
    "model_type": "names with values, each on a line of its own",
}


def checked(source: Source, shape: type[Shape]) -> tuple[Shape | None, list[Fault]]:
    """The source as `shape`, or every fault that stands in the way."""
    try:
        return shape.model_validate(source.value), []
    except ValidationError as error:
        return None, [_fault(source, found, shape) for found in error.errors(include_url=False)]


def _fault(source: Source, error: ErrorDetails, shape: type[BaseModel]) -> Fault:
    place, value = _written(source.value, error["loc"])
    if error["type"] == "missing":
        return source.fault(place, f"'{error['loc'][-1]}' is missing{_inside(place, value)}.")
    return source.fault(place, _sentence(error, place, shape))


def _written(value: object, loc: tuple[int | str, ...]) -> tuple[Place, object]:
    """The place in the file, and what stands there: as much of `loc` as an author wrote."""
    place: Place = ()
    for part in loc:
        parts = _parts(value)
        if part in parts:
            place, value = (*place, part), parts[part]
    return place, value


def _parts(value: object) -> Mapping[int | str, object]:
    if isinstance(value, list):
        return dict(enumerate(value))
    return value if isinstance(value, dict) else {}


def _inside(place: Place, value: object) -> str:
    """Which part of the file lacks something: by its id, or by the name it stands under."""
    id = value.get("id") if isinstance(value, dict) else None
    if place and isinstance(id, str):
        return f" in '{id}'"
    return f" under {_last(place)}" if place else ""


def _last(place: Place) -> str:
    """The last name on the way to a place; its number in a list is nothing that an author wrote."""
    return next((f"'{part}'" for part in reversed(place) if isinstance(part, str)), "the file")


def _sentence(error: ErrorDetails, place: Place, shape: type[BaseModel]) -> str:
    given, limits = error["input"], error.get("ctx", {})
    name = f"an entry of {_last(place)}" if place and isinstance(place[-1], int) else _last(place)
    match error["type"]:
        case "extra_forbidden":
            known = _siblings(shape, place)
            guess = did_you_mean(str(place[-1]), known) or f" Known here: {', '.join(known)}."
            return f"{name} is not known here.{guess}"
        case "misspelt":
            return f"{name}: {limits['rule']}; here is '{_cut(given)}'."
        case "unfit":
            return f"{name}: {limits['rule']}{_but(given)}."
        case "string_too_long" | "too_long" | "too_short":
            return f"{name} {_size(given, limits)}."
        case "greater_than_equal" | "less_than_equal":
            bound = f"at least {limits['ge']}" if "ge" in limits else f"at most {limits['le']}"
            return f"{name} is {given}; it must be {bound}."
        case _ if given is None:
            return f"{name} is empty."
        case "enum" | "literal_error":
            known = [word.strip("' ") for word in str(limits["expected"]).replace(" or ", ", ").split(",")]
            return f"{name} must be one of {', '.join(known)}{_but(given)}.{did_you_mean(str(given), known)}"
        case "string_type" if isinstance(given, int):
            return f"{name} must be text; put it in quotation marks."
        case kind:
            return f"{name} must be {_KINDS[kind]}{_but(given)}."


def _size(given: Any, limits: Mapping[str, Any]) -> str:
    length = limits.get("actual_length", len(given))
    if not length:
        return "is empty"
    if isinstance(given, str):
        return f"has {length} characters; at most {limits['max_length']} fit"
    if "max_length" in limits:
        return f"has {length}; at most {limits['max_length']} are allowed"
    return f"has {length}; at least {limits['min_length']} are needed"


def _but(given: object) -> str:
    """What stands there instead."""
    match given:
        case None:
            return "; nothing stands here"
        case bool():
            return "; here is yes or no"
        case int():
            return f"; here is {given}"
        case str() if len(given) < 10 and (given.isdecimal() or given.lower() in {"yes", "no"}):
            return f"; write {given} without quotation marks"
        case str():
            return f"; here is '{_cut(given)}'"
        case list():
            return "; here is a list"
        case _:
            return "; here are names with values"


def _cut(given: str) -> str:
    text = " ".join(given.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _siblings(shape: object, place: Place) -> list[str]:
    """The names that are known where the last name of `place` stands."""
    for part in place[:-1]:
        fields = _fields(shape)
        shape = fields[part] if fields is not None and isinstance(part, str) else get_args(_plain(shape))[-1]
    return list(_fields(shape) or ())


def _fields(shape: object) -> dict[str, object] | None:
    """What a model's fields hold, by the names that an author writes; None for a list or a mapping."""
    plain = _plain(shape)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return {field.alias or name: field.annotation for name, field in plain.model_fields.items()}
    return None


def _plain(shape: object) -> object:
    return get_args(shape)[0] if get_origin(shape) is Annotated else shape
