"""What the store's tests share: keys, two people, and a store in a folder."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.core.ids import CohortId, Day, Edition, OptionId, Salt, ScenarioId, SceneId, TelegramId, Week
from bot.core.keys import KeyRing
from bot.core.scenario import Nation, Role
from bot.store import editions, people
from bot.store.database import Database, Transaction
from bot.store.people import Person
from bot.store.sqlite import SqliteEngine
from bot.store.steps import Level, Practice

KEYS = KeyRing.from_root(bytes(range(32)))
CALL = ScenarioId("urgent-call")
BUS = ScenarioId("last-bus")
WEEK = Week(2900)

ANNA = Person(
    telegram_id=TelegramId(7_654_321_098),
    salt=Salt(b"anna's own salt!"),
    last_seen=WEEK,
    nation=Nation.WALES,
    role=Role.HEALTH,
    cohort=CohortId("team-a"),
)
BEN = Person(telegram_id=TelegramId(5_123_456_789), salt=Salt(b"ben's other salt"), last_seen=Week(2899))

BEGUN = Practice(
    scenario=CALL,
    level=Level.BEGUN,
    week=WEEK,
    attempt=1,
    edition=Edition("ab" * 32),
    taken=((SceneId("door"), OptionId("knock")),),
    rung=0,
    due=None,
)
FINISHED = Practice(
    scenario=CALL,
    level=Level.FINISHED,
    week=Week(2901),
    attempt=1,
    edition=Edition("ab" * 32),
    taken=None,
    rung=2,
    due=Day(20_321),
)


def nonce(number: int = 0) -> bytes:
    """Another nonce for every number."""
    return sha256(str(number).encode()).digest()[:16]


@dataclass
class OpenStore:
    """A store, its engine, and every statement that SQLite was given since it was opened."""

    db: Database
    engine: SqliteEngine
    statements: list[str] = field(default_factory=list)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[OpenStore]:
    """A store in this folder, closed again at the end."""
    engine = await SqliteEngine.open(folder)
    store = OpenStore(Database(engine), engine)
    await engine.on_thread(lambda raw: raw.set_trace_callback(store.statements.append))
    try:
        yield store
    finally:
        await store.db.close()


def bytes_on_disk(folder: Path) -> bytes:
    """Everything in the folder, logs and all."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def edition(number: int) -> Edition:
    return Edition(f"{number:064}")


def write(tx: Transaction, number: int, *, body: str = "{}") -> int:
    editions.keep(tx, edition(number), scenario=CALL, body=body)
    return number


def write_then_fail(tx: Transaction, number: int) -> int:
    write(tx, number)
    raise LookupError(number)


def numbers_kept(tx: Transaction) -> list[int]:
    return [int(row["hash"]) for row in tx.all("SELECT hash FROM progress.edition ORDER BY hash")]


def save_anna(tx: Transaction) -> str:
    people.save(tx, KEYS, ANNA, nonce=nonce(1))
    return "anna"


async def together(store: OpenStore, *functions: Callable[[Transaction], object]) -> list[object]:
    """What each of these gives or raises, when all of them wait at once."""
    return await asyncio.gather(*(store.db.run(function) for function in functions), return_exceptions=True)


async def gather(store: OpenStore, *numbers: int) -> list[int]:
    return await asyncio.gather(*(store.db.run(write, number) for number in numbers))
