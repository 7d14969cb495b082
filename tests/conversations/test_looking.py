"""What a practitioner can look at: the shelf, their own picture, and everything that is held about them."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.moments import day_name, moment, week_name
from bot.core.scenario import Scenario
from bot.core.shelf import Shelf
from bot.tg.browsing import PAGE, THEMES
from bot.tg.markup import ROLES
from tests.conversations.conftest import Chat, World
from tests.shipped import shipped

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
SAMIR = "Promise you won’t tell"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Everything that is on offer."""
    return shipped()


async def to_the_debrief(chat: Chat) -> list[str]:
    """Plays to the end with the second option; the lines in which /mydata should tell the choices."""
    while "Debrief" not in chat.sees:
        await chat.taps("B")
    await chat.taps("Debrief")
    return [
        line.partition(": ")[0].split(" · ")[1] for line in chat.reads.splitlines() if ": you took " in line
    ]


def numbers(chat: Chat) -> list[str]:
    """The labels that are numbers."""
    return [label for label in chat.sees if label.isdecimal()]


# The shelf


def entries(chat: Chat) -> list[tuple[str, str]]:
    """The numbers and titles on a page of the shelf."""
    found = []
    for line in chat.reads.splitlines():
        number, _, rest = line.partition("  ")
        if number.isdecimal() and " min" in rest:
            found.append((number, rest.partition(" · ")[0]))
    return found


async def titles_of_a_group(chat: Chat, number: str) -> list[str]:
    """Taps a theme, a length or a role, and reads every page of it; each entry has its minutes and teaser."""
    await chat.taps(number)
    read: list[str] = []
    while True:
        read += [title for _, title in entries(chat)]
        assert len(numbers(chat)) <= PAGE
        if "More ▶" not in chat.sees:
            return read
        await chat.taps("More ▶")


async def check_shelf(chat: Chat, by: str, groups: dict[str, list[Scenario]]) -> None:
    """Every group of this kind is named, and holds exactly the scenarios it should."""
    for number, (name, expected) in enumerate(groups.items(), 1):
        await chat.types("/scenarios")
        await chat.taps(by)
        assert f"{number}  {name}" in chat.reads
        assert len(numbers(chat)) == len(groups)
        assert await titles_of_a_group(chat, str(number)) == [scenario.title for scenario in expected]


async def test_the_shelf_by_theme_holds_what_trains_a_skill_of_it(joined: Chat, shelf: Shelf) -> None:
    def trains(scenario: Scenario, theme: str) -> bool:
        return theme in {shelf.skills[skill].theme for skill in scenario.skills}

    every = shelf.scenarios.values()
    groups = {name: [one for one in every if trains(one, theme)] for theme, name in THEMES.items()}
    await check_shelf(joined, "Theme", groups)


async def test_the_shelf_by_minutes(joined: Chat, shelf: Shelf) -> None:
    lengths = sorted({scenario.minutes for scenario in shelf.scenarios.values()})
    groups = {
        f"{length} minutes": [one for one in shelf.scenarios.values() if one.minutes == length]
        for length in lengths
    }
    await check_shelf(joined, "Minutes", groups)


async def test_the_shelf_by_role(joined: Chat, shelf: Shelf) -> None:
    groups = {
        name: [one for one in shelf.scenarios.values() if role in one.roles] for role, name in ROLES.items()
    }
    await check_shelf(joined, "Role", groups)


async def test_a_number_opens_the_scenario_that_stands_beside_it(world: World, shelf: Shelf) -> None:
    chat = world.chat()
    await chat.types("/start")
    await chat.taps("Scotland", "Skip")
    await chat.types("/scenarios")
    await chat.taps("Minutes", "1")
    message, listed = chat.phone.screen.message_id, entries(chat)
    for number, title in listed:
        await chat.phone.press(number, message_id=message)
        assert chat.reads.startswith(title)
        assert chat.sees == ["Begin", "All scenarios", *EXITS]


async def test_the_list_says_what_is_under_way_and_what_was_practised(joined: Chat) -> None:
    async def mark() -> str:
        await joined.types("/scenarios")
        await joined.taps("Role", "6")
        (line,) = [line for line in joined.reads.splitlines() if SAMIR in line]
        return line.rpartition(" · ")[2]

    assert await mark() == "under way"
    await joined.taps("1")
    await to_the_debrief(joined)
    await joined.taps("Next")
    assert await mark() == "practised"


