"""Phones: what a person can do in a chat with the bot, and what they see."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.room.drawing import Shown, shown
from bot.room.entities import commands_in
from bot.room.media import keep_photo
from bot.room.posts import Person, Post
from bot.room.schema import Upload
from bot.room.world import World

Json = dict[str, Any]

PATIENCE = 10.0  # seconds of real time that a person waits for the bot


class UnansweredError(AssertionError):
    """The bot did not do in time what somebody waited for; the transcript says how far the chat had come."""


class Phone:
    """One person's phone. Taps go by visible label; ``type`` and ``press`` return when the bot has acknowledged."""

    def __init__(self, world: World, person: Person, *, patience: float = PATIENCE) -> None:
        self._world = world
        self._person = person
        self.patience = patience
        self._last_update = 0

    @property
    def id(self) -> int:
        """The person's Telegram id, which is the chat's too."""
        return self._person.id

    @property
    def name(self) -> str:
        return self._person.name

    # Doing

    async def type(self, text: str, *, wait: bool = True) -> int:
        """Send a text. Returns the number of the message."""
        content: Json = {"text": text}
        if found := commands_in(text):
            content["entities"] = found
        return await self._says(content, wait=wait)

    async def press(self, label: str, *, message_id: int | None = None, wait: bool = True) -> None:
        """Tap the button with this label on the newest message that has it (or on one message).

        ``LookupError`` with the labels that there are, if there is no such button or it sends nothing.
        """
        for message in reversed(self.messages):
            if message_id in (None, message.message_id):
                payload = _payload(message, label)
                if payload is not None:
                    return await self._tap(message.message_id, payload, label=label, wait=wait)
                if message.reply_keyboard and any(label in row for row in message.reply_keyboard):
                    await self.type(label, wait=wait)
                    return None
        raise LookupError(f"there is no button {label!r} to tap; there are {self.labels}")

    async def tap_raw(self, payload: str, *, message_id: int, wait: bool = True) -> None:
        """Send a tap with any payload, as a forged client could."""
        await self._tap(message_id, payload, label=f"(forged) {payload}", wait=wait)

    async def send_file(
        self, name: str, content: bytes, mime: str, *, caption: str = "", wait: bool = True
    ) -> int:
        stored = self._world.files.keep(content, kind="document", name=name, mime=mime)
        return await self._says({"document": stored.as_document()} | _caption(caption), wait=wait)

    async def send_photo(
        self, content: bytes, *, mime: str = "image/jpeg", caption: str = "", wait: bool = True
    ) -> int:
        """Send a picture; ``BotApiError`` if it is none, as a phone would not send it either."""
        stored = keep_photo(self._world, Upload("photo.jpg", content, mime))
        return await self._says({"photo": stored.as_photo()} | _caption(caption), wait=wait)

    async def send_sticker(self, *, emoji: str = "🙂", wait: bool = True) -> int:
        stored = self._world.files.keep(b"sticker", kind="sticker", name="sticker.webp", mime="image/webp")
        looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return await self._says({"sticker": stored.ids() | looks | {"emoji": emoji}}, wait=wait)

    async def send_voice(self, *, seconds: int = 3, wait: bool = True) -> int:
        stored = self._world.files.keep(b"voice", kind="voice", name="voice.ogg", mime="audio/ogg")
        return await self._says({"voice": stored.ids() | {"duration": seconds}}, wait=wait)

    async def send_location(self, latitude: float, longitude: float, *, wait: bool = True) -> int:
        return await self._says({"location": {"latitude": latitude, "longitude": longitude}}, wait=wait)

    async def send_contact(self, *, phone_number: str, first_name: str, wait: bool = True) -> int:
        contact = {"phone_number": phone_number, "first_name": first_name}
        return await self._says({"contact": contact}, wait=wait)

    def edit(self, message_id: int, text: str) -> None:
        """Change a message that this person sent."""
        post = self._world.posts[self.id][message_id]
        if post.from_bot:
            raise ValueError("a person can only edit their own messages")
        content: Json = {"text": text}
        if found := commands_in(text):
            content["entities"] = found
        self._last_update = self._world.rewrites(post, content) or self._last_update

    def block(self) -> None:
        self._last_update = self._world.blocks(self._person, blocked=True) or self._last_update

    def unblock(self) -> None:
        self._last_update = self._world.blocks(self._person, blocked=False) or self._last_update

    async def _says(self, content: Json, *, wait: bool) -> int:
        post, self._last_update = self._world.says(self._person, content)
        if wait:
            await self.settles()
        return post.message_id

    async def _tap(self, message_id: int, payload: str, *, label: str, wait: bool) -> None:
        tap = self._world.taps_button(self._person, message_id, payload=payload, label=label)
        self._last_update = tap.update_id
        if wait:
            await self.settles()

    # Waiting

    async def settles(self, *, patience: float | None = None) -> None:
        """Return when the bot has acknowledged everything that this phone sent."""
        async with self._patiently(patience, "acknowledge what this phone sent"):
            await self._world.updates.settled(self._last_update)

    async def waits_for(self, text: str, *, timeout: float | None = None) -> Shown:  # noqa: ASYNC109 - the contract
        """Return the newest message of the bot once it contains this text."""

        def found() -> Shown | None:
            newest = [seen for seen in self.messages if seen.from_bot and text in seen.text]
            return newest[-1] if newest else None

        async with self._patiently(timeout, f"say {text!r}"):
            return await self._world.changes.until(found)

    async def waits_until(self, is_so: Callable[["Phone"], bool], *, patience: float | None = None) -> None:
        """Return once something is true of this phone; it is looked at whenever anything changes in the room."""
        async with self._patiently(patience, "come to what this phone waits for"):
            await self._world.changes.until(lambda: is_so(self) or None)

    @asynccontextmanager
    async def _patiently(self, patience: float | None, what: str) -> AsyncIterator[None]:
        limit = self.patience if patience is None else patience
        try:
            async with asyncio.timeout(limit):
                yield
        except TimeoutError:
            story = self.transcript() or "(nothing was said)"
            raise UnansweredError(f"the bot did not {what} within {limit:g} s:\n{story}") from None

    # Seeing

    @property
    def messages(self) -> list[Shown]:
        """Everything in the chat, oldest first."""
        return [shown(self._world.files, post) for post in self._posts]

    @property
    def _posts(self) -> list[Post]:
        return list(self._world.posts[self.id].values())

    @property
    def screen(self) -> Shown:
        """The bot's newest message; ``LookupError`` if it has not said anything."""
        for post in reversed(self._posts):
            if post.from_bot:
                return shown(self._world.files, post)
        raise LookupError("the bot has not said anything in this chat")

    @property
    def labels(self) -> list[str]:
        """Every button that could be tapped now, newest message first."""
        found = []
        for message in reversed(self.messages):
            found += message.labels
            found += [label for row in message.reply_keyboard or [] for label in row]
        return found

    @property
    def toasts(self) -> list[str]:
        """What taps were answered with, as a toast or an alert."""
        return [text for text, _ in self._world.toasts[self.id]]

    @property
    def alerts(self) -> list[str]:
        return [text for text, alert in self._world.toasts[self.id] if alert]

    @property
    def commands(self) -> list[str]:
        """The commands in this person's menu."""
        menu = self._world.profile.commands_for(self.id, self._person.language)
        return [command["command"] for command in menu]

    def transcript(self) -> str:
        """What happened in this chat, one line each, as one reads it aloud."""
        return "\n".join(self._world.logs[self.id])


def _payload(message: Shown, label: str) -> str | None:
    for labels, payloads in zip(message.buttons, message.payloads, strict=True):
        for shown_label, payload in zip(labels, payloads, strict=True):
            if shown_label == label and payload is not None:
                return payload
    return None


def _caption(caption: str) -> Json:
    return {"caption": caption} if caption else {}
