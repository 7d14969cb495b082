"""What the tests of the bot's uses share: a store on disk, keys, the real shelf, and chance that can be repeated."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.app.editions import keep_all
from bot.app.means import Means
from bot.core.keys import KeyRing
from bot.core.shelf import Shelf
from bot.store.database import Database
from bot.store.sqlite import open_store
from tests.shipped import shipped


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """Everything that is on offer."""
    return shipped()


@pytest.fixture
def means(shelf: Shelf) -> Means:
    """Keys, the shelf, and a seeded chance."""
    return Means(KeyRing.from_root(bytes(range(32))), shelf, Random(20).randbytes)


@pytest.fixture
async def database(tmp_path: Path, means: Means) -> AsyncIterator[Database]:
    """A store in a folder of its own, with every edition on the shelf."""
    opened = await open_store(tmp_path / "data")
    await opened.run(keep_all, means.shelf)
    try:
        yield opened
    finally:
        await opened.close()
