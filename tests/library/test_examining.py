"""What a check measures: the bot's own screens, rendered only where they could be too long."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.run import Run, Taken, offered, stand
from bot.core.scenario import Ending, Nation, Scenario
from bot.examining import examine
from bot.library.shelf import CONTENT
from bot.library.sizes import HARD_SCREEN, units
from bot.measuring import at_most
from bot.tg import screens
from bot.tg.screen import plain
from tests.library.authors import STORY, Author
from tests.shipped import several, shipped

SHELF = shipped()
SCENARIOS = several()


def _runs(scenario: Scenario) -> Iterator[Run]:
    """Every run of a scenario, begun, half done and done: each situation once, by the first way to it."""
    waiting = [Run(scenario.id, SHELF.editions[scenario.id], 1, ())]
    seen: set[object] = set()
    while waiting:
        run = waiting.pop()
        yield run
        now = stand(scenario, run)
        if isinstance(now.at, Ending):
            continue
        for option in offered(now.at, now.variables):
            after = Run(run.scenario, run.edition, 1, (*run.taken, Taken(now.at.id, option.id)))
            look = (now.at.id, option.id, *stand(scenario, after).variables.values())
            if look not in seen:
                seen.add(look)
                waiting.append(after)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.id))
def test_no_screen_is_longer_than_what_is_taken_for_the_most_it_can_be(scenario: Scenario) -> None:
    for run in _runs(scenario):
        for nation in (None, *Nation):
            text = plain(screens.here(screens.View(SHELF, nation), scenario, run).text)
            assert units(text) <= at_most(SHELF, scenario, run)


def test_what_is_shipped_is_sound_and_every_scenario_is_told_of_before_its_check() -> None:
    told: list[Path] = []
    found = examine(CONTENT, each=told.append)
    assert found.faults == ()
    assert found.shelf == SHELF
    assert [folder.name for folder in told] == sorted(SHELF.scenarios)


def test_a_screen_that_is_far_too_long_is_a_fault_with_the_taps_to_it(author: Author) -> None:
    """Every text keeps to its own limit; together they are more than a phone shows."""
    echo = "      - when: {told: yes}\n        text: " + "He looks at the road. " * 9 + "\n"
    old = "    title: In the shelter\n"
    author.edit(STORY, old, f"{old}    echoes:\n{echo * 14}")
    shutil.copytree(author.folder / "scenarios/last-bus", author.folder / "scenarios/other")
    *others, fault = sorted(examine(author.folder).faults, key=lambda one: one.rule == "screen-length")
    assert others, "a neighbour's faults are told with it"
    assert (fault.rule, fault.line) == ("screen-length", author.line(STORY, "Rain on a tin roof"))
    assert f"at most {HARD_SCREEN} fit. Shown by: stop/say-limits." in fault.what
