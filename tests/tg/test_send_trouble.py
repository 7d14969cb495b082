"""What the bot does when nobody can tell whether it was heard, when Telegram is in trouble, and when it is flooded."""

import asyncio

import pytest

from bot.tg.patience import FIRST_WAIT, LONGEST_WAIT, TROUBLED_TRIES, UNSURE_TRIES
from bot.tg.send import Delivery, Outgoing
from bot.tg.transport import Unreached, Wire

from .wire import Clock, Cut, Gate, Silence, Telegram, free_port, no, wire_to, yes

CHAT = 4_173_350_192
FLOOD = no(429, "Too Many Requests: retry after 7", retry_after=7)
TROUBLE = no(502, "Bad Gateway")


# What happens when nobody can tell, or Telegram is in trouble


async def test_a_current_scene_that_may_have_arrived_is_sent_again_a_few_times(
    telegram: Telegram, out: Outgoing, clock: Clock
) -> None:
    telegram.script["sendMessage"] = [Cut()]
    assert await out.send(CHAT, "The phone rings", again=True) is Delivery.DONE
    assert clock.slept == [FIRST_WAIT]
    telegram.script["sendMessage"] = [Cut()] * 20
    assert await out.send(CHAT, "The phone rings", again=True) is Delivery.UNSURE
    assert len(telegram.said) == 2 + UNSURE_TRIES


async def test_chatter_that_may_have_arrived_is_left_alone(telegram: Telegram, out: Outgoing) -> None:
    telegram.script = {"sendMessage": [Cut()], "sendDocument": [Cut()], "sendChatAction": [Cut()]}
    assert await out.send(CHAT, "Welcome") is Delivery.UNSURE
    assert await out.document(CHAT, "a.txt", b"") is Delivery.UNSURE
    assert await out.typing(CHAT) is Delivery.UNSURE
    assert len(telegram.said) == 3


async def test_edits_toasts_and_deletions_are_repeated_for_as_long_as_it_takes(
    telegram: Telegram, out: Outgoing
) -> None:
    methods = ("editMessageText", "answerCallbackQuery", "deleteMessage")
    telegram.script = {method: [Cut()] * 9 for method in methods}
    assert await out.edit(CHAT, 5, "Now") is Delivery.DONE
    assert await out.answer("77") is Delivery.DONE
    assert await out.delete(CHAT, 5) is Delivery.DONE
    assert [len(telegram.calls(method)) for method in methods] == [10, 10, 10]


async def test_trouble_at_telegram_is_waited_out_longer_and_longer(
    telegram: Telegram, out: Outgoing, clock: Clock
) -> None:
    telegram.script["sendMessage"] = [TROUBLE] * 8
    assert await out.send(CHAT, "Hello") is Delivery.DONE
    assert clock.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_WAIT, LONGEST_WAIT]


