"""Waiting functions share a commit, and none of them harms another."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.store import people, steps
from bot.store.database import GROUP, BothSchemas, ForbiddenStatement, Transaction
from tests.store.store_world import (
    ANNA,
    BEGUN,
    BEN,
    CALL,
    KEYS,
    edition,
    gather,
    nonce,
    numbers_kept,
    opened,
    save_anna,
    together,
    write,
    write_then_fail,
)


def schemas_of_each_commit(statements: list[str]) -> list[set[str]]:
    """For each commit, the schemas that were written in it."""
    commits: list[set[str]] = []
    written: set[str] = set()
    for sql in statements:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written |= {schema for schema in ("vault", "progress") if f"{schema}." in sql}
        elif sql == "COMMIT":
            commits.append(written)
            written = set()
    return commits


async def test_those_who_wait_together_share_a_commit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await gather(store, *range(2 * GROUP + 1)) == list(range(2 * GROUP + 1))
        assert store.statements.count("COMMIT") == 3
        assert await store.db.run(numbers_kept) == list(range(2 * GROUP + 1))


async def test_each_sees_what_those_before_it_did(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await together(store, partial(write, number=1), numbers_kept) == [1, [1]]


async def test_one_that_fails_harms_only_itself(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        results = await together(
            store, partial(write, number=1), partial(write_then_fail, number=2), partial(write, number=3)
        )
        assert [repr(result) for result in results] == ["1", "LookupError(2)", "3"]
        assert store.statements.count("COMMIT") == 1
        assert await store.db.run(numbers_kept) == [1, 3]


async def test_a_result_is_told_only_after_the_commit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        heard: list[tuple[str, int]] = []

        async def tell(number: int) -> None:
            await store.db.run(write, number)
            heard.append((store.statements[-1], store.statements.count("COMMIT")))

        await asyncio.gather(tell(1), tell(2))
    assert heard == [("COMMIT", 1), ("COMMIT", 1)]


async def test_a_function_that_writes_both_schemas_is_refused_and_undone(tmp_path: Path) -> None:
    def both(tx: Transaction) -> None:
        write(tx, 1)
        save_anna(tx)

    def the_other_way_round(tx: Transaction) -> None:
        save_anna(tx)
        steps.add(tx, KEYS, ANNA, practice=BEGUN, nonce=nonce(1))

    async with opened(tmp_path) as store:
        for function in (both, the_other_way_round):
            with pytest.raises(BothSchemas):
                await store.db.run(function)
        assert await store.db.run(numbers_kept) == []
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) is None
        assert await store.db.run(steps.find, KEYS, ANNA, scenario=CALL) is None


async def test_a_function_may_read_one_schema_and_write_the_other(tmp_path: Path) -> None:
    def count_then_save(tx: Transaction) -> int:
        kept = len(numbers_kept(tx))
        save_anna(tx)
        return kept

    async with opened(tmp_path) as store:
        assert await together(store, partial(write, number=1), count_then_save) == [1, 1]
        assert schemas_of_each_commit(store.statements) == [{"progress"}, {"vault"}]


async def test_no_commit_holds_writes_to_the_vault_and_to_progress(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        waiting: list[Callable[[Transaction], object]] = [
            partial(write, number=number) for number in range(1, 10)
        ]
        waiting.insert(3, partial(people.save, keys=KEYS, person=BEN, nonce=nonce(1)))
        waiting.insert(7, save_anna)
        await together(store, *waiting)
        progress, vault = {"progress"}, {"vault"}
        assert schemas_of_each_commit(store.statements) == [progress, vault, progress, vault, progress]
        assert await store.db.run(numbers_kept) == list(range(1, 10))
        assert len(await store.db.run(people.everyone, KEYS)) == 2


async def test_one_that_fails_after_others_were_committed_for_it_is_undone_alone(tmp_path: Path) -> None:
    def save_then_fail(tx: Transaction) -> None:
        save_anna(tx)
        raise LookupError

    async with opened(tmp_path) as store:
        results = await asyncio.gather(
            store.db.run(write, 1),
            store.db.run(save_then_fail),
            store.db.run(write, 2),
            return_exceptions=True,
        )
        assert [repr(result) for result in results] == ["1", "LookupError()", "2"]
        assert await store.db.run(numbers_kept) == [1, 2]
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) is None


@pytest.mark.parametrize(
    "sql",
    [
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT mine",
        "PRAGMA vault.secure_delete = OFF",
        "ATTACH DATABASE ':memory:' AS third",
        "CREATE TABLE vault.names (name TEXT)",
        "DROP TABLE vault.person",
    ],
)
async def test_a_function_may_only_touch_rows(tmp_path: Path, sql: str) -> None:
    def try_it(tx: Transaction) -> None:
        write(tx, 1)
        tx.run(sql)

    async with opened(tmp_path) as store:
        with pytest.raises(ForbiddenStatement):
            await store.db.run(try_it)
        assert await gather(store, 2, 3) == [2, 3]
        assert await store.db.run(numbers_kept) == [2, 3]
        assert await store.engine.on_thread(
            lambda raw: tuple(raw.execute("PRAGMA vault.secure_delete").fetchone())
        ) == (1,)


async def test_deleting_may_give_back_what_was_deleted(tmp_path: Path) -> None:
    def take_one(tx: Transaction) -> str | None:
        row = tx.one("DELETE FROM progress.edition WHERE hash = :hash RETURNING body", {"hash": edition(1)})
        return None if row is None else row["body"]

    async with opened(tmp_path) as store:
        await store.db.run(write, 1, body="the body")
        assert await store.db.run(take_one) == "the body"
        assert await store.db.run(take_one) is None
