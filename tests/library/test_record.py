"""A recorded walk passes the check that walks are for, whatever path was played."""

import random
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
import yaml

from bot.core.run import Taken, offered, start, take
from bot.core.scenario import Ending, Scenario, Scene
from bot.errors import UserError
from bot.library.record import place_of_walk, written_walk
from bot.library.walks import walk_faults
from tests.core.stories import STORY, taps, with_option
from tests.shipped import several

SHIPPED = several()
GOOD = taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")


def _some_path(scenario: Scenario, chance: random.Random) -> list[Taken]:
    position, path = start(scenario), []
    while isinstance(position.at, Scene):
        option = chance.choice(offered(position.at, position.variables))
        path.append(Taken(position.at.id, option.id))
        position = take(scenario, option, position.variables)
    assert isinstance(position.at, Ending)
    return path


@pytest.mark.parametrize("scenario", [*SHIPPED, STORY], ids=lambda scenario: scenario.id)
@pytest.mark.parametrize("seed", range(25))
def test_any_path_recorded_replays(tmp_path: Path, scenario: Scenario, seed: int) -> None:
    path = _some_path(scenario, random.Random(seed))
    file = _kept(tmp_path, "mine", written_walk(scenario, path, name="mine"))
    assert walk_faults(scenario, file) == []
    steps = yaml.safe_load(file.read_text())["steps"]
    assert [step["choose"] for step in steps if "choose" in step] == [tap.option for tap in path]


def test_a_walk_holds_words_of_each_screen_every_echo_and_every_choice() -> None:
    assert written_walk(STORY, GOOD, name="good") == (
        "walk: good\n"
        "steps:\n"
        "- reads: begin text\n"
        "- choose: limits\n"
        "- reads: listen text\n"
        "- choose: wait\n"
        "- reads: danger text\n"
        "- choose: say-and-act\n"
        "- reads: after text\n"
        "- reads: They know.\n"
        "- choose: stay\n"
        "- reads: good text\n"
        "- reads: They heard it first.\n"
        "- ends: good\n"
    )


def test_an_edit_that_changes_what_was_recorded_is_found(tmp_path: Path) -> None:
    file = _kept(tmp_path, "good", written_walk(STORY, GOOD, name="good"))
    odd = with_option(STORY, "begin", "limits", sets=())
    assert [fault.what for fault in walk_faults(odd, file)] == [
        "these words do not stand on the screen here, at 'after'.",
        "these words do not stand on the screen here, at 'fair'.",
        "these words do not stand on the screen here, at 'fair'.",
        "the walk ends at 'fair', not at 'good'.",
    ]


@pytest.mark.parametrize("name", ["", "My walk", "../good", "good.yaml", "a" * 21, "Good"])
def test_a_walk_needs_a_name_that_can_be_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot name a walk"):
        place_of_walk(tmp_path, name)


def test_a_walk_that_is_there_is_not_overwritten_unasked(tmp_path: Path) -> None:
    file = _kept(tmp_path, "good", "one\n")
    with pytest.raises(UserError, match="is there already"):
        place_of_walk(tmp_path, "good")
    assert place_of_walk(tmp_path, "good", anew=True) == file


def test_words_that_yaml_would_read_otherwise_are_quoted(tmp_path: Path) -> None:
    odd = _said("yes", "no: not today", "- 12", "# “What?”, he asks")
    file = _kept(tmp_path, "odd", written_walk(odd, GOOD, name="odd"))
    assert walk_faults(odd, file) == []


def _kept(folder: Path, name: str, walk: str) -> Path:
    place = place_of_walk(folder, name)
    place.parent.mkdir(exist_ok=True)
    place.write_text(walk, encoding="utf-8")
    return place


def _said(*texts: str) -> Scenario:
    scenes = (replace(scene, says=text) for scene, text in zip(STORY.scenes, cycle(texts), strict=False))
    return replace(STORY, scenes=tuple(scenes))
