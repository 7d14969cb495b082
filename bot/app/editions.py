"""Which text a run goes by: the shelf's, or an older edition that was kept for it."""

from functools import lru_cache

from pydantic import TypeAdapter

from bot.app.means import Means
from bot.core.editions import canonical, edition_of
from bot.core.ids import Edition, ScenarioId
from bot.core.run import BrokenRunError
from bot.core.scenario import Scenario
from bot.core.shelf import Shelf
from bot.errors import UserError
from bot.store import editions
from bot.store.database import Transaction

_NOT_ITS_EDITION = (
    "The compiled shelf holds a scenario that is not the one it names. Delete shelf.cache in the data folder, then "
    "start again."
)


def keep_all(tx: Transaction, shelf: Shelf) -> int:
    """Keeps every edition on the shelf, so that runs can finish what they began; how many were new.

    Raises `UserError` if a text is not the one that its edition names: kept so, it would be wrong for good.
    """
    kept = editions.kept(tx)
    new = [id for id in shelf.scenarios if shelf.editions[id] not in kept]
    for id in new:
        body = canonical(shelf.scenarios[id])
        if edition_of(body) != shelf.editions[id]:
            raise UserError(_NOT_ITS_EDITION)
        editions.keep(tx, shelf.editions[id], scenario=id, body=body)
    return len(new)


def text_of(tx: Transaction, means: Means, scenario: ScenarioId, edition: Edition) -> Scenario:
    """The scenario in this edition. Raises `BrokenRunError` if that edition was never kept."""
    if means.shelf.editions.get(scenario) == edition:
        return means.shelf.scenarios[scenario]
    body = editions.find(tx, edition)
    if body is None:
        raise BrokenRunError
    return _parsed(body)


@lru_cache(maxsize=8)
def _parsed(body: str) -> Scenario:
    return TypeAdapter(Scenario).validate_json(body)
