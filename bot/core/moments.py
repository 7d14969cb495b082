"""Days and weeks, counted; the clock itself is an argument."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.core.ids import Day, Week

_FIRST_DAY = date(1970, 1, 1)
_FIRST_MONDAY = date(1970, 1, 5)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, no finer than a day."""

    day: Day
    week: Week


def moment(at: datetime) -> Moment:
    """The day and week of a time. Days begin at midnight UTC, weeks on Monday.

    Raises `ValueError` for a time without a zone, which would be read by the zone of this computer.
    """
    if at.tzinfo is None:
        raise ValueError("a time needs its zone")
    today = at.astimezone(UTC).date()
    return Moment(Day((today - _FIRST_DAY).days), Week((today - _FIRST_MONDAY).days // 7))


def week_of(day: Day) -> Week:
    """The week that a day lies in."""
    return Week((_FIRST_DAY + timedelta(days=day) - _FIRST_MONDAY).days // 7)


def day_name(day: Day) -> str:
    """A day as people write it: 23 November 2026."""
    found = _FIRST_DAY + timedelta(days=day)
    return f"{found.day} {found:%B %Y}"


def week_name(week: Week) -> str:
    """A week by its Monday: 23 November 2026."""
    monday = _FIRST_MONDAY + timedelta(weeks=week)
    return f"{monday.day} {monday:%B %Y}"
