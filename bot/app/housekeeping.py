"""What the bot does by itself: notes who was here, empties the logs, and at night forgets whoever is long gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.app import forgetting
from bot.app.forgetting import ACTIVE_WEEKS
from bot.app.means import Means
from bot.core.ids import Day, Tag, TelegramId, Week
from bot.core.moments import Moment, week_of
from bot.store import active, people
from bot.store.database import Database, Transaction
from bot.store.people import Batch, Person

#: Days after which somebody who blocked the bot is forgotten.
BLOCKED_DAYS: Final = 30
#: Weeks after which somebody who was silent is forgotten.
SILENT_WEEKS: Final = 52
#: People noted in one transaction: taps are answered between two of them.
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Night:
    """What a nightly round did: how many people were forgotten, and how many rows cannot be opened."""

    forgotten: int
    damaged: int


async def each_minute(database: Database, means: Means, *, now: Moment) -> None:
    """Notes who was here since the last time, and empties the write-ahead logs."""
    if means.lately.here:
        # Emptied before, too: what they chose lately is then not in the same log as that they were here.
        await database.checkpoint()
        crowd = sorted(means.lately.here, key=means.keys.tag)
        for start in range(0, len(crowd), _AT_ONCE):
            some = crowd[start : start + _AT_ONCE]
            await database.run(_can_be_reached, means, some, now)
            await database.run(_were_here, means, some, now)
            means.lately.here.difference_update(some)
    await database.checkpoint()


async def nightly(database: Database, means: Means, *, now: Moment) -> Night:
    """Notes who was here lately, forgets whoever is long gone, and rewrites the files."""
    gone: list[Person] = []
    forgotten = damaged = 0
    after: Tag | None = None
    while (batch := await database.run(_look_at, means, after, now)) is not None:
        gone += [person for person in batch.people if person.forgetting or is_gone(person, now)]
        damaged += batch.damaged
        after = batch.last
    for person in gone:
        forgotten += await _forget(database, means, person.telegram_id, now)
    await database.run(_drop_old_weeks, now)
    await database.vacuum()
    await database.checkpoint()
    return Night(forgotten, damaged)


def is_gone(person: Person, now: Moment) -> bool:
    """Whether somebody blocked the bot 30 days ago or was silent for a year."""
    blocked = person.unreachable_since is not None and now.day - person.unreachable_since >= BLOCKED_DAYS
    return blocked or now.week - person.last_seen >= SILENT_WEEKS


async def _forget(database: Database, means: Means, who: TelegramId, now: Moment) -> bool:
    """Whether somebody was forgotten. One failure keeps nobody else: what was begun is tried again every minute."""
    still_gone = partial(_still_gone, means=means, now=now)
    try:
        return await forgetting.forget(database, means, who, now=now, only_if=still_gone)
    except forgetting.Unfinished:
        return False


def _still_gone(tx: Transaction, person: Person, *, means: Means, now: Moment) -> bool:
    """Asked in the transaction that begins to forget them: somebody may have come back since the round met them."""
    return person.telegram_id not in means.lately.here and is_gone(_up_to_date(tx, means, person, now), now)


def _can_be_reached(tx: Transaction, means: Means, crowd: Sequence[TelegramId], now: Moment) -> None:
    """Whoever writes to the bot can be reached, whatever was thought; the vault alone is written for them."""
    for person in _still_here(tx, means, crowd):
        if person.unreachable_since is not None:
            here = replace(person, unreachable_since=None, last_seen=now.week)
            people.save(tx, means.keys, here, nonce=means.nonce())


def _were_here(tx: Transaction, means: Means, crowd: Sequence[TelegramId], now: Moment) -> None:
    """Counts them in this week, unless the vault says already that they were here."""
    for person in _still_here(tx, means, crowd):
        if person.last_seen < now.week:
            active.mark(tx, means.keys, person, week=now.week)


def _still_here(tx: Transaction, means: Means, crowd: Sequence[TelegramId]) -> list[Person]:
    # Who has blocked the bot meanwhile, or is being forgotten, is no longer among those who are here.
    found = (people.find(tx, means.keys, who) for who in crowd if who in means.lately.here)
    return [person for person in found if person is not None and not person.forgetting]


def _look_at(tx: Transaction, means: Means, after: Tag | None, now: Moment) -> Batch | None:
    """The next people, with the last week they were here.

    That week is brought up to date here, for many at once and in the order of their tags: done at each tap, it would
    write a person's vault row and progress row side by side, and so tell that they belong together.
    """
    batch = people.batch(tx, means.keys, after=after)
    if batch is None:
        return None
    found = tuple(_up_to_date(tx, means, person, now) for person in batch.people)
    for before, person in zip(batch.people, found, strict=True):
        if person != before:
            people.save(tx, means.keys, person, nonce=means.nonce())
    return replace(batch, people=found)


def _up_to_date(tx: Transaction, means: Means, person: Person, now: Moment) -> Person:
    since = max(person.last_seen + 1, now.week - ACTIVE_WEEKS)
    weeks = [Week(week) for week in range(since, now.week + 1)]
    here = active.weeks_here(tx, means.keys, person, weeks=weeks)
    if not here:
        return person
    return replace(person, last_seen=here[-1], unreachable_since=_since(person, here[-1]))


def _since(person: Person, here: Week) -> Day | None:
    """Since when somebody who was here in that week cannot be reached: whoever came back later can be."""
    since = person.unreachable_since
    return None if since is None or week_of(since) < here else since


def _drop_old_weeks(tx: Transaction, now: Moment) -> None:
    # The next week is kept, should a clock have gone back a little.
    active.drop_outside(tx, first=Week(now.week - ACTIVE_WEEKS), last=Week(now.week + 1))
