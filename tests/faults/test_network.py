"""A bad network and a busy Telegram in the middle of a conversation: nothing is lost, and others do not notice."""

import asyncio
from pathlib import Path

from bot.library.shelf import CONTENT
from bot.room import Fault
from tests.conversations.conftest import Chat, World, world_over
from tests.faults.waiting import until, until_struck

NEXT = "B, here and with Samir"

#: How often the next screen may stand in the chat afterwards. Where the bot cannot know whether a message arrived, it
#: is better seen twice than not at all.
KINDS: dict[str, tuple[Fault, set[int]]] = {
    "cut before": (Fault("sendMessage", "drop-before"), {1}),
    "cut after": (Fault("sendMessage", "drop-after"), {2}),
    "cut after, thrice": (Fault("sendMessage", "drop-after", times=3), {3}),
    "bad gateway": (Fault("sendMessage", "status", status=502), {1}),
    "internal error": (Fault("sendMessage", "status", status=500, times=2), {1}),
    "torn answer": (Fault("sendMessage", "garbage"), {1}),
    "flood": (Fault("sendMessage", "flood", retry_after=1), {1}),
    "slow": (Fault("sendMessage", "delay", seconds=0.3), {1}),
    "edit cut before": (Fault("editMessageText", "drop-before"), {1}),
    "edit cut after": (Fault("editMessageText", "drop-after"), {1}),
    "edit bad gateway": (Fault("editMessageText", "status", status=502), {1}),
    "edit torn": (Fault("editMessageText", "garbage"), {1}),
    "edit flood": (Fault("editMessageText", "flood", retry_after=1), {1}),
    "toast cut before": (Fault("answerCallbackQuery", "drop-before"), {1}),
    "toast cut after": (Fault("answerCallbackQuery", "drop-after"), {1}),
    "toast bad gateway": (Fault("answerCallbackQuery", "status", status=502), {1}),
    "everything once": (Fault("*", "drop-before", times=3), {1}),
}


async def begins(chat: Chat) -> None:
    await chat.phone.type("/start")
    for label in ("England", "Education", "Begin"):
        await chat.phone.press(label)


def aimed(fault: Fault, chat: Chat) -> Fault:
    """The same fault, for this chat only."""
    return Fault(
        fault.method,
        fault.kind,
        times=fault.times,
        chat=chat.phone.id,
        retry_after=fault.retry_after,
        seconds=fault.seconds,
        status=fault.status,
    )


async def test_whatever_the_network_does_to_an_answer_it_arrives_and_the_choice_counts_once(
    world: World,
) -> None:
    async def meets(fault: Fault, times: set[int]) -> None:
        chat = world.chat()
        await begins(chat)
        scene = chat.phone.screen.message_id
        world.room.faults.add(aimed(fault, chat))
        await chat.phone.press("B")
        assert chat.count(NEXT) in times
        tapped = next(seen for seen in chat.phone.messages if seen.message_id == scene)
        assert tapped.text.endswith("You took B.")
        await chat.phone.type("/mydata")
        assert chat.reads.count("\n— ") == 1
        await chat.phone.press("A")
        assert "What changes" in chat.reads

    await asyncio.gather(*(meets(*kind) for kind in KINDS.values()))
    assert world.room.faults.armed == []
    allowed = ["message is not modified", "query is too old"]
    assert [
        rule for rule in world.room.policy(allow=allowed) if "even for" not in rule and "once" not in rule
    ] == []


async def leads_on(chat: Chat, label: str) -> None:
    """Taps, and waits for the next screen; not for the acknowledgement, which waits for others."""
    scene = chat.reads
    await chat.phone.press(label, wait=False)
    await chat.phone.waits_until(lambda phone: phone.screen.text != scene)


async def test_a_chat_that_telegram_asks_to_spare_waits_and_the_others_go_on(world: World) -> None:
    spared, other = world.chat(), world.chat()
    await asyncio.gather(begins(spared), begins(other))
    world.room.faults.add(Fault("*", "flood", chat=spared.phone.id, retry_after=2))
    await spared.phone.press("B", wait=False)
    await until(lambda: any(call.fault == "flood" for call in world.room.calls), "Telegram asks for patience")
    for label in ("B", "D", "A"):
        await leads_on(other, label)
    assert spared.count(NEXT) == 0
    await spared.phone.settles()
    assert spared.count(NEXT) == 1
    assert other.count(NEXT) == 1


async def test_a_poll_that_fails_loses_no_update(tmp_path: Path, compiled: bytes) -> None:
    async def fails(fault: Fault) -> None:
        async with world_over(tmp_path / f"{fault.kind} {fault.status}", CONTENT, compiled) as world:
            chat = world.chat()
            await begins(chat)
            world.room.faults.add(fault)
            await chat.phone.press("B")
            assert chat.count(NEXT) == 1
            assert world.room.faults.armed == []

    faults = (
        Fault("getUpdates", "garbage"),
        Fault("getUpdates", "status", status=502),
        Fault("getUpdates", "status", status=500),
        Fault("getUpdates", "flood", retry_after=1),
        Fault("getUpdates", "drop-before"),
        Fault("getUpdates", "drop-after"),
    )
    await asyncio.gather(*(fails(fault) for fault in faults))


async def test_somebody_who_blocks_in_the_middle_and_comes_back_goes_on_where_they_were(world: World) -> None:
    chat = world.chat()
    await begins(chat)
    scene = chat.reads
    world.room.faults.add(Fault("sendMessage", "delay", seconds=0.2))
    await chat.phone.press("B", wait=False)
    await until_struck(world.room, "sendMessage")
    chat.phone.block()
    await chat.phone.settles()
    assert chat.count(NEXT) == 0
    chat.phone.unblock()
    await chat.phone.settles()
    await chat.types("/practise")
    await chat.taps("Carry on")
    assert chat.count(NEXT) == 1
    assert chat.reads != scene
    await chat.types("/mydata")
    assert chat.reads.count("\n— ") == 1
    assert "You blocked the bot" not in chat.reads


async def test_an_account_that_is_gone_stops_nobody(world: World) -> None:
    gone, other = world.chat(), world.chat()
    await asyncio.gather(begins(gone), begins(other))
    world.room.faults.add(Fault("*", "deactivated", times=None, chat=gone.phone.id))
    await gone.phone.press("B")
    await other.phone.press("B")
    assert (gone.count(NEXT), other.count(NEXT)) == (0, 1)


async def test_an_old_screen_that_reads_so_already_is_no_trouble(world: World) -> None:
    """Telegram refuses an edit that changes nothing; the person notices nothing of it."""
    chat = world.chat()
    await begins(chat)
    scene, payload = chat.phone.screen, chat.payload("B")
    await chat.phone.press("B")
    for _ in range(3):
        await chat.phone.tap_raw(payload, message_id=scene.message_id)
    await chat.phone.press("D")
    await chat.phone.tap_raw(payload, message_id=scene.message_id)
    assert chat.toast == "That was an earlier screen. Here is where you are."
    assert chat.count("went wrong") == 0
    refused = [call.error for call in world.room.calls if call.code == 400]
    assert any("message is not modified" in error for error in refused)


async def test_an_update_that_makes_no_sense_is_passed_over_and_the_chat_goes_on(world: World) -> None:
    chat = world.chat()
    await begins(chat)
    world.room.send_poison({"message": {"chat": {"id": chat.phone.id}, "text": ["not", "a", "text"]}})
    world.room.send_poison({"callback_query": {"from": {"id": chat.phone.id}, "data": 7}})
    world.room.send_poison({"callback_query": None})
    await chat.phone.press("B")
    assert chat.count(NEXT) == 1
