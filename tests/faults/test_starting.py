"""Starting where something is in the way: Telegram is away, a port is taken, another program has the data."""

import asyncio
import re
from pathlib import Path

import pytest

from bot import boot
from bot.errors import UserError
from bot.room import PracticeRoom
from tests.faults.program import ended, running, settings
from tests.faults.spoiling import NOWHERE, SCENARIO, breaks_content, taken
from tests.faults.waiting import until, until_called
from tests.tg.wire import TOKEN, free_port

# Telegram


async def test_a_token_that_telegram_does_not_know_ends_the_start(room: PracticeRoom, tmp_path: Path) -> None:
    found = await ended(tmp_path, settings(tmp_path, room, BOT_TOKEN=TOKEN))
    assert found.code == 2
    assert found.err == (
        "Telegram does not know this token. Copy it again from @BotFather and start the bot anew.\n"
    )


async def test_while_telegram_cannot_be_reached_it_says_so_once_and_connects_when_it_can(
    tmp_path: Path,
) -> None:
    room, port = PracticeRoom(), free_port()
    environment = settings(tmp_path, BOT_TOKEN=room.token, BOT_API_URL=f"http://127.0.0.1:{port}")
    async with running(tmp_path, environment) as program:
        await until(
            lambda: "cannot be reached" in program.err, "the bot says that Telegram cannot be reached"
        )
        await room.start(port=port)
        try:
            await until_called(room, "getMe")
            phone = room.new_person()
            await phone.type("/start")
            assert "Which nation do you work in?" in phone.screen.text
            assert (await program.stop()).code == 0
        finally:
            await room.stop()
        *said, unsigned = [line.split(" ", 1)[1] for line in program.err.splitlines()]
        assert re.fullmatch(r"INFO bot\.boot awaiting local sign-off: \d+ scenarios?", unsigned)
        assert said == [
            "WARNING bot.boot Telegram cannot be reached; trying again until it can",
            "INFO bot.boot the bot is running",
        ]


# Ports


async def test_a_port_that_is_taken_is_passed_over_and_the_one_that_is_used_is_said(tmp_path: Path) -> None:
    port = free_port()
    with taken(port):
        async with running(tmp_path, settings(tmp_path, ROOM_PORT=str(port))) as program:
            await until(lambda: "The practice room is open" in program.out, "the practice room opens")
            opened = re.search(r"http://127\.0\.0\.1:(\d+)", program.out)
            assert opened is not None
            assert int(opened[1]) > port
            assert program.err.splitlines()[0] == f"Port {port} is taken; using {opened[1]}."


# Data and content


async def test_a_second_program_on_the_same_data_is_refused_and_the_first_goes_on(
    room: PracticeRoom, tmp_path: Path
) -> None:
    environment = settings(tmp_path, room)
    async with running(tmp_path, environment) as program:
        await until(lambda: room.world.updates.polled, "the first one polls")
        second = await ended(tmp_path / "second", environment)
        assert second.code == 2
        assert second.err == (
            f"Another Both/And is already using the data folder {tmp_path}/data. Stop it first, or choose another"
            " folder.\n"
        )
        phone = room.new_person()
        await phone.type("/start")
        assert "Which nation do you work in?" in phone.screen.text
        assert (await program.stop()).code == 0


async def test_the_bot_never_starts_on_half_a_shelf(room: PracticeRoom, tmp_path: Path) -> None:
    key, content = tmp_path / "key" / "root.key", breaks_content(tmp_path)
    where = boot.Where(room.token, room.url, tmp_path / "data", key, content)
    fault = rf"{SCENARIO}/scenario\.yaml:\d+: .*{NOWHERE}"
    with pytest.raises(UserError, match=fault) as found:
        await boot.serve(where, clock=room.clock.now, stop=asyncio.Event())
    assert found.value.exit_code == 1
    assert room.calls == []
