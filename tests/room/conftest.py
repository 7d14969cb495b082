"""What the tests of the practice room share."""

from collections.abc import AsyncIterator

import pytest

from bot.room import Phone, PracticeRoom

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
