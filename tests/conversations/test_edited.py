"""Content that is edited, or withdrawn, while somebody is in the middle of it: no run is lost, no choice is moved."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.ids import ScenarioId
from bot.core.scenario import Scene
from bot.core.shelf import Shelf
from bot.library import shelf as library
from bot.library.shelf import CONTENT
from tests.conversations.conftest import Chat, World, broken_rules, world_over

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
SCENARIO, OTHER = ScenarioId("s02-promise"), ScenarioId("s06-back-at-three")
EDITED = "Promise you won’t tell was edited since you began"
WITHDRAWN = "That scenario is no longer on the shelf."


@dataclass(frozen=True)
class Author:
    """Edits the content of a bot; each edit takes effect at its next start."""

    world: World
    chat: Chat
    #: The first scene, and the one that its option B leads to, as they read at first.
    first: Scene
    second: Scene

    async def renames(self, scene: Scene, title: str) -> None:
        """Gives a scene another title."""
        path = self.world.where.content / "scenarios" / SCENARIO / "scenario.yaml"
        before, after = f"    title: {scene.title}\n", f"    title: {title}\n"
        text = path.read_text()
        assert text.count(before) == 1
        await self.world.end()
        path.write_text(text.replace(before, after))
        self.world.start()

    async def undoes(self) -> None:
        """Puts back what stood there at first."""
        await self.world.end()
        shutil.rmtree(self.world.where.content)
        copy(self.world.where.content)
        self.world.start()

    async def withdraws(self) -> None:
        """Takes the scenario off the shelf."""
        await self.world.end()
        shutil.rmtree(self.world.where.content / "scenarios" / SCENARIO)
        self.world.start()


def copy(to: Path) -> None:
    """This project's own content with two of its scenarios: to edit it is to compile it anew."""
    shutil.copytree(CONTENT, to, ignore=shutil.ignore_patterns("scenarios", "variants", "example"))
    for scenario in (SCENARIO, OTHER):
        shutil.copytree(CONTENT / "scenarios" / scenario, to / "scenarios" / scenario)


@pytest.fixture(scope="module")
def small_shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shelf, bytes]:
    """The shelf of that content, and its compiled form."""
    folder = tmp_path_factory.mktemp("small")
    copy(folder / "content")
    shelf = library.load(folder / "content", cache=folder / "shelf.cache")
    return shelf, (folder / "shelf.cache").read_bytes()


@pytest.fixture
async def author(tmp_path: Path, small_shelf: tuple[Shelf, bytes]) -> AsyncIterator[Author]:
    """Content of one's own, and somebody who stands at the first scene of it."""
    shelf, cache = small_shelf
    copy(tmp_path / "content")
    scenario = shelf.scenarios[SCENARIO]
    first = scenario.scenes[0]
    second = scenario.scene(first.options[1].goes[0].to)
    assert second is not None
    async with world_over(tmp_path, tmp_path / "content", cache) as world:
        chat = world.chat()
        await chat.types("/start")
        await chat.taps("England", "Education", "Begin")
        yield Author(world, chat, first, second)
        assert broken_rules(world.room) == []


async def to_the_debrief(chat: Chat) -> None:
    while "Debrief" not in chat.sees:
        await chat.taps("B")
    await chat.taps("Debrief")


async def test_an_edit_of_what_lies_behind_goes_unnoticed_and_the_run_keeps_its_own_words(
    author: Author,
) -> None:
    chat = author.chat
    await chat.taps("B")
    await author.renames(author.first, "Stacking tables")
    await chat.taps("B")
    assert chat.count(EDITED) == 0
    assert "What changes" in chat.reads
    await to_the_debrief(chat)
    assert author.first.title in chat.reads
    assert "Stacking tables" not in chat.reads


async def test_an_edit_of_what_lies_ahead_is_said_and_the_choice_waits(author: Author) -> None:
    chat = author.chat
    await chat.types("/mydata")
    before = chat.reads
    await author.renames(author.second, "Another title")
    await chat.taps("B")
    assert chat.reads.startswith(EDITED)
    assert "Nothing is lost until you choose." in chat.reads
    assert chat.sees == ["Finish my version", "Start again", *EXITS]
    await chat.types("/mydata")
    assert chat.reads == before


async def test_finish_my_version_goes_on_with_the_words_it_began_with_to_the_very_end(author: Author) -> None:
    chat = author.chat
    scene = chat.reads
    await author.renames(author.second, "Another title")
    await chat.taps("B", "Finish my version")
    assert chat.reads == scene
    await chat.taps("B")
    assert f"\n{author.second.title}\n" in chat.reads
    await to_the_debrief(chat)
    assert author.second.title in chat.reads
    assert chat.count(EDITED) == 1
    assert chat.count("Another title") == 0
    await chat.taps("Try another way", "B")
    assert "\nAnother title\n" in chat.reads


