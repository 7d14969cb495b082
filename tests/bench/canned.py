"""What calls say and what Telegram would answer, as JSON bytes; whatever repeats is worked out once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from bot.room.html_mode import HtmlReader

from .http_wire import Asked

#: A fixed moment: the bots only need a date to parse.
DATE = 1_790_000_000
BOT = {"id": 7, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
ME = BOT | {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


@dataclass(frozen=True, slots=True)
class Keyboard:
    """An inline keyboard as it travels, and its first button."""

    json: str
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one call of a bot says, as far as anybody here wants to know."""

    chat: int
    message: int
    query: str
    text: str
    keyboard: Keyboard | None


def ok(result: str) -> bytes:
    return b'{"ok":true,"result":' + result.encode() + b"}"


def said(asked: Asked) -> Said:
    """A call's parameters, whether they came as JSON or as a form."""
    if asked.is_form:
        return _said_by_form(asked.body)
    body: Mapping[str, Any] = json.loads(asked.body)
    markup = body.get("reply_markup")
    keyboard = None
    if markup:
        rows = json.loads(markup) if isinstance(markup, str) else markup
        keyboard = _keyboard(rows)
    return Said(
        chat=int(body.get("chat_id", 0)),
        message=int(body.get("message_id", 0)),
        query=str(body.get("callback_query_id", "")),
        text=body.get("text", ""),
        keyboard=keyboard,
    )


def parameters(asked: Asked) -> dict[str, Any]:
    """The parameters of `getUpdates`."""
    if not asked.is_form:
        return dict(json.loads(asked.body or b"{}"))
    return {name.decode(): json.loads(_text(value)) for name, value in _fields(asked.body).items()}


def message(said: Said, number: int) -> str:
    """The Message that Telegram makes of a text."""
    chat = f'{{"id":{said.chat},"first_name":"P","type":"private"}}'
    markup = f',"reply_markup":{said.keyboard.json}' if said.keyboard else ""
    return f'{{"message_id":{number},"from":{_BOT_JSON},"chat":{chat},"date":{DATE},{_shown(said.text)}{markup}}}'


def tap(person: int, query: str, tapped: str, data: str) -> str:
    """A callback query, without the number of its update."""
    return (
        f'"callback_query":{{"id":"{query}","from":{_person(person)},"message":{tapped},'
        f'"chat_instance":"{person * 7919}","data":{json.dumps(data)}}}'
    )


def typed(person: int, number: int, text: str) -> str:
    """A message from a person, without the number of its update."""
    entities: list[dict[str, object]] = []
    if text.startswith("/"):
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return (
        f'"message":{{"message_id":{number},"from":{_person(person)},'
        f'"chat":{{"id":{person},"first_name":"P","type":"private"}},"date":{DATE},'
        f'"text":{json.dumps(text)},"entities":{json.dumps(entities)}}}'
    )


_BOT_JSON = json.dumps(BOT)


def _person(person: int) -> str:
    return f'{{"id":{person},"is_bot":false,"first_name":"P","language_code":"en"}}'


def _said_by_form(body: bytes) -> Said:
    fields = _fields(body)
    markup = fields.get(b"reply_markup")
    return Said(
        chat=int(fields.get(b"chat_id", 0)),
        message=int(fields.get(b"message_id", 0)),
        query=_text(fields.get(b"callback_query_id", b"")),
        text=_text(fields.get(b"text", b"")),
        keyboard=_keyboard_by_form(markup) if markup else None,
    )


def _fields(body: bytes) -> dict[bytes, bytes]:
    pairs = (field.partition(b"=") for field in body.split(b"&") if field)
    return {name: value for name, _, value in pairs}


@lru_cache(maxsize=4096)
def _text(raw: bytes) -> str:
    return unquote_plus(raw.decode())


@lru_cache(maxsize=4096)
def _keyboard_by_form(raw: bytes) -> Keyboard:
    return _keyboard(json.loads(_text(raw)))


def _keyboard(rows: Mapping[str, Any]) -> Keyboard:
    first = rows["inline_keyboard"][0][0]
    return Keyboard(json.dumps(rows, separators=(",", ":")), first["text"], first["callback_data"])


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    shown = HtmlReader(text).read()
    return f'"text":{json.dumps(shown.text)},"entities":{json.dumps(list(shown.entities))}'
