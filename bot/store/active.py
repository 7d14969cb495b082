"""Who practised in which week, under a pid that is good for that week only."""

from collections.abc import Iterable

from bot.core.ids import Week
from bot.core.keys import KeyRing
from bot.store.database import Transaction
from bot.store.people import Person


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


def was_here(tx: Transaction, keys: KeyRing, person: Person, *, week: Week) -> bool:
    """Whether the person was counted in this week."""
    pid_week = keys.pid_week(person.telegram_id, person.salt, week)
    row = tx.one("SELECT week FROM progress.active WHERE pid_week = :pid_week", {"pid_week": pid_week})
    return row is not None


def forget(tx: Transaction, keys: KeyRing, person: Person, *, weeks: Iterable[Week]) -> int:
    """Remove the person from these weeks; how many rows there were."""
    pids = {keys.pid_week(person.telegram_id, person.salt, week) for week in weeks}
    return sum(tx.run("DELETE FROM progress.active WHERE pid_week = :pid", {"pid": pid}) for pid in pids)


def drop_before(tx: Transaction, *, week: Week) -> int:
    """Remove everybody from the weeks before this one; how many rows there were."""
    return tx.run("DELETE FROM progress.active WHERE week < :week", {"week": week})
