"""Whoever runs the bot is told at its start what nobody of theirs has signed yet."""

import pytest

from tests.conversations.conftest import World
from tests.shipped import shipped


async def test_the_start_says_in_one_line_how_many_scenarios_await_local_sign_off(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.end()
    caplog.clear()
    caplog.set_level("INFO")
    world.start()
    await world.chat().types("/start")
    waiting = len(shipped().unsigned)
    told = [message for message in caplog.messages if "sign-off" in message]
    assert told == [f"awaiting local sign-off: {waiting} scenario{'' if waiting == 1 else 's'}"]
    assert waiting == len(shipped().scenarios), "the project itself signs nothing"
