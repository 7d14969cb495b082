"""A second schema, which nobody here wrote: aiogram's own models, looked through for fields that they do not know.

aiogram takes two seconds to import: that happens with the first answer that is checked, not while tests are collected.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

if TYPE_CHECKING:
    from aiogram.methods.base import TelegramMethod


@cache
def methods() -> "dict[str, type[TelegramMethod[Any]]]":
    """Every method that aiogram knows, by its name in the Bot API."""
    import aiogram.methods  # noqa: PLC0415
    from aiogram.methods.base import TelegramMethod  # noqa: PLC0415

    return {
        method.__api_method__: method
        for method in vars(aiogram.methods).values()
        if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod
    }


def strangers(value: object, where: str = "") -> Iterator[str]:
    """The fields, at any depth, that aiogram does not know."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{where}.{name}"
        for name in type(value).model_fields:
            yield from strangers(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from strangers(item, f"{where}.{n}")


def check_answer(method: str, result: object) -> None:
    """Fail unless aiogram reads this answer completely."""
    read = TypeAdapter(methods()[method].__returning__).validate_python(result)
    assert list(strangers(read)) == []


def check_update(update: dict[str, Any]) -> None:
    from aiogram.types import Update  # noqa: PLC0415

    assert list(strangers(Update.model_validate(update))) == []
