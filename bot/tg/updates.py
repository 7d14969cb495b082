"""Raw updates, as Telegram sends them: how to ask for them, what kind they are, and in whose line they stand."""

import json
from typing import Any, Final, TypeGuard

from bot.logs import Word

#: One update of the Bot API, parsed from JSON and not looked at.
Update = dict[str, Any]

#: What Telegram is asked for. It remembers the list, so it goes with every poll.
KINDS: Final = ("message", "callback_query", "my_chat_member")


def poll(offset: int | None, *, wait: int, limit: int) -> dict[str, object]:
    """The parameters of ``getUpdates``: wait this many seconds for something from this number on."""
    body: dict[str, object] = {"timeout": wait, "limit": limit, "allowed_updates": KINDS}
    return body if offset is None else body | {"offset": offset}


def given(body: bytes) -> list[object] | None:
    """What ``getUpdates`` gave out; None if that cannot be read."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    updates = told.get("result") if isinstance(told, dict) else None
    return updates if isinstance(updates, list) else None


def is_sound(update: object) -> TypeGuard[Update]:
    """Whether this is an update with a number."""
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def chat(update: Update) -> int | None:
    """Whose line an update stands in. In a private chat the chat's and the person's number are the same one."""
    match update:
        case {"callback_query": {"from": {"id": int(number)}}}:
            return number
        case {"message": {"chat": {"id": int(number)}}} | {"my_chat_member": {"chat": {"id": int(number)}}}:
            return number
        case _:
            return None


def kind(update: Update) -> Word:
    """What sort of thing has happened; nothing of what Telegram put in its place."""
    return Word(next((kind for kind in KINDS if kind in update), "thing never asked for"))
