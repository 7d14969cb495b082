"""Files from strangers: read in a child that has little time, little memory, no network and nothing to steal.

Whatever a file does to the child - a crash, a hang, a bomb - the caller gets an answer: what the file holds, or faults.
Nothing of the child's own complaints is passed on, because they may quote the file.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from bot.library.aside import OUT_OF_MEMORY
from bot.library.faults import Fault, short

#: Bytes of an upload that are looked at, whatever its kind; each kind may want less.
MAX_UPLOAD: Final = 10 * 1024 * 1024
#: What a child can read: each kind's function, as module:function, from bytes and a name to something JSON can hold.
#: It raises `Faults` for what is wrong with the file.
KINDS: Final[dict[str, str]] = {
    "scenario": "bot.library.aside:scenario",
    "twee": "bot.library.imports.kinds:twee",
    "twine-json": "bot.library.imports.kinds:twine_json",
    "twine-html": "bot.library.imports.kinds:twine_html",
    "ink": "bot.library.imports.kinds:ink",
    "h5p": "bot.library.imports.kinds:h5p",
    "csv": "bot.library.imports.kinds:csv",
    "xlsx": "bot.library.imports.kinds:xlsx",
}
#: The rule that a file breaks if nothing can be said of it: it is read to its end in the time and room it has.
RULE: Final = "limits"
#: Files that wait for their turn behind the one being read; more are asked to come again.
MOST_WAITING: Final = 8

_ROOT = Path(__file__).parents[2]


class Ending(Enum):
    """How the child came to its end."""

    ANSWERED = "answered"
    OUT_OF_TIME = "out of time"
    OUT_OF_MEMORY = "out of memory"
    BROKEN = "broken"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer about one file: its faults in the order of their places, or else what its kind makes of it."""

    ended: Ending
    faults: tuple[Fault, ...]
    result: object = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a child may use up: seconds by the wall clock and by the processor, and megabytes of addresses."""

    seconds: float = 5.0
    megabytes: int = 256


def check_in_child(
    given: Path | bytes, kind: str, *, name: str | None = None, bounds: Bounds = Bounds()
) -> Checked:
    """Reads a file as `kind`, one of `KINDS`, in a child. Always answers; waits `bounds.seconds` at most.

    `name` is what the faults call the file: never the name that a stranger gave it.
    """
    called = name or (short(given) if isinstance(given, Path) else "the file")
    raw = given if isinstance(given, bytes) else _bytes(given)
    if raw is None:
        return _no(Ending.NOT_TRIED, called, "this file cannot be read.")
    if len(raw) > MAX_UPLOAD:
        most = MAX_UPLOAD // 1024 // 1024
        return _no(Ending.NOT_TRIED, called, f"the file is too long; at most {most} MB are read.")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
            _command(kind, called, bounds),
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=_ROOT.anchor,
            timeout=bounds.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _late(called, bounds)
    return _answer(done, called, bounds)


def _bytes(path: Path) -> bytes | None:
    """What stands in a file, one byte beyond the limit at most; None for what is no file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as opened:
            return opened.read(MAX_UPLOAD + 1)
    except OSError:
        return None


def _command(kind: str, called: str, bounds: Bounds) -> list[str]:
    # -s -P -B: nothing from the user's own folders, nothing from the working folder, nothing written beside modules.
    python = [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-m", "bot.library.aside"]
    return [*python, KINDS[kind], called, str(bounds.seconds), str(bounds.megabytes)]


def _environment() -> Mapping[str, str]:
    """Empty but for where this program lies: no token, no key, no proxy. Windows cannot start anything without one."""
    bare = {"PYTHONPATH": str(_ROOT)}
    return bare | {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else bare


def _answer(done: "subprocess.CompletedProcess[bytes]", called: str, bounds: Bounds) -> Checked:
    if done.returncode == OUT_OF_MEMORY:
        what = f"reading this takes more than {bounds.megabytes} MB of memory; it was stopped."
        return _no(Ending.OUT_OF_MEMORY, called, what)
    if sys.platform != "win32" and done.returncode == -signal.SIGXCPU:
        return _late(called, bounds)
    if done.returncode != 0:
        return _no(Ending.BROKEN, called, "this file cannot be read; nothing of it has been kept.")
    said = json.loads(done.stdout)
    faults = tuple(sorted(_fault(told, called) for told in said["faults"]))
    return Checked(Ending.ANSWERED, faults, said["result"])


def _fault(told: dict[str, Any], called: str) -> Fault:
    """A fault as the child has told it; it lies in the file, or in a part of it, such as one of an archive."""
    file = told["file"] if told["file"].startswith(f"{called}/") else called
    return Fault(**{**told, "file": file, "taps": tuple(told["taps"])})


def _late(called: str, bounds: Bounds) -> Checked:
    what = f"reading this takes too long; it was stopped after {bounds.seconds:g} s."
    return _no(Ending.OUT_OF_TIME, called, what)


def _no(ended: Ending, called: str, what: str) -> Checked:
    return Checked(ended, (Fault(called, 1, what, RULE),))


class Lane:
    """One child at a time, off the caller's thread: the way in for a program that has others to answer meanwhile."""

    def __init__(self, *, most_waiting: int = MOST_WAITING) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hostile")
        self._room = threading.BoundedSemaphore(most_waiting + 1)

    def check(
        self, given: Path | bytes, kind: str, *, name: str | None = None, bounds: Bounds = Bounds()
    ) -> "Future[Checked]":
        """The same as `check_in_child`, soon. In a coroutine: `await asyncio.wrap_future(lane.check(…))`."""
        if not self._room.acquire(blocking=False):
            busy: Future[Checked] = Future()
            what = "several files are being read just now; send it again in a minute."
            busy.set_result(_no(Ending.NOT_TRIED, name or "the file", what))
            return busy
        future = self._thread.submit(check_in_child, given, kind, name=name, bounds=bounds)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def close(self) -> None:
        """Lets go of all that has not begun; the file being read still ends in its time."""
        self._thread.shutdown(wait=False, cancel_futures=True)
