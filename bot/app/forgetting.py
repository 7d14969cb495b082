"""Forgetting somebody: progress first, then the person, in transactions of their own; begun once, it is finished.

The vault row is marked, the progress rows go, then the row itself with its salt. Whatever stops it in between, the mark
is found: by the next minute, the next tap of that person, the next night, or the next start.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.app.means import Means
from bot.core.ids import Tag, TelegramId, Week
from bot.core.keys import ForgedBox
from bot.core.moments import Moment
from bot.store import active, editions, people
from bot.store import steps as rows
from bot.store.database import Database, Transaction
from bot.store.people import Person

#: Weeks for which activity is kept at all.
ACTIVE_WEEKS: Final = 13
#: Weeks either way in which activity is looked for, wherever a clock may have stood: ten years.
_FAR: Final = 520

OnlyIf = Callable[[Transaction, Person], bool]


class Unfinished(Exception):
    """Forgetting somebody has failed, and is not finished; asked for again, it goes on from there."""


def all_weeks(now: Moment) -> list[Week]:
    """Every week, earliest first, of which it could be held who was here, even if clocks went wrong."""
    return [Week(week) for week in range(max(0, now.week - _FAR), now.week + _FAR + 1)]


async def forget(
    database: Database,
    means: Means,
    who: TelegramId,
    *,
    now: Moment,
    only_if: OnlyIf = lambda _tx, _person: True,
) -> bool:
    """Removes everything about somebody, out of the write-ahead logs, too. False if there was nothing.

    `only_if` is asked in the transaction that begins it: nobody is forgotten for what has changed since. Raises
    `Unfinished`.
    """
    try:
        forgotten = await _forget(database, means, who, now=now, only_if=only_if)
    except Exception as error:
        raise Unfinished from error
    means.lately.half_forgotten.discard(who)
    return forgotten


async def resume(database: Database, means: Means, who: TelegramId, *, now: Moment) -> bool:
    """Finishes forgetting somebody of whom it is known that it was begun. Raises `Unfinished`."""
    if who not in means.lately.half_forgotten:
        return False
    return await forget(database, means, who, now=now, only_if=lambda _tx, person: person.forgetting)


async def finish_begun(database: Database, means: Means, *, now: Moment) -> int:
    """Finishes what an earlier run of the program began; how many people that were. Raises `Unfinished`."""
    after: Tag | None = None
    while (batch := await database.run(people.batch, means.keys, after=after)) is not None:
        means.lately.half_forgotten.update(person.telegram_id for person in batch.people if person.forgetting)
        after = batch.last
    return await finish_known(database, means, now=now)


async def finish_known(database: Database, means: Means, *, now: Moment) -> int:
    """Finishes whatever is known to be begun; how many people that were. Raises `Unfinished`, after all were tried."""
    finished, failed = 0, None
    for who in tuple(means.lately.half_forgotten):
        try:
            finished += await resume(database, means, who, now=now)
        except Unfinished as error:
            failed = error
    if failed is not None:
        raise failed
    return finished


async def _forget(database: Database, means: Means, who: TelegramId, *, now: Moment, only_if: OnlyIf) -> bool:
    try:
        person = await database.run(_mark, means, who, only_if)
    except ForgedBox:
        # The row is damaged, and with its salt every way to the progress is lost already: the row itself can go.
        await database.run(people.remove, means.keys, who)
    else:
        if person is None:
            return False
        await database.run(_remove_progress, means, person, now)
        await database.run(_remove_person, means, who)
    await database.checkpoint()
    return True


def _mark(tx: Transaction, means: Means, who: TelegramId, only_if: OnlyIf) -> Person | None:
    person = people.find(tx, means.keys, who)
    if person is None or not (person.forgetting or only_if(tx, person)):
        return None
    means.lately.here.discard(who)
    means.lately.half_forgotten.add(who)
    if person.forgetting:
        return person
    marked = replace(person, forgetting=True)
    people.save(tx, means.keys, marked, nonce=means.nonce())
    return marked


def _remove_progress(tx: Transaction, means: Means, person: Person, now: Moment) -> None:
    scenarios = editions.known_scenarios(tx) | set(means.shelf.scenarios)
    rows.remove_all(tx, means.keys, person, scenarios=scenarios)
    active.forget(tx, means.keys, person, weeks=all_weeks(now))


def _remove_person(tx: Transaction, means: Means, who: TelegramId) -> None:
    # Whoever was forgotten by somebody else meanwhile, and has joined afresh, stays.
    person = people.find(tx, means.keys, who)
    if person is not None and person.forgetting:
        people.remove(tx, means.keys, who)
