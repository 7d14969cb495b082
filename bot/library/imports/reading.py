"""Files of other tools, read as text: limited in size, UTF-8, one kind of line end."""

from pathlib import Path
from typing import Final

from bot.library.faults import Fault, Faults, short

_KB: Final = 1024


def text_of(path: Path, *, most: int) -> str:
    """The file's text, at most `most` bytes of UTF-8. Raises `Faults` if it cannot be read as that."""
    file = short(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(most + 1)
    except FileNotFoundError:
        raise Faults([Fault(file, 1, "this file is missing.")]) from None
    except OSError:
        raise Faults([Fault(file, 1, "this file cannot be read.")]) from None
    return decoded(raw, file, most=most)


def decoded(raw: bytes, file: str, *, most: int) -> str:
    """The text of `raw`, without a byte-order mark. Raises `Faults` if it is too long or no UTF-8."""
    if len(raw) > most:
        raise Faults([Fault(file, 1, f"the file is too long; at most {most // _KB} KB are read.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([Fault(file, line, "this is not UTF-8 text; save the file as UTF-8.")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
