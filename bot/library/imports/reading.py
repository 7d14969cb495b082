"""Files of other tools, read as text: limited in size, UTF-8, one kind of line end."""

from typing import Final

from bot.library.faults import Faults
from bot.library.imports.faulty import fault

_KB: Final = 1024


def decoded(raw: bytes, file: str, *, most: int) -> str:
    """The text of `raw`, without a byte-order mark. Raises `Faults` if it is too long or no UTF-8."""
    if len(raw) > most:
        raise Faults([fault(file, 1, f"the file is too long; at most {most // _KB} KB are read.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([fault(file, line, "this is not UTF-8 text; save the file as UTF-8.")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