async def test_the_shelf_can_be_looked_at_before_joining_and_opening_one_asks_to_join(chat: Chat) -> None:
    await chat.types("/scenarios")
    await chat.taps("Role", "1")
    assert entries(chat) != []
    await chat.taps("1")
    assert "Which nation do you work in?" in chat.reads


# One's own picture


async def test_progress_is_empty_before_the_first_scenario(chat: Chat) -> None:
    await chat.types("/start")
    await chat.taps("England", "Skip")
    await chat.types("/progress")
    assert "Nothing yet." in chat.reads
    assert "Only you see this." in chat.reads


async def test_progress_shows_what_is_under_way_what_was_practised_and_when_it_comes_back(
    world: World, joined: Chat, shelf: Shelf
) -> None:
    await joined.types("/progress")
    assert f"• {SAMIR}: under way" in joined.reads
    await to_the_debrief(joined)
    today = moment(world.room.clock.now()).day
    await joined.types("/progress")
    (line,) = [line for line in joined.reads.splitlines() if SAMIR in line]
    assert line in {
        f"• {SAMIR}: practised, comes back on {day_name(type(today)(today + gap))}" for gap in (3, 12)
    }
    (scenario,) = [one for one in shelf.scenarios.values() if one.title == SAMIR]
    for skill in scenario.skills:
        assert shelf.skills[skill].name in joined.reads


async def test_what_comes_back_is_offered_when_its_day_has_come(world: World, joined: Chat) -> None:
    await to_the_debrief(joined)
    await joined.taps("Next")
    world.room.clock.forward(timedelta(days=40))
    await joined.types("/practise")
    assert joined.reads.startswith("This one has come round again.")
    assert SAMIR in joined.reads


# Everything that is held


async def test_mydata_shows_everything_and_says_that_it_is_all(world: World, joined: Chat) -> None:
    await joined.types("/mydata")
    week = week_name(moment(world.room.clock.now()).week)
    assert f"Chat number {joined.phone.id}; nation: England; role: Education" in joined.reads
    assert f"last here in the week of {week}" in joined.reads
    assert f"Begun; last changed in the week of {week}, attempt number 1." in joined.reads
    assert f"Weeks in which you were here, for 13 weeks: {week}." in joined.reads
    assert "That is all." in joined.reads


async def test_mydata_tells_every_choice_of_a_run_under_way_in_words(joined: Chat, shelf: Shelf) -> None:
    (scenario,) = [one for one in shelf.scenarios.values() if one.title == SAMIR]
    option = scenario.scenes[0].options[1]
    await joined.taps("B")
    await joined.types("/mydata")
    assert f"— {scenario.scenes[0].title}: {option.text}" in joined.reads
    assert "These choices go when you move on from the debrief or begin again." in joined.reads


async def test_after_the_debrief_mydata_tells_when_it_comes_back_and_no_choice_any_more(
    joined: Chat,
) -> None:
    scenes = await to_the_debrief(joined)
    await joined.types("/mydata")
    told = [line for line in joined.reads.splitlines() if line.startswith("— ")]
    assert [line.removeprefix("— ").partition(": ")[0] for line in told] == scenes
    assert "Finished at least once" in joined.reads
    await joined.taps("Next")
    await joined.types("/mydata")
    assert "comes back on" in joined.reads
    assert "— " not in joined.reads


async def test_a_change_of_nation_or_role_shows_in_mydata_and_nothing_else_changes(joined: Chat) -> None:
    await joined.taps("C")
    await joined.types("/mydata")
    before = joined.reads
    await joined.types("/start")
    await joined.taps("Change nation", "Wales", "Police")
    await joined.types("/mydata")
    assert joined.reads == before.replace("nation: England; role: Education", "nation: Wales; role: Police")


# What is promised


async def test_privacy_says_what_is_promised_and_where_its_limits_are(chat: Chat) -> None:
    await chat.types("/privacy")
    assert chat.reads.startswith("What is promised")
    for words in (
        "Nobody is shown your results",
        "without the key",
        "/forget works at once",
        "within 7 days",
        "The limits are said out loud",
        "Telegram sees this chat",
        "holds its key could link",
        "/mydata",
    ):
        assert words in chat.reads


async def test_looking_changes_nothing_whatever_the_order_and_however_fast(
    world: World, joined: Chat
) -> None:
    await joined.types("/mydata")
    before = joined.reads
    looks = ("/progress", "/scenarios", "/privacy", "/help", "/practise", "/urgent", "/stop", "/start")
    await asyncio.gather(*(joined.phone.type(command, wait=False) for command in looks))
    await joined.phone.settles()
    await joined.types("/mydata")
    assert joined.reads == before
