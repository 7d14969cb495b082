"""What a button carries: a typed tap, packed into Telegram's 64 bytes and marked so that it cannot be made up.

A payload is ``verb:field:…`` followed by 11 characters, a keyed mark over the person and the text before it. Somebody
else's button, an altered one and an invented one all fail to unpack, and get the same kind answer.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType

from bot.core.ids import OptionId, ScenarioId, TelegramId
from bot.core.keys import KeyRing
from bot.core.scenario import Nation, Role

MAX_BYTES = 64
_MARK = 11


class Page(StrEnum):
    """A screen that needs no further word."""

    PRACTISE = "p"
    SCENARIOS = "s"
    PROGRESS = "g"
    PRIVACY = "v"
    HELP = "h"
    NATIONS = "n"
    ROLES = "r"
    CARRY_ON = "c"
    LAW = "w"


class Exit(StrEnum):
    """The four exits, one tap away from every screen."""

    URGENT = "u"
    TOLD = "t"
    GOT_TO_ME = "m"
    UNDER_18 = "y"


class By(StrEnum):
    """How the shelf is browsed."""

    THEME = "t"
    MINUTES = "m"
    ROLE = "r"
    SKILL = "k"


@dataclass(frozen=True, slots=True)
class Choose:
    """Take an option, of exactly this attempt and turn. `keep`: the practitioner chose to finish an older edition."""

    scenario: ScenarioId
    attempt: int
    turn: int
    option: OptionId
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Show a scenario's opening, or go on where it stands."""

    scenario: ScenarioId


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin the attempt of this number, giving up a run that is `turn` taps in; tapped twice, it is begun once."""

    scenario: ScenarioId
    attempt: int
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Keep:
    """Finish the edition that this attempt began with, although it was edited since."""

    scenario: ScenarioId
    attempt: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """Show the debrief of a finished attempt."""

    scenario: ScenarioId
    attempt: int


@dataclass(frozen=True, slots=True)
class Done:
    """Leave a finished attempt: its choices are dropped, and what is best now comes next."""

    scenario: ScenarioId
    attempt: int


@dataclass(frozen=True, slots=True)
class Go:
    """Show a page."""

    page: Page


@dataclass(frozen=True, slots=True)
class Leave:
    """Take one of the four exits, from a scenario or from anywhere else."""

    by: Exit
    whence: ScenarioId | None = None


@dataclass(frozen=True, slots=True)
class Browse:
    """A part of the shelf, by theme, minutes, role or skill."""

    by: By
    value: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class SetNation:
    """Choose the nation."""

    nation: Nation


@dataclass(frozen=True, slots=True)
class SetRole:
    """Choose the professional role, or none."""

    role: Role | None


@dataclass(frozen=True, slots=True)
class Forget:
    """Be forgotten, or not: the answer to a question of this day, and of no other."""

    sure: bool
    day: int


Tap = Choose | Open | Begin | Keep | Debrief | Done | Go | Leave | Browse | SetNation | SetRole | Forget

_VERBS: MappingProxyType[str, type[Tap]] = MappingProxyType(
    {
        "c": Choose,
        "o": Open,
        "b": Begin,
        "k": Keep,
        "d": Debrief,
        "e": Done,
        "g": Go,
        "x": Leave,
        "l": Browse,
        "n": SetNation,
        "r": SetRole,
        "f": Forget,
    }
)
_LETTERS = MappingProxyType({kind: letter for letter, kind in _VERBS.items()})


def _role(text: str) -> Role | None:
    return Role(text) if text else None


def _whence(text: str) -> ScenarioId | None:
    return ScenarioId(text) if text else None


_READERS: MappingProxyType[str, Callable[[str], object]] = MappingProxyType(
    {
        "scenario": ScenarioId,
        "whence": _whence,
        "option": OptionId,
        "attempt": int,
        "turn": int,
        "keep": lambda text: bool(int(text)),
        "sure": lambda text: bool(int(text)),
        "page": int,
        "day": int,
        "by": By,
        "value": str,
        "nation": Nation,
        "role": _role,
    }
)


class PayloadTooLongError(ValueError):
    """A payload does not fit into 64 bytes; the content's limits on ids should have prevented it."""


def pack(tap: Tap, keys: KeyRing, to: TelegramId) -> str:
    """The payload of a button that shows to one person. Raises `PayloadTooLongError`."""
    text = ":".join([_LETTERS[type(tap)], *(_written(getattr(tap, field.name)) for field in fields(tap))])
    payload = text + _mark(text, keys, to)
    if len(payload.encode()) > MAX_BYTES:
        raise PayloadTooLongError
    return payload


def unpack(payload: str, keys: KeyRing, sender: TelegramId) -> Tap | None:
    """The tap that a payload carries, or None if it was not made for this person or cannot be read."""
    text, mark = payload[:-_MARK], payload[-_MARK:]
    if not text.isascii() or not keys.mac_ok(sender, text.encode(), _unmark(mark)):
        return None
    letter, *written = text.split(":")
    kind = _VERBS.get(letter)
    if kind is None or len(written) != len(fields(kind)):
        return None
    readers = [_reader(kind, field.name) for field in fields(kind)]
    try:
        values = [reader(word) for reader, word in zip(readers, written, strict=True)]
    except ValueError:
        return None
    build: Callable[..., Tap] = kind
    return build(*values)


def _written(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _reader(kind: type[Tap], field: str) -> Callable[[str], object]:
    if kind is Go:
        return Page
    if kind is Leave and field == "by":
        return Exit
    return _READERS[field]


def _mark(text: str, keys: KeyRing, person: TelegramId) -> str:
    return _written_mac(keys.mac(person, text.encode()))


def _unmark(mark: str) -> bytes:
    try:
        mac = urlsafe_b64decode(mark + "=")
    except ValueError:
        return b""
    # Base64 lets other characters stand for the same bytes (spare bits, + for -); only what `pack` writes counts.
    return mac if _written_mac(mac) == mark else b""


def _written_mac(mac: bytes) -> str:
    return urlsafe_b64encode(mac).decode().rstrip("=")
