"""What a hostile file might make a reader do, done on purpose: kinds for the child that end badly or reach too far."""

import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path


def echoes(raw: bytes, name: str) -> dict[str, object]:
    """Tells what the child was given and finds around itself."""
    kept = sorted(set(os.environ) - {"LC_CTYPE", "PYTHONPATH"})
    return {"size": len(raw), "name": name, "environment": kept, "arguments": len(sys.argv)}


def prints(raw: bytes, name: str) -> str:
    """Writes where the answer is written."""
    print('{"faults": [], "result": "forged"}')
    sys.stdout.flush()
    os.write(1, b'{"faults": [], "result": "forged"}')
    return "true"


def sleeps(raw: bytes, name: str) -> None:
    """Never comes back, and does nothing."""
    time.sleep(3600)


def spins(raw: bytes, name: str) -> None:
    """Never comes back, and works hard."""
    while True:
        pass


def spends(raw: bytes, name: str) -> None:
    """Is told by the system that its processor time is over."""
    signal.raise_signal(signal.SIGXCPU)


def hoards(raw: bytes, name: str) -> int:
    """Takes more memory than there is."""
    kept = [bytearray(16 * 1024 * 1024) for _ in range(10_000)]
    return len(kept)


def recurses(raw: bytes, name: str) -> None:
    """Digs until the interpreter stops it."""
    recurses(raw, name)


def dies(raw: bytes, name: str) -> None:
    """Is gone at once."""
    os._exit(-11 & 0xFF)


def aborts(raw: bytes, name: str) -> None:
    """Dies as a broken library does."""
    os.abort()


def raises(raw: bytes, name: str) -> None:
    """Fails, quoting the file."""
    raise ValueError(raw)


def is_unsayable(raw: bytes, name: str) -> object:
    """Returns what JSON cannot hold."""
    return {b"bytes"}


def reaches(raw: bytes, name: str) -> dict[str, str]:
    """Tries everything that a reader has no business with, and tells what stopped it."""
    told = {}
    for what, attempt in (
        ("connect", lambda: socket.create_connection(("127.0.0.1", 9))),
        ("look up", lambda: socket.getaddrinfo("example.org", 443)),
        ("run", lambda: os.system("true")),
        ("fork", os.fork),
        ("load", lambda: ctypes.CDLL(None)),
        ("write", lambda: Path("/tmp/bothand-rogue").write_text("x")),
        ("write below", lambda: os.write(os.open("/tmp/bothand-rogue", os.O_CREAT | os.O_WRONLY), b"x")),
    ):
        try:
            attempt()
        except OSError as error:
            told[what] = type(error).__name__
        else:
            told[what] = "done"
    return told
