"""The one object that waits: it runs plain functions of a transaction, and waiting ones share a commit."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Params = Mapping[str, int | str | bytes | None]
NOTHING: Params = {}

#: So many functions share a commit: enough to make a synced commit cheap, few enough to answer soon.
GROUP = 32


class NotStored(Exception):
    """Nothing of this was stored (disk full, locked, or the like); it may be tried again."""


class BothSchemas(Exception):
    """A bug: one function tried to write the vault and progress, which would tell whose progress it is."""


class ForbiddenStatement(Exception):
    """A bug: a function of a transaction may read and write rows, nothing else."""


class Row(Protocol):
    """One row; columns by name."""

    def __getitem__(self, column: str, /) -> Any: ...


class Transaction(Protocol):
    """What a function may do: portable SQL, tables named with their schema, `:name` parameters."""

    def one(self, sql: str, params: Params = NOTHING) -> Row | None:
        """The first row, or None."""

    def all(self, sql: str, params: Params = NOTHING) -> Sequence[Row]:
        """Every row."""

    def run(self, sql: str, params: Params = NOTHING) -> int:
        """Write, without RETURNING; how many rows were written."""


class Job:
    """A function waiting for its turn, then its value or its error. Its repr shows no arguments: they hold ids."""

    __slots__ = ("call", "error", "future", "value")

    def __init__(self, call: Callable[[Transaction], object], future: asyncio.Future[Any]) -> None:
        self.call = call
        self.future = future
        self.value: object = None
        self.error: BaseException | None = None

    def deliver(self) -> None:
        """Tell whoever waits, unless they have gone."""
        if self.future.done():
            return
        if isinstance(self.error, StopIteration):
            # A future refuses this one, and those after it would wait for ever.
            self.future.set_exception(RuntimeError("a function of a transaction raised StopIteration"))
        elif self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class Engine(Protocol):
    """A database underneath: SQLite, later PostgreSQL."""

    async def run_group(self, jobs: Sequence[Job]) -> None:
        """Run each job, fill in its value or error, and return only when everything kept is on disk."""

    async def checkpoint(self) -> bool:
        """Empty the write-ahead logs; False if a reader was in the way."""

    async def vacuum(self) -> None:
        """Rewrite the files without gaps and without the order in which rows came."""

    async def close(self) -> None:
        """Close for good."""


class Database:
    """Runs functions of a transaction, in the order they come, up to 32 in one commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[Job] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def run(
        self, function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function(transaction, ...)` in a transaction of its own; its value, once that is on disk.

        If it raises, nothing of it is kept and the error comes here. If the commit fails, NotStored is raised. A waiter
        may be cancelled at any time; the function is then left out, or has been run whole.
        """
        if self._closed:
            raise RuntimeError("The store is closed.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Job(partial(_call, function, args, kwargs), future))
        if self._pump is None or self._pump.done():
            # A task of its own, so that no waiter that is cancelled takes the others with it.
            self._pump = asyncio.create_task(self._work())
        return await future

    async def checkpoint(self) -> bool:
        """Empty the write-ahead logs, where deleted rows live on; False if a reader was in the way."""
        return await self._engine.checkpoint()

    async def vacuum(self) -> None:
        """Rewrite the files: neither gaps nor the order in which rows came remain."""
        await self._engine.vacuum()

    async def close(self) -> None:
        """Finish what waits, then close. A second time does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._pump is not None:
                await self._pump
        finally:
            await self._engine.close()

    async def _work(self) -> None:
        try:
            while self._waiting:
                group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
                await self._run_group([job for job in group if not job.future.done()])
        finally:
            while self._waiting:  # only if this task itself was cancelled: nobody is left waiting for ever
                self._waiting.popleft().future.cancel()

    async def _run_group(self, group: Sequence[Job]) -> None:
        try:
            await self._engine.run_group(group)
        except BaseException as error:
            for job in group:
                job.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            for job in group:
                job.deliver()


def _call(function: Callable[..., T], args: Any, kwargs: Any, tx: Transaction) -> T:
    return function(tx, *args, **kwargs)
