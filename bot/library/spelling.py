"""How single values are written: ids, texts of a length, conditions and effects."""

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _paragraphs(value: object) -> object:
    """YAML folds a text's lines into one and a blank line into a line break: that is where a paragraph ends."""
    if not isinstance(value, str):
        return value
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n\n".join(line for line in lines if line)


def spelt(pattern: str, rule: str) -> AfterValidator:
    """Text of this pattern and no other; `rule` tells an author how to write it."""
    wanted = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if wanted.fullmatch(value) is None:
            raise PydanticCustomError("misspelt", "{rule}", {"rule": rule})
        return value

    return AfterValidator(check)


def unfit(rule: str) -> PydanticCustomError:
    """What is written cannot be meant; `rule` tells an author what to write instead."""
    return PydanticCustomError("unfit", "{rule}", {"rule": rule})


class Span(NamedTuple):
    """What a condition asks for: between `low` and `high`, both included; None is as far as the variable goes."""

    low: int | None
    high: int | None


class Move(NamedTuple):
    """What an effect does: sets to `value`, or moves by it."""

    value: int
    relative: bool


_SPAN = re.compile(r"(?P<low>[0-9]?)\.\.(?P<high>[0-9]?)")
_MOVE = re.compile(r"[+-][0-9]")


def _span(value: object) -> Span:
    if isinstance(value, int):
        return Span(int(value), int(value))
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None or value == "..":
        raise unfit("write yes, no, a number, or a span such as 2.. or ..1 or 1..2")
    low, high = found["low"], found["high"]
    return Span(int(low) if low else None, int(high) if high else None)


def _move(value: object) -> Move:
    if isinstance(value, int):
        return Move(int(value), relative=False)
    if isinstance(value, str) and _MOVE.fullmatch(value):
        return Move(int(value), relative=True)
    raise unfit("write yes, no, a number, or a step such as +1 or -1")


_ID = spelt(
    r"[a-z0-9]+(-[a-z0-9]+)*", "an id has small letters, digits and single hyphens, such as told-first"
)
Id18 = Annotated[str, StringConstraints(max_length=18), _ID]
Id20 = Annotated[str, StringConstraints(max_length=20), _ID]
VariableName = Annotated[
    str,
    StringConstraints(max_length=24),
    spelt(
        r"[a-z][a-z0-9_]*", "a variable's name has small letters, digits and underscores, such as told_first"
    ),
]
SceneText = Annotated[str, BeforeValidator(_paragraphs), StringConstraints(min_length=1, max_length=420)]
T32 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=32)]
T40 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=40)]
T110 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=110)]
T140 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=140)]
T150 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=150)]
T160 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=160)]
T170 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=170)]
T200 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=200)]
T220 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=220)]
T260 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=260)]
T330 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=330)]
T600 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=600)]

Conditions = dict[VariableName, Annotated[Span, PlainValidator(_span)]]
Effects = dict[VariableName, Annotated[Move, PlainValidator(_move)]]
