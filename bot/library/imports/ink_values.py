"""What ink reckons with: numbers, yes and no, texts, places to go; and its operators."""

import math
from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple


class Target(NamedTuple):
    """A place in the story as a value."""

    path: str


class Variable(NamedTuple):
    """A variable passed by reference: 0 is the whole story, from 1 the calls that are under way, -1 not known yet."""

    name: str
    context: int


class Tagged(NamedTuple):
    """A tag on its way to its choice."""

    text: str


class Lost(Enum):
    """A value that is not worked out; whatever is reckoned with it is not, either."""

    LIST = "a list"


#: None is ink's void.
Value = bool | int | float | str | Target | Variable | Tagged | Lost | None

LARGEST: Final = 2**31 - 1
LONGEST: Final = 10_000
_UNARY: Final = frozenset({"_", "!", "FLOOR", "CEILING", "INT", "FLOAT"})
_BINARY: Final = frozenset(
    ("+", "-", "/", "*", "%", "==", ">", "<", ">=", "<=", "!=", "&&", "||", "MIN", "MAX", "POW", "?", "!?")
)
#: How many values each operator takes.
ARITY: Final = dict.fromkeys(_UNARY, 1) | dict.fromkeys(_BINARY, 2)


class Undefined(Exception):
    """An operator and values that it knows no answer for."""


def shown(value: Value) -> str:
    """The value as ink writes it into a text."""
    match value:
        case None | Tagged() | Lost():
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.7g}"
        case Target() | Variable():
            raise Undefined("a place or a variable stands where a text is wanted")
        case _:
            return str(value)


def holds(value: Value) -> bool:
    """Whether a condition with this value is met."""
    match value:
        case bool() | int() | float():
            return bool(value)
        case str():
            return bool(value)
        case _:
            raise Undefined("a condition is no number")


def reckoned(name: str, values: list[Value]) -> Value:
    """The operator's answer. Raises `Undefined`."""
    if len(values) == 2 and any(isinstance(value, Target) for value in values) and name in {"==", "!="}:
        return (values[0] == values[1]) is (name == "==")
    lost = any(isinstance(value, Lost) for value in values)
    if lost and not (name == "+" and any(isinstance(value, str) for value in values)):
        return Lost.LIST
    if any(isinstance(value, str) for value in values):
        return _of_texts(name, [shown(value) for value in values])
    numbers = [_number(value) for value in values]
    try:
        return _within(_NUMBERS[name](*numbers))
    except (KeyError, ZeroDivisionError, OverflowError, ValueError, TypeError):
        raise Undefined(f"'{name}' has no answer for these values") from None


def _of_texts(name: str, texts: list[str]) -> Value:
    if name not in {"+", "==", "!=", "?", "!?"} or len(texts) != 2:
        raise Undefined(f"'{name}' has no answer for texts")
    first, second = texts
    match name:
        case "+":
            if len(first) + len(second) > LONGEST:
                raise Undefined("a text grows without end")
            return first + second
        case "==":
            return first == second
        case "!=":
            return first != second
        case _:
            return (second in first) is (name == "?")


def _number(value: Value) -> int | float:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    raise Undefined("something that is no number is reckoned with")


def _within(value: bool | float) -> bool | int | float:
    if not isinstance(value, bool) and not (math.isfinite(value) and abs(value) <= LARGEST):
        raise Undefined("a number grows too large")
    return value


def _over(first: float, second: float) -> float:
    if isinstance(first, int) and isinstance(second, int):
        quotient = abs(first) // abs(second)
        return quotient if (first < 0) == (second < 0) else -quotient
    return first / second


def _rest(first: float, second: float) -> float:
    rest = math.fmod(first, second)
    return int(rest) if isinstance(first, int) and isinstance(second, int) else rest


def _power(first: float, second: float) -> float:
    power = math.pow(first, second)
    return int(power) if power.is_integer() and abs(power) <= LARGEST else power


_NUMBERS: Final[dict[str, Callable[..., bool | float]]] = {
    "+": lambda first, second: first + second,
    "-": lambda first, second: first - second,
    "*": lambda first, second: first * second,
    "/": _over,
    "%": _rest,
    "==": lambda first, second: first == second,
    "!=": lambda first, second: first != second,
    ">": lambda first, second: first > second,
    "<": lambda first, second: first < second,
    ">=": lambda first, second: first >= second,
    "<=": lambda first, second: first <= second,
    "&&": lambda first, second: bool(first) and bool(second),
    "||": lambda first, second: bool(first) or bool(second),
    "MIN": min,
    "MAX": max,
    "POW": _power,
    "_": lambda value: -value,
    "!": lambda value: not value,
    "FLOOR": math.floor,
    "CEILING": math.ceil,
    "INT": int,
    "FLOAT": float,
}
