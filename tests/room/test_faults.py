"""Trouble on demand: for whom, how often, and whether it happened all the same."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.room import Fault, Phone, PracticeRoom

from .raw import RawBot

FLOODED = "429 Too Many Requests: retry after 5"


def texts(phone: Phone) -> list[str]:
    return [message.text for message in phone.messages if message.from_bot]


async def test_a_flood_tells_how_long_to_wait(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("sendMessage", "flood", retry_after=7))
    _, body = await bot.send("sendMessage", json={"chat_id": phone.id, "text": "x"})
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert texts(phone) == []
    await bot.ask("sendMessage", chat_id=phone.id, text="x")
    assert texts(phone) == ["x"]


async def test_a_fault_may_be_for_one_chat(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    other = room.new_person()
    await other.type("/start", wait=False)
    room.faults.add(Fault("*", "flood", chat=other.id, times=2))
    await bot.ask("sendMessage", chat_id=phone.id, text="x")
    assert await bot.refused("sendMessage", chat_id=other.id, text="x") == FLOODED
    assert await bot.refused("sendChatAction", chat_id=other.id, action="typing") == FLOODED
    await bot.ask("sendMessage", chat_id=other.id, text="x")


async def test_a_fault_lasts_until_it_is_taken_away(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("*", "flood", times=None))
    for _ in range(3):
        assert await bot.refused("getMe") == FLOODED
    assert await bot.updates() != []  # "*" spares the poll, without which nothing can be tested
    room.faults.clear()
    await bot.ask("getMe")


async def test_a_fault_of_the_poll_has_to_be_asked_for(room: PracticeRoom, bot: RawBot) -> None:
    room.faults.add(Fault("getUpdates", "flood"))
    assert await bot.refused("getUpdates") == FLOODED


@pytest.mark.parametrize(("kind", "arrived"), [("drop-before", []), ("drop-after", ["x"])])
async def test_a_cut_connection_says_nothing_of_what_happened(
    room: PracticeRoom, bot: RawBot, phone: Phone, kind: Any, arrived: list[str]
) -> None:
    room.faults.add(Fault("sendMessage", kind))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await bot.send("sendMessage", json={"chat_id": phone.id, "text": "x"})
    assert texts(phone) == arrived
    assert (room.calls[-1].method, room.calls[-1].fault) == ("sendMessage", kind)


async def test_a_tap_answered_before_the_cut_is_answered(
    room: PracticeRoom, bot: RawBot, phone: Phone
) -> None:
    tap = room.world.taps_button(room.world.people[phone.id], 1, payload="a", label="A")
    room.faults.add(Fault("answerCallbackQuery", "drop-after", chat=phone.id))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await bot.send("answerCallbackQuery", json={"callback_query_id": tap.id})
    said = await bot.refused("answerCallbackQuery", callback_query_id=tap.id)
    assert said.startswith("400 Bad Request: query is too old")


async def test_a_status_of_somebody_in_between(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("sendMessage", "status", status=502))
    args = {"chat_id": phone.id, "text": "x"}
    async with bot.session.post(bot.url("sendMessage"), json=args) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert texts(phone) == []


async def test_a_torn_answer_to_what_did_happen(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("sendMessage", "garbage"))
    args = {"chat_id": phone.id, "text": "x"}
    async with bot.session.post(bot.url("sendMessage"), json=args) as answer:
        assert (answer.status, await answer.read()) == (200, b'{"ok":true,"result":')
    assert texts(phone) == ["x"]


async def test_a_delay_comes_before_what_happens(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("sendMessage", "delay", seconds=3600))
    slow = asyncio.create_task(bot.ask("sendMessage", chat_id=phone.id, text="x"))
    await room.world.changes.until(lambda: [call for call in room.calls if call.fault == "delay"] or None)
    await bot.ask("sendMessage", chat_id=phone.id, text="y")
    assert texts(phone) == ["y"]
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (
            Fault("sendMessage", "migrate", migrate_to=-100_1),
            {
                "error_code": 400,
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -100_1},
            },
        ),
        (
            Fault("sendMessage", "deactivated"),
            {"error_code": 403, "description": "Forbidden: user is deactivated"},
        ),
    ],
    ids=["migrate", "deactivated"],
)
async def test_what_becomes_of_chats(
    room: PracticeRoom, bot: RawBot, phone: Phone, fault: Fault, answer: dict[str, Any]
) -> None:
    room.faults.add(fault)
    _, body = await bot.send("sendMessage", json={"chat_id": phone.id, "text": "x"})
    assert body == {"ok": False} | answer


def test_there_is_no_fault_of_another_kind() -> None:
    with pytest.raises(ValueError, match="there is no fault 'rain'"):
        Fault("*", "rain")  # type: ignore[arg-type]
