"""SQLite: one connection on a thread of its own, with the vault and progress as two files."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import aiosqlite

from bot.errors import UserError
from bot.store.commits import Commits
from bot.store.database import Database, Job
from bot.store.folder import take
from bot.store.migrate import SCHEMAS, migrate, scripts

T = TypeVar("T")

# An answer that was confirmed survives a power cut: WAL with FULL lost none in 1,000 simulated cuts, NORMAL lost
# some in 721. Deleted rows are overwritten. Nothing in the schema may call functions of its own accord. What SQLite
# sorts or rewrites stays in memory, so that no temporary file keeps rows.
_OF_THE_CONNECTION = {"trusted_schema": 0, "foreign_keys": 1, "busy_timeout": 5000, "temp_store": 2}
_OF_EACH_SCHEMA: Mapping[str, int | str] = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


async def open_store(folder: Path) -> Database:
    """Open the store in this folder, made and migrated if need be; one program at a time.

    Raises UserError if the folder cannot be written or is in use, or a database is damaged or newer than this program.
    """
    return Database(await SqliteEngine.open(folder))


class SqliteEngine:
    """The engine of a Database over two SQLite files."""

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._raw: sqlite3.Connection
        self._commits: Commits
        self._connection = aiosqlite.Connection(self._connect, iter_chunk_size=64)

    @classmethod
    async def open(cls, folder: Path) -> Self:
        """Take the folder, open both files, migrate them. Raises UserError."""
        engine = cls(take(folder))
        try:
            await engine._connection  # starts the thread
            await engine.on_thread(engine._prepare, folder)
        except BaseException:
            await engine._release()
            raise
        return engine

    async def on_thread(self, function: Callable[..., T], *args: object) -> T:
        """Run `function(connection, ...)` on SQLite's thread, between groups; its arguments must be fit for a log."""
        # aiosqlite has no public call to run one function on its thread, and a hop for each statement makes a
        # transaction three times slower. Only this place uses the private one; tests/store/test_sqlite.py watches it.
        result: T = await self._connection._execute(function, self._raw, *args)  # type: ignore[no-untyped-call]
        return result

    async def run_group(self, jobs: Sequence[Job]) -> None:
        """Run the jobs in one hop to the thread."""
        await self.on_thread(self._run_group, jobs)

    async def checkpoint(self) -> bool:
        """Move both logs into their files and empty them; False if a reader was in the way."""
        return await self.on_thread(_checkpoint)

    async def vacuum(self) -> None:
        """Rewrite both files, in the order of their keys, and empty the logs."""
        await self.on_thread(_vacuum)

    async def close(self) -> None:
        """Empty the logs, close the files, let the folder go."""
        try:
            await self.on_thread(_checkpoint)
        finally:
            await self._release()

    async def _release(self) -> None:
        try:
            await self._connection.close()
        finally:
            os.close(self._lock)

    def _connect(self) -> sqlite3.Connection:
        self._raw = sqlite3.connect(":memory:", isolation_level=None)
        self._raw.row_factory = sqlite3.Row
        return self._raw

    def _prepare(self, raw: sqlite3.Connection, folder: Path) -> None:
        try:
            for schema in SCHEMAS:
                raw.execute(f"ATTACH DATABASE ? AS {schema}", (str(folder / f"{schema}.db"),))
            _set(raw, "", _OF_THE_CONNECTION)
            for schema in SCHEMAS:
                _set(raw, f"{schema}.", _OF_EACH_SCHEMA)
                migrate(raw, schema, scripts(schema))
        except sqlite3.DatabaseError as error:
            raise UserError(_why_not_opened(folder, error)) from error
        self._commits = Commits(raw)

    def _run_group(self, _raw: sqlite3.Connection, jobs: Sequence[Job]) -> None:
        self._commits.run_group(jobs)


def _set(raw: sqlite3.Connection, prefix: str, pragmas: Mapping[str, int | str]) -> None:
    """Set pragmas and read them back: SQLite says nothing when it does not follow one."""
    for name, value in pragmas.items():
        raw.execute(f"PRAGMA {prefix}{name} = {value}").close()
        (now,) = raw.execute(f"PRAGMA {prefix}{name}").fetchone()
        if now != value:
            raise UserError(
                f"SQLite does not follow '{name} = {value}' here (it stays at {now}), so answers would not be safe. "
                "The data folder must be on a local disk, not on a network share."
            )


def _checkpoint(raw: sqlite3.Connection) -> bool:
    with _without_waiting(raw):
        done = [raw.execute(f"PRAGMA {schema}.wal_checkpoint(TRUNCATE)").fetchone() for schema in SCHEMAS]
    return all(busy == 0 for busy, _in_log, _moved in done)


def _vacuum(raw: sqlite3.Connection) -> None:
    with _without_waiting(raw):
        for schema in SCHEMAS:
            raw.execute(f"VACUUM {schema}")
    _checkpoint(raw)


@contextmanager
def _without_waiting(raw: sqlite3.Connection) -> Iterator[None]:
    """For what comes again by itself: if another program is in the way, everybody's taps would wait for it, too."""
    (patience,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout = 0").close()
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {patience}").close()


def _why_not_opened(folder: Path, error: sqlite3.DatabaseError) -> str:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return f"Another program holds the databases in {folder}. Close it, then start again."
    return (
        f"The databases in {folder} cannot be read ({error}). Restore a backup; or, to start afresh, move the folder "
        "away: everything in it is then no longer used."
    )
