"""Writes bot/room/schema.json, the Bot API as the practice room knows it, from aiogram's models.

aiogram is MIT-licensed and follows each Bot API release; the room itself never imports it. The file says, for every
method, its parameters and its answer, and for every type its fields. A type is written as

* ``"int"``, ``"float"``, ``"str"``, ``"bool"``, ``"file"``, or the name of a type or union;
* ``["X"]``, an array of X;
* ``{"any": [...]}``, one of several;
* ``{"is": [...]}``, one of these very values.

A field whose name ends in ``?`` may be left out. Fields that Telegram itself has retired are not written.
Run ``python -m tests.tools.bot_api_schema`` to write the file anew; a test compares it with what this would write.
"""

import datetime
import enum
import json
import types
import typing
from pathlib import Path
from typing import Any, TypeAlias

import aiogram
import aiogram.enums
import aiogram.methods
import aiogram.types
from aiogram.client.default import Default
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile
from aiogram.types.base import TelegramObject
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

TARGET = Path(__file__).resolve().parents[2] / "bot" / "room" / "schema.json"

TypeExpr: TypeAlias = str | list[Any] | dict[str, Any]

PLAIN: dict[object, str] = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    datetime.datetime: "int",  # Unix time
    InputFile: "file",
}
# Fields that aiogram types as text although the documentation lists what they may say.
ENUMS: dict[tuple[str, str], type[enum.Enum]] = {
    ("MessageEntity", "type"): aiogram.enums.MessageEntityType,
    ("Chat", "type"): aiogram.enums.ChatType,
    ("ChatFullInfo", "type"): aiogram.enums.ChatType,
    ("InlineKeyboardButton", "style"): aiogram.enums.ButtonStyle,
    ("KeyboardButton", "style"): aiogram.enums.ButtonStyle,
}
LEFT_OUT = (type(None), Default, datetime.timedelta)  # aiogram's conveniences; they never travel


class Writer:
    """Collects every type that the methods can reach."""

    def __init__(self) -> None:
        self.types: dict[str, dict[str, TypeExpr]] = {}
        self.unions: dict[str, TypeExpr] = {}

    def expr(self, annotation: object) -> TypeExpr:
        """Write one annotation as the schema writes types."""
        if annotation in PLAIN:
            return PLAIN[annotation]
        if isinstance(annotation, str) and annotation in self.unions:
            return annotation  # a union that contains itself
        if isinstance(annotation, TypeAliasType):
            return self.named_union(annotation)
        origin, args = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            return self.expr(args[0])
        if origin is typing.Literal:
            return {"is": [a.value if isinstance(a, enum.Enum) else a for a in args]}
        if origin is list:
            return [self.expr(args[0])]
        if origin in (typing.Union, types.UnionType):
            return self.union([a for a in args if a not in LEFT_OUT])
        if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
            return self.object(annotation)
        raise TypeError(f"no place in the schema for {annotation!r}")

    def union(self, members: list[object]) -> TypeExpr:
        written: list[TypeExpr] = []
        for member in members:
            expr = self.expr(member)
            flat = expr["any"] if isinstance(expr, dict) and "any" in expr else [expr]
            written.extend(item for item in flat if item not in written)
        return written[0] if len(written) == 1 else {"any": written}

    def named_union(self, alias: TypeAliasType) -> str:
        name = alias.__name__
        if name not in self.unions:
            self.unions[name] = ""  # stops the recursion; filled in next
            self.unions[name] = self.expr(alias.__value__)
        return name

    def object(self, model: type[TelegramObject]) -> str:
        name = model.__name__
        if name not in self.types:
            self.types[name] = {}
            self.types[name].update(self.fields(model))
        return name

    def fields(self, model: type[BaseModel]) -> dict[str, TypeExpr]:
        model.model_rebuild()
        return {
            (field.alias or name) + ("" if must_be_there(field) else "?"): self.field(
                model.__name__, name, field
            )
            for name, field in model.model_fields.items()
            if not is_retired(field)
        }

    def field(self, model: str, name: str, field: FieldInfo) -> TypeExpr:
        listed = ENUMS.get((model, name))
        return (
            self.expr(field.annotation) if listed is None else {"is": sorted(item.value for item in listed)}
        )


def must_be_there(field: FieldInfo) -> bool:
    """A constant with itself as default is a discriminator: aiogram fills it in, Telegram wants it."""
    constant = typing.get_origin(field.annotation) is typing.Literal and field.default is not None
    return field.is_required() or constant


def is_retired(field: FieldInfo) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("deprecated"))


def methods(writer: Writer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in aiogram.methods.__all__:
        method = getattr(aiogram.methods, name)
        if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod:
            found[method.__api_method__] = {
                "takes": writer.fields(method),
                "gives": writer.expr(method.__returning__),
            }
    return found


def schema() -> dict[str, Any]:
    """The whole Bot API of the installed aiogram."""
    writer = Writer()
    found = methods(writer)
    writer.object(aiogram.types.Update)
    writer.object(aiogram.types.ResponseParameters)
    return {
        "bot_api": aiogram.__api_version__,
        "methods": dict(sorted(found.items())),
        "types": dict(sorted(writer.types.items())),
        "unions": dict(sorted(writer.unions.items())),
    }


def written() -> str:
    """The file's text: one method or type a line, so that a new Bot API version reads as a short diff."""
    lines = []
    for section, content in schema().items():
        if isinstance(content, str):
            lines.append(f'"{section}": {json.dumps(content)}')
            continue
        entries = [f"  {json.dumps(name)}: {json.dumps(body)}" for name, body in content.items()]
        lines.append(f'"{section}": {{\n' + ",\n".join(entries) + "\n}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
