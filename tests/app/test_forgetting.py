"""/forget, stopped after each of its steps: the next start finishes it, and nobody is told too early."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pytest

from bot.app import forgetting, joining, looking, practising
from bot.app.means import Means
from bot.core.ids import Day, TelegramId, Week
from bot.core.moments import Moment
from bot.core.scenario import Nation
from bot.store import active, people
from bot.store.database import Database, Transaction
from bot.store.people import Person
from tests.app.in_order import FIRST
from tests.app.spoilt import CutIn, damage, full_disk

ANNA, BEN = TelegramId(7_654_321_098), TelegramId(5_123_456_789)
NOW = Moment(Day(20_780), Week(2968))

#: What /forget does, one after another: three transactions, then the logs are emptied.
STEPS = 4

P = ParamSpec("P")
T = TypeVar("T")


class Crash(BaseException):
    """The program ends here."""


class CutOff(Database):
    """The same store, on which the program ends before its step number `left`."""

    def __init__(self, whole: Database, left: int) -> None:
        super().__init__(whole._engine)
        self._left = left

    async def run(
        self, function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._step()
        return await super().run(function, *args, **kwargs)

    async def checkpoint(self) -> bool:
        self._step()
        return await super().checkpoint()

    def _step(self) -> None:
        if self._left == 0:
            raise Crash
        self._left -= 1


def rows_of_everybody(tx: Transaction) -> dict[str, int]:
    """How many rows each table of people holds."""
    tables = ("vault.person", "progress.step", "progress.active")
    counts = {}
    for table in tables:
        row = tx.one(f"SELECT count(*) AS rows FROM {table}")
        assert row is not None
        counts[table] = int(row["rows"])
    return counts


async def practises(database: Database, means: Means, who: TelegramId) -> Person:
    """Joins, begins and takes an option."""
    person = await database.run(joining.choose_nation, means, who, nation=Nation.ENGLAND, now=NOW)
    await database.run(practising.start, means, who, scenario=FIRST, attempt=1, now=NOW)
    option = means.shelf.scenarios[FIRST].scenes[0].options[0].id
    await database.run(
        practising.take, means, who, scenario=FIRST, attempt=1, turn=0, option=option, keep=False, now=NOW
    )
    assert person is not None
    return person


def traces(folder: Path, means: Means, person: Person) -> list[str]:
    """Where in the data folder this person's tag, salt or pids still stand."""
    wanted: dict[str, bytes] = {
        "tag": means.keys.tag(person.telegram_id),
        "salt": person.salt,
        "pid": means.keys.pid(person.telegram_id, person.salt, FIRST),
        "pid of the week": means.keys.pid_week(person.telegram_id, person.salt, NOW.week),
    }
    return [
        f"{name} in {file.name}"
        for file in sorted(folder.iterdir())
        for name, trace in wanted.items()
        if trace in file.read_bytes()
    ]


async def test_nothing_of_the_person_is_left_in_any_file_and_nobody_else_is_touched(
    database: Database, means: Means, tmp_path: Path
) -> None:
    anna, ben = await practises(database, means, ANNA), await practises(database, means, BEN)
    assert traces(tmp_path / "data", means, anna) != []
    assert await forgetting.forget(database, means, ANNA, now=NOW)
    assert traces(tmp_path / "data", means, anna) == []
    assert await database.run(looking.mine, means, ANNA, now=NOW) is None
    assert await database.run(rows_of_everybody) == {
        "vault.person": 1,
        "progress.step": 1,
        "progress.active": 1,
    }
    kept = await database.run(looking.mine, means, BEN, now=NOW)
    assert kept is not None
    assert kept.look.person == ben
    assert len(kept.choices[FIRST]) == 1


@pytest.mark.parametrize("done", range(STEPS + 1))
async def test_stopped_after_any_step_it_is_as_before_or_finished_at_the_next_start(
    database: Database, means: Means, tmp_path: Path, done: int
) -> None:
    anna = await practises(database, means, ANNA)
    told = False
    with suppress(Crash):
        told = await forgetting.forget(CutOff(database, done), means, ANNA, now=NOW)
    assert told == (done == STEPS)
    begun = await database.run(looking.mine, means, ANNA, now=NOW) is None
    assert begun == (done > 0)
    finished = await forgetting.finish_begun(database, means, now=NOW)
    assert finished == (1 if done in {1, 2} else 0)
    await database.checkpoint()
    left = await database.run(rows_of_everybody)
    if done:
        assert set(left.values()) == {0}
        assert traces(tmp_path / "data", means, anna) == []
    else:
        assert set(left.values()) == {1}


async def test_while_it_is_half_done_the_person_can_neither_join_nor_go_on(
    database: Database, means: Means
) -> None:
    await practises(database, means, ANNA)
    with pytest.raises(Crash):
        await forgetting.forget(CutOff(database, 1), means, ANNA, now=NOW)
    assert await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW) is None
    assert await database.run(joining.choose_role, means, ANNA, role=None) is None
    began = await database.run(practising.start, means, ANNA, scenario=FIRST, attempt=2, now=NOW)
    assert began == practising.Stranger()
    await forgetting.finish_begun(database, means, now=NOW)
    joined = await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW)
    assert joined is not None
    assert await database.run(looking.look, means, ANNA) == looking.Look(joined, {})


