"""Who was here in which week, under a pid that is good for that week only."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from bot.core.ids import Pid, Week
from bot.core.keys import KeyRing
from bot.store.database import Transaction
from bot.store.people import Person

#: Weeks that one statement asks for: few enough for every database, and few different texts.
_AT_ONCE: Final = 250


def mark(tx: Transaction, keys: KeyRing, person: Person, *, week: Week) -> bool:
    """Count the person in this week, once; False if they were counted already."""
    written = tx.run(
        "INSERT INTO progress.active (pid_week, cohort, week) VALUES (:pid_week, :cohort, :week)"
        " ON CONFLICT (pid_week) DO NOTHING",
        {
            "pid_week": keys.pid_week(person.telegram_id, person.salt, week),
            "cohort": person.cohort,
            "week": week,
        },
    )
    return written == 1


def weeks_here(tx: Transaction, keys: KeyRing, person: Person, *, weeks: Iterable[Week]) -> list[Week]:
    """Those of these weeks in which the person was counted, earliest first."""
    found: list[Week] = []
    for names, pids in _chunks(keys, person, weeks):
        rows = tx.all(f"SELECT week FROM progress.active WHERE pid_week IN ({names})", pids)  # noqa: S608 only names
        found += [Week(row["week"]) for row in rows]
    return sorted(found)


def forget(tx: Transaction, keys: KeyRing, person: Person, *, weeks: Iterable[Week]) -> int:
    """Remove the person from these weeks; how many rows there were."""
    return sum(
        tx.run(f"DELETE FROM progress.active WHERE pid_week IN ({names})", pids)  # noqa: S608 only names
        for names, pids in _chunks(keys, person, weeks)
    )


def drop_outside(tx: Transaction, *, first: Week, last: Week) -> int:
    """Remove everybody from the weeks before the first and after the last; how many rows there were."""
    return tx.run(
        "DELETE FROM progress.active WHERE week < :first OR week > :last", {"first": first, "last": last}
    )


def _chunks(keys: KeyRing, person: Person, weeks: Iterable[Week]) -> Iterator[tuple[str, dict[str, Pid]]]:
    """The pids of these weeks as parameters, and their names for an IN."""
    left = iter(weeks)
    while chunk := list(islice(left, _AT_ONCE)):
        pids = (keys.pid_week(person.telegram_id, person.salt, week) for week in chunk)
        params = {f"p{number}": pid for number, pid in enumerate(pids)}
        yield ", ".join(f":{name}" for name in params), params
