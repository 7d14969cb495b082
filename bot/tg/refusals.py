"""What Telegram's refusals mean: the one place that knows its error codes and its sentences."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import UserError
from bot.tg.transport import Answer

#: Seconds to wait when Telegram asks for patience without saying how much.
UNTOLD_WAIT = 5.0


class UnknownToken(UserError):
    """Telegram does not know this token. Copy it again from @BotFather and start the bot anew."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class NotModified:
    """The message looks like this already: a success."""


@dataclass(frozen=True, slots=True)
class TooOld:
    """The tap was answered too late for its toast: nothing is lost."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """This person (or chat) does not let the bot write."""


@dataclass(frozen=True, slots=True)
class Deactivated:
    """This person's account is gone."""


@dataclass(frozen=True, slots=True)
class ChatNotFound:
    """Telegram knows no such chat, or not for this bot."""


@dataclass(frozen=True, slots=True)
class MessageGone:
    """This message cannot be edited or deleted (any more)."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has become a supergroup, with another number."""

    chat: int


@dataclass(frozen=True, slots=True)
class Flood:
    """Too much, too fast."""

    retry_after: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class BadMarkup:
    """Telegram could not read the HTML."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More text or bytes than Telegram takes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Updates go elsewhere: another program asks for them, or a webhook is set."""

    webhook: bool


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """Telegram does not know this token."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """There is no such method at this address, or no such token."""


@dataclass(frozen=True, slots=True)
class ServerTrouble:
    """Telegram, or something on the way to it, is in trouble; later it may work."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any other no: most often a mistake of ours."""

    status: int


Unreachable = Blocked | Deactivated | ChatNotFound
Refused = (
    NotModified
    | TooOld
    | Unreachable
    | MessageGone
    | Migrated
    | Flood
    | BadMarkup
    | TooLong
    | Conflict
    | Unauthorised
    | NotFound
    | ServerTrouble
    | Unknown
)

# Looked for in the description, in small letters with "_" read as a space, in this order.
_SENTENCES: tuple[tuple[str, Refused], ...] = (
    ("message is not modified", NotModified()),
    ("message not modified", NotModified()),
    ("query is too old", TooOld()),
    ("query id invalid", TooOld()),
    ("user is deactivated", Deactivated()),
    ("user deactivated", Deactivated()),
    ("deleted user", Deactivated()),
    ("chat not found", ChatNotFound()),
    ("user not found", ChatNotFound()),
    ("peer id invalid", ChatNotFound()),
    ("chat id is empty", ChatNotFound()),
    ("blocked by the user", Blocked()),
    ("user is blocked", Blocked()),
    ("can't initiate conversation", Blocked()),
    ("bots can't send messages to bots", Blocked()),
    ("bot can't send messages to", Blocked()),
    ("bot was kicked", Blocked()),
    ("bot is not a member", Blocked()),
    ("group chat was deactivated", Blocked()),
    ("group is deactivated", Blocked()),
    ("chat was deleted", Blocked()),
    ("no rights to send", Blocked()),
    ("not enough rights to send", Blocked()),
    ("chat write forbidden", Blocked()),
    ("message to edit not found", MessageGone()),
    ("message to delete not found", MessageGone()),
    ("message can't be edited", MessageGone()),
    ("message can't be deleted", MessageGone()),
    ("message id invalid", MessageGone()),
    ("message identifier is not specified", MessageGone()),
    ("message author required", MessageGone()),
    ("message edit time expired", MessageGone()),
    ("there is no text in the message to edit", MessageGone()),
    ("there is no caption in the message to edit", MessageGone()),
    ("can't parse entities", BadMarkup()),
    ("can't parse message text", BadMarkup()),
    ("message is too long", TooLong()),
    ("message too long", TooLong()),
    ("text is too long", TooLong()),
    ("caption is too long", TooLong()),
    ("caption too long", TooLong()),
    ("file is too big", TooLong()),
)
_RETRY_AFTER = re.compile(r"retry after (\d{1,6})")


def refusal(answer: Answer) -> Refused | None:
    """Read an answer of the Bot API: None for a yes, else what the no means."""
    status, body = answer
    if status == 200 and body.startswith(b'{"ok":true'):  # every yes on the quick path ends here, unparsed
        return None
    told = _told(body)
    if told is None:  # not Telegram's own words: a gateway's page says nothing about a person or a token
        return meaning(status, "", {}) if status in (413, 429) else ServerTrouble()
    if 200 <= status < 300:
        if told["ok"]:
            return None
        code = told.get("error_code")
        status = code if isinstance(code, int) else 500
    description, parameters = told.get("description"), told.get("parameters")
    return meaning(
        status,
        description if isinstance(description, str) else "",
        parameters if isinstance(parameters, dict) else {},
    )


def meaning(status: int, description: str, parameters: Mapping[str, object]) -> Refused:
    """What a no means, from the HTTP status, the sentence and the parameters that came with it."""
    words = " ".join(description.lower().replace("_", " ").replace("’", "'").split())
    moved = parameters.get("migrate_to_chat_id")
    if isinstance(moved, int):
        return Migrated(moved)
    match status:
        case 401:
            return Unauthorised()
        case 404:
            return NotFound()
        case 409:
            return Conflict(webhook="webhook" in words)
        case 413:
            return TooLong()
        case 429:
            return Flood(_wait(words, parameters.get("retry_after")))
        case 400 | 403:
            told = next((kind for sentence, kind in _SENTENCES if sentence in words), None)
            return told or (Blocked() if status == 403 else Unknown(status))
        case _:
            return Unknown(status) if 400 <= status < 500 else ServerTrouble()


def _told(body: bytes) -> dict[str, object] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) and isinstance(told.get("ok"), bool) else None


def _wait(words: str, retry_after: object) -> float:
    if isinstance(retry_after, int | float) and retry_after > 0:
        return float(retry_after)
    told = _RETRY_AFTER.search(words)
    return float(told[1]) if told else UNTOLD_WAIT
