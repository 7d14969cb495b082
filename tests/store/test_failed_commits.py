"""When something cannot be stored, nobody is told that it was."""

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from bot.store.database import NotStored, Transaction
from tests.store.store_world import (
    ANNA,
    KEYS,
    bytes_on_disk,
    edition,
    gather,
    numbers_kept,
    opened,
    save_anna,
    together,
    write,
    write_then_fail,
)


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond the larger log: the next commit cannot be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(file.stat().st_size for file in folder.glob("*-wal"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_when_the_commit_fails_everybody_hears_it_and_nothing_is_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await gather(store, 1)
        with full_disk(tmp_path):
            results = await asyncio.gather(
                store.db.run(write, 2),
                store.db.run(write_then_fail, 3),
                store.db.run(numbers_kept),
                return_exceptions=True,
            )
        assert [type(result) for result in results] == [NotStored, LookupError, NotStored]
        assert await store.db.run(numbers_kept) == [1]
        assert await gather(store, 4, 5) == [4, 5]
        assert await store.db.run(numbers_kept) == [1, 4, 5]


async def test_when_the_commit_before_the_other_schema_fails_both_sides_hear_it(tmp_path: Path) -> None:
    def save_and_say_nothing(tx: Transaction) -> str:
        try:
            return save_anna(tx)
        except NotStored:
            return "as if it were stored"

    async with opened(tmp_path) as store:
        await gather(store, 1)
        with full_disk(tmp_path):
            results = await asyncio.gather(
                store.db.run(write, 2), store.db.run(save_and_say_nothing), return_exceptions=True
            )
        assert [type(result) for result in results] == [NotStored, NotStored]
        assert await together(store, partial(write, number=3), save_anna) == [3, "anna"]
        assert await store.db.run(numbers_kept) == [1, 3]


async def test_when_sqlite_gives_up_the_whole_commit_those_before_hear_it_too(tmp_path: Path) -> None:
    def give_up(tx: Transaction) -> None:
        tx.run(
            "INSERT OR ROLLBACK INTO progress.edition (hash, scenario, body) VALUES (:hash, 'any', '{}')",
            {"hash": edition(1)},
        )

    def give_up_and_go_on(tx: Transaction) -> None:
        with suppress(sqlite3.IntegrityError):
            give_up(tx)
        with suppress(NotStored):
            write(tx, 2)

    async with opened(tmp_path) as store:
        for function in (give_up, give_up_and_go_on):
            results = await together(store, partial(write, number=1), function, partial(write, number=3))
            assert [type(result) for result in results] == [NotStored, NotStored, int]
            assert await store.db.run(numbers_kept) == [3]


async def test_a_full_database_tells_those_whose_writes_it_gave_up(tmp_path: Path) -> None:
    def limit_pages(raw: sqlite3.Connection) -> None:
        (pages,) = raw.execute("PRAGMA progress.page_count").fetchone()
        raw.execute(f"PRAGMA progress.max_page_count = {pages + 2}").close()

    async with opened(tmp_path) as store:
        await store.engine.on_thread(limit_pages)
        results = await asyncio.gather(
            store.db.run(write, 1),
            store.db.run(write, 2, body="x" * 100_000),
            store.db.run(write, 3),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [NotStored, NotStored, int]
        assert await store.db.run(numbers_kept) == [3]


async def test_a_database_locked_by_another_program_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await gather(store, 1)
        await store.engine.on_thread(lambda raw: raw.execute("PRAGMA busy_timeout = 50").close())
        with closing(sqlite3.connect(tmp_path / "vault.db", isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            results = await asyncio.gather(
                store.db.run(write, 2), store.db.run(write, 3), return_exceptions=True
            )
            assert [type(result) for result in results] == [NotStored, NotStored]
            stranger.execute("ROLLBACK")
        assert await gather(store, 4) == [4]
        assert await store.db.run(numbers_kept) == [1, 4]


async def test_those_who_wait_together_wait_for_another_program_only_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.engine.on_thread(lambda raw: raw.execute("PRAGMA busy_timeout = 50").close())
        with closing(sqlite3.connect(tmp_path / "vault.db", isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            before = store.statements.count("BEGIN IMMEDIATE")
            results = await together(store, *(partial(write, number=number) for number in range(8)))
            assert [type(result) for result in results] == [NotStored] * 8
            assert store.statements.count("BEGIN IMMEDIATE") == before + 1
            stranger.execute("ROLLBACK")
        assert await gather(store, 9) == [9]
        assert await store.db.run(numbers_kept) == [9]


async def test_an_error_of_the_store_tells_nothing_of_the_people_in_it(tmp_path: Path) -> None:
    def twice(tx: Transaction) -> None:
        for _ in range(2):
            tx.run(
                "INSERT INTO vault.person (tag, kid, box) VALUES (:tag, 1, :box)",
                {"tag": KEYS.tag(ANNA.telegram_id), "box": b"box"},
            )

    async with opened(tmp_path) as store:
        with pytest.raises(sqlite3.IntegrityError) as refused:
            await store.db.run(twice)
        assert str(refused.value) == "UNIQUE constraint failed: person.tag"
        assert bytes(KEYS.tag(ANNA.telegram_id)) not in bytes_on_disk(tmp_path)
