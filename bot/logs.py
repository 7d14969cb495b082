"""What may be logged: plain lines on stderr, in which no token, no number of a person and no content can stand."""

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

#: They would log addresses (and so the token) or what people wrote, whatever LOG_LEVEL says.
TALKATIVE = ("httpx", "httpcore", "aiohttp", "aiohttp.access", "telegram", "aiosqlite", "asyncio")
OWN = "bot"

_TOKEN_LIKE = re.compile(r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_NUMBER = re.compile(r"\d{7,}")
_SHORTEST_SECRET = 6
#: Frames of one exception, and exceptions of one chain, that are told.
_DEEPEST = 8


class Word(str):
    """A word the program itself has chosen (a method, a kind): the only text that a log line takes as an argument."""

    __slots__ = ()


def configure(level: str, secrets: Iterable[str], *, stream: TextIO | None = None) -> None:
    """Send everything through one handler to stderr (or `stream`): our own from `level` up, others from WARNING up.

    `secrets` are replaced wherever they turn up, the bot's token first of all.
    """
    own = logging.getLevelNamesMapping()[level.upper()]
    handler = _Quiet(stream or sys.stderr)
    handler.setFormatter(Redacting(secrets))
    handler.addFilter(_ours_or_serious)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(own, logging.WARNING))
    logging.getLogger(OWN).setLevel(own)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(own, logging.WARNING))
    sys.excepthook = _uncaught


def trail(error: BaseException) -> Word:
    """An exception as ``Type at module:line < caller:line``, with what it came from; never its text."""
    return Word("; from ".join(_one(link) for link in _chain(error)))


class Redacting(logging.Formatter):
    """``time LEVEL logger what happened``, on one line, with everything taken out that should not be there."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        parts = {
            part for secret in secrets for part in (secret, quote(secret, safe=""), secret.partition(":")[2])
        }
        known = sorted((part for part in parts if len(part) >= _SHORTEST_SECRET), key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, known)) or r"(?!)")

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        what = " | ".join(self.redact(_message(record)).split("\n"))
        error = record.exc_info[1] if record.exc_info else None
        where = f" [{self.redact(trail(error))}]" if error is not None else ""
        return f"{when[:-6]}Z {record.levelname} {self.redact(record.name)} {what}{where}"

    def redact(self, text: str) -> str:
        """`text` without secrets, without anything shaped like a token and without numbers of 7 digits or more."""
        text = self._secrets.sub("<secret>", text)
        return _NUMBER.sub("<number>", _TOKEN_LIKE.sub("<token>", text))


class _Quiet(logging.StreamHandler[TextIO]):
    """Says nothing when a line cannot be written: what the library would print then holds the arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        del record


def _is_own(name: str) -> bool:
    return name == OWN or name.startswith(f"{OWN}.")


def _ours_or_serious(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or _is_own(record.name)


def _message(record: logging.LogRecord) -> str:
    template = record.msg if isinstance(record.msg, str) else str(_harmless(record.msg))
    if not _is_own(record.name):
        # A library's further lines hold what it was working on: asyncio's, for one, the exception's text.
        template = template.partition("\n")[0]
    if not record.args:
        return template
    args = record.args
    try:
        if isinstance(args, dict):
            return str(template % {name: _harmless(value) for name, value in args.items()})
        return str(template % tuple(_harmless(value) for value in args))
    except (TypeError, ValueError, KeyError):
        return template


def _harmless(value: object) -> object:
    """What may be shown of an argument; of anything that could hold a person's words only its type."""
    match value:
        case Enum():
            return value.name
        case None | int() | float() | Word() | PurePath() | date() | timedelta():
            return value
        case type():
            return value.__qualname__
        case BaseException():
            return trail(value)
        case _:
            return f"<{type(value).__name__}>"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting and len(seen) < _DEEPEST:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        earlier = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        waiting += [earlier] if earlier is not None else []
        waiting += link.exceptions if isinstance(link, BaseExceptionGroup) else ()


def _one(error: BaseException) -> str:
    frames = list(_frames(error.__traceback__))[::-1]
    where = " < ".join(frames[:_DEEPEST])
    return f"{type(error).__qualname__} at {where}" if where else type(error).__qualname__


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        yield f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}"
        traceback = traceback.tb_next


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    logging.getLogger(OWN).critical("stopped by a mistake in the program", exc_info=(kind, error, traceback))
