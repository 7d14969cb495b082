"""The bytes of a file from elsewhere, never more of them than its reader takes."""

from pathlib import Path

from bot.library.faults import Fault, Faults, short


def raw_of(path: Path, *, most: int) -> bytes:
    """At most one byte more than `most`, so that a longer file can be told. Raises `Faults` if it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except FileNotFoundError:
        raise Faults([Fault(short(path), 1, "this file is missing.")]) from None
    except OSError:
        raise Faults([Fault(short(path), 1, "this file cannot be read.")]) from None
