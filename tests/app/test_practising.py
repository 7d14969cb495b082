"""Practising under a real network's conditions: taps that come twice, late, all at once or out of order."""

import asyncio
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.app import joining, practising
from bot.app.editions import keep_all
from bot.app.means import Means
from bot.app.practising import Closed, Refused, Standing
from bot.core.ids import Day, OptionId, TelegramId, Week
from bot.core.keys import KeyRing
from bot.core.moments import Moment
from bot.core.run import Refusal
from bot.core.scenario import Nation
from bot.core.shelf import Shelf
from bot.store import people
from bot.store import steps as rows
from bot.store.database import Database, Transaction
from bot.store.sqlite import open_store
from bot.store.steps import Practice
from tests.app.in_order import FIRST, InOrder
from tests.thorough import examples

ANNA = TelegramId(7_654_321_098)
NOW = Moment(Day(20_780), Week(2968))


@pytest.fixture
async def begun(database: Database, means: Means) -> Standing:
    """Anna stands at the first scene."""
    await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW)
    found = await database.run(practising.start, means, ANNA, scenario=FIRST, attempt=1, now=NOW)
    assert isinstance(found, Standing)
    return found


def practice_of(tx: Transaction, means: Means, who: TelegramId) -> Practice | None:
    """What is kept of the scenario."""
    person = people.find(tx, means.keys, who)
    kept = None if person is None else rows.find(tx, means.keys, person, scenario=FIRST)
    return kept.practice if kept else None


async def tap(database: Database, means: Means, option: OptionId, *, turn: int = 0) -> object:
    """A tap on a screen of the first attempt."""
    return await database.run(
        practising.take,
        means,
        ANNA,
        scenario=FIRST,
        attempt=1,
        turn=turn,
        option=option,
        keep=False,
        now=NOW,
    )


async def test_ten_taps_at_once_on_one_option_count_once(
    database: Database, means: Means, begun: Standing
) -> None:
    option = begun.scenario.scenes[0].options[1].id
    found = await asyncio.gather(*(tap(database, means, option) for _ in range(10)))
    assert all(isinstance(one, Standing) and one.run.turn == 1 for one in found)
    assert [one.repeated for one in found if isinstance(one, Standing)] == [False] + 9 * [True]
    kept = await database.run(practice_of, means, ANNA)
    assert kept is not None
    assert kept.taken == ((begun.scenario.scenes[0].id, option),)


async def test_of_ten_taps_at_once_on_different_options_the_first_counts_and_the_rest_are_stale(
    database: Database, means: Means, begun: Standing
) -> None:
    scene = begun.scenario.scenes[0]
    options = [scene.options[number % len(scene.options)].id for number in range(10)]
    found = await asyncio.gather(*(tap(database, means, option) for option in options))
    for option, one in zip(options, found, strict=True):
        if option == options[0]:
            assert isinstance(one, Standing)
        else:
            assert isinstance(one, Refused)
            assert one.why is Refusal.STALE
    kept = await database.run(practice_of, means, ANNA)
    assert kept is not None
    assert kept.taken == ((scene.id, options[0]),)


async def test_ten_beginnings_at_once_begin_once(database: Database, means: Means) -> None:
    await database.run(joining.choose_nation, means, ANNA, nation=Nation.WALES, now=NOW)
    begin = practising.start
    found = await asyncio.gather(
        *(database.run(begin, means, ANNA, scenario=FIRST, attempt=1, now=NOW) for _ in range(10))
    )
    assert all(isinstance(one, Standing) and one.run.turn == 0 for one in found)
    kept = await database.run(practice_of, means, ANNA)
    assert kept is not None
    assert (kept.attempt, kept.taken) == (1, ())


async def test_two_people_who_tap_at_the_same_moment_share_nothing(database: Database, means: Means) -> None:
    crowd = [TelegramId(5_000_000_000 + number) for number in range(8)]
    for who in crowd:
        await database.run(joining.choose_nation, means, who, nation=Nation.ENGLAND, now=NOW)
    scene = means.shelf.scenarios[FIRST].scenes[0]

    async def plays(who: TelegramId, option: OptionId) -> None:
        await database.run(practising.start, means, who, scenario=FIRST, attempt=1, now=NOW)
        await database.run(
            practising.take,
            means,
            who,
            scenario=FIRST,
            attempt=1,
            turn=0,
            option=option,
            keep=False,
            now=NOW,
        )

    options = [scene.options[number % len(scene.options)].id for number in range(len(crowd))]
    await asyncio.gather(*(plays(who, option) for who, option in zip(crowd, options, strict=True)))
    for who, option in zip(crowd, options, strict=True):
        kept = await database.run(practice_of, means, who)
        assert kept is not None
        assert kept.taken == ((scene.id, option),)