async def test_whoever_joins_afresh_while_an_old_round_is_still_finishing_stays(
    database: Database, means: Means
) -> None:
    """The round has read Anna's mark in its third transaction; she forgets again, is done first, and comes back."""
    anna = await practises(database, means, ANNA)
    with pytest.raises(Crash):
        await forgetting.forget(CutOff(database, 1), means, ANNA, now=NOW)
    overtaken = CutIn(database, lambda: _forgets_and_joins(database, means), after=3)
    assert await forgetting.finish_begun(overtaken, means, now=NOW) == 1
    found = await database.run(joining.person, means, ANNA)
    assert found is not None
    assert found.salt != anna.salt


async def _forgets_and_joins(database: Database, means: Means) -> None:
    await forgetting.forget(database, means, ANNA, now=NOW)
    await database.run(joining.choose_nation, means, ANNA, nation=Nation.SCOTLAND, now=NOW)


async def test_weeks_of_activity_go_too_wherever_the_clock_stood(database: Database, means: Means) -> None:
    anna = await practises(database, means, ANNA)
    for off in (-520, -100, *range(-14, 15), 70, 520):
        await database.run(active.mark, means.keys, anna, week=Week(NOW.week + off))
    told = await database.run(looking.mine, means, ANNA, now=NOW)
    assert told is not None
    assert len(told.weeks) == 33
    await forgetting.forget(database, means, ANNA, now=NOW)
    assert (await database.run(rows_of_everybody))["progress.active"] == 0


async def test_somebody_of_whom_nothing_is_held_has_nothing_to_forget(
    database: Database, means: Means
) -> None:
    assert not await forgetting.forget(database, means, ANNA, now=NOW)


async def test_two_at_once_forget_once_and_both_are_told(database: Database, means: Means) -> None:
    await practises(database, means, ANNA)
    told = await asyncio.gather(*(forgetting.forget(database, means, ANNA, now=NOW) for _ in range(2)))
    assert told == [True, True]
    assert set((await database.run(rows_of_everybody)).values()) == {0}


async def half_forgets(database: Database, means: Means) -> None:
    """Anna's /forget fails once it was begun: the disk is full."""
    with pytest.raises(forgetting.Unfinished):
        await forgetting.forget(CutIn(database, full_disk, after=1), means, ANNA, now=NOW)


async def test_what_failed_half_way_is_finished_without_a_new_start(database: Database, means: Means) -> None:
    await practises(database, means, ANNA)
    await half_forgets(database, means)
    assert await database.run(rows_of_everybody) == {
        "vault.person": 1,
        "progress.step": 1,
        "progress.active": 1,
    }
    assert await forgetting.finish_known(database, means, now=NOW) == 1
    assert set((await database.run(rows_of_everybody)).values()) == {0}
    assert await forgetting.finish_known(database, means, now=NOW) == 0


async def test_what_failed_before_it_was_begun_is_not_done_behind_their_back(
    database: Database, means: Means
) -> None:
    anna = await practises(database, means, ANNA)
    with pytest.raises(forgetting.Unfinished):
        await forgetting.forget(CutIn(database, full_disk, after=0), means, ANNA, now=NOW)
    assert await forgetting.finish_known(database, means, now=NOW) == 0
    assert await database.run(joining.person, means, ANNA) == anna


async def test_whoever_comes_back_half_forgotten_is_finished_first_and_then_welcome(
    database: Database, means: Means
) -> None:
    await practises(database, means, ANNA)
    await half_forgets(database, means)
    assert await forgetting.resume(database, means, ANNA, now=NOW)
    assert set((await database.run(rows_of_everybody)).values()) == {0}
    assert await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW) is not None
    assert not await forgetting.resume(database, means, ANNA, now=NOW)
    assert await database.run(joining.person, means, ANNA) is not None


@pytest.mark.parametrize("use", [joining.person, looking.look])
async def test_a_mark_that_nobody_remembers_is_seen_when_they_come_back(
    database: Database, means: Means, use: Callable[[Transaction, Means, TelegramId], object]
) -> None:
    await practises(database, means, ANNA)
    await half_forgets(database, means)
    means.lately.half_forgotten.clear()
    assert await database.run(use, means, ANNA) is None
    assert await forgetting.finish_known(database, means, now=NOW) == 1


async def test_one_that_still_fails_keeps_none_of_the_others(database: Database, means: Means) -> None:
    for who in (ANNA, BEN):
        await practises(database, means, who)
        with pytest.raises(Crash):
            await forgetting.forget(CutOff(database, 1), means, who, now=NOW)
    with pytest.raises(forgetting.Unfinished):
        await forgetting.finish_known(CutIn(database, full_disk, after=1), means, now=NOW)
    assert set((await database.run(rows_of_everybody)).values()) == {1}
    assert len(means.lately.half_forgotten) == 1


async def test_whoever_has_a_damaged_row_can_be_forgotten_and_come_back(
    database: Database, means: Means
) -> None:
    ben = await practises(database, means, BEN)
    await practises(database, means, ANNA)
    await database.run(damage, means.keys, ANNA)
    assert await forgetting.finish_begun(database, means, now=NOW) == 0
    assert await forgetting.forget(database, means, ANNA, now=NOW)
    assert await database.run(people.everyone, means.keys) == [ben]
    joined = await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW)
    assert joined is not None
    assert await database.run(looking.look, means, ANNA) == looking.Look(joined, {})


async def test_a_mark_is_set_in_the_box_and_shows_in_no_column(database: Database, means: Means) -> None:
    anna = await practises(database, means, ANNA)
    with pytest.raises(Crash):
        await forgetting.forget(CutOff(database, 1), means, ANNA, now=NOW)
    marked = await database.run(people.find, means.keys, ANNA)
    assert marked == replace(anna, forgetting=True)
