"""Every contender plays a few turns: what the benchmarks count must be right; how long it took is nobody's business."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.brute import explore

from .crowd import crowd
from .duel import fight
from .figures import Goal, Spread, paired
from .processes import FakeApi, bot, fake_api
from .proofs import proofs
from .shelf import shelf
from .turns import FORM, OURS
from .wide_story import every_situation, wide_story

PEOPLE = 4
TURNS = 8


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with fake_api() as running:
        yield running


def test_contenders_answer_each_tap_exactly_once_and_acknowledge_it(api: FakeApi, tmp_path: Path) -> None:
    everybody = (
        OURS,
        FORM,
    )  # the other two make their calls from the same script, and aiogram takes long to start
    duel = fight(api, tmp_path, everybody, people=PEOPLE, rounds=1, turns=TURNS, delay=0.0)
    counted = {
        name: (one.played["acknowledged"], one.played["strays"]) for name, (one,) in duel.rounds.items()
    }
    calls = {name: one.played["calls"] for name, (one,) in duel.rounds.items()}
    assert duel.faults == []
    assert counted == {one.name: (TURNS, {}) for one in everybody}
    assert calls == {one.name: calls[OURS.name] for one in everybody}  # all of them make the very same calls
    assert duel.out_of_order[OURS.name] == 0


def test_newcomers_are_all_answered_and_forgotten_by_the_other_end(api: FakeApi, tmp_path: Path) -> None:
    with bot("bothand", api, tmp_path) as one:
        one.started()
        came = one.order("newcomers", people=16, after=0, at_once=4, walk_every=8)
    taps = came["calls"]["answerCallbackQuery"]
    assert taps > 0  # two of them walk on
    assert came["strays"] == {}
    assert came["updates"] == came["acknowledged"] == came["calls"]["sendMessage"] == 16 + taps


def test_a_crowd_in_the_practice_room_loses_nothing(tmp_path: Path) -> None:
    report = crowd(tmp_path, rounds=1, people=20)
    assert report.faults == []
    assert [found["updates"] for found in report.figures["tap"] + report.figures["hurry"]] == [20, 40]


def test_a_wide_story_is_sound_and_nothing_in_it_goes_unproved() -> None:
    report = proofs(rounds=1, sizes=(6, 140))
    assert report.faults == []
    assert [
        (one["scenes"], one["booleans"], one["findings"]) for (one,) in report.figures["sizes"].values()
    ] == [
        (6, 10, []),
        (140, 10, []),
    ]


@pytest.mark.parametrize("scenes", [5, 13, 14, 15])
def test_a_wide_story_has_exactly_the_situations_that_taps_can_reach(scenes: int) -> None:
    story = wide_story(scenes, booleans=4)
    here = {scene.id for scene in story.scenes}
    tapped = [at for at, _ in explore(story).positions if at in here]
    assert len(here) == scenes
    assert len(tapped) == every_situation(scenes, booleans=4)


def test_a_shelf_comes_whole_from_its_files_and_from_the_cache(tmp_path: Path) -> None:
    report = shelf(tmp_path, rounds=1, scenarios=5)
    assert report.faults == []
    assert [[one["compiled"] for one in rounds] for rounds in report.figures.values()] == [[True], [False]]


def test_a_goal_is_missed_only_if_the_whole_middle_half_is_on_the_wrong_side() -> None:
    ratio = paired([1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 2.0, 2.0, 2.0, 2.0])
    assert ratio == Spread(median=1.5, low=0.5, high=2.5, lower=1.0, upper=2.0)
    verdicts = [Goal("", limit, at_least=True, found=ratio).verdict for limit in (1.4, 1.9, 2.1)]
    assert verdicts == ["met", "within the spread", "NOT MET"]
    assert [Goal("", limit, at_least=False, found=ratio).met for limit in (0.9, 1.0)] == [False, True]
