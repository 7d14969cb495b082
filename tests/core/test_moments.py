"""Days and weeks, counted from a clock that is an argument."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import Day, Week
from bot.core.moments import Moment, day_name, moment, week_name, week_of

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


@pytest.mark.parametrize(
    ("at", "day", "week"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0, -1),
        (datetime(1970, 1, 4, 23, 59, 59, tzinfo=UTC), 3, -1),
        (datetime(1970, 1, 5, tzinfo=UTC), 4, 0),
        (datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC), 20_779, 2967),
        (datetime(2026, 11, 23, tzinfo=UTC), 20_780, 2968),
        (datetime(2026, 11, 23, 13, 59, tzinfo=EAST), 20_779, 2967),
        (datetime(2026, 11, 23, 14, 0, tzinfo=EAST), 20_780, 2968),
        (datetime(2026, 11, 22, 11, 59, tzinfo=WEST), 20_779, 2967),
        (datetime(2026, 11, 22, 12, 0, tzinfo=WEST), 20_780, 2968),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), 21_243, 3034),
    ],
)
def test_days_begin_at_midnight_and_weeks_on_monday_in_utc(at: datetime, day: int, week: int) -> None:
    assert moment(at) == Moment(Day(day), Week(week))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2026, 11, 23))  # noqa: DTZ001 - what it is about


def test_days_and_weeks_have_names() -> None:
    assert day_name(Day(0)) == "1 January 1970"
    assert day_name(Day(20_780)) == "23 November 2026"
    assert week_name(Week(2968)) == "23 November 2026"
    assert week_name(Week(0)) == "5 January 1970"


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1970, 1, 5), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001
def test_a_day_lies_in_its_week(at: datetime) -> None:
    found = moment(at.replace(tzinfo=UTC))
    assert week_of(found.day) == found.week
    monday = found.week * 7 + 4
    assert monday <= found.day < monday + 7