async def test_start_again_begins_the_new_version_as_the_next_attempt(author: Author) -> None:
    chat = author.chat
    await author.renames(author.second, "Another title")
    await chat.taps("B", "Start again", "B")
    assert "\nAnother title\n" in chat.reads
    await chat.types("/mydata")
    assert "attempt number 2" in chat.reads
    await to_the_debrief(chat)
    assert chat.count(EDITED) == 1


async def test_a_version_of_two_edits_ago_is_still_there(author: Author) -> None:
    chat = author.chat
    await author.renames(author.second, "Another title")
    await author.world.end()
    author.world.start()
    await chat.taps("B")
    await author.renames(author.first, "Stacking tables")
    await chat.taps("Finish my version", "B")
    assert f"\n{author.second.title}\n" in chat.reads


async def test_an_edit_that_was_undone_is_as_if_it_had_never_been(author: Author) -> None:
    chat = author.chat
    await author.renames(author.second, "Another title")
    await chat.taps("B")
    assert chat.reads.startswith(EDITED)
    await author.undoes()
    await chat.taps("B")
    assert f"\n{author.second.title}\n" in chat.reads


async def test_coming_back_by_practise_asks_too_before_an_old_version_goes_on(author: Author) -> None:
    chat = author.chat
    await author.renames(author.second, "Another title")
    await chat.types("/practise")
    await chat.taps("Carry on")
    assert chat.reads.startswith(EDITED)


async def test_whoever_is_at_the_ending_gets_the_debrief_of_the_version_they_played(author: Author) -> None:
    chat = author.chat
    while "Debrief" not in chat.sees:
        await chat.taps("B")
    await author.renames(author.second, "Another title")
    await chat.taps("Debrief")
    assert author.second.title in chat.reads
    assert chat.count(EDITED) == 0


async def test_a_scenario_that_was_withdrawn_is_neither_offered_nor_begun_and_that_is_said(
    author: Author,
) -> None:
    chat = author.chat
    other = author.world.chat()
    await other.types("/start")
    await other.taps("Wales", "Education")
    assert other.reads.startswith("Promise you won’t tell")
    await author.withdraws()
    await other.taps("Begin")
    assert other.toast == WITHDRAWN
    assert "Promise you won’t tell" not in other.reads
    for labels in (("Theme", "1"), ("Minutes", "1"), ("Role", "6")):
        await chat.types("/scenarios")
        await chat.taps(*labels)
        assert "Promise you won’t tell" not in chat.reads
    await chat.types("/practise")
    assert "Promise you won’t tell" not in chat.reads


async def test_a_run_of_a_withdrawn_scenario_can_be_finished_but_not_begun_again(author: Author) -> None:
    chat = author.chat
    await author.withdraws()
    await to_the_debrief(chat)
    assert "Promise you won’t tell" in chat.reads
    await chat.types("/mydata")
    assert "Promise you won’t tell" in chat.reads
    await chat.taps("Try another way")
    assert chat.toast == WITHDRAWN
    assert "Promise you won’t tell" not in chat.reads


async def test_progress_of_a_withdrawn_scenario_is_forgotten_with_the_rest(author: Author) -> None:
    chat = author.chat
    await author.withdraws()
    await chat.types("/forget")
    await chat.taps("Yes, remove everything")
    await author.undoes()
    await chat.types("/start")
    await chat.taps("England", "Education", "Begin")
    await chat.types("/mydata")
    assert "attempt number 1" in chat.reads


async def test_a_run_goes_on_without_a_legal_sentence_or_a_skill_that_the_shelf_no_longer_has(
    tmp_path: Path, small_shelf: tuple[Shelf, bytes]
) -> None:
    content = tmp_path / "content"
    copy(content)
    async with world_over(tmp_path, content, small_shelf[1]) as world:
        chat = world.chat()
        await chat.types("/start")
        await chat.taps("England", "Education", "Begin", "B", "D", "A")
        await world.end()
        for path in [*content.glob("help/*.yaml"), *content.glob("scenarios/*/scenario.yaml")]:
            text = path.read_text().replace("  reporting:", "  duty:").replace("law: reporting", "law: duty")
            path.write_text(text)
        world.start()
        await chat.types("/practise")
        await chat.taps("Carry on", "Finish my version", "C")
        assert chat.reads.startswith("What changes")
        assert "Danger now is never traded" in chat.reads
        assert chat.sees[0] == "A"
