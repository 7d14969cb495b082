"""Telegram's HTML, parsed as tdlib does (td/telegram/MessageEntity.cpp, parse_html): its own tags only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.room.entities import Formatted, utf16_length
from bot.room.links import checked_link
from bot.room.refusals import BotApiError, bad_request

Json = dict[str, Any]

PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
OTHER_TAGS = frozenset({"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<decimal>[0-9]+)|(?P<name>[A-Za-z]+))")
LONGEST_REFERENCE = 9  # characters, before the semicolon; a longer number is text
HALF_A_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities,"
    " check for unmatched surrogate code units"
)
SPACE = " \t\r\n\0\v"
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int  # UTF-16 units of the text so far
    begins: int  # pieces of the text so far


class HtmlReader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[Opened] = []
        self._entities: list[Json] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            char = self._source[self._at]
            if char == "<":
                self._read_tag()
            elif char == "&":
                self._put(self._read_reference())
            else:
                self._put(self._until("<&"))
        if self._open:
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        text = "".join(self._text)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise self._wrong(HALF_A_PAIR)
        return Formatted(text, tuple(self._finished()))

    def _finished(self) -> Iterator[Json]:
        """Only blocks have a language in the Bot API; a line of code that nothing claimed loses it."""
        for entity in self._entities:
            if entity["type"] == "code":
                yield {name: value for name, value in entity.items() if name != "language"}
            else:
                yield entity

    def _put(self, piece: str) -> None:
        self._text.append(piece)
        self._units += utf16_length(piece)

    def _read_reference(self) -> str:
        """One of the four named references or a number; any other ampersand is itself."""
        match = REFERENCE.match(self._source, self._at)
        char = _referred(match) if match else None
        if match is None or char is None:
            self._at += 1
            return "&"
        self._at = match.end()
        if self._peek() == ";":
            self._at += 1
        return char

    def _read_tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._source[self._at : self._at + 1] == "/":
            self._read_end_tag(begin)
        else:
            self._read_start_tag(begin)

    def _read_start_tag(self, begin: int) -> None:
        name = self._until(SPACE + ">").lower()
        if self._at == len(self._source):
            raise self._wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in PLAIN_TAGS and name not in OTHER_TAGS:
            raise self._wrong(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        argument = ""
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            argument = self._read_attribute(name, begin) or argument
        if name == "span" and argument != "spoiler":
            raise self._wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self._at += 1
        self._open.append(Opened(name, argument, self._units, len(self._text)))

    def _read_attribute(self, tag: str, begin: int) -> str:
        """Read one attribute; returns what it means for this tag, or nothing."""
        attribute = self._until(SPACE + "=>/\"'")
        where = self._bytes(begin)
        if not attribute:
            raise self._wrong(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        value = ""
        self._skip_space()
        if self._peek() == "=":
            self._at += 1
            self._skip_space()
            self._more_to_come(f'start tag "{tag}" at byte offset {where}')
            value = self._read_attribute_value()
            self._more_to_come(f"start tag at byte offset {where}")
        else:
            self._more_to_come(f'start tag "{tag}" at byte offset {where}')
        return _meaning(tag, attribute, value)

    def _more_to_come(self, unclosed: str) -> None:
        if self._at >= len(self._source):
            raise self._wrong(f"Unclosed {unclosed}")

    def _read_attribute_value(self) -> str:
        quote = self._peek()
        if quote not in ("'", '"'):
            begin = self._at
            match = NAME_TOKEN.match(self._source, begin)
            self._at = match.end() if match else begin
            if self._peek() not in SPACE + ">":
                raise self._wrong(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return self._source[begin : self._at].lower()
        self._at += 1
        pieces = []
        while self._at < len(self._source) and self._peek() != quote:
            if self._peek() == "&":
                pieces.append(self._read_reference())
            else:
                pieces.append(self._peek())
                self._at += 1
        self._at += 1
        return "".join(pieces)

    def _read_end_tag(self, begin: int) -> None:
        if not self._open:
            raise self._wrong(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        found = self._until(SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._wrong(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        opened = self._open.pop()
        if found and found != opened.name:
            raise self._wrong(
                f"Unmatched end tag at byte offset {self._bytes(begin)},"
                f' expected "</{opened.name}>", found "</{found}>"'
            )
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: Opened) -> None:
        span: Json = {"offset": opened.offset, "length": self._units - opened.offset}
        inner = self._entities[-1] if self._entities else {}
        same_place = all(inner.get(name) == span[name] for name in span)
        match opened.name:
            case "a":
                url = opened.argument or "".join(self._text[opened.begins :])
                if checked := checked_link(url):
                    self._entities.append({"type": "text_link"} | span | {"url": checked})
            case "pre" if same_place and inner["type"] == "code" and "language" in inner:
                self._entities[-1] = inner | {"type": "pre"}
            case "code" if same_place and inner["type"] == "pre" and opened.argument:
                self._entities[-1] = inner | _language(opened)
            case "pre":
                self._entities.append({"type": "pre"} | span)
            case "code":
                self._entities.append({"type": "code"} | span | _language(opened))
            case "blockquote":
                kind = "expandable_blockquote" if opened.argument else "blockquote"
                self._entities.append({"type": kind} | span)
            case "tg-emoji" | "tg-time":
                raise bad_request(f"the practice room does not do <{opened.name}>")
            case plain:
                self._entities.append({"type": PLAIN_TAGS[plain]} | span)

    # Reading

    def _peek(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else "\0"

    def _until(self, ends: str) -> str:
        begin = self._at
        while self._at < len(self._source) and self._source[self._at] not in ends:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._at < len(self._source) and self._source[self._at] in SPACE:
            self._at += 1

    def _bytes(self, at: int) -> int:
        return len(self._source[:at].encode())

    @staticmethod
    def _wrong(what: str) -> BotApiError:
        return bad_request(f"can't parse entities: {what}")


def _referred(match: re.Match[str]) -> str | None:
    if match["name"]:
        return NAMED.get(match["name"])
    if len(match.group()) > LONGEST_REFERENCE:
        return None
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return chr(code) if 0 < code < 0x10FFFF else None


def _language(opened: Opened) -> Json:
    return {"language": opened.argument} if opened.argument else {}


def _meaning(tag: str, attribute: str, value: str) -> str:
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
        case _:
            return ""
