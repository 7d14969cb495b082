"""What happens on SQLite's thread: waiting functions run one after another and share a commit."""

import sqlite3
from collections.abc import Sequence
from typing import cast

from bot.store.database import NOTHING, BothSchemas, ForbiddenStatement, Job, NotStored, Params, Row

_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_WRITES = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}


class Guard:
    """Says which schema a statement writes: SQLite itself is asked, once for each text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, str | None] = {}
        self._asking = False
        self._seen: set[str] = set()
        connection.set_authorizer(self._note)

    def schema_written(self, sql: str, params: Params) -> str | None:
        """`vault`, `progress`, or None for a statement that only reads. Raises ForbiddenStatement for the rest."""
        if sql not in self._known:
            self._known[sql] = self._ask(sql, params)
        return self._known[sql]

    def _ask(self, sql: str, params: Params) -> str | None:
        # EXPLAIN compiles the statement, which calls `_note` for everything it would do, and does none of it.
        self._asking, self._seen = True, set()
        try:
            self._connection.execute(f"EXPLAIN {sql}", params).close()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_AUTH:
                raise ForbiddenStatement(
                    "A function of a transaction may only read and write rows."
                ) from None
            raise
        finally:
            self._asking = False
        if len(self._seen) > 1:
            raise BothSchemas("One statement writes more than one schema.")
        return next(iter(self._seen), None)

    def _note(self, action: int, _one: object, _two: object, schema: str | None, _trigger: object) -> int:
        if not self._asking:
            return sqlite3.SQLITE_OK
        if action in _WRITES and schema is not None:
            self._seen.add(schema)
        return sqlite3.SQLITE_OK if action in _READS | _WRITES else sqlite3.SQLITE_DENY


class Commits:
    """Runs groups of functions and is itself the transaction they get.

    Each function has a savepoint, so one that raises is undone alone. A function writes the vault or progress, never
    both. Nor do two functions that write different schemas share a commit: whoever reads the files could otherwise
    pair the vault row and the progress row that appeared together, in the write-ahead logs or by their times. So when
    the next function is about to write the other schema, what was done before is committed first; that function has
    only read until then, and nobody else writes in between. It also means that no commit spans two files, which SQLite
    would not make atomic.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._guard = Guard(connection)
        self._uncommitted: list[Job] = []
        self._group_writes: str | None = None
        self._job_writes: str | None = None
        self._broken: sqlite3.Error | None = None

    def run_group(self, jobs: Sequence[Job]) -> None:
        """Run every job; on return each has its value, or the error that kept it from being stored."""
        for at, job in enumerate(jobs):
            try:
                self._open()
            except sqlite3.Error as error:
                # Another program holds the files: to wait for it once is enough for all of them.
                for left in jobs[at:]:
                    left.error = _not_stored(error)
                break
            self._run(job)
        self._commit()

    def one(self, sql: str, params: Params = NOTHING) -> Row | None:
        """The first row, or None."""
        cursor = self._execute(sql, params)
        try:
            return cast(Row | None, cursor.fetchone())
        finally:
            cursor.close()

    def all(self, sql: str, params: Params = NOTHING) -> Sequence[Row]:
        """Every row."""
        return self._execute(sql, params).fetchall()

    def run(self, sql: str, params: Params = NOTHING) -> int:
        """Write, without RETURNING; how many rows were written."""
        cursor = self._execute(sql, params)
        cursor.close()
        return cursor.rowcount

    def _execute(self, sql: str, params: Params) -> sqlite3.Cursor:
        if not self._connection.in_transaction:  # it was given up, and what came now would be stored at once
            raise _not_stored(self._broken)
        schema = self._guard.schema_written(sql, params)
        if schema is not None:
            self._about_to_write(schema)
        return self._connection.execute(sql, params)

    def _about_to_write(self, schema: str) -> None:
        if self._job_writes not in (None, schema):
            raise BothSchemas("One function writes the vault and progress.")
        if self._group_writes not in (None, schema):
            self._commit_those_before()
        self._job_writes = self._group_writes = schema

    def _commit_those_before(self) -> None:
        self._connection.execute("RELEASE job")
        self._broken = self._commit()
        try:
            if self._broken is None:
                self._open()
        except sqlite3.Error as error:
            self._broken = error
        if self._broken is not None:
            raise _not_stored(self._broken)
        self._connection.execute("SAVEPOINT job")

    def _open(self) -> None:
        if not self._connection.in_transaction:
            self._group_writes = None
            self._connection.execute("BEGIN IMMEDIATE")

    def _begin_job(self) -> None:
        self._job_writes = self._broken = None
        self._connection.execute("SAVEPOINT job")

    def _run(self, job: Job) -> None:
        self._begin_job()
        try:
            job.value = job.call(self)
        except BaseException as error:
            job.error = error
        if not self._connection.in_transaction:
            # SQLite gave up the whole transaction, as when the disk is full; or those before could not be committed,
            # and this one may have read what they wrote.
            cause = self._broken or job.error
            self._fail_uncommitted(cause)
            job.error = _not_stored(cause)
        elif job.error is None:
            self._connection.execute("RELEASE job")
            self._uncommitted.append(job)
        else:
            self._connection.execute("ROLLBACK TO job")
            self._connection.execute("RELEASE job")

    def _commit(self) -> sqlite3.Error | None:
        """Commit; on failure every job since the last commit gets the error, which is also returned."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._fail_uncommitted(error)
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return error
        self._uncommitted.clear()
        return None

    def _fail_uncommitted(self, error: BaseException | None) -> None:
        for job in self._uncommitted:
            job.error = _not_stored(error)
        self._uncommitted.clear()


def _not_stored(cause: BaseException | None) -> NotStored:
    why = f": {cause}" if isinstance(cause, sqlite3.Error) else ""
    error = NotStored(f"Nothing of this was stored{why}.")
    error.__cause__ = cause
    return error
