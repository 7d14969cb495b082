"""What stands on the terminal while a command works: nothing for a second, then a bar, and in the end nothing again."""

import itertools
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds that nobody minds to wait without a word.
PATIENCE: Final = 1.0

_Thing = TypeVar("_Thing")


class Waiting:
    """A context in which something is worked at; `what` says so in a few words, such as "Reading the file".

    Shown on `screen`, standard error by default, only where that is a terminal, so that nothing of it comes into a pipe
    or a file. With `quiet`, not even there.
    """

    def __init__(self, what: str, *, screen: TextIO | None = None, quiet: bool = False) -> None:
        self._what = what
        self._screen = screen or sys.stderr
        self._watched = not quiet and self._screen.isatty()
        self._timer = threading.Timer(PATIENCE, self.late)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._shown: tuple[Progress, TaskID] | None = None
        self._done = 0
        self._of: int | None = None

    def __enter__(self) -> "Waiting":
        if self._watched:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._watched = False
            if self._shown is not None:
                self._shown[0].stop()

    def each(self, of: int) -> Callable[[object], None]:
        """A function to be called before each of so many things, with the thing; the bar tells how many are done."""
        done = itertools.count()
        return lambda _: self._count(next(done), of)

    def over(self, things: Iterable[_Thing]) -> Sequence[_Thing]:
        """The same things; as they are gone through, the bar tells how many of them are done."""
        return _Counted(things, self)

    def late(self) -> None:
        """Patience is over: shows the bar. Does nothing where nobody looks, or when the work is done already."""
        with self._lock:
            if self._watched and self._shown is None:
                self._show()

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - most work is done before anybody needs to see it
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = Console(file=self._screen)
        if not console.is_terminal or console.is_dumb_terminal:
            return
        progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description} …", markup=False),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,  # what a command prints goes where it was sent
            redirect_stderr=False,
        )
        self._shown = progress, progress.add_task(self._what, total=self._of, completed=self._done)
        progress.start()

    def _count(self, done: int, of: int) -> None:
        with self._lock:
            self._done, self._of = done, of
            if self._shown is not None:
                progress, task = self._shown
                progress.update(task, total=of, completed=done)


class _Counted(list[_Thing]):
    """A list that tells how far somebody has come who goes through it."""

    def __init__(self, things: Iterable[_Thing], waiting: Waiting) -> None:
        super().__init__(things)
        self._waiting = waiting

    def __iter__(self) -> Iterator[_Thing]:
        tell = self._waiting.each(len(self))
        for thing in super().__iter__():
            tell(thing)
            yield thing
