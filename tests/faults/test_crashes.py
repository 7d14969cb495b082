"""A crash between storing and speaking: Telegram sends the tap again, and it is answered with the very same screen."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.room import Fault
from tests.conversations.conftest import Chat, World
from tests.faults.waiting import until_struck

#: Refusals that nobody can avoid after a crash: the tap was answered before it.
UNAVOIDABLE = ["query is too old", "message is not modified"]


async def crashes_unsaid(world: World, chat: Chat, tap: Callable[[], Awaitable[object]]) -> None:
    """The tap is stored; not a word of the answer arrives; the program is gone, and comes back."""
    for method in ("sendMessage", "editMessageText", "editMessageReplyMarkup"):
        world.room.faults.add(Fault(method, "drop-before", times=None))
    await tap()
    await until_struck(world.room, "sendMessage", chat=chat.phone.id)
    await world.cut()
    world.room.faults.clear()
    world.start()


def rules_broken(world: World) -> list[str]:
    """What remains when that is left out which a crash cannot help."""
    broken = world.room.policy(allow=UNAVOIDABLE)
    return [rule for rule in broken if "more than once" not in rule and "even for an answer" not in rule]


async def twins(world: World) -> tuple[Chat, Chat]:
    """Two people at the same scene; one will have the crash, the other shows how it should be."""
    one, other = world.chat(), world.chat()
    for chat in (one, other):
        await chat.types("/start")
        await chat.taps("England", "Education", "Begin")
    assert one.reads == other.reads
    return one, other


#: Every kind of tap that changes something, or leads on: the taps before it, and itself.
TAPS: dict[str, tuple[tuple[str, ...], str]] = {
    "an option": ((), "B"),
    "a later option": (("B", "D"), "A"),
    "the last option": (("B", "D", "A", "A"), "A"),
    "the debrief": (("B", "D", "A", "A", "A"), "Debrief"),
    "another way": (("B", "D", "A", "A", "A", "Debrief"), "Try another way"),
    "next": (("B", "D", "A", "A", "A", "Debrief"), "Next"),
}


@pytest.mark.parametrize(("before", "label"), TAPS.values(), ids=TAPS)
async def test_a_tap_that_was_stored_and_not_answered_is_answered_at_the_next_start(
    world: World, before: tuple[str, ...], label: str
) -> None:
    one, other = await twins(world)
    await asyncio.gather(*(_taps(chat, before) for chat in (one, other)))
    await other.taps(label)
    await crashes_unsaid(world, one, lambda: one.phone.press(label, wait=False))
    await one.phone.settles()
    assert (one.reads, one.sees) == (other.reads, other.sees)
    assert [seen.text for seen in one.phone.messages] == [seen.text for seen in other.phone.messages]
    assert [seen.labels for seen in one.phone.messages] == [seen.labels for seen in other.phone.messages]
    await one.types("/mydata")
    await other.types("/mydata")
    assert one.reads.replace(str(one.phone.id), "") == other.reads.replace(str(other.phone.id), "")
    assert rules_broken(world) == []


async def _taps(chat: Chat, labels: tuple[str, ...]) -> None:
    for label in labels:
        await chat.phone.press(label)


@pytest.mark.parametrize("label", ["England", "Education", "Begin"])
async def test_joining_survives_it_too(world: World, label: str) -> None:
    way = ["England", "Education", "Begin"]
    chat = world.chat()
    await chat.types("/start")
    await chat.taps(*way[: way.index(label)])
    await crashes_unsaid(world, chat, lambda: chat.phone.press(label, wait=False))
    await chat.phone.settles()
    await chat.taps(*way[way.index(label) + 1 :])
    assert "What do you do?" in chat.reads
    await chat.types("/mydata")
    assert "nation: England; role: Education" in chat.reads
    assert "attempt number 1" in chat.reads


async def test_after_forget_was_done_and_not_said_it_is_said(world: World) -> None:
    chat, other = await twins(world)
    await chat.types("/forget")
    await crashes_unsaid(world, chat, lambda: chat.phone.press("Yes, remove everything", wait=False))
    await chat.phone.settles()
    assert chat.reads.startswith("Done. Nothing about you is held any more.")
    await other.types("/mydata")
    assert "Promise you won’t tell" in other.reads


async def test_a_typed_message_is_still_deleted_and_answered(world: World) -> None:
    chat, _ = await twins(world)
    world.room.faults.add(Fault("deleteMessage", "drop-before", times=None))
    await chat.phone.type("her name and her school", wait=False)
    await until_struck(world.room, "deleteMessage")
    await world.cut()
    world.room.faults.clear()
    world.start()
    await chat.phone.settles()
    assert chat.reads.startswith("I can’t read or pass on messages")
    assert not any("her school" in seen.text for seen in chat.phone.messages)


async def presses_it_again(chat: Chat) -> None:
    await chat.taps("B")


async def presses_another(chat: Chat) -> None:
    await chat.taps("A")
    assert chat.toast == "That was an earlier screen. Here is where you are."


async def practises(chat: Chat) -> None:
    await chat.types("/practise")
    await chat.taps("Carry on")


@pytest.mark.parametrize("goes_on", [presses_it_again, presses_another, practises])
async def test_when_telegram_has_thrown_the_tap_away_the_old_buttons_and_practise_lead_on(
    world: World, goes_on: Callable[[Chat], Awaitable[None]]
) -> None:
    one, other = await twins(world)
    await other.taps("B")
    await crashes_unsaid(world, one, lambda: one.phone.press("B", wait=False))
    await world.cut()
    world.room.clock.forward(timedelta(minutes=3))
    world.start()
    await goes_on(one)
    assert (one.reads, one.sees) == (other.reads, other.sees)


async def test_of_ten_people_in_the_middle_of_a_tap_each_is_answered_once_after_the_crash(
    world: World,
) -> None:
    chats = [world.chat() for _ in range(10)]
    await asyncio.gather(*(chat.phone.type("/start") for chat in chats))
    await asyncio.gather(*(_taps(chat, ("England", "Education", "Begin")) for chat in chats))
    await crashes_unsaid(
        world,
        chats[0],
        lambda: asyncio.gather(*(chat.phone.press("B", wait=False) for chat in chats)),
    )
    await asyncio.gather(*(chat.phone.settles() for chat in chats))
    for chat in chats:
        assert chat.count("B, here and with Samir") == 1
