"""Writes to a store for ever and prints each number once it is confirmed; test_killed.py kills it."""

import asyncio
import sys
from pathlib import Path

from bot.core.ids import Edition, ScenarioId, TelegramId
from bot.store import editions, people
from bot.store.database import Database, Transaction
from bot.store.sqlite import open_store
from tests.store.store_world import BEN, KEYS, nonce


def write_edition(tx: Transaction, number: int) -> None:
    editions.keep(tx, Edition(str(number)), scenario=ScenarioId("any"), body="x" * (number % 900))


def write_person(tx: Transaction, number: int) -> None:
    person = people.Person(telegram_id=TelegramId(number), salt=BEN.salt, last_seen=BEN.last_seen)
    people.save(tx, KEYS, person, nonce=nonce(number))


async def write_for_ever(db: Database, first: int) -> None:
    """Eight of these write different numbers, every other one to the vault."""
    number = first
    while True:
        await db.run(write_person if number % 2 else write_edition, number)
        print(number, flush=True)
        number += 8


async def main(folder: Path, first: int) -> None:
    db = await open_store(folder)
    await asyncio.gather(*(write_for_ever(db, first + lane) for lane in range(8)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