async def test_a_call_over_which_telegram_always_fails_is_given_up(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["sendMessage"] = [TROUBLE] * 50
    assert await out.send(CHAT, "Hello", again=True) is Delivery.UNSURE
    assert len(telegram.said) == TROUBLED_TRIES


async def test_without_a_network_it_keeps_trying_until_told_to_stop(
    stop: asyncio.Event, caplog: pytest.LogCaptureFixture
) -> None:
    slept = 0

    async def sleep(seconds: float) -> None:
        nonlocal slept
        assert seconds <= LONGEST_WAIT
        slept += 1
        if slept == 30:
            stop.set()
            await asyncio.Event().wait()

    async with wire_to(f"http://127.0.0.1:{free_port()}") as wire:
        out = Outgoing(wire, stop=stop, sleep=sleep)
        with pytest.raises(Unreached):
            await out.send(CHAT, "Hello")
    assert slept == 30
    assert caplog.messages == ["Telegram cannot be reached (NeverSent); trying again"]


async def test_it_says_when_telegram_is_reached_again(
    telegram: Telegram, out: Outgoing, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.script["editMessageText"] = [Cut(), Cut()]
    await out.edit(CHAT, 5, "Now")
    await out.edit(CHAT, 5, "Then")
    assert [message.partition(" (")[0] for message in caplog.messages] == [
        "Telegram cannot be reached",
        "Telegram is reached again",
    ]


async def test_while_stopping_each_call_is_tried_once(
    telegram: Telegram, out: Outgoing, stop: asyncio.Event
) -> None:
    stop.set()
    assert await out.send(CHAT, "Hello") is Delivery.DONE
    telegram.script["sendMessage"] = [TROUBLE]
    with pytest.raises(Unreached):
        await out.send(CHAT, "Hello")


# Floods


async def test_a_flooded_chat_is_spared_and_the_others_are_not(telegram: Telegram, wire: Wire) -> None:
    gate = Gate()
    out = Outgoing(wire, stop=asyncio.Event(), sleep=gate.sleep)
    telegram.script["sendMessage"] = [FLOOD]
    first = asyncio.create_task(out.send(CHAT, "First"))
    await gate.somebody_waits.wait()
    second = asyncio.create_task(out.send(CHAT, "Second"))
    assert await out.send(CHAT + 1, "Somebody else") is Delivery.DONE
    assert await out.answer("77") is Delivery.DONE
    assert gate.asked == [7.0]
    assert [said.body.get("text") for said in telegram.said] == ["First", "Somebody else", None]
    gate.open.set()
    assert {await first, await second} == {Delivery.DONE}
    assert sorted(said.body["text"] for said in telegram.said[3:]) == ["First", "Second"]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
async def test_a_flood_of_answers_or_edits_is_waited_out(
    telegram: Telegram, out: Outgoing, clock: Clock, method: str
) -> None:
    telegram.script[method] = [FLOOD, FLOOD]
    answered = await (out.answer("77") if method == "answerCallbackQuery" else out.edit(CHAT, 5, "Now"))
    assert (answered, clock.slept, len(telegram.said)) == (Delivery.DONE, [7.0, 7.0], 3)


async def test_a_flood_does_not_hold_up_the_end(telegram: Telegram, wire: Wire, stop: asyncio.Event) -> None:
    gate = Gate()
    out = Outgoing(wire, stop=stop, sleep=gate.sleep)
    telegram.script["sendMessage"] = [FLOOD]
    waiting = [asyncio.create_task(out.send(CHAT, "Hello"))]
    await gate.somebody_waits.wait()
    waiting.append(asyncio.create_task(out.send(CHAT, "Hello again")))
    await asyncio.sleep(0)
    stop.set()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(end) for end in ended] == [Unreached, Unreached]


async def test_nothing_is_remembered_about_a_chat_after_a_flood(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["sendMessage"] = [FLOOD] * 3
    await asyncio.gather(*(out.send(CHAT, str(n)) for n in range(3)))
    assert out.spared == 0


async def test_a_cancelled_wait_frees_the_chat(telegram: Telegram, wire: Wire) -> None:
    gate = Gate()
    out = Outgoing(wire, stop=asyncio.Event(), sleep=gate.sleep)
    telegram.script["sendMessage"] = [FLOOD]
    waiting = asyncio.create_task(out.send(CHAT, "Hello"))
    await gate.somebody_waits.wait()
    waiting.cancel()
    assert await out.send(CHAT, "Hello again") is Delivery.DONE
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_silence_is_as_uncertain_as_a_broken_connection(telegram: Telegram, clock: Clock) -> None:
    telegram.script["sendMessage"] = [Silence()]
    async with wire_to(telegram.url) as wire:
        out = Outgoing(wire, stop=asyncio.Event(), sleep=clock.sleep, patience=0.05)
        assert await out.send(CHAT, "Hello") is Delivery.UNSURE


async def test_answers_are_read_only_for_their_yes(telegram: Telegram, out: Outgoing) -> None:
    telegram.script["sendMessage"] = [yes({"message_id": 9, "text": "x" * 5000})]
    assert await out.send(CHAT, "Hello") is Delivery.DONE
