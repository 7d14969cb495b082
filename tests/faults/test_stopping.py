"""SIGTERM and Ctrl-C: the program finishes what it is doing, says nothing about it, and ends with 0."""

import asyncio
import signal
from pathlib import Path

import pytest

from bot.room import Fault, PracticeRoom
from tests.faults.program import ENDS_WITHIN, running, settings
from tests.faults.waiting import until, until_called, until_struck

#: What the data folder holds while the bot is not running: no write-ahead log is left.
AT_REST = ["lock", "progress.db", "shelf.cache", "vault.db"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_while_idle_it_ends_with_0(
    room: PracticeRoom, tmp_path: Path, number: signal.Signals
) -> None:
    async with running(tmp_path, settings(tmp_path, room)) as program:
        await until(lambda: room.world.updates.polled, "the bot polls")
        program.process.send_signal(number)
        async with asyncio.timeout(ENDS_WITHIN):
            assert await program.process.wait() == 0
        said = [line.split(" ", 1)[1] for line in program.err.splitlines()]
        assert said[0] == "INFO bot.boot the bot is running"
        assert [line.rpartition(": ")[0] for line in said[1:]] == ["INFO bot.boot awaiting local sign-off"]
        assert program.out == ""
        assert sorted(file.name for file in (tmp_path / "data").iterdir()) == AT_REST


async def test_told_to_stop_in_the_middle_of_taps_it_finishes_them_and_loses_none(
    room: PracticeRoom, tmp_path: Path
) -> None:
    phones = [room.new_person() for _ in range(12)]
    environment = settings(tmp_path, room)
    async with running(tmp_path, environment) as program:
        await asyncio.gather(*(phone.type("/start") for phone in phones))
        for label in ("England", "Education", "Begin"):
            await asyncio.gather(*(phone.press(label) for phone in phones))
        scene = phones[0].screen.text
        await asyncio.gather(*(phone.press("B", wait=False) for phone in phones))
        await phones[0].waits_until(lambda phone: phone.screen.text != scene)
        ended = await program.stop()
        assert ended.code == 0
        assert "ERROR" not in ended.err
    async with running(tmp_path, environment):
        await asyncio.gather(*(phone.settles() for phone in phones))
        for phone in phones:
            assert "B, here and with Samir" in phone.screen.text
            assert sum("B, here and with Samir" in seen.text for seen in phone.messages) in {1, 2}
        await phones[-1].type("/mydata")
        assert phones[-1].screen.text.count("\n— ") == 1


@pytest.mark.parametrize(
    "fault",
    [Fault("*", "drop-before", times=None), Fault("sendMessage", "flood", retry_after=60)],
    ids=["cut off", "asked for patience"],
)
async def test_told_to_stop_with_something_left_to_say_it_ends_and_says_it_after_the_next_start(
    room: PracticeRoom, tmp_path: Path, fault: Fault
) -> None:
    phone = room.new_person()
    environment = settings(tmp_path, room)
    async with running(tmp_path, environment) as program:
        await phone.type("/start")
        room.faults.add(fault)
        await phone.press("England", wait=False)
        await until_struck(room, "sendMessage")
        ended = await program.stop()
        assert ended.code == 0
        room.faults.clear()
    async with running(tmp_path, environment):
        await phone.settles()
        assert "What is nearest to your work?" in phone.screen.text
        assert sum("What is nearest to your work?" in seen.text for seen in phone.messages) == 1
        assert not any("went wrong" in seen.text for seen in phone.messages)


async def test_told_to_stop_while_telegram_does_not_say_who_the_bot_is_it_still_ends(
    room: PracticeRoom, tmp_path: Path
) -> None:
    room.faults.add(Fault("getMe", "delay", times=None, seconds=60))
    async with running(tmp_path, settings(tmp_path, room)) as program:
        await until_called(room, "getMe")
        ended = await program.stop()
        assert (ended.code, ended.err) == (0, "")


async def test_the_practice_room_ends_with_0_too(tmp_path: Path) -> None:
    async with running(tmp_path, settings(tmp_path, ROOM_PORT="18080")) as program:
        await until(lambda: "The practice room is open" in program.out, "the practice room opens")
        assert (await program.stop()).code == 0
