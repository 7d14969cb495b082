"""One call of the Bot API on its way through the room, and the chats and messages that calls speak of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.room.posts import Person, Post
from bot.room.refusals import BotApiError, bad_request, blocked, chat_not_found
from bot.room.schema import Upload
from bot.room.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A call whose arguments have passed the schema."""

    method: str
    args: Json
    files: dict[str, Upload] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """What is remembered of a call, for tests and for the policy."""

    method: str
    chat: int | None
    at: datetime  # by the room's clock
    tick: float  # seconds of real time, for rates
    ok: bool = False
    code: int = 0
    error: str = ""
    fault: str = ""  # the fault that was put upon it, if any
    action: int = 0  # which of the person's actions it answers; 0 if they have not just done anything
    after_block: bool = False  # the bot knew that it is blocked
    leaked: bool = False  # the token stood outside the path

    @property
    def in_reply(self) -> bool:
        return self.action > 0


def chat_named(args: Json, *, key: str = "chat_id") -> int | None:
    """The chat that a call is about, if it says one that could exist here."""
    chat = args.get(key)
    if isinstance(chat, str) and chat.lstrip("-").isdigit():
        return int(chat)
    return chat if isinstance(chat, int) and not isinstance(chat, bool) else None


def person_in(world: World, args: Json, *, key: str = "chat_id") -> Person:
    """The person whose chat is meant; those who never wrote to the bot are not found."""
    if args.get(key) in (None, ""):
        raise bad_request(f"{key} is empty")
    person = world.people.get(chat_named(args, key=key) or 0)
    if person is None or not person.started:
        raise chat_not_found()
    return person


def reachable_person_in(world: World, args: Json) -> Person:
    """The same, for a message to them."""
    person = person_in(world, args)
    if person.blocked:
        person.bot_knows_of_block = True
        raise blocked()
    return person


def post_in(world: World, args: Json, *, otherwise: str) -> Post:
    """The message that a call names; ``otherwise`` is what Telegram says when it is not there."""
    person = person_in(world, args)
    post = world.posts[person.id].get(args.get("message_id", 0))
    if post is None:
        raise bad_request(otherwise)
    return post


def own_post_in(world: World, args: Json) -> Post:
    """A message that the bot may edit."""
    if "message_id" not in args:
        raise bad_request("message identifier is not specified")
    post = post_in(world, args, otherwise="message to edit not found")
    if not post.from_bot:
        raise BotApiError(400, "Bad Request: message can't be edited")
    return post
