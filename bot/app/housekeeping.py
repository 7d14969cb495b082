"""What the bot does by itself: empties the write-ahead logs, and at night forgets whoever is long gone."""

from dataclasses import replace
from functools import partial
from typing import Final

from bot.app import forgetting
from bot.app.forgetting import ACTIVE_WEEKS
from bot.app.means import Means
from bot.core.ids import Day, Tag, Week
from bot.core.moments import Moment, week_of
from bot.store import active, people
from bot.store.database import Database, Transaction
from bot.store.people import Person

#: Days after which somebody who blocked the bot is forgotten.
BLOCKED_DAYS: Final = 30
#: Weeks after which somebody who was silent is forgotten.
SILENT_WEEKS: Final = 52


async def nightly(database: Database, means: Means, *, now: Moment) -> int:
    """Notes who was here lately, forgets whoever is long gone, and rewrites the files; how many were forgotten."""
    gone: list[Person] = []
    forgotten = 0
    after: Tag | None = None
    while seen := await database.run(_look_at, means, after, now):
        gone += [person for person in seen if is_gone(person, now)]
        after = means.keys.tag(seen[-1].telegram_id)
    for person in gone:
        who, still_gone = person.telegram_id, partial(is_gone, now=now)
        forgotten += await forgetting.forget(database, means, who, now=now, only_if=still_gone)
    await database.run(_drop_old_weeks, now)
    await database.vacuum()
    await database.checkpoint()
    return forgotten


def is_gone(person: Person, now: Moment) -> bool:
    """Whether somebody blocked the bot 30 days ago or was silent for a year."""
    blocked = person.unreachable_since is not None and now.day - person.unreachable_since >= BLOCKED_DAYS
    return blocked or now.week - person.last_seen >= SILENT_WEEKS


def _look_at(tx: Transaction, means: Means, after: Tag | None, now: Moment) -> list[Person]:
    """The next people, with the last week they were here.

    That week is brought up to date here, for many at once and in the order of their tags: done at each tap, it would
    write a person's vault row and progress row side by side, and so tell that they belong together.
    """
    found = people.batch(tx, means.keys, after=after)
    return [_up_to_date(tx, means, person, now) for person in found]


def _up_to_date(tx: Transaction, means: Means, person: Person, now: Moment) -> Person:
    since = max(person.last_seen + 1, now.week - ACTIVE_WEEKS)
    for week in range(now.week, since - 1, -1):
        if active.was_here(tx, means.keys, person, week=Week(week)):
            seen = replace(person, last_seen=Week(week), unreachable_since=_since(person, Week(week)))
            people.save(tx, means.keys, seen, nonce=means.nonce())
            return seen
    return person


def _since(person: Person, here: Week) -> Day | None:
    """Since when somebody who was here in that week cannot be reached: whoever came back later can be."""
    since = person.unreachable_since
    return None if since is None or week_of(since) < here else since


def _drop_old_weeks(tx: Transaction, now: Moment) -> None:
    active.drop_before(tx, week=Week(now.week - ACTIVE_WEEKS))
