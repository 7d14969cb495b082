"""The shipped shelf, compiled once for all tests of a run."""

from functools import cache
from pathlib import Path

from bot.core.scenario import Scenario
from bot.core.shelf import Shelf
from bot.library.shelf import CONTENT, load
from tests.thorough import THOROUGH

#: Where its compiled form lies from one run to the next, and for every worker of a run.
_CACHE = Path(__file__).parents[1] / "build" / "tests-shelf.cache"


@cache
def shipped() -> Shelf:
    """Everything that is on offer, compiled anew whenever content or compiler have changed."""
    _CACHE.parent.mkdir(exist_ok=True)
    return load(CONTENT, cache=_CACHE)


@cache
def shipped_cache() -> bytes:
    """Its compiled form, to spare a bot the compiling."""
    shipped()
    return _CACHE.read_bytes()


#: Of different shapes: many ways, few; short and long; written for one role and for six.
SEVERAL = ("s02", "s08", "s18", "s24")


def several() -> list[Scenario]:
    """Some of them in an ordinary run, all in a thorough one: for what `bothand check` asks of each of them anyway."""
    every = shipped().scenarios.values()
    return [each for each in every if THOROUGH or each.id.partition("-")[0] in SEVERAL]
