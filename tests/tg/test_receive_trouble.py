"""Receiving when Telegram or the network is in trouble, when the bot stops, and at what pace."""

import asyncio
import math
import sys
from itertools import pairwise
from typing import Any

import pytest

from bot.tg import receive
from bot.tg.receive import Receiver
from bot.tg.refusals import UnknownToken
from bot.tg.transport import Unreached, Wire

from .handlers import Handled, Patience, running, tap
from .wire import TOKEN, Clock, Cut, Gate, Page, Reply, Silence, Telegram, free_port, no, wire_to

# Telegram and the network


@pytest.mark.parametrize(
    "reply",
    [
        Page(200, b"<html>"),
        Page(200, b'{"ok":true,"result":{}}'),
        Page(200, b'{"ok":true}'),
        no(400, "Bad Request: whatever"),
        no(502, "Bad Gateway"),
        Cut(),
        Cut(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":true'),
        no(409, "Conflict: terminated by other getUpdates request"),
        no(409, "Conflict: can't use getUpdates method while webhook is active"),
    ],
)
async def test_every_trouble_is_told_once_and_waited_out_longer_and_longer(
    telegram: Telegram, wire: Wire, handled: Handled, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    clock = Clock()
    telegram.script["getUpdates"] = [reply] * 7
    await telegram.send(tap(1))
    async with running(Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)):
        await telegram.until_acknowledged(1)
    assert clock.slept[:7] == [1, 2, 4, 8, 16, 30, 30]
    assert len(caplog.messages) == 2
    assert caplog.messages[1] == "updates arrive again"


async def test_another_program_with_this_token_is_named(
    telegram: Telegram, wire: Wire, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    telegram.script["getUpdates"] = [no(409, "Conflict: terminated by other getUpdates request")]
    async with running(Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)):
        await telegram.until("getUpdates", 2)
    assert "another program receives updates with this bot's token" in caplog.messages[0]


async def test_telegram_unreachable_at_the_start_is_waited_for(handled: Handled) -> None:
    clock = Clock()
    tried = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        if len(clock.slept) == 9:
            tried.set()

    async with (
        wire_to(f"http://127.0.0.1:{free_port()}") as wire,
        running(Receiver(wire.call, handled, sleep=sleep, monotonic=clock.monotonic)),
    ):
        await tried.wait()
    assert clock.slept[:9] == [1, 2, 4, 8, 16, 30, 30, 30, 30]


async def test_a_flood_is_waited_out_as_long_as_telegram_says(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    clock = Clock()
    telegram.script["getUpdates"] = [no(429, "Too Many Requests: retry after 21", retry_after=21)]
    async with running(Receiver(wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic)):
        await telegram.until("getUpdates", 2)
    assert clock.slept[:1] == [21]


@pytest.mark.parametrize("reply", [no(401, "Unauthorized"), no(404, "Not Found")])
async def test_a_wrong_token_ends_it_with_a_sentence(
    telegram: Telegram, wire: Wire, handled: Handled, reply: Reply
) -> None:
    telegram.script["getUpdates"] = [reply]
    with pytest.raises(UnknownToken, match="Telegram does not know this token") as caught:
        await Receiver(wire.call, handled).run(asyncio.Event())
    assert TOKEN not in repr(caught.value)


async def test_a_token_taken_back_while_it_runs_ends_it_too(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    handled.faults = {1: UnknownToken()}
    await telegram.send(tap(1), tap(2))
    with pytest.raises(UnknownToken):
        await Receiver(wire.call, handled).run(asyncio.Event())
    assert (handled.began, telegram.acknowledged) == ([1], [])


async def test_a_torn_connection_does_not_leave_the_bot_deaf(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    clock = Clock()
    telegram.script["getUpdates"] = [Silence(), Silence()]
    await telegram.send(tap(1))
    receiver = Receiver(
        wire.call, handled, sleep=clock.sleep, monotonic=clock.monotonic, long_poll=0, grace=0.05
    )
    async with running(receiver):
        await telegram.until_acknowledged(1)
    assert handled.done == [1]
    assert receiver.heard_at is not None


# Stopping


async def test_it_stops_at_once_when_nothing_is_in_hand(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    gate = Gate()
    async with running(Receiver(wire.call, handled, sleep=gate.sleep)):
        await telegram.until("getUpdates")
    assert (gate.asked, len(telegram.calls("getUpdates"))) == ([], 1)


async def test_on_stopping_running_handlers_finish_and_are_acknowledged(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    patience = Patience()
    handled.hold(1, 2)
    await telegram.send(tap(1), tap(2, chat=2), tap(3), tap(4, chat=2))
    async with running(Receiver(wire.call, handled, sleep=patience.sleep)) as (stop, task):
        await handled.until(lambda: len(handled.began) == 2)
        stop.set()
        await patience.stopping.wait()
        handled.gates[1].set()
        handled.gates[2].set()
        await task
    assert (sorted(handled.began), sorted(handled.done)) == ([1, 2], [1, 2])
    assert telegram.acknowledged == [1, 2]
    last = telegram.calls("getUpdates")[-1].body
    assert (last["offset"], last["timeout"], last["limit"]) == (3, 0, 1)


async def test_on_stopping_a_handler_that_does_not_finish_is_left_to_the_next_start(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    patience = Patience(short=True)
    handled.hold(2)
    await telegram.send(tap(1), tap(2, chat=2), tap(3, chat=3))
    async with running(Receiver(wire.call, handled, sleep=patience.sleep)) as (stop, task):
        await handled.until(lambda: len(handled.done) == 2)
        stop.set()
        await task
    assert patience.stopping.is_set()
    assert (telegram.acknowledged, telegram.too_early) == ([1], [])


async def test_what_could_not_be_said_before_the_stop_is_left_to_the_next_start(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    patience = Patience()
    handled.hold(1)
    handled.faults = {1: Unreached("told to stop")}
    await telegram.send(tap(1), tap(2))
    receiver = Receiver(wire.call, handled, sleep=patience.sleep)
    async with running(receiver) as (stop, _):
        await handled.until(lambda: handled.began == [1])
        stop.set()
        await patience.stopping.wait()
        handled.gates[1].set()
    assert (telegram.acknowledged, handled.began, receiver.poisoned) == ([], [1], 0)


async def test_a_stop_during_a_wait_ends_the_wait(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    gate = Gate()
    telegram.script["getUpdates"] = [Cut()]
    async with running(Receiver(wire.call, handled, sleep=gate.sleep)):
        await gate.somebody_waits.wait()
    assert gate.asked == [1.0]


async def test_all_of_stopping_fits_into_ten_seconds() -> None:
    assert math.fsum((receive.STOP_HANDLERS, receive.STOP_CANCELLED, receive.STOP_POLL)) < 10


async def test_a_last_poll_that_fails_does_no_harm(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    patience = Patience()
    handled.hold(1)
    await telegram.send(tap(1))
    async with running(Receiver(wire.call, handled, sleep=patience.sleep)) as (stop, _):
        await handled.until(lambda: handled.began == [1])
        stop.set()
        await patience.stopping.wait()
        telegram.script["getUpdates"] = [Cut()]
        handled.gates[1].set()
    assert telegram.acknowledged == []
    assert telegram.script["getUpdates"] == []


async def test_the_pace_of_polling_spares_telegram(telegram: Telegram, wire: Wire, handled: Handled) -> None:
    """While one update is in hand: one look behind it, and then no more often than Telegram likes."""
    clock = Clock()
    asked: list[float] = []

    async def call(method: str, body: Any, *, timeout: float = 0) -> Any:  # noqa: ASYNC109
        asked.append(clock.now)
        return await wire.call(method, body, timeout=timeout)

    handled.hold(1)
    await telegram.send(tap(1))
    async with running(Receiver(call, handled, sleep=clock.sleep, monotonic=clock.monotonic)):
        await telegram.until("getUpdates", 8)
        handled.gates[1].set()
        await telegram.until_acknowledged(1)
    gaps = [later - earlier for earlier, later in pairwise(asked[1:8])]
    assert gaps == pytest.approx([receive.SAME_OFFSET] * 6)
    assert telegram.calls("getUpdates")[2].body["offset"] == 1


KILLED = """
import asyncio, sys
from bot.tg.receive import Receiver
from bot.tg.transport import AiohttpRequest, Wire

async def main(url, token):
    async with AiohttpRequest() as request:
        wire = Wire(request, base_url=url, token=token)

        async def handle(update):
            await wire.call("sendChatAction", {"update": update["update_id"]})
            if update["update_id"] > 3:
                await asyncio.Event().wait()

        await Receiver(wire.call, handle).run(asyncio.Event())

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_killed_bot_loses_nothing_that_it_had_not_finished(
    telegram: Telegram, wire: Wire, handled: Handled
) -> None:
    await telegram.send(*(tap(number, chat=number) for number in range(1, 31)))
    victim = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, telegram.url, TOKEN)
    await telegram.until("sendChatAction", 30)
    victim.kill()
    await victim.wait()
    assert set(telegram.acknowledged) <= {1, 2, 3}
    async with running(Receiver(wire.call, handled)):
        await telegram.until_acknowledged(30)
    assert set(range(4, 31)) <= set(handled.done)
