"""What the bot has told Telegram about itself: its names, its descriptions and its menus of commands."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Scope = tuple[str, int, int]  # kind, chat, user; 0 where the kind has none

DEFAULT: Scope = ("default", 0, 0)
ALL_PRIVATE_CHATS: Scope = ("all_private_chats", 0, 0)


def chat_scope(chat_id: int) -> Scope:
    return ("chat", chat_id, 0)


@dataclass(slots=True)
class BotProfile:
    """One bot. Each text may exist once for every language; "" is for all who have none of their own."""

    id: int
    username: str
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.names[""]

    def user(self) -> Json:
        """The bot as the sender of a message."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """The menu that one person sees (Bot API, "Determining list of commands", private chats)."""
        for scope in (chat_scope(chat_id), ALL_PRIVATE_CHATS, DEFAULT):
            for spoken in (language, ""):
                if (scope, spoken) in self.commands:
                    return self.commands[scope, spoken]
        return []
