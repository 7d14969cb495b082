"""What the tests of Telegram's edge share."""

from collections.abc import AsyncIterator

import pytest

from bot.tg.transport import Wire

from . import wire as other_end


@pytest.fixture
async def telegram() -> AsyncIterator[other_end.Telegram]:
    async with other_end.telegram() as running:
        yield running


@pytest.fixture
async def wire(telegram: other_end.Telegram) -> AsyncIterator[Wire]:
    async with other_end.wire_to(telegram.url) as running:
        yield running
