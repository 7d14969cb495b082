"""The world behind the Bot API: people, chats, messages, files and taps, and everything that may happen to them."""

import itertools
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.room.changes import Changes
from bot.room.clock import Clock
from bot.room.drawing import drawn, line_of
from bot.room.events import Events
from bot.room.files import Files
from bot.room.posts import Person, Post, Tap
from bot.room.profile import BotProfile
from bot.room.updates import UpdateLine

Json = dict[str, Any]

TAP_LIVES = timedelta(seconds=150)  # Client.cpp 17158
MESSAGE_LIVES = timedelta(seconds=86_400)  # Client.cpp 17053
LONGEST_LOG = 1_000  # lines kept of one chat's story
TYPING_SHOWS = timedelta(seconds=5)


@dataclass(slots=True)
class World:
    """Everything there is in one practice room. Its methods are what happens; each tells the page and the bot."""

    token: str
    clock: Clock
    events: Events
    profile: BotProfile
    updates: UpdateLine
    files: Files = field(default_factory=Files)
    people: dict[int, Person] = field(default_factory=dict)
    posts: dict[int, dict[int, Post]] = field(default_factory=dict)  # chat -> message -> post, oldest first
    taps: dict[str, Tap] = field(default_factory=dict)
    toasts: dict[int, list[tuple[str, bool]]] = field(default_factory=dict)
    logs: dict[int, deque[str]] = field(default_factory=dict)  # chat -> what happened, as one would tell it
    changes: Changes = field(default_factory=Changes)
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def add_person(self, person: Person) -> Person:
        if person.id in self.people:
            raise ValueError("there is such a person already")
        self.people[person.id] = person
        self.posts[person.id] = {}
        self.toasts[person.id] = []
        self.logs[person.id] = deque(maxlen=LONGEST_LOG)
        self.tell_of_person(person)
        return person

    def tell_of_person(self, person: Person) -> None:
        self.events.publish("person", id=person.id, name=person.name, blocked=person.blocked)

    # What appears in a chat

    def new_post(self, person: Person, content: Json, *, from_bot: bool) -> Post:
        """Put a message into a chat; ``content`` is a Message without who, where and when."""
        at = self.clock.now()
        sender = self.profile.user() if from_bot else person.user()
        message_id = next(self._message_ids)
        body = {
            "message_id": message_id,
            "from": sender,
            "chat": person.chat(),
            "date": int(at.timestamp()),
        } | content
        post = Post(person.id, message_id, from_bot, at, body)
        self.posts[person.id][message_id] = post
        if from_bot:
            person.unread += 1
            person.typing_until = None
        else:
            person.started = True
            person.acts(at)
        self.log(post.chat_id, line_of(post))
        return post

    def edit(self, post: Post, body: Json) -> None:
        post.body = body | {"edit_date": self.clock.unix()}
        post.edited = True
        self.log(post.chat_id, line_of(post))
        self.tell_of(post)

    def remove(self, post: Post) -> None:
        del self.posts[post.chat_id][post.message_id]
        self.log(post.chat_id, f"(deleted) {line_of(post)}")
        self.events.publish("deleted", person=post.chat_id, message_id=post.message_id)

    def tell_of(self, post: Post) -> None:
        if self.events.heard:
            self.events.publish("message", person=post.chat_id, message=drawn(post))

    def log(self, chat_id: int, line: str) -> None:
        self.logs[chat_id].append(line)
        self.changes.tell()

    def toast(self, person_id: int, text: str, *, alert: bool) -> None:
        self.toasts[person_id].append((text, alert))
        self.log(person_id, f"({'alert' if alert else 'toast'}) {text}")
        self.events.publish("toast", person=person_id, text=text, alert=alert)

    def tell_of_bot(self) -> None:
        self.events.publish("bot", **self.bot_state())
        self.changes.tell()

    def bot_state(self) -> Json:
        profile = self.profile
        return {
            "name": profile.name,
            "username": profile.username,
            "description": profile.descriptions.get("", ""),
            "short_description": profile.short_descriptions.get("", ""),
            "commands": profile.commands_for(0, ""),
            "polling": self.updates.polled,
            "last_poll": self.updates.last_poll.isoformat() if self.updates.last_poll else None,
        }

    # What people do

    def says(self, person: Person, content: Json) -> tuple[Post, int]:
        """A person sends something. Returns the message and the number of the update."""
        _not_blocked(person)
        post = self.new_post(person, content, from_bot=False)
        self.tell_of(post)
        return post, self.updates.add({"message": post.body}, lives=MESSAGE_LIVES)

    def rewrites(self, post: Post, content: Json) -> int:
        kept = {name: post.body[name] for name in ("message_id", "from", "chat", "date")}
        self.edit(post, kept | content)
        return self.updates.add({"edited_message": post.body}, lives=MESSAGE_LIVES)

    def taps_button(self, person: Person, message_id: int, *, payload: str, label: str) -> Tap:
        """A person presses a button; its payload need not be on the keyboard, forged taps exist."""
        _not_blocked(person)
        at = self.clock.now()
        person.acts(at)
        query_id = str(secrets.randbits(62))
        query = {
            "id": query_id,
            "from": person.user(),
            "message": self._tapped(person, message_id),
            "chat_instance": str(person.id * 7919 % 2**63),
            "data": payload,
        }
        tap = Tap(query_id, person.id, message_id, 0, at)
        self.taps[query_id] = tap
        self.log(person.id, f"> taps {label}")
        tap.update_id = self.updates.add(
            {"callback_query": query}, lives=TAP_LIVES, when_shown=tap_shown(tap)
        )
        return tap

    def _tapped(self, person: Person, message_id: int) -> Json:
        post = self.posts[person.id].get(message_id)
        return post.body if post else {"chat": person.chat(), "message_id": message_id, "date": 0}

    def blocks(self, person: Person, *, blocked: bool) -> int | None:
        """A person blocks or unblocks the bot. Returns the number of the update, if anything changed."""
        if person.blocked == blocked:
            return None
        person.blocked = blocked
        person.bot_knows_of_block = False
        self.tell_of_person(person)
        self.log(person.id, "> blocks the bot" if blocked else "> unblocks the bot")
        bot = self.profile.user()
        member, kicked = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
        change = {
            "chat": person.chat(),
            "from": person.user(),
            "date": self.clock.unix(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }

        def learned(_: datetime) -> None:
            person.bot_knows_of_block = person.blocked

        return self.updates.add({"my_chat_member": change}, lives=MESSAGE_LIVES, when_shown=learned)


def tap_shown(tap: Tap) -> Callable[[datetime], None]:
    def shown(at: datetime) -> None:
        if tap.shown_at is None:
            tap.shown_at = at

    return shown


class BlockedByPersonError(RuntimeError):
    """A person who has blocked the bot cannot write to it; unblock first."""


def _not_blocked(person: Person) -> None:
    if person.blocked:
        raise BlockedByPersonError("this person has blocked the bot; unblock it first")
