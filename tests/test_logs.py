"""What a log may hold: what happened and where, and never a token, a person's number, name or words."""

import ast
import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot import logs
from bot.logs import Redacting, Word, trail

TOKEN = "7318264590:AAcanary_Canary-canary0123456789abc"
ROOT_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
ID, NAME, TEXT = 4_173_350_192, "Zebedee", "I am frightened"
CANARIES = (
    TOKEN,
    TOKEN.partition(":")[2],
    TOKEN.replace(":", "%3A"),
    ROOT_KEY,
    str(ID),
    NAME,
    TEXT,
    "frightened",
)
FOREIGN = (
    "httpx",
    "httpcore.http11",
    "aiohttp.access",
    "aiohttp.client",
    "telegram.ext",
    "asyncio",
    "somebody.else",
)


class Colour(Enum):
    RED = "Zebedee"


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """Logging as the bot sets it up, into memory, at DEBUG; everything is put back afterwards."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, levels = (
        root.handlers[:],
        {name: logging.getLogger(name).level for name in ("", "bot", *logs.TALKATIVE)},
    )
    stream = io.StringIO()
    logs.configure("debug", [TOKEN, ROOT_KEY], stream=stream)
    yield lambda: stream.getvalue().splitlines()
    root.handlers[:], sys.excepthook = handlers, hook
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def clean(lines: list[str]) -> bool:
    told = "\n".join(lines)
    return bool(lines) and not [canary for canary in CANARIES if canary in told]


def failing() -> Exception:
    """A chain of exceptions, each with something in its text that nobody may see."""
    try:
        try:
            try:
                raise KeyError(NAME)
            except KeyError as first:
                raise ValueError(f"{TEXT} in {TOKEN}") from first
        except ValueError:
            raise ExceptionGroup(TEXT, [OSError(ID, NAME), LookupError(TEXT)]) from None
    except ExceptionGroup as last:
        return last


Lines = Callable[[], list[str]]


def test_a_line_says_when_how_bad_where_and_what(lines: Lines) -> None:
    logging.getLogger("bot.tg.send").warning("%s was refused: %s", Word("sendMessage"), Word("TooLong"))
    [line] = lines()
    when, rest = line.split(" ", 1)
    assert rest == "WARNING bot.tg.send sendMessage was refused: TooLong"
    assert (len(when), when[10], when[-1]) == (24, "T", "Z")


@pytest.mark.parametrize("logger", ["bot", "bot.tg.receive", *FOREIGN])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR])
def test_no_canary_reaches_the_output_at_debug(lines: Lines, logger: str, level: int) -> None:
    log = logging.getLogger(logger)
    update = {"update_id": 1, "message": {"text": TEXT, "from": {"id": ID, "first_name": NAME}}}
    extra = {"update": update, "person": NAME}
    log.log(level, "an update: %s", update, extra=extra)
    log.log(level, "%s said %r to %d (%s)", NAME, TEXT, ID, TOKEN, extra=extra)
    log.log(level, "%(name)s said %(text)s", {"name": NAME, "text": TEXT, "id": ID})
    log.log(level, "POST https://api.telegram.org/bot%s/sendMessage" % TOKEN, extra=extra)  # noqa: UP031
    log.log(level, f"chat {ID}, token {TOKEN.replace(':', '%3A')}, half {TOKEN[11:]}, key {ROOT_KEY}")
    log.log(level, ["a list", NAME])
    log.log(level, SimpleNamespace(text=TEXT))
    log.log(level, failing())
    log.log(level, "it failed: %s", failing(), exc_info=failing(), stack_info=True)
    if logger.startswith("bot") or level >= logging.WARNING:
        assert len(lines()) == 9
        assert clean(lines())
    else:
        assert lines() == []


@pytest.mark.parametrize(
    ("template", "arguments"),
    [
        ("%s", (NAME, TEXT)),
        ("%s %s", (NAME,)),
        ("%d is no number", (TEXT,)),
        ("%(nobody)s", ({"text": TEXT},)),
        ("%y", (ID,)),
    ],
)
def test_a_template_that_does_not_fit_is_shown_bare(template: str, arguments: tuple[object, ...]) -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, template, arguments, None)
    assert Redacting([TOKEN]).format(record).partition("INFO bot ")[2] == template


def test_an_exception_is_told_by_type_module_and_line_through_its_whole_chain(lines: Lines) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as first:
            raise ValueError(TEXT) from first
    except ValueError:
        logging.getLogger("bot.app").exception("a turn failed")
    [line] = lines()
    here = f"{__name__}:"
    assert line.partition("bot.app ")[2].startswith(f"a turn failed [ValueError at {here}")
    assert f"; from KeyError at {here}" in line
    assert clean(lines())


def test_a_trail_names_callers_and_groups_and_ends() -> None:
    def inner() -> None:
        raise ValueError(TEXT)

    try:
        inner()
    except ValueError as error:
        error.__cause__ = ExceptionGroup(TEXT, [KeyError(NAME), error])
        told = trail(error)
    start, _, rest = told.partition("; from ")
    assert [part.partition(":")[0] for part in start.split(" < ")] == [f"ValueError at {__name__}", __name__]
    assert rest == "ExceptionGroup; from KeyError"


def test_a_context_that_was_suppressed_is_not_told() -> None:
    assert trail(failing()).count("; from ") == 2
    assert "ValueError" not in trail(failing())


async def test_what_asyncio_reports_of_a_lost_task_is_without_its_words(lines: Lines) -> None:
    loop = asyncio.get_running_loop()
    lost = asyncio.create_task(asyncio.sleep(0), name=NAME)
    await lost
    loop.call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": failing(), "task": lost}
    )
    [line] = lines()
    assert "ERROR asyncio Task exception was never retrieved [ExceptionGroup at" in line
    assert clean(lines())


def test_a_bug_that_nobody_catches_is_told_the_same_way(lines: Lines) -> None:
    error = failing()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "CRITICAL bot stopped by a mistake in the program [ExceptionGroup at" in lines()[0]
    assert clean(lines())


def test_harmless_arguments_are_shown(lines: Lines) -> None:
    log = logging.getLogger("bot")
    log.info("%s %d %.1f %s %s", Word("figures"), 120, 0.5, True, None)
    log.info("%s %s %s", Path("data/vault.db"), date(2026, 11, 23), Colour.RED)
    log.info("%s %s", ValueError, NAME)
    log.info("%(count)d %(kind)s", {"count": 3, "kind": Word("taps")})
    log.info("100%")
    log.info("one\ntwo")
    assert [line.partition("INFO bot ")[2] for line in lines()] == [
        "figures 120 0.5 True None",
        "data/vault.db 2026-11-23 RED",
        "ValueError <str>",
        "3 taps",
        "100%",
        "one | two",
    ]


def test_levels_are_ours_from_the_chosen_one_and_others_from_warning(lines: Lines) -> None:
    for name in ("bot.web", "httpx", "httpcore", "aiohttp.access", "telegram.Bot", "unheard.of"):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            logging.getLogger(name).log(level, "something")
    assert [line.split()[1:3] for line in lines()] == [
        ["DEBUG", "bot.web"],
        ["INFO", "bot.web"],
        ["WARNING", "bot.web"],
        ["WARNING", "httpx"],
        ["WARNING", "httpcore"],
        ["WARNING", "aiohttp.access"],
        ["WARNING", "telegram.Bot"],
        ["WARNING", "unheard.of"],
    ]


def test_a_library_that_turns_its_own_level_up_is_not_heard_either(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("talkative.library"), "level", logging.DEBUG)
    logging.getLogger("talkative.library").debug("an update")
    assert lines() == []


def test_a_line_that_cannot_be_written_says_nothing_elsewhere(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = io.StringIO()
    closed.close()
    logs.configure("INFO", [TOKEN], stream=closed)
    logging.getLogger("bot").error("%s", NAME)
    assert capsys.readouterr() == ("", "")


@given(
    before=st.text(),
    after=st.text(),
    number=st.integers(10**6, 10**18),
    half=st.from_regex(r"[A-Za-z0-9_-]{30,60}", fullmatch=True),
)
def test_no_token_and_no_long_number_survives(before: str, after: str, number: int, half: str) -> None:
    redacted = Redacting([TOKEN, ""]).redact(
        f"{before} {TOKEN}{after} bot{number}:{half} -{number * 10} {before}"
    )
    assert TOKEN not in redacted
    assert half not in redacted
    assert str(number * 10) not in redacted


def test_a_secret_is_found_in_an_address_too() -> None:
    assert (
        Redacting(["pass/word+key"]).redact("at ?k=pass%2Fword%2Bkey or pass/word+key")
        == "at ?k=<secret> or <secret>"
    )


def test_every_line_that_the_bot_logs_has_a_constant_text() -> None:
    """Nobody's words get into a template: whatever varies is an argument, and those are looked at."""
    varying = [
        f"{path}:{call.lineno}"
        for path in Path(bot.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"log", "logger", "logging"}
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert varying == []
