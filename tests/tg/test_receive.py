"""Receiving: in order within a chat, side by side between chats, and never acknowledged before it is handled."""

import asyncio
import random
from collections import defaultdict
from typing import Any

import pytest

from bot.tg import receive
from bot.tg.receive import Receiver
from bot.tg.transport import Unreached, Wire

from .handlers import NAME, TEXT, Handled, member, message, running, tap
from .wire import Clock, Reply, Telegram, yes

# In order, side by side


async def test_a_message_a_tap_and_a_membership_are_asked_for_and_handled(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    await telegram.send(message(1), tap(2), member(3), {"update_id": 4, "poll": {}})
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(4)
    assert handled.done == [1, 2, 3, 4]
    first = telegram.calls("getUpdates")[0].body
    kinds = ["message", "callback_query", "my_chat_member"]
    assert first == {"timeout": 50, "limit": 100, "allowed_updates": kinds}


async def test_each_of_fifty_chats_is_in_order_whatever_the_delays(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    dice = random.Random(20)
    chats = [chat for chat in range(1, 51) for _ in range(20)]
    dice.shuffle(chats)
    updates = [dice.choice((message, tap, member))(1000 + at, chat=chat) for at, chat in enumerate(chats)]
    seen: dict[int, list[int]] = defaultdict(list)
    busy: set[int] = set()

    async def handle(update: dict[str, Any]) -> None:
        chat = chats[update["update_id"] - 1000]
        assert chat not in busy
        busy.add(chat)
        for _ in range(dice.randrange(12)):
            await asyncio.sleep(0)
        busy.discard(chat)
        seen[chat].append(update["update_id"])
        await handled(update)

    await telegram.send(*updates)
    receiver = Receiver(wire.call, handle)
    async with running(receiver):
        await telegram.until_acknowledged(1000)
    assert seen == {
        chat: [1000 + at for at, whose in enumerate(chats) if whose == chat] for chat in range(1, 51)
    }
    assert len(handled.done) == 1000
    assert (telegram.too_early, telegram.hurried, receiver.poisoned) == ([], 0, 0)
    assert (receiver.handled, receiver.in_flight, receiver.waiting_chats) == (1000, 0, 0)


async def test_a_slow_chat_holds_up_only_itself(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    handled.hold(1)
    await telegram.send(message(1, chat=1), tap(2, chat=2))
    async with running(Receiver(wire.call, handled)):
        await handled.until(lambda: 2 in handled.done)
        await telegram.send(tap(3, chat=1), message(4, chat=3))
        await handled.until(lambda: 4 in handled.done)
        assert (handled.began, telegram.acknowledged) == ([1, 2, 4], [])
        handled.gates[1].set()
        await telegram.until_acknowledged(4)
    assert handled.done == [2, 4, 1, 3]
    assert telegram.too_early == []


async def test_a_tap_and_a_message_of_one_person_are_in_order(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    handled.hold(1)
    await telegram.send(tap(1), message(2), member(3))
    async with running(Receiver(wire.call, handled)):
        await handled.until(lambda: handled.began == [1])
        handled.gates[1].set()
        await telegram.until_acknowledged(3)
    assert handled.done == [1, 2, 3]


# Acknowledged after handling


async def test_an_update_is_given_out_again_until_it_is_finished_and_handled_once(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    handled.hold(2)
    await telegram.send(*(tap(number, chat=number) for number in range(1, 6)))
    async with running(Receiver(wire.call, handled)):
        await handled.until(lambda: len(handled.done) == 4)
        polls = len(telegram.calls("getUpdates"))
        await telegram.until("getUpdates", polls + 2)
        assert telegram.acknowledged == [1]
        assert telegram.calls("getUpdates")[-1].body["offset"] == 2
        handled.gates[2].set()
        await telegram.until_acknowledged(5)
    assert sorted(handled.began) == [1, 2, 3, 4, 5]
    assert (telegram.too_early, telegram.hurried) == ([], 0)


async def test_what_was_in_hand_at_a_crash_comes_again(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    handled.hold(1, 2)
    await telegram.send(tap(1, chat=1), tap(2, chat=2), tap(3, chat=3))
    crashed = asyncio.create_task(Receiver(wire.call, handled).run(asyncio.Event()))
    await handled.until(lambda: handled.done == [3])
    crashed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await crashed
    assert telegram.acknowledged == []
    handled.gates.clear()
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(3)
    assert handled.began == [1, 2, 3, 1, 2, 3]


async def test_more_than_telegram_gives_out_at_once_all_arrive(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    await telegram.send(*(tap(number, chat=number % 7) for number in range(1, 451)))
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(450)
    assert sorted(handled.done) == list(range(1, 451))
    assert telegram.too_early == []


async def test_one_that_takes_too_long_stops_holding_back_the_others_but_not_its_chat(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    clock = Clock()
    handled.hold(1)
    await telegram.send(*(tap(number, chat=number) for number in range(1, 131)), tap(131, chat=1))
    receiver = Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)
    async with running(receiver):
        await handled.until(lambda: len(handled.done) == 129)
        assert clock.now >= receive.HOLD
        assert telegram.too_early == [1]
        assert handled.began[-1] == 130
        handled.gates[1].set()
        await handled.until(lambda: len(handled.done) == 131)
    assert handled.done[-2:] == [1, 131]


async def test_with_too_much_in_memory_nothing_more_is_taken(
    telegram: Telegram, wire: Wire, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "MOST", 150)
    clock = Clock()
    numbers = range(1, 1001)
    handled.hold(*numbers)
    await telegram.send(*(tap(number, chat=number) for number in numbers))
    receiver = Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)
    async with running(receiver):
        await handled.until(lambda: len(handled.began) >= 200)
        await telegram.until("getUpdates", len(telegram.calls("getUpdates")) + 5)
        assert receiver.in_flight == 200
        for gate in handled.gates.values():
            gate.set()
        await telegram.until_acknowledged(1000)
    assert sorted(handled.done) == list(numbers)


async def test_numbers_may_begin_anew_anywhere(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    async with running(Receiver(wire.call, handled)):
        await telegram.send(tap(900_000_001), tap(900_000_002))
        await telegram.until_acknowledged(2)
        await telegram.send(tap(17), tap(18))
        await telegram.until_acknowledged(4)
    assert handled.done == [900_000_001, 900_000_002, 17, 18]


async def test_numbers_may_have_gaps(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    await telegram.send(tap(5), tap(9, chat=2), tap(1000))
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(3)
    assert (sorted(handled.done), telegram.too_early) == ([5, 9, 1000], [])


# Poison


async def test_a_poisonous_update_is_passed_over_without_a_word_of_it(
    telegram: Telegram, wire: Wire, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    handled.faults = {
        1: ValueError(f"{NAME} said {TEXT}"),
        2: asyncio.CancelledError(NAME),
        3: Unreached(NAME),
    }
    await telegram.send(message(1), tap(2), {"update_id": 3, NAME: {"text": TEXT}}, message(4))
    receiver = Receiver(wire.call, handled)
    async with running(receiver):
        await telegram.until_acknowledged(4)
    assert (sorted(handled.done), receiver.poisoned, receiver.handled) == ([1, 2, 3, 4], 3, 1)
    assert sorted(line.partition(" at ")[0] for line in caplog.messages) == [
        "a callback_query was passed over: CancelledError",
        "a message was passed over: ValueError",
        "a thing never asked for was passed over: Unreached",
    ]
    assert all(f" at {Handled.__module__}:" in line for line in caplog.messages)
    assert not [canary for canary in (NAME, TEXT) if canary in caplog.text]


@pytest.mark.parametrize(
    "odd", [None, 7, "x", [], {}, {"update_id": "9"}, {"update_id": None, "message": {}}]
)
async def test_an_update_without_a_number_does_not_stop_the_line(
    telegram: Telegram, wire: Wire, handled: Handled, odd: object
) -> None:
    clock = Clock()
    await telegram.send(tap(5), odd, tap(7))
    receiver = Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)
    async with running(receiver):
        await telegram.until_acknowledged(2)
    assert handled.done == [5, 7]


async def test_updates_of_an_odd_shape_are_handled_in_order(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    odd = [
        {"update_id": 1, "message": None},
        {"update_id": 2, "message": {"chat": {"id": "x"}}},
        {"update_id": 3, "callback_query": {"from": []}},
        {"update_id": 4},
    ]
    await telegram.send(*odd)
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(4)
    assert handled.done == [1, 2, 3, 4]


async def test_nothing_but_updates_without_a_number_is_waited_out_and_passed(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    clock = Clock()
    odd: list[Reply] = [yes([tap(5)]), yes([{"bad": 1}]), yes([{"bad": 1}]), yes([])]
    telegram.script["getUpdates"] = odd
    async with running(Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)):
        await telegram.until("getUpdates", 5)
    offsets = [said.body.get("offset") for said in telegram.calls("getUpdates")]
    assert offsets[:5] == [None, 6, 7, 8, 8] or offsets[:6] == [None, 5, 6, 7, 8, 8]


async def test_a_line_that_grows_too_long_is_cut_so_that_one_chat_cannot_keep_the_others_waiting(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    let_go = asyncio.Event()

    async def handle(update: dict[str, Any]) -> None:
        if update["update_id"] < 1000:
            await let_go.wait()
        await handled(update)

    receiver = Receiver(wire.call, handle)
    async with running(receiver):
        await telegram.send(*(message(number, chat=1) for number in range(1, 91)), message(1000, chat=2))
        await handled.until(lambda: handled.done == [1000])
        assert receiver.in_flight <= receive.LINE
        let_go.set()
        await handled.until(lambda: len(handled.done) > receive.LINE)
    assert handled.done == [1000, *range(1, receive.LINE + 1)]
    assert receiver.overrun == 90 - receive.LINE
