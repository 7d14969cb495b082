"""A running bot and the phones of people who talk to it, through the practice room, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot import boot
from bot.library.shelf import CONTENT
from bot.room import Phone, PracticeRoom
from tests.shipped import shipped_cache

#: What a person needs to read and tap; also keeps the rates that a real chat would have.
PAUSE = timedelta(seconds=3)


@dataclass(frozen=True)
class Chat:
    """One person's phone, used at a person's pace. A test of it reads like the chat."""

    phone: Phone
    room: PracticeRoom

    async def types(self, text: str) -> None:
        """Types and sends; returns when the bot has dealt with it."""
        self.room.clock.forward(PAUSE)
        await self.phone.type(text)

    async def taps(self, *labels: str) -> None:
        """Taps these labels one after another, each on the newest message that has it."""
        for label in labels:
            self.room.clock.forward(PAUSE)
            await self.phone.press(label)

    @property
    def reads(self) -> str:
        """The newest message of the bot."""
        return self.phone.screen.text

    @property
    def sees(self) -> list[str]:
        """The labels under the newest message."""
        return [label for row in self.phone.screen.buttons for label in row]

    @property
    def toast(self) -> str:
        """The newest toast."""
        return self.phone.toasts[-1]

    def count(self, words: str) -> int:
        """How many messages of the bot hold these words."""
        return sum(words in message.text for message in self.phone.messages if message.from_bot)

    def payload(self, label: str) -> str:
        """What the button with this label on the newest message would send."""
        shown = self.phone.screen
        found = [
            payload
            for labels, payloads in zip(shown.buttons, shown.payloads, strict=True)
            for named, payload in zip(labels, payloads, strict=True)
            if named == label
        ]
        assert found[0] is not None
        return found[0]


@dataclass
class World:
    """A practice room with one bot, which can be stopped and started over the same data."""

    room: PracticeRoom
    where: boot.Where
    stop: asyncio.Event
    bot: asyncio.Task[None] | None = None
    people: int = 0

    def start(self) -> None:
        """Starts the bot."""
        self.stop = asyncio.Event()
        self.bot = asyncio.create_task(boot.serve(self.where, clock=self.room.clock.now, stop=self.stop))

    async def end(self) -> None:
        """Stops the bot cleanly."""
        if self.bot is not None:
            self.stop.set()
            bot, self.bot = self.bot, None
            await bot

    async def cut(self) -> None:
        """Stops the bot in the middle of whatever it does, as a crash would as far as Telegram can tell."""
        assert self.bot is not None
        self.bot.cancel()
        bot, self.bot = self.bot, None
        with suppress(asyncio.CancelledError):
            await bot

    def chat(self) -> Chat:
        """A new person."""
        self.people += 1
        return Chat(self.room.new_person(name=f"Person {self.people}"), self.room)


@asynccontextmanager
async def world_over(folder: Path, content: Path, cache: bytes | None = None) -> AsyncIterator[World]:
    """A room and a running bot over this folder."""
    async with PracticeRoom() as room:
        where = boot.Where(room.token, room.url, folder / "data", folder / "key" / "root.key", content)
        if cache is not None:
            where.data.mkdir(parents=True, exist_ok=True)
            (where.data / "shelf.cache").write_bytes(cache)
        world = World(room, where, asyncio.Event())
        world.start()
        try:
            yield world
        finally:
            await world.end()


@pytest.fixture(scope="session")
def compiled() -> bytes:
    """The compiled shelf, made once for all conversations."""
    return shipped_cache()


def broken_rules(room: PracticeRoom) -> list[str]:
    """Telegram's rules that the bot broke. To change a message that reads so already is a harmless repetition."""
    return room.policy(allow=["message is not modified"])


@pytest.fixture
async def world(tmp_path: Path, compiled: bytes) -> AsyncIterator[World]:
    """A bot in a practice room; at the end it must have kept Telegram's rules."""
    async with world_over(tmp_path, CONTENT, compiled) as world:
        yield world
        assert broken_rules(world.room) == []


@pytest.fixture
def chat(world: World) -> Chat:
    """A person who has not written to the bot yet."""
    return world.chat()


@pytest.fixture
async def joined(chat: Chat) -> Chat:
    """A practitioner in England who has begun "Promise you won't tell"."""
    await chat.types("/start")
    await chat.taps("England", "Education", "Begin")
    return chat
