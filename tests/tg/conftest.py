"""What the tests of Telegram's edge share."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.tg.send import Outgoing
from bot.tg.transport import Wire

from . import wire as other_end
from .handlers import Handled


@pytest.fixture
async def telegram() -> AsyncIterator[other_end.Telegram]:
    async with other_end.telegram() as running:
        yield running


@pytest.fixture
async def wire(telegram: other_end.Telegram) -> AsyncIterator[Wire]:
    async with other_end.wire_to(telegram.url) as running:
        yield running


@pytest.fixture
def handled(telegram: other_end.Telegram) -> Handled:
    return Handled(telegram)


@pytest.fixture
def clock() -> other_end.Clock:
    return other_end.Clock()


@pytest.fixture
def stop() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def out(wire: Wire, clock: other_end.Clock, stop: asyncio.Event) -> Outgoing:
    return Outgoing(wire, stop=stop, sleep=clock.sleep)
