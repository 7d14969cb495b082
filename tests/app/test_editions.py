"""Editions are kept under their own hash, or not at all."""

from dataclasses import replace

import pytest

from bot.app.editions import keep_all, text_of
from bot.app.means import Means
from bot.core.editions import canonical, edition_of
from bot.core.shelf import Shelf
from bot.errors import UserError
from bot.store import editions
from bot.store.database import Database
from tests.app.in_order import FIRST


def edited(shelf: Shelf, *, honest: bool) -> Shelf:
    """The shelf with another title for the first scenario, whose edition says so, or still names the old text."""
    scenario = replace(shelf.scenarios[FIRST], title="Another title")
    edition = edition_of(canonical(scenario) if honest else canonical(scenario) + " ")
    return replace(
        shelf,
        scenarios={**shelf.scenarios, FIRST: scenario},
        editions={**shelf.editions, FIRST: edition},
    )


async def test_what_was_kept_is_not_kept_again_and_an_edit_is_kept_beside_it(
    database: Database, means: Means, shelf: Shelf
) -> None:
    after = edited(shelf, honest=True)
    assert await database.run(keep_all, shelf) == 0
    assert await database.run(keep_all, after) == 1
    old = await database.run(text_of, replace(means, shelf=after), FIRST, shelf.editions[FIRST])
    assert old == shelf.scenarios[FIRST]


async def test_a_text_that_is_not_the_one_its_edition_names_is_refused_and_nothing_is_kept(
    database: Database, shelf: Shelf
) -> None:
    before = await database.run(editions.kept)
    with pytest.raises(UserError, match=r"Delete shelf\.cache"):
        await database.run(keep_all, edited(shelf, honest=False))
    assert await database.run(editions.kept) == before
