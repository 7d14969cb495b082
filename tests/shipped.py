"""The shipped shelf, compiled once for all tests of a run."""

from functools import cache

from bot.core.shelf import Shelf
from bot.library.shelf import CONTENT, compile_shelf


@cache
def shipped() -> Shelf:
    """Everything that is on offer."""
    return compile_shelf(CONTENT)
