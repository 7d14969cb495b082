"""The Bot API as closures: what Telegram may be asked, and what it may answer, checked to the last field.

Stricter than Telegram on purpose: Telegram ignores what it does not know, the room refuses it, because a field
that is ignored is a mistake that nobody sees. tests/tools/bot_api_schema.py writes ``schema.json`` and says how.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

Json = dict[str, Any]
TypeExpr: TypeAlias = str | list[Any] | dict[str, Any]
Check = Callable[[object], None]


class Mismatch(Exception):
    """Something that the Bot API does not know, or wants, in the place ``where``."""

    def __init__(self, what: str, where: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.where = where

    def within(self, step: str) -> "Mismatch":
        return Mismatch(self.what, (step, *self.where))

    def __str__(self) -> str:
        return f"{'.'.join(self.where) or 'it'} {self.what}"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a type, or the parameters of a method."""

    checks: dict[str, Check]
    exprs: dict[str, TypeExpr]
    required: frozenset[str]

    def check(self, value: dict[str, object]) -> None:
        for name, item in value.items():
            found = self.checks.get(name)
            if found is None:
                raise Mismatch("is unknown to the Bot API", (name,))
            try:
                found(item)
            except Mismatch as wrong:
                raise wrong.within(name) from None
        if not self.required <= value.keys():
            raise Mismatch("is missing", (min(self.required - value.keys()),))


@dataclass(frozen=True, slots=True)
class Method:
    """One Bot API method: its name as documented, its parameters, and the check of its answer."""

    name: str
    takes: Fields
    gives: Check


class BotApi:
    """The whole Bot API; each type becomes a closure when it is first needed."""

    def __init__(self, schema: Json) -> None:
        self.version = str(schema["bot_api"])
        self._schema = schema
        self._names = {name.lower(): name for name in schema["methods"]}
        self._methods: dict[str, Method] = {}
        self._types: dict[str, Check] = {}

    def method(self, name: str) -> Method | None:
        """Find a method; its name is not case-sensitive (Client.cpp 12664)."""
        spelled = self._names.get(name.lower())
        if spelled is None:
            return None
        if spelled not in self._methods:
            raw = self._schema["methods"][spelled]
            self._methods[spelled] = Method(spelled, self._fields(raw["takes"]), self.check(raw["gives"]))
        return self._methods[spelled]

    def type(self, name: str) -> Check:
        """The check of a named type or union."""
        if name not in self._types:
            unions = self._schema["unions"]
            raw = unions.get(name)
            self._types[name] = self.check(raw) if raw is not None else self._object(name)
        return self._types[name]

    def check(self, expr: TypeExpr) -> Check:
        """Turn a written type into a check."""
        if isinstance(expr, list):
            return _array(self.check(expr[0]))
        if isinstance(expr, dict):
            return _constant(expr["is"]) if "is" in expr else self._any(expr["any"])
        return PLAIN.get(expr) or self._later(expr)

    def _later(self, name: str) -> Check:
        """Types contain one another (a message quotes a message), so they are looked up when first used."""

        def check(value: object) -> None:
            self.type(name)(value)

        return check

    def _fields(self, raw: dict[str, TypeExpr]) -> Fields:
        exprs = {name.rstrip("?"): expr for name, expr in raw.items()}
        checks = {name: self.check(expr) for name, expr in exprs.items()}
        return Fields(checks, exprs, frozenset(name for name in raw if not name.endswith("?")))

    def _object(self, name: str) -> Check:
        fields = self._fields(self._schema["types"][name])

        def check(value: object) -> None:
            if not isinstance(value, dict):
                raise Mismatch(f"should be {_a(name)}, not {_shown(value)}")
            fields.check(value)

        return check

    def _any(self, members: list[TypeExpr]) -> Check:
        checks = [(member, self.check(member)) for member in members]

        def check(value: object) -> None:
            misses: list[Mismatch] = []
            for _, member in checks:
                try:
                    return member(value)
                except Mismatch as wrong:
                    misses.append(wrong)
            raise self._nearest(value, [(expr, miss) for (expr, _), miss in zip(checks, misses, strict=True)])

        return check

    def _nearest(self, value: object, misses: list[tuple[TypeExpr, Mismatch]]) -> Mismatch:
        """Of several types that do not fit, complain in the words of the one that was probably meant."""
        if isinstance(value, dict):
            meant = [(self._likeness(expr, value), -n, miss) for n, (expr, miss) in enumerate(misses)]
            return max(meant, key=lambda entry: entry[:2])[2]
        return Mismatch(
            f"should be {' or '.join(_a(_spelled(expr)) for expr, _ in misses)}, not {_shown(value)}"
        )

    def _likeness(self, expr: TypeExpr, value: dict[str, object]) -> int:
        raw: dict[str, TypeExpr] = self._schema["types"].get(expr, {}) if isinstance(expr, str) else {}
        known = {name.rstrip("?") for name in raw}
        constants = {name: e["is"] for name, e in raw.items() if isinstance(e, dict) and "is" in e}
        told = sum(1000 for name, allowed in constants.items() if value.get(name) in allowed)
        return told + sum(1 if name in known else -1 for name in value)


def _integer(value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Mismatch(f"should be an int, not {_shown(value)}")


def _number(value: object) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise Mismatch(f"should be a float, not {_shown(value)}")


def _string(value: object) -> None:
    if not isinstance(value, str):
        raise Mismatch(f"should be a str, not {_shown(value)}")


def _boolean(value: object) -> None:
    if not isinstance(value, bool):
        raise Mismatch(f"should be a bool, not {_shown(value)}")


def _upload(value: object) -> None:
    if not isinstance(value, Upload):
        raise Mismatch(f"should be an uploaded file, not {_shown(value)}")


PLAIN: dict[str, Check] = {
    "int": _integer,
    "float": _number,
    "str": _string,
    "bool": _boolean,
    "file": _upload,
}


def _array(item: Check) -> Check:
    def check(value: object) -> None:
        if not isinstance(value, list):
            raise Mismatch(f"should be an array, not {_shown(value)}")
        for n, entry in enumerate(value):
            try:
                item(entry)
            except Mismatch as wrong:
                raise wrong.within(str(n)) from None

    return check


def _constant(allowed: list[object]) -> Check:
    def check(value: object) -> None:
        if not any(value == one and type(value) is type(one) for one in allowed):
            raise Mismatch(f"should be one of {json.dumps(allowed)}")

    return check


def _spelled(expr: TypeExpr) -> str:
    if isinstance(expr, str):
        return expr
    return "array" if isinstance(expr, list) else "constant"


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _shown(value: object) -> str:
    """The kind of a value, never the value: what people typed stays out of error messages."""
    kinds = {dict: "an object", list: "an array", str: "a str", bool: "a bool", type(None): "null"}
    return kinds.get(type(value), _a(type(value).__name__))


@cache
def bot_api() -> BotApi:
    """The schema that travels with the package."""
    text = resources.files("bot.room").joinpath("schema.json").read_text(encoding="utf-8")
    return BotApi(json.loads(text))
