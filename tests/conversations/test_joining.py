"""A newcomer's first minute."""

from bot.tg.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from tests.conversations.conftest import Chat, World

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]


async def test_four_taps_at_most_lead_from_start_to_the_first_scene(chat: Chat) -> None:
    await chat.types("/start")
    assert "It is not a helpline" in chat.reads
    assert "What is kept" in chat.reads
    assert "ring 999" in chat.reads
    assert chat.sees == ["England", "Wales", "Scotland", "Northern Ireland", *EXITS]
    taps = ["Wales", "Skip", "Begin"]
    await chat.taps(*taps)
    assert len(taps) <= 4
    assert chat.sees[:3] == ["A", "B", "C"]
    assert "What do you do?" in chat.reads


async def test_the_role_decides_which_scenario_comes_first(world: World) -> None:
    teacher, care_worker = world.chat(), world.chat()
    for chat, role in ((teacher, "Education"), (care_worker, "Residential care")):
        await chat.types("/start")
        await chat.taps("England", role)
    assert teacher.reads.startswith("Promise you won’t tell")
    assert care_worker.reads.startswith("Back at 3 a.m.")


async def test_a_second_start_says_that_nothing_is_lost_and_lets_nation_and_role_change(joined: Chat) -> None:
    await joined.types("/start")
    assert "You practise for England, as somebody in education." in joined.reads
    await joined.taps("Change nation", "Scotland", "Police")
    await joined.types("/start")
    assert "You practise for Scotland, as somebody in police." in joined.reads


async def test_whoever_has_not_joined_is_asked_to_start_whatever_they_type(chat: Chat) -> None:
    for command in ("/practise", "/progress"):
        await chat.types(command)
        assert "Which nation do you work in?" in chat.reads


async def test_the_menu_and_the_descriptions_are_set_at_the_start(world: World, joined: Chat) -> None:
    await joined.types("/help")
    bot = world.room.bot
    await joined.phone.waits_until(lambda _: SHORT_DESCRIPTION in bot.short_descriptions.values())
    assert joined.phone.commands == [command for command, _ in COMMANDS]
    assert bot.descriptions == {"": DESCRIPTION}
    assert bot.short_descriptions == {"": SHORT_DESCRIPTION}
