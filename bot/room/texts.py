"""What a text must be before Telegram takes it: parsed, trimmed, neither empty nor too long."""

from typing import Any

from bot.room.entities import PRIORITY, Formatted, commands_in, in_order, utf16_length
from bot.room.html_mode import HtmlReader
from bot.room.refusals import bad_request, room_does_not

Json = dict[str, Any]

LONGEST_TEXT = 4096  # UTF-16 units after parsing; that they are these units is believed, not verified
LONGEST_CAPTION = 1024
LONGEST_SOURCE = 32_768  # bytes before parsing (Client.cpp 11310)
MOST_ENTITIES = 100
READY_MADE = frozenset(PRIORITY) - {"custom_emoji", "text_mention"}
BLANK = " \t\r\n\v\f\u200b\u2060\ufeff"


def text_of(asked: Json, *, too_long: str = "message is too long") -> Formatted:
    """The text of sendMessage and editMessageText."""
    if not asked.get("text"):
        raise bad_request("message text is empty")
    found = _formatted(asked, "text", "entities")
    if not found.text:
        raise bad_request("text must be non-empty")
    if utf16_length(found.text) > LONGEST_TEXT:
        raise bad_request(too_long)
    return found


def caption_of(asked: Json) -> Formatted:
    """A caption may be empty."""
    found = _formatted(asked, "caption", "caption_entities")
    if utf16_length(found.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return found


def _formatted(asked: Json, name: str, entities_name: str) -> Formatted:
    source = str(asked.get(name, ""))
    if len(source.encode()) > LONGEST_SOURCE:
        raise bad_request("text is too long" if name == "text" else "message caption is too long")
    parsed = _parsed(source, str(asked.get("parse_mode", "")), asked.get(entities_name, []))
    return _with_commands(_trimmed(_in_telegrams_order(parsed)))


def _parsed(source: str, mode: str, entities: list[Json]) -> Formatted:
    match mode.lower():
        case "html":
            return HtmlReader(source).read()
        case "" | "none":
            return Formatted(source, tuple(_checked(entities, source)))
        case "markdown" | "markdownv2":
            raise room_does_not(f"parse mode {mode}")
        case _:
            raise bad_request("unsupported parse_mode")


def _checked(entities: list[Json], source: str) -> list[Json]:
    """Entities that come ready made must lie in the text; Telegram drops empty ones."""
    end = utf16_length(source)
    for entity in entities:
        begins, ends = entity["offset"], entity["offset"] + entity["length"]
        if begins < 0:
            raise bad_request(f"receive an entity with incorrect offset {begins}")
        if entity["length"] < 0:
            raise bad_request(f"receive an entity with incorrect length {entity['length']}")
        if begins > end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begins}")
        if ends > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begins}"
                f" ends after the end of the text at UTF-16 offset {ends}"
            )
        if entity["type"] not in READY_MADE:
            raise room_does_not(f"entities of type {entity['type']}")
    return [entity for entity in entities if entity["length"]]


def _in_telegrams_order(parsed: Formatted) -> Formatted:
    """Outer before inner, nothing within code, and no more than Telegram keeps."""
    ordered = in_order(parsed.entities)
    code = [entity for entity in ordered if entity["type"] in ("pre", "code")]
    kept = [entity for entity in ordered if not any(_is_within(entity, one) for one in code)]
    return Formatted(parsed.text, tuple(kept[:MOST_ENTITIES]))


def _is_within(entity: Json, code: Json) -> bool:
    """Code contains nothing else; a quotation may contain code."""
    begins, ends = entity["offset"], entity["offset"] + entity["length"]
    inside = code["offset"] <= begins and ends <= code["offset"] + code["length"]
    return entity is not code and inside and "blockquote" not in entity["type"]


def _trimmed(parsed: Formatted) -> Formatted:
    """Blank space goes from the end, and from the beginning as far as the first entity (fix_formatted_text)."""
    if not parsed.text.strip(BLANK):
        return Formatted("")
    first = parsed.entities[0]["offset"] if parsed.entities else len(parsed.text)
    lead = min(len(parsed.text) - len(parsed.text.lstrip(" \t\r\n")), first)
    text = parsed.text[lead:].rstrip(" \t\r\n")
    end = utf16_length(text)
    moved = [entity | {"offset": entity["offset"] - lead} for entity in parsed.entities]
    kept = [
        entity | {"length": min(entity["length"], end - entity["offset"])}
        for entity in moved
        if entity["offset"] < end
    ]
    return Formatted(text, tuple(kept))


def _with_commands(parsed: Formatted) -> Formatted:
    """Telegram makes commands in a bot's own text tappable, outside code and links."""
    if "/" not in parsed.text:
        return parsed
    taken = [entity for entity in parsed.entities if entity["type"] in ("code", "pre", "text_link")]
    free = [found for found in commands_in(parsed.text) if not any(_overlap(found, one) for one in taken)]
    return Formatted(parsed.text, tuple(in_order([*parsed.entities, *free])))


def _overlap(one: Json, other: Json) -> bool:
    begins = max(one["offset"], other["offset"])
    ends = min(one["offset"] + one["length"], other["offset"] + other["length"])
    return bool(begins < ends)
