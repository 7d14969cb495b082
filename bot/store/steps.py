"""Progress, a row for each person and scenario: how far they are, and sealed, the running attempt and due day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bot.core.ids import Day, Edition, OptionId, Pid, ScenarioId, SceneId, Week
from bot.core.keys import KeyRing
from bot.store.database import Row, Transaction
from bot.store.people import Person

#: A packed practice is filled up to a multiple of this, so that its length does not tell how far a run has come.
PRACTICE_BYTES: Final = 512

_VERSION: Final = 1


class Level(IntEnum):
    """What is kept in the clear of a practice: begun, or finished at least once."""

    BEGUN = 0
    FINISHED = 1


@dataclass(frozen=True, slots=True)
class Practice:
    """One person's practice of one scenario."""

    scenario: ScenarioId
    level: Level
    #: The week of the last change.
    week: Week
    #: How many times it was begun.
    attempt: int
    #: The version that the running or last attempt began with.
    edition: Edition | None
    #: The choices of the running attempt so far; None if none is running.
    taken: tuple[tuple[SceneId, OptionId], ...] | None
    #: Where on the recall ladder.
    rung: int
    due: Day | None
    #: The debrief of the attempt has been told; nothing of it is under way any more.
    told: bool = False
    #: The highest number is the practice they were in last.
    order: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A practice as it was loaded, with the box that says whether it has changed since."""

    practice: Practice
    box: bytes


def pack(practice: Practice) -> bytes:
    """The sealed part of a practice: compact JSON, filled up with spaces."""
    sealed = {
        "v": _VERSION,
        "attempt": practice.attempt,
        "edition": practice.edition,
        "taken": practice.taken,
        "rung": practice.rung,
        "due": practice.due,
        "told": practice.told,
        "order": practice.order,
    }
    packed = json.dumps(sealed, separators=(",", ":")).encode()
    return packed.ljust(-(-len(packed) // PRACTICE_BYTES) * PRACTICE_BYTES)


def unpack(packed: bytes, *, scenario: ScenarioId, level: Level, week: Week) -> Practice:
    """A practice from its sealed and its clear part. Raises ValueError for a version unknown to this program."""
    sealed = json.loads(packed)
    if sealed["v"] != _VERSION:
        raise ValueError(f"A practice of version {sealed['v']} is not known to this program.")
    taken = sealed["taken"]
    return Practice(
        scenario=scenario,
        level=level,
        week=week,
        attempt=sealed["attempt"],
        edition=sealed["edition"],
        taken=None if taken is None else tuple((SceneId(scene), OptionId(option)) for scene, option in taken),
        rung=sealed["rung"],
        due=sealed["due"],
        told=sealed["told"],
        order=sealed["order"],
    )


def find(tx: Transaction, keys: KeyRing, person: Person, *, scenario: ScenarioId) -> Kept | None:
    """What is kept of this person's practice of this scenario, or None. Raises ForgedBox."""
    return find_all(tx, keys, person, scenarios=[scenario]).get(scenario)


def find_all(
    tx: Transaction, keys: KeyRing, person: Person, *, scenarios: Iterable[ScenarioId]
) -> dict[ScenarioId, Kept]:
    """What is kept of this person's practice of these scenarios, in one query. Raises ForgedBox."""
    pids = _pids(keys, person, scenarios)
    if not pids:
        return {}
    columns = "pid, scenario, level, week, box"
    rows = tx.all(f"SELECT {columns} FROM progress.step WHERE pid IN ({_names(pids)})", pids)  # noqa: S608 only names
    return {(kept := _opened(keys, row)).practice.scenario: kept for row in rows}


def add(tx: Transaction, keys: KeyRing, person: Person, *, practice: Practice, nonce: bytes) -> bool:
    """Keep the first practice of a scenario; False if there is one already. `nonce`: 16 random bytes."""
    written = tx.run(
        "INSERT INTO progress.step (pid, cohort, scenario, level, week, box)"
        " VALUES (:pid, :cohort, :scenario, :level, :week, :box) ON CONFLICT (pid) DO NOTHING",
        {"scenario": practice.scenario, **_values(keys, person, practice, nonce=nonce)},
    )
    return written == 1


def replace(
    tx: Transaction, keys: KeyRing, person: Person, *, kept: Kept, practice: Practice, nonce: bytes
) -> bool:
    """Keep `practice` in place of `kept`; False, and nothing written, if that has changed since it was loaded."""
    assert practice.scenario == kept.practice.scenario
    written = tx.run(
        "UPDATE progress.step SET cohort = :cohort, level = :level, week = :week, box = :box"
        " WHERE pid = :pid AND box = :was",
        {"was": kept.box, **_values(keys, person, practice, nonce=nonce)},
    )
    return written == 1


def remove_all(tx: Transaction, keys: KeyRing, person: Person, *, scenarios: Iterable[ScenarioId]) -> int:
    """Remove this person's practice of these scenarios; how many rows there were."""
    pids = _pids(keys, person, scenarios)
    if not pids:
        return 0
    return tx.run(f"DELETE FROM progress.step WHERE pid IN ({_names(pids)})", pids)  # noqa: S608 only names


def _values(
    keys: KeyRing, person: Person, practice: Practice, *, nonce: bytes
) -> dict[str, int | str | bytes | None]:
    pid = keys.pid(person.telegram_id, person.salt, practice.scenario)
    return {
        "pid": pid,
        "cohort": person.cohort,
        "level": int(practice.level),
        "week": practice.week,
        "box": keys.seal_progress(pid, pack(practice), nonce),
    }


def _pids(keys: KeyRing, person: Person, scenarios: Iterable[ScenarioId]) -> dict[str, Pid]:
    """Parameters `p0`, `p1`, … for these scenarios."""
    pids = (keys.pid(person.telegram_id, person.salt, scenario) for scenario in scenarios)
    return {f"p{number}": pid for number, pid in enumerate(pids)}


def _names(params: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in params)


def _opened(keys: KeyRing, row: Row) -> Kept:
    box = bytes(row["box"])
    practice = unpack(
        keys.open_progress(Pid(bytes(row["pid"])), box),
        scenario=ScenarioId(row["scenario"]),
        level=Level(row["level"]),
        week=Week(row["week"]),
    )
    return Kept(practice, box)
