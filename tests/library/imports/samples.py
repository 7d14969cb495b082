"""Sound files of every kind that can be brought in, in bytes."""

from functools import cache
from pathlib import Path

from bot.library.imports.of_scenario import draft_of
from bot.library.imports.twee_out import twee_text
from tests.library.imports.test_h5p import package
from tests.library.imports.test_sheet import as_csv, as_xlsx
from tests.library.imports.test_twine import HTML, JSON, TWEE
from tests.shipped import shipped

_INK = Path(__file__).with_name("ink")


@cache
def samples() -> dict[str, tuple[bytes, ...]]:
    """At least one file of each kind."""
    longest = max(shipped().scenarios.values(), key=lambda scenario: len(scenario.scenes))
    return {
        "twee": (TWEE.encode(), twee_text(draft_of(longest)).encode()),
        "twine-json": (JSON.encode(),),
        "twine-html": (HTML.encode(),),
        "ink": tuple((_INK / f"{name}.json").read_bytes() for name in ("promise", "round", "chance")),
        "h5p": (package(),),
        "csv": (as_csv(),),
        "xlsx": (as_xlsx(),),
    }
