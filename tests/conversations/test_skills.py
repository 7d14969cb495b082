"""What a skill is and what one might say: one tap from the feedback, and back again, with nothing lost or moved."""

import re

import pytest

from bot.core.ids import TelegramId
from bot.core.keys import ROOT_BYTES, KeyRing
from bot.core.scenario import Scenario, Skill
from bot.core.shelf import Shelf
from bot.store.rootkey import load_or_create
from bot.tg.browsing import PAGE, THEMES
from bot.tg.payloads import Browse, By, pack
from tests.conversations.conftest import Chat, World
from tests.shipped import shipped

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
SAMIR = "Promise you won’t tell"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Everything that is on offer."""
    return shipped()


def training(shelf: Shelf, skill: Skill) -> list[Scenario]:
    """The scenarios that train it."""
    return [one for one in shelf.scenarios.values() if skill.id in one.skills]


def linked(chat: Chat) -> list[str]:
    """The skills that the newest message links to."""
    return re.findall(r"/([A-Z]\d+)", chat.reads)


async def kept(chat: Chat) -> str:
    """All that is held about them."""
    await chat.types("/mydata")
    return chat.reads


# The list and the pages


async def test_skills_stand_under_their_theme_and_each_has_a_button(chat: Chat, shelf: Shelf) -> None:
    await chat.types("/skills")
    expected = ["The skills that you practise"]
    for theme, name in THEMES.items():
        trained = [skill for skill in shelf.skills.values() if skill.theme is theme]
        expected += [name, *(f"{skill.id}  {skill.name}" for skill in trained)]
    lines = [line for line in chat.reads.splitlines() if line]
    assert lines[:-1] == expected
    assert chat.sees == [*shelf.skills, "Carry on", "All scenarios", *EXITS]


async def test_a_skills_page_says_what_it_is_what_one_might_say_and_which_scenarios_train_it(
    world: World, shelf: Shelf
) -> None:
    chat = world.chat()
    await chat.types("/skills")
    listed = chat.phone.screen.message_id
    for skill in shelf.skills.values():
        await chat.phone.press(skill.id, message_id=listed)
        assert chat.reads.startswith(f"{skill.id} · {skill.name}\n{skill.line}\n")
        assert skill.about in chat.reads
        assert f"What you might say\n{skill.say}" in chat.reads
        assert chat.sees[-4:] == EXITS
        titles = [one.title for one in training(shelf, skill)]
        read = [title for title in titles[:PAGE] if title in chat.reads]
        while "More ▶" in chat.sees:
            await chat.taps("More ▶")
            read += [title for title in titles if title in chat.reads]
        assert read == titles


async def test_a_number_on_a_skills_page_opens_the_scenario_beside_it(joined: Chat, shelf: Shelf) -> None:
    skill = next(one for one in shelf.skills.values() if len(training(shelf, one)) > 1)
    for number, scenario in enumerate(training(shelf, skill)[:PAGE], 1):
        await joined.types(f"/{skill.id}")
        await joined.taps(str(number))
        if scenario.title != SAMIR:
            assert joined.reads.startswith(scenario.title)


async def test_the_shelf_leads_to_the_skills_too(joined: Chat) -> None:
    await joined.types("/scenarios")
    await joined.taps("Skill")
    assert joined.reads.startswith("The skills that you practise")
    await joined.taps("R6", "All skills", "All scenarios")
    assert joined.reads.startswith("Scenarios, by theme")


async def test_the_page_says_what_is_under_way(joined: Chat, shelf: Shelf) -> None:
    (samir,) = [one for one in shelf.scenarios.values() if one.title == SAMIR]
    await joined.types(f"/{samir.skills[0]}")
    (line,) = [line for line in joined.reads.splitlines() if SAMIR in line]
    assert line.endswith("· under way")


# From the feedback, and back


async def test_each_choice_links_to_the_skills_that_it_trains_without_another_button(
    joined: Chat, shelf: Shelf
) -> None:
    (samir,) = [one for one in shelf.scenarios.values() if one.title == SAMIR]
    option = samir.scenes[0].options[1]
    await joined.taps("B")
    assert linked(joined) == list(option.skills)
    assert f"More on /{option.skills[0]}" in joined.reads
    assert [label for label in joined.sees if label not in "ABCD"] == EXITS


async def test_more_on_a_skill_is_one_tap_away_and_carry_on_leads_back_to_the_very_same_screen(
    joined: Chat, shelf: Shelf
) -> None:
    while True:  # from every scene, and from the ending
        await joined.taps("B")
        left, labels = joined.reads, joined.sees
        for skill in linked(joined):
            await joined.types(f"/{skill}")
            assert joined.reads.startswith(f"{skill} · ")
            await joined.taps("Carry on")
            assert (joined.reads, joined.sees) == (left, labels)
        if "Debrief" in labels:
            break
    await joined.taps("Debrief", "Next")
    assert "Next for you" in joined.reads


async def test_looking_at_skills_moves_nothing_and_the_choice_is_still_open(joined: Chat) -> None:
    await joined.taps("B")
    scene, before = joined.phone.screen, await kept(joined)
    await joined.types("/skills")
    await joined.taps("K3", "All skills", "C4")
    await joined.types("/r6")
    assert await kept(joined) == before
    await joined.phone.press("C", message_id=scene.message_id)
    assert "C, here and with Samir" in joined.reads


async def test_opening_another_scenario_from_a_skill_loses_no_run(joined: Chat, shelf: Shelf) -> None:
    await joined.taps("B")
    scene = joined.reads
    skill, other = next(
        (skill, at)
        for skill in shelf.skills.values()
        for at, one in enumerate(training(shelf, skill)[:PAGE], 1)
        if one.title != SAMIR
    )
    await joined.types(f"/{skill.id}")
    await joined.taps(str(other))
    assert "Begin" in joined.sees
    await joined.types(f"/{skill.id}")
    await joined.taps("Carry on")
    assert joined.reads == scene


async def test_every_skill_that_a_choice_can_train_has_a_page(shelf: Shelf) -> None:
    named = {
        skill
        for scenario in shelf.scenarios.values()
        for scene in scenario.scenes
        for option in scene.options
        for skill in option.skills
    }
    assert named <= set(shelf.skills)


async def test_before_joining_skills_can_be_read_and_the_way_on_asks_to_join(chat: Chat) -> None:
    await chat.types("/skills")
    await chat.taps("R1", "Carry on")
    assert "Which nation do you work in?" in chat.reads
    await chat.types("/E1")
    await chat.taps("1")
    assert "Which nation do you work in?" in chat.reads
    await chat.types("/mydata")
    assert chat.reads.startswith("Nothing is held about you.")


# As it is typed


async def test_a_skills_command_works_in_small_letters_and_with_the_bots_name(joined: Chat) -> None:
    for typed in ("/R6", "/r6", "/R6@practice_room_bot", "/skills"):
        await joined.types(typed)
        assert "R6" in joined.reads
        assert "I don’t know that command." not in joined.reads


async def test_a_skill_that_does_not_exist_is_an_unknown_command(joined: Chat) -> None:
    for typed in ("/R99", "/Z1", "/R", "/R6R6", "/R6@another_bot"):
        await joined.types(typed)
        assert joined.reads.startswith("I don’t know that command.")


async def test_words_behind_a_skills_command_are_typed_text_and_are_deleted(joined: Chat) -> None:
    for typed in ("/R6 about a girl", "/skills about\na girl"):
        await joined.types(typed)
        assert "I have not kept this one" in joined.reads
        assert typed not in [message.text for message in joined.phone.messages]


# What nobody made, and what is no longer there


def button(world: World, chat: Chat, skill: str, page: int = 0) -> str:
    """What a button of this bot for this skill would carry, whether there is one or not."""
    folder = world.where.data
    root = load_or_create(
        world.where.key_file, data_folder=folder, data_exists=True, make=lambda: bytes(ROOT_BYTES)
    )
    return pack(Browse(By.SKILL, skill, page), KeyRing.from_root(root), TelegramId(chat.phone.id))


async def test_a_button_for_a_skill_that_is_gone_leads_to_those_that_are_there(
    world: World, joined: Chat, shelf: Shelf
) -> None:
    before, message = await kept(joined), joined.phone.screen.message_id
    for skill in ("R99", "r6", "R6 ", "s02-promise", "K"):
        await joined.phone.tap_raw(button(world, joined, skill), message_id=message)
        assert joined.reads.startswith("That skill is no longer here. These are:")
        assert joined.sees == [*shelf.skills, "Carry on", "All scenarios", *EXITS]
    assert await kept(joined) == before


async def test_a_page_that_does_not_exist_is_the_nearest_that_does(world: World, joined: Chat) -> None:
    message = joined.phone.screen.message_id
    for page in (-1, 99):
        await joined.phone.tap_raw(button(world, joined, "R6", page), message_id=message)
        assert joined.reads.startswith("R6 · ")
        assert "1" in joined.sees


async def test_a_button_that_was_forged_or_made_for_somebody_else_leads_nowhere(
    world: World, joined: Chat
) -> None:
    real = button(world, joined, "R6")
    message = joined.phone.screen.message_id
    for payload in (button(world, world.chat(), "R6"), real[:-1] + "A_"[real[-1] == "A"], "l:k:R6:0"):
        await joined.phone.tap_raw(payload, message_id=message)
        assert joined.reads.startswith("That button is no longer in use.")
    await joined.phone.tap_raw(real, message_id=message)
    assert joined.reads.startswith("R6 · ")
