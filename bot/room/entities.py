"""Text with its entities: UTF-16 offsets, as Telegram counts, and what is made of them for people to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![\w/])")
TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
# Which of two entities in the same place comes first (td/telegram/MessageEntity.cpp, get_type_priority).
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bot_command": 50,
    "url": 50,
    "email": 50,
    "mention": 50,
    "hashtag": 50,
    "cashtag": 50,
    "phone_number": 50,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
RUN_NAMES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "quote",
    "expandable_blockquote": "quote",
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and the entities in it."""

    text: str
    entities: tuple[Json, ...] = ()

    def fields(self, text_name: str, entities_name: str) -> Json:
        """The two fields of a message that carry it."""
        found: Json = {text_name: self.text}
        return found | {entities_name: list(self.entities)} if self.entities else found


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: Iterable[Json]) -> list[Json]:
    """As Telegram lists them: by place, the longer before the shorter, then by kind."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], PRIORITY.get(e["type"], 50)))


def commands_in(text: str) -> list[Json]:
    """The only entities that the room finds by itself: commands, without which no command handler wakes."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in COMMAND.finditer(text)
    ]


def _cuts(formatted: Formatted) -> list[int]:
    ends = {0, utf16_length(formatted.text)}
    for entity in formatted.entities:
        ends |= {entity["offset"], entity["offset"] + entity["length"]}
    return sorted(ends)


def _piece(wide: bytes, begin: int, end: int) -> str:
    return wide[2 * begin : 2 * end].decode("utf-16-le", errors="replace")


def runs(formatted: Formatted) -> list[Json]:
    """Pieces of one style each, for the page, which never sees markup."""
    wide = formatted.text.encode("utf-16-le")
    cuts = _cuts(formatted)
    found = []
    for begin, end in pairwise(cuts):
        run: Json = dict.fromkeys(set(RUN_NAMES.values()), False) | {"link": None}
        for entity in formatted.entities:
            if entity["offset"] <= begin and end <= entity["offset"] + entity["length"]:
                if entity["type"] in RUN_NAMES:
                    run[RUN_NAMES[entity["type"]]] = True
                run["link"] = entity.get("url") or run["link"]
        found.append({"text": _piece(wide, begin, end)} | run)
    return found


def as_html(formatted: Formatted) -> str:
    """The text in Telegram's HTML, for tests that look at the styling."""
    wide = formatted.text.encode("utf-16-le")
    cuts = _cuts(formatted)
    spans = [(e["offset"], e["offset"] + e["length"], *_tags(e)) for e in formatted.entities]
    parts: list[str] = []
    for here, following in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        parts += [close for begin, end, _, close in reversed(spans) if end == here and begin < here]
        opening = [span for span in spans if span[0] == here]
        parts += [begin_tag for _, _, begin_tag, _ in sorted(opening, key=lambda span: -span[1])]
        parts.append(escape(_piece(wide, here, following), quote=False))
    return "".join(parts)


def _tags(entity: Json) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case kind if kind in TAGS:
            return f"<{TAGS[kind]}>", f"</{TAGS[kind]}>"
        case _:
            return "", ""
