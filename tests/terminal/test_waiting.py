"""A bar while something takes long: only on a terminal, only after a while, and gone without a trace."""

import io
import re

import pytest

from bot.terminal.waiting import Waiting


class _Terminal(io.StringIO):
    """A screen that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal like most, whatever the one is like in which the tests run."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def _left(written: str) -> str:
    """What is left on a terminal's line after its signs have moved and erased."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written.rpartition("\x1b[2K")[2]).strip()


def test_what_is_done_soon_is_done_without_a_word() -> None:
    screen = _Terminal()
    with Waiting("Reading the file", screen=screen):
        pass
    assert screen.getvalue() == ""


def test_what_takes_long_is_told_and_nothing_of_it_is_left() -> None:
    screen = _Terminal()
    with Waiting("Reading the file", screen=screen) as waiting:
        waiting.late()
        assert "Reading the file …" in screen.getvalue()
    assert _left(screen.getvalue()) == ""


def test_it_is_gone_when_the_work_fails_as_well() -> None:
    screen = _Terminal()

    def interrupted() -> None:
        with Waiting("Reading the file", screen=screen) as waiting:
            waiting.late()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert _left(screen.getvalue()) == ""
    assert screen.getvalue().rindex("\x1b[?25h") > screen.getvalue().rindex("\x1b[?25l")  # the cursor is back


def test_things_come_through_unchanged_while_they_are_counted() -> None:
    screen = _Terminal()
    with Waiting("Making the packet", screen=screen) as waiting:
        waiting.late()
        assert list(waiting.over(["a", "b", "c"])) == ["a", "b", "c"]
        tell = waiting.each(2)
        assert [tell("one"), tell("two")] == [None, None]
    assert list(Waiting("", screen=io.StringIO()).over((1, 2))) == [1, 2]


@pytest.mark.parametrize("quiet", [False, True])
def test_nothing_comes_into_a_pipe_nor_where_it_is_not_wanted(quiet: bool) -> None:
    screen = _Terminal() if quiet else io.StringIO()
    with Waiting("Reading the file", screen=screen, quiet=quiet) as waiting:
        waiting.late()
        list(waiting.over([1, 2]))
    assert screen.getvalue() == ""


def test_a_terminal_that_cannot_move_its_cursor_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    screen = _Terminal()
    with Waiting("Reading the file", screen=screen) as waiting:
        waiting.late()
    assert screen.getvalue() == ""


def test_patience_that_ends_after_the_work_shows_nothing() -> None:
    screen = _Terminal()
    with Waiting("Reading the file", screen=screen) as waiting:
        pass
    waiting.late()
    assert screen.getvalue() == ""