class Schedules(RuleBasedStateMachine):
    """Whatever arrives, in whatever order and how often: what is kept is what the run in order would have kept."""

    runner: asyncio.Runner
    database: Database
    means: Means
    people = 5_000_000_000

    def __init__(self) -> None:
        super().__init__()
        Schedules.people += 1
        self.who = TelegramId(Schedules.people)
        shelf = self.means.shelf
        self.order = InOrder(shelf.scenarios[FIRST], shelf.editions[FIRST])
        self.today = Day(20_780)

    @property
    def now(self) -> Moment:
        return Moment(self.today, Week((self.today - 4) // 7))

    @initialize()
    def joins(self) -> None:
        self.runner.run(
            self.database.run(
                joining.choose_nation, self.means, self.who, nation=Nation.ENGLAND, now=self.now
            )
        )

    # In order

    @precondition(lambda self: self.order.run is None or self.order.over)
    @rule()
    def begins(self) -> None:
        turn = self.order.run.turn if self.order.run else 0
        self.order.begins()
        found = self._starts(self.order.attempt, turn)
        assert isinstance(found, Standing)
        assert found.run == self.order.run

    @precondition(lambda self: self.order.options)
    @rule(data=st.data())
    def takes(self, data: st.DataObject) -> None:
        assert self.order.run is not None
        option = data.draw(st.sampled_from(self.order.options))
        attempt, turn = self.order.attempt, self.order.run.turn
        self.order.takes(option, today=self.today)
        found = self._takes(attempt, turn, option)
        assert isinstance(found, Standing)
        assert found.run == self.order.run
        assert not found.repeated

    @precondition(lambda self: self.order.over)
    @rule()
    def leaves(self) -> None:
        self.order.leaves()
        self._leaves(self.order.attempt)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.today = Day(self.today + days)

    # Twice, late, out of order

    @precondition(lambda self: self.order.attempt)
    @rule(data=st.data())
    def an_earlier_beginning_comes_again(self, data: st.DataObject) -> None:
        self._starts(data.draw(st.integers(1, self.order.attempt)))

    @precondition(lambda self: self.order.attempt > 1 or self.order.run is None)
    @rule(data=st.data())
    def an_earlier_leaving_comes_again(self, data: st.DataObject) -> None:
        newest = self.order.attempt - (self.order.run is not None)
        self._leaves(data.draw(st.integers(0, newest)))

    @precondition(lambda self: len(self.order.screens) > bool(self.order.options))
    @rule(data=st.data())
    def a_tap_on_an_earlier_screen_arrives(self, data: st.DataObject) -> None:
        old = self.order.screens[: len(self.order.screens) - bool(self.order.options)]
        attempt, turn, options = data.draw(st.sampled_from(old))
        found = self._takes(attempt, turn, data.draw(st.sampled_from(options)))
        again = isinstance(found, Standing) and found.repeated and found.run == self.order.run
        assert again or isinstance(found, Refused)

    @rule(turn=st.integers(0, 9), attempt=st.integers(0, 9999))
    def what_never_stood_on_a_screen_arrives(self, turn: int, attempt: int) -> None:
        found = self._takes(attempt, turn, OptionId("never-written"))
        assert isinstance(found, Refused)
        assert isinstance(found.at, Standing | Closed)

    @rule(ahead=st.integers(2, 50))
    def an_attempt_that_nobody_offered_is_begun(self, ahead: int) -> None:
        assert isinstance(self._starts(self.order.attempt + ahead), Refused)

    @invariant()
    def what_is_kept_is_what_the_run_in_order_keeps(self) -> None:
        kept = self.runner.run(self.database.run(practice_of, self.means, self.who))
        if kept is None:
            assert self.order.kept == InOrder(self.order.scenario, self.order.edition).kept
        else:
            assert (kept.attempt, kept.taken, kept.level, kept.rung, kept.due) == self.order.kept

    def _starts(self, attempt: int, turn: int = 0) -> object:
        return self.runner.run(
            self.database.run(
                practising.start,
                self.means,
                self.who,
                scenario=FIRST,
                attempt=attempt,
                turn=turn,
                now=self.now,
            )
        )

    def _takes(self, attempt: int, turn: int, option: OptionId) -> object:
        return self.runner.run(
            self.database.run(
                practising.take,
                self.means,
                self.who,
                scenario=FIRST,
                attempt=attempt,
                turn=turn,
                option=option,
                keep=False,
                now=self.now,
            )
        )

    def _leaves(self, attempt: int) -> None:
        self.runner.run(
            self.database.run(practising.leave, self.means, self.who, scenario=FIRST, attempt=attempt)
        )


@pytest.mark.thorough
def test_duplicated_reordered_and_late_taps_give_the_state_of_the_run_in_order(
    tmp_path: Path, shelf: Shelf
) -> None:
    with asyncio.Runner() as runner:
        database = runner.run(open_store(tmp_path / "data"))
        try:
            runner.run(database.run(keep_all, shelf))
            Schedules.runner, Schedules.database = runner, database
            Schedules.means = Means(KeyRing.from_root(bytes(range(32))), shelf, Random(9).randbytes)
            run_state_machine_as_test(
                Schedules,
                settings=settings(
                    max_examples=examples(ordinary=40, thorough=120),
                    stateful_step_count=30,
                    deadline=None,
                    suppress_health_check=[HealthCheck.too_slow],
                ),
            )
        finally:
            runner.run(database.close())
