"""Waiting for the store: in order, cancellable, and never for ever."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.ids import Edition
from bot.store import editions
from bot.store.database import Database, Job, Transaction
from tests.store.store_world import CALL, OpenStore, opened


def write(tx: Transaction, number: int) -> int:
    editions.keep(tx, Edition(str(number)), scenario=CALL, body="{}")
    return number


def kept(tx: Transaction) -> set[int]:
    return {int(row["hash"]) for row in tx.all("SELECT hash FROM progress.edition")}


async def held_up(store: OpenStore) -> tuple[asyncio.Task[int], threading.Event]:
    """A write that is on SQLite's thread and stays there until the event is set."""
    started, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def write_slowly(tx: Transaction) -> int:
        loop.call_soon_threadsafe(started.set)
        go_on.wait()
        return write(tx, 0)

    task = asyncio.create_task(store.db.run(write_slowly))
    await started.wait()
    return task, go_on


async def test_functions_run_in_the_order_they_came(tmp_path: Path) -> None:
    order: list[int] = []

    def come(_tx: Transaction, number: int) -> None:
        order.append(number)

    async with opened(tmp_path) as store:
        await asyncio.gather(*(store.db.run(come, number) for number in range(50)))
    assert order == list(range(50))


async def test_functions_run_on_the_stores_own_thread(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        threads = {await store.db.run(lambda _tx: threading.get_ident()) for _ in range(3)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_those_who_come_while_the_thread_is_busy_share_the_next_commit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        slow, go_on = await held_up(store)
        waiting = [asyncio.create_task(store.db.run(write, number)) for number in range(1, 6)]
        await asyncio.sleep(0)
        go_on.set()
        assert await asyncio.gather(slow, *waiting) == [0, 1, 2, 3, 4, 5]
        assert store.statements.count("COMMIT") == 2


async def test_one_who_leaves_before_their_turn_leaves_nothing_behind(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        slow, go_on = await held_up(store)
        leaves = asyncio.create_task(store.db.run(write, 1))
        stays = asyncio.create_task(store.db.run(write, 2))
        await asyncio.sleep(0)
        leaves.cancel()
        go_on.set()
        assert (await slow, await stays) == (0, 2)
        assert leaves.cancelled()
        assert await store.db.run(kept) == {0, 2}


async def test_one_who_leaves_during_their_turn_holds_up_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        slow, go_on = await held_up(store)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        stays = asyncio.create_task(store.db.run(write, 2))
        go_on.set()
        assert await stays == 2
        assert await store.db.run(kept) == {0, 2}


async def test_an_exhausted_iterator_in_a_function_is_an_error_like_any_other(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        results = await asyncio.gather(
            store.db.run(lambda _tx: next(iter(()))), store.db.run(write, 1), return_exceptions=True
        )
        assert [type(result) for result in results] == [RuntimeError, int]
        assert await store.db.run(kept) == {1}


async def test_closing_first_finishes_what_waits(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        waiting = [asyncio.create_task(store.db.run(write, number)) for number in range(40)]
        await asyncio.sleep(0)
        await store.db.close()
        assert await asyncio.gather(*waiting) == list(range(40))
    async with opened(tmp_path) as store:
        assert await store.db.run(kept) == set(range(40))


class BrokenEngine:
    """An engine whose thread has died."""

    async def run_group(self, jobs: Sequence[Job]) -> None:
        raise ConnectionError(f"{len(jobs)} were waiting")

    async def checkpoint(self) -> bool:
        raise ConnectionError

    async def vacuum(self) -> None:
        raise ConnectionError

    async def close(self) -> None:
        return None


async def test_nobody_waits_for_ever_on_an_engine_that_died() -> None:
    db = Database(BrokenEngine())
    results = await asyncio.gather(*(db.run(write, number) for number in range(40)), return_exceptions=True)
    assert {type(result) for result in results} == {ConnectionError}
    await db.close()


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.close()
        with pytest.raises(RuntimeError, match="closed"):
            await store.db.run(kept)
