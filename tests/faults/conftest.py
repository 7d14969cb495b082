"""What the tests of faults share: a practice room without a bot, and one with a bot in this very process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library.shelf import CONTENT
from bot.room import PracticeRoom
from tests.conversations.conftest import World, world_over
from tests.shipped import shipped_cache


@pytest.fixture
async def room() -> AsyncIterator[PracticeRoom]:
    """Telegram, on this computer; the program under test is to be started by the test."""
    async with PracticeRoom() as room:
        yield room


@pytest.fixture(scope="session")
def compiled() -> bytes:
    """The compiled shelf, made once."""
    return shipped_cache()


@pytest.fixture
async def world(tmp_path: Path, compiled: bytes) -> AsyncIterator[World]:
    """A room with a bot. What faults make of Telegram's rules, each test says itself."""
    async with world_over(tmp_path, CONTENT, compiled) as world:
        yield world
