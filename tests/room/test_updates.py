"""getUpdates, as Telegram serves it: what confirms, what waits, what ends whom, and what becomes too old."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.room import Clock, Phone, PracticeRoom
from bot.room.refusals import BotApiError
from bot.room.schema import Mismatch
from bot.room.updates import UpdateLine

from .raw import RawBot, keyboard

Json = dict[str, Any]
DAY = timedelta(days=1)


class Seconds:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0
        self.paused: list[float] = []

    def tick(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)


def said(n: int) -> Json:
    chat = {"id": 7, "type": "private"}
    return {"message": {"message_id": n, "date": 0, "chat": chat, "text": f"{n}"}}


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def line(seconds: Seconds) -> AsyncIterator[UpdateLine]:
    made = UpdateLine(Clock(), first_id=10, tick=seconds.tick, pause=seconds.pause)
    for n in (10, 11, 12, 13):
        made.add(said(n), lives=DAY)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("offset", "left"),
    [
        (0, ["10", "11", "12", "13"]),
        (10, ["10", "11", "12", "13"]),
        (12, ["12", "13"]),
        (14, []),
        (-1, ["13"]),
        (-3, ["11", "12", "13"]),
        (-100, ["10", "11", "12", "13"]),
        (15, ["10", "11", "12", "13"]),  # too high: nothing is confirmed, the head is served
        (9, ["10", "11", "12", "13"]),
    ],
)
async def test_an_offset_confirms_what_lies_below_it(line: UpdateLine, offset: int, left: list[str]) -> None:
    assert texts(await line.get({"offset": offset})) == left


async def test_without_an_offset_nothing_is_confirmed(line: UpdateLine, seconds: Seconds) -> None:
    await line.get({})
    seconds.now += 10
    assert texts(await line.get({})) == ["10", "11", "12", "13"]


@pytest.mark.parametrize(("limit", "served"), [(2, 2), (0, 1), (-5, 1), (100, 4), (1000, 4)])
async def test_the_limit_lies_between_one_and_a_hundred(line: UpdateLine, limit: int, served: int) -> None:
    assert len(await line.get({"limit": limit})) == served


async def test_the_same_offset_at_once_again_gets_one_update(line: UpdateLine, seconds: Seconds) -> None:
    await line.get({"offset": 10})
    seconds.now += 0.4
    assert texts(await line.get({"offset": 10})) == ["10"]
    seconds.now += 0.6
    assert texts(await line.get({"offset": 10})) == ["10", "11", "12", "13"]


async def test_another_offset_at_once_is_no_hot_loop(line: UpdateLine) -> None:
    await line.get({"offset": 10})
    assert texts(await line.get({"offset": 11})) == ["11", "12", "13"]


async def test_the_same_offset_soon_again_has_to_wait_even_without_a_timeout(
    line: UpdateLine, seconds: Seconds
) -> None:
    assert await line.get({"offset": 14, "timeout": 0}) == []
    seconds.now += 2
    again = asyncio.create_task(line.get({"offset": 14, "timeout": 0}))
    await asyncio.sleep(0)
    assert line.polled
    line.add(said(14), lives=DAY)
    assert texts(await again) == ["14"]


async def test_a_poll_that_waits_is_woken_by_an_update(line: UpdateLine) -> None:
    poll = asyncio.create_task(line.get({"offset": 14, "timeout": 50}))
    await asyncio.sleep(0)
    line.add(said(14), lives=DAY)
    assert texts(await poll) == ["14"]


async def test_a_second_poll_ends_the_first(line: UpdateLine) -> None:
    first = asyncio.create_task(line.get({"offset": 14, "timeout": 50}))
    await asyncio.sleep(0)
    second = asyncio.create_task(line.get({"offset": 14, "timeout": 50}))
    with pytest.raises(BotApiError) as ended:
        await first
    assert str(ended.value) == (
        "409 Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )
    line.add(said(14), lives=DAY)
    assert texts(await second) == ["14"]


async def test_another_conflict_soon_after_is_told_late(line: UpdateLine, seconds: Seconds) -> None:
    polls = []
    for _ in range(3):
        polls.append(asyncio.create_task(line.get({"offset": 14, "timeout": 50})))
        await asyncio.sleep(0)
    line.close()
    ends = await asyncio.gather(*polls, return_exceptions=True)
    assert [isinstance(end, BotApiError) for end in ends] == [True, True, False]
    assert seconds.paused == [3.0]


async def test_which_kinds_are_wanted_stays_until_it_is_changed(line: UpdateLine, seconds: Seconds) -> None:
    await line.get({"offset": 14, "allowed_updates": ["callback_query"]})
    assert line.add(said(14), lives=DAY) == 0
    seconds.now += 10
    await line.get({"offset": 14})
    assert line.add(said(15), lives=DAY) == 0
    seconds.now += 10
    await line.get({"offset": 14, "allowed_updates": []})
    line.add(said(16), lives=DAY)
    seconds.now += 10
    assert texts(await line.get({"offset": 14})) == ["16"]


async def test_an_answer_holds_four_mebibytes_at_most() -> None:
    line = UpdateLine(Clock(), first_id=1)
    for n in range(1, 4):
        line.add(said(n) | {"message": said(n)["message"] | {"text": "x" * 2_000_000}}, lives=DAY)
    assert len(await line.get({})) == 2


async def test_a_single_huge_update_is_served_all_the_same() -> None:
    line = UpdateLine(Clock(), first_id=1)
    line.add(said(1) | {"message": said(1)["message"] | {"text": "x" * 5_000_000}}, lives=DAY)
    assert len(await line.get({})) == 1


async def test_an_update_that_does_not_fit_the_schema_never_enters_the_line(line: UpdateLine) -> None:
    with pytest.raises(Mismatch, match=r"message\.chat\.kind is unknown to the Bot API"):
        line.add(
            {"message": said(1)["message"] | {"chat": {"id": 7, "type": "private", "kind": "x"}}},
            lives=DAY,
        )


# Lifetimes, by the room's clock


async def test_a_message_waits_a_day(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.clock.forward(timedelta(hours=23, minutes=59))
    assert len(await bot.updates()) == 1
    room.clock.forward(timedelta(minutes=1))
    await phone.settles()
    assert await bot.updates(offset=1) == []


async def test_a_tap_waits_a_hundred_and_fifty_seconds(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    await bot.take()
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    await phone.press("A", wait=False)
    room.clock.forward(timedelta(seconds=149))
    assert len(await bot.updates(offset=-1)) == 1
    room.clock.forward(timedelta(seconds=1))
    await phone.settles()
    assert await bot.updates() == []


async def test_dropping_what_waits_lets_it_all_go(bot: RawBot, phone: Phone) -> None:
    await bot.ask("deleteWebhook", drop_pending_updates=True)
    await phone.settles()
    assert (await bot.ask("getWebhookInfo"))["pending_update_count"] == 0


async def test_the_room_knows_whether_the_bot_is_there(room: PracticeRoom, bot: RawBot) -> None:
    assert not room.world.updates.polled
    poll = asyncio.create_task(bot.updates(timeout=50))
    await room.world.changes.until(lambda: room.world.updates.polled or None)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await room.world.changes.until(lambda: not room.world.updates.polled or None)
