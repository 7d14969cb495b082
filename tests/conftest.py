"""For every test: the developer's own settings stay outside, and chance that nobody seeded is not touched."""

import gc
import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import is_hypothesis_test, settings
from xdist.scheduler import LoadFileScheduling

from tests.thorough import examples

settings.register_profile("examples", max_examples=examples(ordinary=40, thorough=100), deadline=None)
settings.load_profile("examples")

SETTINGS = ("BOT_TOKEN", "BOT_API_URL", "DATA_DIR", "KEY_FILE", "ROOM_PORT", "LOG_LEVEL")

for name in SETTINGS:
    os.environ.pop(name, None)


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # it comes without types
    """A file is one worker's, and so is the whole practice room, whose second schema takes two seconds to import."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/room" if file.startswith("tests/room/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """How the files are shared out."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever Hypothesis draws is looked at more thoroughly by `make thorough`, without a word in each file."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.thorough)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def untouched_chance() -> Iterator[None]:
    """No test may depend on the global random generator."""
    before = random.getstate()
    yield
    assert random.getstate() == before, "the global random generator was used"
