"""The things of the practice room's world: a person, a message in their chat, a tap on a button."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.room.entities import Formatted

Json = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Somebody with a phone, as Telegram knows them."""

    id: int
    name: str
    language: str = ""
    blocked: bool = False
    bot_knows_of_block: bool = False
    started: bool = False  # has written to the bot at least once; before that the bot cannot write
    unread: int = 0
    typing_until: datetime | None = None
    acted_at: datetime | None = None  # when they last wrote or tapped
    actions: int = 0  # how often they have

    def acts(self, at: datetime) -> None:
        """They write or tap: whatever the bot has said, they have seen."""
        self.acted_at = at
        self.actions += 1
        self.unread = 0

    def user(self) -> Json:
        found: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        return found | {"language_code": self.language} if self.language else found

    def chat(self) -> Json:
        return {"id": self.id, "first_name": self.name, "type": "private"}


@dataclass(slots=True)
class Post:
    """One message in a private chat; ``body`` is the Bot API's Message."""

    chat_id: int
    message_id: int
    from_bot: bool
    at: datetime
    body: Json
    reply_keyboard: Json | None = None
    edited: bool = False

    @property
    def formatted(self) -> Formatted:
        kind = "text" if "text" in self.body else "caption"
        entities = self.body.get("entities" if kind == "text" else "caption_entities", ())
        return Formatted(self.body.get(kind, ""), tuple(entities))

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows


@dataclass(slots=True)
class Tap:
    """A callback query: a button pressed, and what became of it."""

    id: str
    person_id: int
    message_id: int
    update_id: int
    at: datetime
    shown_at: datetime | None = None  # when the bot first got it
    answers: list[datetime] = field(default_factory=list)
    late_or_again: int = 0  # answers that came too late, or a second time
