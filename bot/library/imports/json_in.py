"""JSON from elsewhere, read within limits: size, depth and number of parts are known before anybody walks it."""

import json
import re
from typing import Final, NoReturn

from bot.library.faults import Faults
from bot.library.imports.faulty import fault

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 100
MAX_PARTS: Final = 100_000

_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)


def read_json(raw: bytes, file: str) -> object:
    """The values of a JSON text in UTF-8, with or without a byte order mark. Raises `Faults`."""
    if len(raw) > MAX_BYTES:
        raise Faults([fault(file, 1, f"the file is too long; at most {MAX_BYTES // 1024} KB are read.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([fault(file, line, "this is not UTF-8 text; save the file as UTF-8.")]) from None
    _measured(text, file)
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Faults([fault(file, error.lineno, f"this is not JSON: {error.msg}.")]) from None
    except (ValueError, RecursionError):
        raise Faults([fault(file, 1, "a number stands here that nothing can be done with.")]) from None


def _measured(text: str, file: str) -> None:
    """The brackets are counted in the text, so that a hostile one is refused before it costs memory."""
    depth = parts = 0
    for found in _MARKS.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        parts += mark in "[{,"
        if depth > MAX_DEPTH or parts > MAX_PARTS:
            line = text.count("\n", 0, found.start()) + 1
            what = f"{MAX_DEPTH} deep" if depth > MAX_DEPTH else f"into more than {MAX_PARTS} parts"
            raise Faults([fault(file, line, f"the file is nested or divided too far, {what}.")])


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
