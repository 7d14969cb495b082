"""What a well-behaved bot does, looked at after the event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.room import Fault, Phone, PracticeRoom
from bot.room.call import Call
from bot.room.policy import violations

from .raw import RawBot, keyboard

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


async def tapped(bot: RawBot, phone: Phone) -> str:
    """A tap that the bot has taken and acknowledged."""
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    await phone.press("A", wait=False)
    return str((await bot.take())[-1]["callback_query"]["id"])


async def test_a_tap_answered_once_and_soon_is_well(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    query = await tapped(bot, phone)
    await bot.ask("answerCallbackQuery", callback_query_id=query)
    assert room.policy() == []


async def test_a_tap_has_to_be_answered(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    await tapped(bot, phone)
    assert room.policy() == ["a tap on message 2 was not answered"]


async def test_a_tap_is_answered_once_only(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    query = await tapped(bot, phone)
    await bot.ask("answerCallbackQuery", callback_query_id=query)
    await bot.refused("answerCallbackQuery", callback_query_id=query)
    assert room.policy(allow=["query is too old"]) == ["a tap on message 2 was answered more than once"]


async def test_an_answer_after_fifteen_seconds_is_too_late(
    room: PracticeRoom, bot: RawBot, phone: Phone
) -> None:
    query = await tapped(bot, phone)
    room.clock.forward(timedelta(seconds=16))
    await bot.refused("answerCallbackQuery", callback_query_id=query)
    assert room.policy(allow=["query is too old"]) == ["a tap on message 2 was answered too late"]


async def test_a_tap_that_reached_the_bot_too_late_cannot_be_answered(
    room: PracticeRoom, bot: RawBot, phone: Phone
) -> None:
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    await phone.press("A", wait=False)
    room.clock.forward(timedelta(seconds=60))
    query = (await bot.take())[-1]["callback_query"]["id"]
    await bot.refused("answerCallbackQuery", callback_query_id=query)
    assert room.policy(allow=["query is too old"]) == []


async def test_a_tap_nobody_took_is_nobodys_fault(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    await bot.ask("sendMessage", chat_id=phone.id, text="?", reply_markup=keyboard("A"))
    await phone.press("A", wait=False)
    assert room.policy() == []


async def test_a_refusal_has_to_be_expected(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    await bot.refused("sendMessage", chat_id=phone.id, text="")
    assert room.policy() == ["sendMessage was refused: 400 Bad Request: message text is empty"]
    assert room.policy(allow=["text is empty"]) == []


async def test_a_fault_is_not_the_bots(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    room.faults.add(Fault("sendMessage", "flood"))
    await bot.refused("sendMessage", chat_id=phone.id, text="x")
    assert room.policy() == []


async def test_one_try_is_how_a_bot_learns_of_a_block(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    phone.block()
    await bot.refused("sendMessage", chat_id=phone.id, text="x")
    assert room.policy() == []
    await bot.refused("sendMessage", chat_id=phone.id, text="x")
    assert room.policy() == ["sendMessage to somebody of whom the bot knew that they have blocked it"]


async def test_who_was_told_of_a_block_does_not_try(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    phone.block()
    await bot.take()
    await bot.refused("sendMessage", chat_id=phone.id, text="x")
    assert room.policy() == ["sendMessage to somebody of whom the bot knew that they have blocked it"]


async def test_after_an_unblock_all_is_well(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    phone.block()
    phone.unblock()
    await bot.take()
    await bot.ask("sendMessage", chat_id=phone.id, text="x")
    assert room.policy() == []


@pytest.mark.parametrize("place", ["text", "query", "header", "file"])
async def test_the_token_stands_nowhere_but_in_the_path(
    room: PracticeRoom, bot: RawBot, phone: Phone, place: str
) -> None:
    args: dict[str, Any] = {"chat_id": phone.id, "text": "x"}
    match place:
        case "text":
            await bot.ask("sendMessage", **args | {"text": f"I am {room.token}"})
        case "query":
            await bot.send("sendMessage", params={"text": room.token, "chat_id": f"{phone.id}"})
        case "header":
            await bot.send("sendMessage", json=args, headers={"X-Bot": room.token})
        case "file":
            await bot.upload("sendDocument", room.token.encode(), kind="document", chat_id=phone.id)
    assert len(room.policy()) == 1
    assert "the token stood in a send" in room.policy()[0]
    assert room.token not in room.policy()[0]


def sent(tick: float, chat: int, *, action: int = 0, method: str = "sendMessage") -> Call:
    return Call(method, chat, NOON, tick, ok=True, action=action)


BULK_33 = [sent(n / 33, n) for n in range(33)]
BULK_34 = [sent(n / 34, n) for n in range(34)]
RATES: dict[str, tuple[list[Call], list[str]]] = {
    "thirty-three in the worst second": (BULK_33, []),
    "thirty-four": (BULK_34, ["34 unprompted sends within one second; Telegram allows about 30"]),
    "over two seconds": ([sent(n / 17, n) for n in range(34)], []),
    "answers do not count as bulk": ([sent(n / 100, n, action=1) for n in range(100)], []),
    "one a second to one chat": ([sent(n, 1) for n in range(5)], []),
    "two at once to one chat": (
        [sent(0, 1), sent(0.5, 1)],
        ["sendMessage: two unprompted sends to one chat within 0.9 s"],
    ),
    "an edit is no send": ([sent(0, 1), sent(0.1, 1, method="editMessageText")], []),
    "a burst for an answer": ([sent(n / 100, 1, action=1) for n in range(10)], []),
    "one answer each to many quick taps": ([sent(n / 100, 1, action=n) for n in range(1, 20)], []),
    "too much of an answer": (
        [sent(n / 100, 1, action=1) for n in range(11)],
        ["11 sends to one chat for one thing that its person did"],
    ),
}


@pytest.mark.parametrize(("calls", "found"), RATES.values(), ids=RATES.keys())
async def test_rates_are_kept(room: PracticeRoom, calls: list[Call], found: list[str]) -> None:
    assert violations(room.world, calls) == found


async def test_what_answers_a_person_is_in_reply(room: PracticeRoom, bot: RawBot, phone: Phone) -> None:
    await bot.ask("sendMessage", chat_id=phone.id, text="x")
    room.clock.forward(timedelta(seconds=11))
    await bot.ask("sendMessage", chat_id=phone.id, text="y")
    assert [call.in_reply for call in room.calls] == [True, False]
