"""What is wrong with one value of a file, in a sentence that an author can act on."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from bot.library.faults import did_you_mean
from bot.library.source import Place

_KINDS: Mapping[str, str] = {
    "string_type": "text",
    "bool_type": "yes or no",
    "int_type": "a whole number",
    "list_type": "a list: [one, two], or each on a line of its own after '- '",
    "dict_type": "names with values, each on a line of its own",
    "model_type": "names with values, each on a line of its own",
}


def last_name(place: Place) -> str:
    """The last name on the way to a place; its number in a list is nothing that an author wrote."""
    return next((f"'{part}'" for part in reversed(place) if isinstance(part, str)), "the file")


def sentence(error: ErrorDetails, place: Place, siblings: Sequence[str]) -> str:
    """What is wrong at `place`; `siblings` are the names that are known where its last name stands."""
    given, limits = error["input"], error.get("ctx", {})
    name = f"an entry of {last_name(place)}" if place and isinstance(place[-1], int) else last_name(place)
    match error["type"]:
        case "extra_forbidden":
            guess = did_you_mean(str(place[-1]), siblings) or f" Known here: {', '.join(siblings)}."
            return f"{name} is not known here.{guess}"
        case "misspelt":
            return f"{name}: {limits['rule']}; here is '{_cut(given)}'."
        case "string_pattern_mismatch":  # of the names that are no ids, tags alone have a pattern
            return (
                f"{name}: a tag has small letters, digits and single hyphens, such as told-first, and an option is "
                f"scene/option; here is '{_cut(given)}'."
            )
        case "unfit":
            return f"{name}: {limits['rule']}{_but(given)}."
        case "string_too_long" | "string_too_short" | "too_long" | "too_short":
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
