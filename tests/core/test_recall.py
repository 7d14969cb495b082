"""The ladder: when a scenario is due again."""

import pytest

from bot.core.ids import Day
from bot.core.recall import LADDER, OVERRIDE_EVERY, Recall, after


@pytest.mark.parametrize(
    ("rung", "sound", "expected"),
    [
        (0, False, Recall(0, Day(1003))),
        (0, True, Recall(1, Day(1012))),
        (1, True, Recall(2, Day(1024))),
        (2, True, Recall(3, Day(1090))),
        (3, True, Recall(3, Day(1090))),
        (1, False, Recall(0, Day(1003))),
        (2, False, Recall(0, Day(1003))),
        (3, False, Recall(0, Day(1003))),
    ],
)
def test_a_sound_run_climbs_one_rung_and_any_other_goes_back_to_the_foot(
    rung: int, *, sound: bool, expected: Recall
) -> None:
    assert after(rung, sound=sound, today=Day(1000)) == expected


def test_the_gaps_grow() -> None:
    assert list(LADDER) == sorted(LADDER)
    assert LADDER[-1] < OVERRIDE_EVERY


def _year(*, sound: set[int], practised: int = 0) -> list[int]:
    """The days on which somebody practises who always comes on the very day; `sound`: which of the runs were."""
    days, rung, today = [], 0, 0
    while today < 365:
        days.append(today)
        recall = after(rung, sound=len(days) in sound, today=Day(today))
        rung, today = recall.rung, recall.due
    return days


def test_a_year_of_sound_runs() -> None:
    """Twice in the first month, then once a quarter: an override never retires."""
    assert _year(sound=set(range(1, 99))) == [0, 12, 36, 126, 216, 306]


def test_a_year_in_which_the_first_and_the_fourth_run_went_badly() -> None:
    assert _year(sound=set(range(1, 99)) - {1, 4}) == [0, 3, 15, 39, 42, 54, 78, 168, 258, 348]


def test_somebody_who_never_runs_soundly_is_asked_back_every_third_day() -> None:
    assert _year(sound=set()) == list(range(0, 365, 3))


def test_somebody_who_comes_late_is_asked_back_from_the_day_they_came() -> None:
    assert after(1, sound=True, today=Day(1200)) == Recall(2, Day(1224))
