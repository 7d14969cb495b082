"""The four exits: one tap from every screen to real help, and back to where one was."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from bot.core.help import Exit as Help
from bot.core.help import NationHelp
from bot.core.scenario import Nation
from bot.tg.markup import NATIONS
from tests.conversations.conftest import Chat, World
from tests.shipped import shipped

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
WAYS_BACK = EXITS[:3]

#: Whatever sounds as if somebody had been told. The bot can tell nobody.
ALERTED = re.compile(
    r"\b(we|i)(’ve|’ll|’m|’re| have| will| am| are)? (now |already |just )?"
    r"(alert|notif|inform|contact|report|tell|told|pass|escalat|sent|send)"
    r"|\b(has|have|been) (been )?(alerted|notified|informed|contacted|passed on|reported)\b"
    r"|\b(somebody|someone) will (be told|call|ring|contact)",
    re.IGNORECASE,
)
#: ... except where it says that it cannot.
CANNOT = ("cannot", "can’t", "nobody reads")


Way = Callable[[Chat], Awaitable[None]]


async def starts(chat: Chat) -> None:
    await chat.phone.type("/start")


async def joins(chat: Chat) -> None:
    await starts(chat)
    await chat.phone.press("England")


async def opens(chat: Chat) -> None:
    await joins(chat)
    await chat.phone.press("Education")


async def begins(chat: Chat) -> None:
    await opens(chat)
    await chat.phone.press("Begin")


async def goes_on(chat: Chat) -> None:
    await begins(chat)
    await chat.phone.press("B")


async def ends(chat: Chat) -> None:
    await begins(chat)
    while "Debrief" not in chat.sees:
        await chat.phone.press("B")


async def is_debriefed(chat: Chat) -> None:
    await ends(chat)
    await chat.phone.press("Debrief")


async def moves_on(chat: Chat) -> None:
    await is_debriefed(chat)
    await chat.phone.press("Next")


def then(first: Way, *what: str) -> Way:
    """Goes there, then taps these labels, or types these words where they are no label."""

    async def goes(chat: Chat) -> None:
        await first(chat)
        for one in what:
            await (chat.phone.press(one) if one in chat.sees else chat.phone.type(one))

    return goes


#: Every kind of screen: how to come to it, and words that stand on it.
SCREENS = {
    "welcome, before joining": (starts, "Which nation do you work in?"),
    "roles": (joins, "What is nearest to your work?"),
    "opening": (opens, "Everybody in this story is made up"),
    "first scene": (begins, "What do you do?"),
    "later scene": (goes_on, "What changes"),
    "ending": (ends, "The debrief shows your path"),
    "debrief": (is_debriefed, "For supervision"),
    "what is next": (moves_on, "Next for you"),
    "what is under way": (then(begins, "/practise"), "You are in the middle"),
    "welcome back": (then(begins, "/start"), "Good to see you again"),
    "nations again": (then(begins, "/start", "Change nation"), "Which nation"),
    "ways through the shelf": (then(begins, "/scenarios"), "by theme, minutes, role or skill"),
    "groups of the shelf": (then(begins, "/scenarios", "Theme"), "Child-centred"),
    "a page of the shelf": (then(begins, "/scenarios", "Minutes", "1"), "min"),
    "skills": (then(begins, "/skills"), "The skills that you practise"),
    "a skill": (then(begins, "/skills", "E1"), "What you might say"),
    "progress": (then(begins, "/progress"), "Your practice"),
    "privacy": (then(begins, "/privacy"), "What is promised"),
    "help": (then(begins, "/help"), "Each scenario is a short story"),
    "all that is held": (then(begins, "/mydata"), "Everything that is held about you"),
    "nothing is held": (then(starts, "/mydata"), "Nothing is held about you"),
    "forget?": (then(begins, "/forget"), "Shall everything about you be removed?"),
    "forgotten": (then(begins, "/forget", "Yes, remove everything"), "Done."),
    "stopped": (then(begins, "/stop"), "nothing is lost"),
    "something typed": (then(begins, "Hello?"), "I can’t read or pass on messages"),
    "an unknown command": (then(begins, "/dance"), "I don’t know that command"),
    "urgent": (then(begins, "/urgent"), "I cannot tell anybody for you"),
    "an exit itself": (then(begins, "A child told me"), "A child has told me something"),
}


@pytest.fixture(scope="module")
def help_() -> Mapping[Nation, NationHelp]:
    """What the content holds for each nation."""
    return shipped().help


def behind(nation: NationHelp) -> Mapping[str, Help]:
    """What stands behind each exit."""
    return dict(zip(EXITS, (nation.urgent, nation.told, nation.got_to_me, nation.under_18), strict=True))


def claims(read: str) -> list[str]:
    """Every sentence that sounds as if somebody had been told, or will be."""
    sentences = re.split(r"(?<=[.!?:])\s+", read)
    return [one for one in sentences if ALERTED.search(one) and not any(no in one.lower() for no in CANNOT)]


def check_help(read: str, found: Help) -> None:
    """All of it is there, with where the contacts come from and when they were checked; and no promise."""
    for text in (*found.steps, found.text, found.after):
        assert text is None or text in read
    for contact in found.contacts:
        line = contact.name if contact.number is None else f"{contact.name} {contact.number}"
        assert line in read
        assert contact.purpose in read
        assert all(source in read for source in contact.sources)
    assert "Numbers checked on: " in read
    assert "Sources: " in read
    assert "999" in read
    assert claims(read) == []


@pytest.mark.parametrize(
    "said",
    [
        "We have alerted social care.",
        "I’ve told your safeguarding lead.",
        "The police have been informed.",
        "I will pass this on today.",
        "Somebody will ring you.",
    ],
)
def test_a_claim_that_somebody_was_told_would_be_noticed(said: str) -> None:
    assert claims(f"Stay calm. {said} If there is danger now, ring 999.") == [said]


async def test_from_every_kind_of_screen_each_exit_leads_to_help(
    world: World, help_: Mapping[Nation, NationHelp]
) -> None:
    async def takes_every_exit(there: Way, words: str) -> None:
        chat = world.chat()
        await there(chat)
        assert words in chat.reads
        assert chat.sees[-4:] == EXITS
        message = chat.phone.screen.message_id
        for label, found in behind(help_[Nation.ENGLAND]).items():
            await chat.phone.press(label, message_id=message)
            check_help(chat.reads, found)

    await asyncio.gather(*(takes_every_exit(*screen) for screen in SCREENS.values()))


async def test_help_is_that_of_the_nation_and_one_tap_on_stands_its_law_with_sources_and_dates(
    world: World, help_: Mapping[Nation, NationHelp]
) -> None:
    for nation, found in help_.items():
        chat = world.chat()
        await chat.types("/start")
        await chat.taps(NATIONS[nation], "Skip")
        for label, exit_ in behind(found).items():
            await chat.taps(label)
            check_help(chat.reads, exit_)
        await chat.taps("Urgent help", "Law and sources")
        assert chat.reads.startswith(f"{NATIONS[nation]}: law and sources")
        for law in found.law.values():
            provenance = chat.reads.partition(law.text)[2].partition("\n\n")[0]
            assert all(source in provenance for source in law.sources)
            assert "Checked on" in provenance
        for contact in (contact for exit_ in behind(found).values() for contact in exit_.contacts):
            provenance = chat.reads.partition(f"\n{contact.name}")[2].partition("\n\n")[0]
            assert all(source in provenance for source in contact.sources)
            assert "Checked on" in provenance
        laws = {law.text for other in help_.values() for law in other.law.values()} - {
            law.text for law in found.law.values()
        }
        assert not any(other in chat.reads for other in laws)


async def test_before_a_nation_is_chosen_urgent_help_says_what_is_the_same_everywhere(chat: Chat) -> None:
    await chat.types("/start")
    await chat.taps("Urgent help")
    assert "999 is the same everywhere in the UK" in chat.reads
    await chat.taps("Carry on")
    assert "Which nation do you work in?" in chat.reads


async def test_carry_on_leads_back_to_the_very_same_screen(world: World) -> None:
    for there in (opens, begins, goes_on, ends):
        chat = world.chat()
        await there(chat)
        left, labels = chat.reads, chat.sees
        for label in WAYS_BACK:
            await chat.taps(label)
            assert chat.reads != left
            await chat.taps("Carry on")
            assert (chat.reads, chat.sees) == (left, labels)


async def test_from_a_page_beside_the_run_carry_on_leads_back_into_the_run(joined: Chat) -> None:
    scene = joined.reads
    for command in ("/progress", "/privacy", "/scenarios", "/forget", "/mydata"):
        await joined.types(command)
        await joined.taps("This got to me", "Carry on")
        assert joined.reads == scene


async def test_an_exit_costs_nothing_the_choice_is_still_open(joined: Chat) -> None:
    await joined.taps("Urgent help", "A child told me", "This got to me", "Carry on", "B")
    assert "B, here and with Samir" in joined.reads


async def test_an_old_screen_of_one_scenario_leads_back_to_that_one_not_to_another(world: World) -> None:
    chat = world.chat()
    await begins(chat)
    first, message = chat.reads, chat.phone.screen.message_id
    await chat.types("/scenarios")
    await chat.taps("Role", "5", "1")
    assert "Samir" not in chat.reads
    await chat.taps("Begin")
    await chat.phone.press("This got to me", message_id=message)
    await chat.taps("Carry on")
    assert chat.reads == first


async def test_whoever_is_under_18_is_given_childline_and_999_and_no_way_on(world: World) -> None:
    for there in (starts, begins, ends, is_debriefed):
        chat = world.chat()
        await there(chat)
        await chat.taps("I am under 18")
        assert "Childline 0800 1111" in chat.reads
        assert "ring 999" in chat.reads
        assert "not your fault" in chat.reads
        assert "?" not in chat.reads
        assert chat.sees == EXITS


async def test_the_exits_work_on_screens_of_months_ago_and_after_everything_was_forgotten(
    world: World, joined: Chat, help_: Mapping[Nation, NationHelp]
) -> None:
    old = joined.phone.screen.message_id
    await joined.types("/forget")
    await joined.taps("Yes, remove everything")
    world.room.clock.forward(timedelta(days=120))
    for label, found in behind(help_[Nation.ENGLAND]).items():
        await joined.phone.press(label, message_id=old)
        check_help(joined.reads, found)


async def test_urgent_help_is_one_word_away_in_any_state(
    world: World, help_: Mapping[Nation, NationHelp]
) -> None:
    for there in (starts, begins, ends):
        chat = world.chat()
        await there(chat)
        for typed in ("/urgent", "urgent", "URGENT!"):
            await chat.types(typed)
            check_help(chat.reads, help_[Nation.ENGLAND].urgent)
