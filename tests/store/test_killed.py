"""What was confirmed survives a kill at any moment."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import bot
from bot.store import people
from bot.store.database import Transaction
from bot.store.migrate import SCHEMAS
from tests.store.store_world import KEYS, opened
from tests.thorough import examples

KILLS = examples(ordinary=20, thorough=60)
HERE = Path(__file__).parent


def write_until_killed(folder: Path, *, first: int, confirmations: int) -> set[int]:
    """Start a writer, kill it after so many confirmations, and return all that it had confirmed."""
    command = [sys.executable, str(HERE / "killed_writer.py"), str(folder), str(first)]
    root = Path(bot.__file__).parents[1]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(root)}
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(confirmations)]
        writer.kill()
        lines += writer.stdout.read().splitlines(keepends=True)
    return {int(line) for line in lines if line.endswith("\n")}


def numbers_kept(tx: Transaction) -> set[int]:
    kept = {int(row["hash"]) for row in tx.all("SELECT hash FROM progress.edition")}
    return kept | {int(person.telegram_id) for person in people.everyone(tx, KEYS)}


@pytest.mark.thorough
async def test_nothing_confirmed_is_lost_when_the_bot_is_killed(tmp_path: Path) -> None:
    chance = Random(20)
    confirmed: set[int] = set()
    for kill in range(KILLS):
        confirmed |= write_until_killed(
            tmp_path, first=100_000 * (kill + 1), confirmations=chance.randrange(1, 120)
        )
    async with opened(tmp_path) as store:
        kept = await store.db.run(numbers_kept)
        sound = await store.engine.on_thread(
            lambda raw: [raw.execute(f"PRAGMA {schema}.integrity_check").fetchone()[0] for schema in SCHEMAS]
        )
    assert len(confirmed) >= KILLS
    assert confirmed - kept == set()
    # At most the eight that were under way, for each kill, were stored without anybody having been told.
    assert len(kept - confirmed) <= 8 * KILLS
    assert sound == ["ok", "ok"]
