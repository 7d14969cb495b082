"""Progress: practices, active weeks, and the editions they are pinned to."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import CohortId, Day, Edition, OptionId, ScenarioId, SceneId, Week
from bot.core.keys import ForgedBox
from bot.store import active, editions, steps
from bot.store.database import Transaction
from bot.store.steps import PRACTICE_BYTES, Level, Practice, pack, unpack
from tests.store.store_world import ANNA, BEGUN, BEN, BUS, CALL, FINISHED, KEYS, WEEK, nonce, opened

names = st.text(max_size=40)
practices = st.builds(
    Practice,
    scenario=names.map(ScenarioId),
    level=st.sampled_from(Level),
    week=st.integers(min_value=0, max_value=10_000).map(Week),
    attempt=st.integers(min_value=0, max_value=10_000),
    edition=st.none() | names.map(Edition),
    taken=st.none() | st.lists(st.tuples(names.map(SceneId), names.map(OptionId)), max_size=12).map(tuple),
    rung=st.integers(min_value=0, max_value=9),
    due=st.none() | st.integers(min_value=0, max_value=100_000).map(Day),
)


@given(practices)
def test_a_practice_comes_back_as_it_was_packed(practice: Practice) -> None:
    packed = pack(practice)
    assert unpack(packed, scenario=practice.scenario, level=practice.level, week=practice.week) == practice
    assert len(packed) % PRACTICE_BYTES == 0


def test_a_run_of_usual_length_takes_the_same_room_as_none() -> None:
    path = tuple((SceneId(f"scene-{turn}"), OptionId("tell-her-what-next")) for turn in range(9))
    assert len(pack(replace(BEGUN, taken=path))) == len(pack(FINISHED)) == PRACTICE_BYTES


def test_a_practice_of_an_unknown_version_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 9"):
        unpack(pack(BEGUN).replace(b'"v":1', b'"v":9'), scenario=CALL, level=Level.BEGUN, week=WEEK)


async def test_a_practice_is_added_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        run = store.db.run
        assert await run(steps.find, KEYS, ANNA, scenario=CALL) is None
        assert await run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1)) is True
        assert await run(steps.add, KEYS, ANNA, practice=FINISHED, nonce=nonce(2)) is False
        kept = await run(steps.find, KEYS, ANNA, scenario=CALL)
        assert kept is not None
        assert kept.practice == BEGUN
        assert await run(steps.find, KEYS, BEN, scenario=CALL) is None
        assert await run(steps.find, KEYS, ANNA, scenario=BUS) is None


async def test_a_practice_is_replaced_only_while_it_is_what_was_loaded(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        run = store.db.run
        await run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))
        loaded = await run(steps.find, KEYS, ANNA, scenario=CALL)
        assert loaded is not None
        late = replace(BEGUN, attempt=7)
        assert await run(steps.replace, KEYS, ANNA, kept=loaded, practice=FINISHED, nonce=nonce(2)) is True
        assert await run(steps.replace, KEYS, ANNA, kept=loaded, practice=late, nonce=nonce(3)) is False
        now = await run(steps.find, KEYS, ANNA, scenario=CALL)
        assert now is not None
        assert now.practice == FINISHED


async def test_replacing_writes_the_clear_columns_too(tmp_path: Path) -> None:
    moved = replace(ANNA, cohort=CohortId("team-b"))
    async with opened(tmp_path) as store:
        await store.db.run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))
        loaded = await store.db.run(steps.find, KEYS, ANNA, scenario=CALL)
        assert loaded is not None
        await store.db.run(steps.replace, KEYS, moved, kept=loaded, practice=FINISHED, nonce=nonce(2))
        row = await store.db.run(
            lambda tx: tx.one("SELECT cohort, scenario, level, week, length(box) AS box FROM progress.step")
        )
    assert row is not None
    columns = [row[name] for name in ("cohort", "scenario", "level", "week", "box")]
    assert columns == ["team-b", CALL, Level.FINISHED, 2901, PRACTICE_BYTES + 32]


async def test_all_practices_of_a_person_come_in_one_query(tmp_path: Path) -> None:
    on_the_bus = replace(FINISHED, scenario=BUS)
    async with opened(tmp_path) as store:
        await store.db.run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))
        await store.db.run(steps.add, KEYS, ANNA, practice=on_the_bus, nonce=nonce(2))
        await store.db.run(steps.add, KEYS, BEN, practice=FINISHED, nonce=nonce(3))
        store.statements.clear()
        found = await store.db.run(
            steps.find_all, KEYS, ANNA, scenarios=[CALL, BUS, ScenarioId("never-begun")]
        )
        asked = [sql for sql in store.statements if sql.startswith("SELECT")]
        assert await store.db.run(steps.find_all, KEYS, ANNA, scenarios=[]) == {}
    assert {scenario: kept.practice for scenario, kept in found.items()} == {CALL: BEGUN, BUS: on_the_bus}
    assert len(asked) == 1


async def test_removing_takes_one_persons_rows_and_leaves_the_others(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        run = store.db.run
        await run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))
        await run(steps.add, KEYS, ANNA, practice=replace(BEGUN, scenario=BUS), nonce=nonce(2))
        await run(steps.add, KEYS, BEN, practice=BEGUN, nonce=nonce(3))
        assert await run(steps.remove_all, KEYS, ANNA, scenarios=[]) == 0
        assert await run(steps.remove_all, KEYS, ANNA, scenarios=[CALL, BUS]) == 2
        assert await run(steps.find_all, KEYS, ANNA, scenarios=[CALL, BUS]) == {}
        kept = await run(steps.find, KEYS, BEN, scenario=CALL)
        assert kept is not None
        assert kept.practice == BEGUN


async def test_boxes_swapped_between_two_practices_are_refused(tmp_path: Path) -> None:
    def swap(tx: Transaction) -> None:
        rows = tx.all("SELECT pid, box FROM progress.step")
        for row, other in zip(rows, reversed(rows), strict=True):
            tx.run(
                "UPDATE progress.step SET box = :box WHERE pid = :pid",
                {"pid": row["pid"], "box": other["box"]},
            )

    async with opened(tmp_path) as store:
        await store.db.run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))
        await store.db.run(steps.add, KEYS, BEN, practice=FINISHED, nonce=nonce(2))
        await store.db.run(swap)
        with pytest.raises(ForgedBox):
            await store.db.run(steps.find, KEYS, ANNA, scenario=CALL)


async def test_a_person_counts_once_in_a_week(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        run = store.db.run
        assert await run(active.mark, KEYS, ANNA, week=Week(10)) is True
        assert await run(active.mark, KEYS, ANNA, week=Week(10)) is False
        assert await run(active.mark, KEYS, ANNA, week=Week(11)) is True
        assert await run(active.mark, KEYS, BEN, week=Week(10)) is True
        many = [Week(week) for week in range(1000)]
        assert await run(active.weeks_here, KEYS, ANNA, weeks=many) == [10, 11]
        assert await run(active.weeks_here, KEYS, ANNA, weeks=[Week(11), Week(12)]) == [11]
        assert await run(active.weeks_here, KEYS, ANNA, weeks=[]) == []
        assert await run(active.forget, KEYS, ANNA, weeks=[Week(9), Week(10)]) == 1
        assert await run(active.mark, KEYS, BEN, week=Week(13)) is True
        assert await run(active.drop_outside, first=Week(11), last=Week(12)) == 2
        rows = await run(lambda tx: tx.all("SELECT cohort, week FROM progress.active"))
        assert [(row["cohort"], row["week"]) for row in rows] == [("team-a", 11)]


async def test_an_edition_is_kept_for_good(tmp_path: Path) -> None:
    first, second = Edition("11" * 32), Edition("22" * 32)
    async with opened(tmp_path) as store:
        run = store.db.run
        assert await run(editions.keep, first, scenario=CALL, body='{"one":1}') is True
        assert await run(editions.keep, first, scenario=CALL, body='{"other":1}') is False
        assert await run(editions.keep, second, scenario=BUS, body='{"two":2}') is True
        assert await run(editions.find, first) == '{"one":1}'
        assert await run(editions.find, Edition("33" * 32)) is None
        assert await run(editions.known_scenarios) == {CALL, BUS}
