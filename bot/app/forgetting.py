"""Forgetting somebody: progress first, then the person, in transactions of their own; begun once, it is finished.

The vault row is marked, the progress rows go, then the row itself with its salt. Whatever stops the program in between,
the next start finds the mark and goes on from there.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.app.means import Means
from bot.core.ids import TelegramId, Week
from bot.core.moments import Moment
from bot.store import active, editions, people
from bot.store import steps as rows
from bot.store.database import Database, Transaction
from bot.store.people import Person

#: Weeks for which activity is kept at all.
ACTIVE_WEEKS = 13


def weeks_kept(now: Moment) -> list[Week]:
    """Every week, earliest first, of which it may be kept who practised; the next one, too, should a clock go back."""
    return [Week(week) for week in range(now.week - ACTIVE_WEEKS, now.week + 2)]


async def forget(
    database: Database,
    means: Means,
    who: TelegramId,
    *,
    now: Moment,
    only_if: Callable[[Person], bool] = lambda _: True,
) -> bool:
    """Removes everything about somebody, out of the write-ahead logs, too. False if there was nothing.

    `only_if` is asked in the transaction that begins it: nobody is forgotten for what has changed since.
    """
    person = await database.run(_mark, means, who, only_if)
    if person is None:
        return False
    await _finish(database, means, person, now)
    await database.checkpoint()
    return True


async def finish_begun(database: Database, means: Means, *, now: Moment) -> int:
    """Finishes what an earlier run of the program began; how many people that were."""
    begun = await database.run(_all_marked, means)
    for person in begun:
        await _finish(database, means, person, now)
    if begun:
        await database.checkpoint()
    return len(begun)


async def _finish(database: Database, means: Means, person: Person, now: Moment) -> None:
    await database.run(_remove_progress, means, person, now)
    await database.run(_remove_person, means, person.telegram_id)


def _mark(tx: Transaction, means: Means, who: TelegramId, only_if: Callable[[Person], bool]) -> Person | None:
    person = people.find(tx, means.keys, who)
    if person is None or person.forgetting:
        return person
    if not only_if(person):
        return None
    marked = replace(person, forgetting=True)
    people.save(tx, means.keys, marked, nonce=means.nonce())
    return marked


def _all_marked(tx: Transaction, means: Means) -> list[Person]:
    return people.all_forgetting(tx, means.keys)


def _remove_progress(tx: Transaction, means: Means, person: Person, now: Moment) -> None:
    scenarios = editions.known_scenarios(tx) | set(means.shelf.scenarios)
    rows.remove_all(tx, means.keys, person, scenarios=scenarios)
    active.forget(tx, means.keys, person, weeks=weeks_kept(now))


def _remove_person(tx: Transaction, means: Means, who: TelegramId) -> None:
    # Whoever was forgotten by somebody else meanwhile, and has joined afresh, stays.
    person = people.find(tx, means.keys, who)
    if person is not None and person.forgetting:
        people.remove(tx, means.keys, who)
