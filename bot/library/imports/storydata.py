"""What Twine notes about a story and its passages: read from any of its formats, with what is wrong left out."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from bot.library.imports.draft import Verdict
from bot.library.imports.naming import one_line
from bot.library.imports.story import Story
from bot.library.imports.wash import shown

_IFID: Final = re.compile(r"[0-9A-Z-]{8,63}")
_PLACE: Final = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?,-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_TEXTS: Final = ("format", "format-version")
#: Read elsewhere, or said to be lost where it is read.
_ELSEWHERE: Final = {"name", "start", "passages", "style", "script"}


def parsed(text: str) -> object:
    """The JSON value of `text`. Raises ValueError if it is none, or if it is nested too deep."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def new_ifid(title: str) -> str:
    """An IFID for a story that has none; the same for the same title."""
    return str(UUID(bytes=sha256(title.encode(errors="replace")).digest()[:16], version=4)).upper()


def note_own(story: Story, facts: Mapping[str, object], line: int) -> None:
    """Takes over what StoryData says, and tells of everything in it that is not taken over."""
    for name, value in facts.items():
        if name in _ELSEWHERE:
            continue
        kept = _kept(name, value)
        if kept is None:
            what = f"is left out: {shown(str(value))}"
            story.note(line, f"story data '{shown(one_line(name))}'", Verdict.REFUSED, what)
        else:
            story.own[name] = kept
            story.note(line, f"story data '{name}'", Verdict.KEPT, "is kept for the way back to Twine.")


def with_ifid(story: Story, line: int) -> None:
    """Gives the story an IFID if its file has none."""
    if "ifid" not in story.own:
        story.own["ifid"] = new_ifid(story.title)
        story.note(line, "story data 'ifid'", Verdict.APPROXIMATED, "is missing; one is made from the title.")


def _kept(name: str, value: object) -> object:
    match value:
        case str() if name == "ifid":
            written = value.strip().upper()
            return written if _IFID.fullmatch(written) else None
        case str() if name in _TEXTS:
            return one_line(value)[:80].strip() or None
        case bool():
            return None
        case int() | float() if name == "zoom":
            return value if math.isfinite(value) and 0 < value < 100 else None
        case dict() if name == "tag-colors":
            return _colours(value) or None
        case _:
            return None


def _colours(value: Mapping[str, object]) -> dict[str, object]:
    colours = {_tag(tag): one_line(colour) for tag, colour in value.items() if isinstance(colour, str)}
    return {tag: colour for tag, colour in colours.items() if tag and colour}


def plain_tags(tags: Iterable[object]) -> tuple[str, ...]:
    """Tags as one word each, every one once."""
    plain = (_tag(tag) for tag in tags if isinstance(tag, str))
    return tuple(dict.fromkeys(tag for tag in plain if tag))


def _tag(tag: str) -> str:
    return "-".join(one_line(tag).split())


def plain_place(story: Story, facts: Mapping[str, object], line: int) -> str | None:
    """The place on Twine's map, as "x,y"; everything else about the drawing is told to be lost."""
    for name in facts:
        if name != "position":
            story.note(line, f"passage's '{shown(one_line(name))}'", Verdict.REFUSED, "is left out.")
    place = facts.get("position")
    written = "".join(place.split()) if isinstance(place, str) else ""
    if _PLACE.fullmatch(written):
        return written
    if place is not None:
        story.note(line, "passage's 'position'", Verdict.REFUSED, f"is no place: {shown(str(place))}")
    return None
