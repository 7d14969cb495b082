"""A screen: a text in Telegram's HTML and rows of buttons, as a value."""

from dataclasses import dataclass
from html import unescape
from re import compile as pattern

from bot.core.ids import ScenarioId
from bot.tg.payloads import Tap
from bot.tg.spoken import Shown

#: Telegram's limit for a text after its markup, here in UTF-16 units, the stricter reading.
MAX_TEXT = 4096
_TAGS = pattern(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Button:
    """A short label and what tapping it means."""

    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of the bot. `about`: the scenario that it belongs to, and that its exits lead back to."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    about: ScenarioId | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says to one update: a toast, the tapped message as it now reads, and new messages.

    `edit` replaces the tapped message and takes its buttons away; `clear` takes only the buttons. `shows`: the turn of
    a run that will have been shown once this is said.
    """

    toast: str | None = None
    edit: str | None = None
    clear: bool = False
    send: tuple[Screen, ...] = ()
    shows: Shown | None = None


def plain(text: str) -> str:
    """A text without its markup, as it is read."""
    return unescape(_TAGS.sub("", text))


def units(text: str) -> int:
    """How long a text is for Telegram: UTF-16 units, markup not counted."""
    return len(plain(text).encode("utf-16-le")) // 2
