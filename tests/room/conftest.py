"""What the tests of the practice room share."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.room import Phone, PracticeRoom

from .page import Listener, Page
from .raw import RawBot, raw_bot


@pytest.fixture
async def room() -> AsyncIterator[PracticeRoom]:
    async with PracticeRoom() as running:
        yield running


@pytest.fixture
async def bot(room: PracticeRoom) -> AsyncIterator[RawBot]:
    async with raw_bot(room) as running:
        yield running


@pytest.fixture
async def phone(room: PracticeRoom) -> Phone:
    """Somebody who has written to the bot, so that the bot may write to them; nobody has read it yet."""
    somebody = room.new_person()
    await somebody.type("/start", wait=False)
    return somebody


@pytest.fixture
async def page(room: PracticeRoom) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(room.url, session)


@pytest.fixture
async def listener(room: PracticeRoom) -> AsyncIterator[Listener]:
    async with aiohttp.ClientSession() as session, session.get(f"{room.url}/room/events") as answer:
        assert answer.content_type == "text/event-stream"
        assert await answer.content.readline() == b": here\n"
        yield Listener(answer)
