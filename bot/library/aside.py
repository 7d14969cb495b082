"""The child that reads a stranger's file: limits first, then bytes on stdin, and one JSON answer on stdout."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

#: Faults told of one file; a file of garbage has thousands, and nobody reads them.
MOST_FAULTS = 200
#: A child that ran out of memory ends with this code.
OUT_OF_MEMORY = 77
#: Open files: the standard three, and a few that lazy imports may want.
_OPEN_FILES = 24
#: What nobody who reads a file needs to do. Refused by Python itself, before the system is asked.
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.kill",
    "ctypes.",
)


def main(arguments: list[str]) -> None:
    """Reads stdin as the kind whose function is named, within the bounds given: seconds, megabytes."""
    function, name, seconds, megabytes = arguments
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a reader prints is no answer
    kind = reader(function)
    limit(float(seconds), int(megabytes))
    sys.addaudithook(_refuse)
    try:
        said = answered(kind, sys.stdin.buffer.read(), name)
        out.write(json.dumps(said))
        out.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def answered(kind: Callable[[bytes, str], object], raw: bytes, name: str) -> dict[str, Any]:
    """What is said of one file: its faults, as the fields of `Fault`, or else the result."""
    from bot.library.faults import Fault, Faults  # noqa: PLC0415

    try:
        return {"faults": [], "result": kind(raw, name)}
    except Faults as error:
        told = list(error.faults[:MOST_FAULTS])
        rest = error.faults[MOST_FAULTS:]
        if rest:
            told.append(Fault(name, rest[0].line, f"and {len(rest)} more faults.", rest[0].rule))
        return {"faults": [asdict(fault) for fault in told], "result": None}


def scenario(raw: bytes, name: str) -> None:
    """A scenario file by itself: readable, sound, and every name of its own leading somewhere. Raises `Faults`."""
    from bot.library.checking import check_source  # noqa: PLC0415
    from bot.library.faults import Faults  # noqa: PLC0415
    from bot.library.linking import Known  # noqa: PLC0415
    from bot.library.source import parse  # noqa: PLC0415

    _, faults = check_source(parse(raw, name), Known(None, None, None))
    if faults:
        raise Faults(faults)


def limit(seconds: float, megabytes: int) -> None:
    """Takes from this process what a reader does not need. Where the system lacks a limit, the wall clock remains."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415

    room, time = megabytes * 1024 * 1024, int(seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, (room, room)),
        (resource.RLIMIT_CPU, (time, time + 1)),  # first a signal that tells the parent why, then the end
        (resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES)),
        (resource.RLIMIT_FSIZE, (0, 0)),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        try:
            resource.setrlimit(what, most)
        except (OSError, ValueError):
            continue


def reader(function: str) -> Callable[[bytes, str], object]:
    """The function that a kind names as module:function."""
    module, _, name = function.partition(":")
    found: Callable[[bytes, str], object] = getattr(import_module(module), name)
    return found


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    flags = arguments[2] if event == "open" else 0
    writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(_REFUSED):
        raise PermissionError(event)


if __name__ == "__main__":
    main(sys.argv[1:])
