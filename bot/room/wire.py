"""Reads a Bot API request in every encoding that Telegram takes: query, form, multipart, JSON; chunked or not."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.room.forms import TelegramsForm
from bot.room.refusals import BotApiError, bad_request
from bot.room.schema import Json, Method, Mismatch, TypeExpr, Upload

WHOLE_NUMBER = re.compile(r"-?\d{1,19}\Z")
TRUE = ("true", "yes", "1")  # td/utils/misc.h to_bool; anything else is false there, and refused here
FALSE = ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a request: values as JSON gave them, texts still to be read, and files by part name."""

    values: Json
    texts: dict[str, str]
    files: dict[str, Upload]

    def mentions(self, token: str) -> bool:
        """Whether the bot's token stands anywhere but in the path."""
        written = json.dumps(self.values) if self.values else ""
        secret = token.encode()
        return (
            token in written
            or any(token in text for text in self.texts.values())
            or any(secret in file.content or token in file.name for file in self.files.values())
        )


async def read(request: web.Request) -> Sent:
    """Read a request; ``BotApiError`` if Telegram could not read it either."""
    texts = dict(request.query)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, texts)
    body = await request.read()
    if not body:
        return Sent({}, texts, {})
    if kind == "application/json":
        return Sent(_json_object(body), texts, {})
    if kind == "application/x-www-form-urlencoded":
        return Sent({}, texts | _form(body), {})
    raise _unreadable(f"a body of type {kind}")


def _json_object(body: bytes) -> Json:
    try:
        value = json.loads(body)
        if rb"\u" in body:
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is not text
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise _unreadable("this JSON") from None
    if not isinstance(value, dict):
        raise _unreadable("JSON that is no object")
    return value


def _unreadable(what: str) -> BotApiError:
    """Telegram goes on without what it cannot read; here that is a mistake to be seen."""
    return bad_request(f"the practice room cannot read {what}")


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise bad_request("strings must be encoded in UTF-8") from None


async def _read_multipart(request: web.Request, texts: dict[str, str]) -> Sent:
    files: dict[str, Upload] = {}
    try:
        async for part in TelegramsForm(request.headers, request.content):
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise bad_request("field name in multipart/form-data not found")
            content = bytes(await part.read())
            if part.filename is None:
                texts[part.name] = content.decode()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(part.filename, content, mime)
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise _unreadable("this form") from None
    return Sent({}, texts, files)


def arguments(method: Method, sent: Sent) -> Json:
    """The call's arguments, each of its own type, checked to the last field; ``Mismatch`` if one is wrong."""
    read_values = {
        name: _from_json(method.takes.exprs.get(name), value) for name, value in sent.values.items()
    }
    read_texts = {name: from_text(method.takes.exprs.get(name), text) for name, text in sent.texts.items()}
    named = {name: file for name, file in sent.files.items() if name in method.takes.exprs}
    found: Json = read_texts | read_values | named
    method.takes.check(found)
    _every_file_has_a_place(sent.files.keys() - named.keys(), sent)
    return found


def _every_file_has_a_place(loose: set[str], sent: Sent) -> None:
    written = json.dumps([sent.values, list(sent.texts.values())]) if loose else ""
    for name in loose:
        if f"attach://{name}" not in written:
            raise Mismatch("is a file that nothing refers to", (name,))


def _from_json(expr: TypeExpr | None, value: object) -> object:
    """In a JSON body an object may also come as a string of JSON: the documentation calls it JSON-serialized."""
    if expr is None or not isinstance(value, str) or takes_text(expr):
        return value
    return from_text(expr, value) if _is_composite(expr) else value


def from_text(expr: TypeExpr | None, text: str) -> object:
    """Read a form's text as the type that the parameter has; left as text where that cannot be done."""
    if expr is None:
        return text
    if isinstance(expr, Mapping) and "int" in expr.get("any", ()) and WHOLE_NUMBER.match(text):
        return int(text)
    if takes_text(expr):
        return text
    if _is_composite(expr):
        return _nested(text)
    return _scalar(str(expr), text)


def _scalar(expr: str, text: str) -> object:
    if expr == "int" and WHOLE_NUMBER.match(text):
        return int(text)
    if expr == "bool" and text.lower() in TRUE + FALSE:
        return text.lower() in TRUE
    if expr == "float":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def takes_text(expr: TypeExpr) -> bool:
    members: Any = expr.get("any", ()) if isinstance(expr, Mapping) else (expr,)
    return "str" in members


def _is_composite(expr: TypeExpr) -> bool:
    return not isinstance(expr, str) or expr not in ("int", "float", "bool", "file")


def _nested(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
