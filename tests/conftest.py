"""For every test: the developer's own settings stay outside, and chance that nobody seeded is not touched."""

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import settings

#: THOROUGH=1 looks at more examples of everything that is broken or drawn at random.
settings.register_profile("ordinary", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=100, deadline=None)
settings.load_profile("thorough" if os.environ.get("THOROUGH") else "ordinary")

SETTINGS = ("BOT_TOKEN", "BOT_API_URL", "DATA_DIR", "KEY_FILE", "ROOM_PORT", "LOG_LEVEL")

for name in SETTINGS:
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def untouched_chance() -> Iterator[None]:
    """No test may depend on the global random generator."""
    before = random.getstate()
    yield
    assert random.getstate() == before, "the global random generator was used"
