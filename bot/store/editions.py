"""Every version of every scenario that was ever served: a run goes on with the one it began with."""

from bot.core.ids import Edition, ScenarioId
from bot.store.database import Transaction


def keep(tx: Transaction, edition: Edition, *, scenario: ScenarioId, body: str) -> bool:
    """Keep a version, as canonical JSON, for good; False if it is kept already."""
    written = tx.run(
        "INSERT INTO progress.edition (hash, scenario, body) VALUES (:hash, :scenario, :body)"
        " ON CONFLICT (hash) DO NOTHING",
        {"hash": edition, "scenario": scenario, "body": body},
    )
    return written == 1


def find(tx: Transaction, edition: Edition) -> str | None:
    """The canonical JSON of a version, or None."""
    row = tx.one("SELECT body FROM progress.edition WHERE hash = :hash", {"hash": edition})
    return None if row is None else str(row["body"])


def kept(tx: Transaction) -> frozenset[Edition]:
    """The hash of every version that is kept."""
    return frozenset(Edition(row["hash"]) for row in tx.all("SELECT hash FROM progress.edition"))


def known_scenarios(tx: Transaction) -> frozenset[ScenarioId]:
    """Every scenario that was ever served: where a person may have left progress."""
    rows = tx.all("SELECT DISTINCT scenario FROM progress.edition")
    return frozenset(ScenarioId(row["scenario"]) for row in rows)
