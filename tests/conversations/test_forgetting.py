"""/forget, as a person meets it: asked once more, done at once, and really gone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot import boot
from bot.app import forgetting
from bot.app.means import Means
from bot.core.ids import ScenarioId, TelegramId
from bot.core.moments import Moment, moment
from bot.store import people
from bot.store.database import Transaction
from tests.conversations.conftest import Chat, World
from tests.faults.waiting import until

EXITS = ["Urgent help", "A child told me", "This got to me", "I am under 18"]
SCENARIO = ScenarioId("s02-promise")
Step = Callable[[Transaction, Means, TelegramId, Moment], None]
TABLES = ("vault.person", "progress.step", "progress.active")


def rows(tx: Transaction) -> list[int]:
    """How many rows the tables of people hold."""
    counted = [tx.one(f"SELECT count(*) AS rows FROM {table}") for table in TABLES]
    return [int(row["rows"]) for row in counted if row is not None]


async def held(world: World) -> list[int]:
    """The same, of a bot that has ended."""
    async with boot.store(world.where) as (database, _):
        return await database.run(rows)


async def traces_of(world: World, chat: Chat) -> dict[str, bytes]:
    """What stands for this person in the files: looked up while the bot has ended."""
    who = TelegramId(chat.phone.id)
    async with boot.store(world.where) as (database, means):
        person = await database.run(people.find, means.keys, who)
        assert person is not None
        week = moment(world.room.clock.now()).week
        return {
            "tag": means.keys.tag(who),
            "salt": person.salt,
            "pid": means.keys.pid(who, person.salt, SCENARIO),
            "pid of the week": means.keys.pid_week(who, person.salt, week),
        }


def found(folder: Path, traces: dict[str, bytes]) -> list[str]:
    """Which of these still stand in which file."""
    return [
        f"{name} in {file.name}"
        for file in sorted(folder.iterdir())
        for name, trace in traces.items()
        if trace in file.read_bytes()
    ]


async def test_it_asks_once_more_and_until_then_everything_is_kept(world: World, joined: Chat) -> None:
    await joined.types("/forget")
    assert joined.reads.startswith("Shall everything about you be removed?")
    assert "within 7 days" in joined.reads
    assert joined.sees == ["Yes, remove everything", "No, keep it", *EXITS]
    await joined.types("/mydata")
    assert "Promise you won’t tell" in joined.reads


async def test_no_keeps_everything_and_leads_back_to_the_scene(joined: Chat) -> None:
    await joined.taps("B")
    scene = joined.reads
    await joined.types("/mydata")
    before = joined.reads
    await joined.types("/forget")
    await joined.taps("No, keep it")
    assert joined.reads == scene
    await joined.types("/mydata")
    assert joined.reads == before


async def test_yes_removes_every_row_and_every_trace_from_the_files_at_once(
    world: World, joined: Chat
) -> None:
    await joined.taps("B")
    await world.end()
    assert await held(world) == [1, 1, 1]
    traces = await traces_of(world, joined)
    assert found(world.where.data, traces) != []
    world.start()
    await joined.types("/forget")
    await joined.taps("Yes, remove everything")
    assert joined.reads.startswith("Done. Nothing about you is held any more.")
    assert joined.sees == EXITS
    assert found(world.where.data, traces) == []
    await joined.types("/mydata")
    assert joined.reads.startswith("Nothing is held about you.")
    await world.end()
    assert await held(world) == [0, 0, 0]
    assert found(world.where.data, traces) == []


async def test_nobody_else_is_touched(world: World, joined: Chat) -> None:
    other = world.chat()
    await other.types("/start")
    await other.taps("Wales", "Police", "Begin", "A")
    await other.types("/mydata")
    before = other.reads
    await joined.types("/forget")
    await joined.taps("Yes, remove everything")
    await other.types("/mydata")
    assert other.reads == before


async def test_old_buttons_lead_to_the_beginning_and_keep_nothing(world: World, joined: Chat) -> None:
    scene = joined.phone.screen.message_id
    await joined.types("/forget")
    await joined.taps("Yes, remove everything")
    await joined.phone.press("A", message_id=scene)
    assert "Which nation do you work in?" in joined.reads
    for command in ("/practise", "/progress", "/start"):
        await joined.types(command)
        assert "Which nation do you work in?" in joined.reads
    await world.end()
    assert await held(world) == [0, 0, 0]


async def test_whoever_comes_back_is_somebody_new_under_other_pids(world: World, joined: Chat) -> None:
    await world.end()
    before = await traces_of(world, joined)
    world.start()
    await joined.types("/forget")
    await joined.taps("Yes, remove everything")
    await joined.types("/start")
    await joined.taps("England", "Education", "Begin")
    await joined.types("/mydata")
    assert "attempt number 1" in joined.reads
    await world.end()
    after = await traces_of(world, joined)
    assert {name for name in before if before[name] == after[name]} == {"tag"}


async def test_confirmed_twice_it_is_done_once_and_said_twice(joined: Chat) -> None:
    await joined.types("/forget")
    message = joined.phone.screen.message_id
    await joined.phone.press("Yes, remove everything", message_id=message, wait=False)
    await joined.phone.press("Yes, remove everything", message_id=message, wait=False)
    await joined.phone.settles()
    assert joined.count("Done. Nothing about you is held any more.") == 2


async def test_it_works_for_somebody_of_whom_nothing_is_held(chat: Chat) -> None:
    await chat.types("/forget")
    await chat.taps("Yes, remove everything")
    assert chat.reads.startswith("Done. Nothing about you is held any more.")


def mark(tx: Transaction, means: Means, who: TelegramId, now: Moment) -> None:
    """The first step of /forget."""
    forgetting._mark(tx, means, who, lambda _tx, _person: True)


def remove_progress(tx: Transaction, means: Means, who: TelegramId, now: Moment) -> None:
    """The second one."""
    person = people.find(tx, means.keys, who)
    assert person is not None
    forgetting._remove_progress(tx, means, person, now)


@pytest.mark.parametrize("steps", [(mark,), (mark, remove_progress)], ids=["marked", "half removed"])
async def test_what_was_half_done_when_the_program_ended_is_finished_at_the_next_start(
    world: World, joined: Chat, steps: tuple[Step, ...]
) -> None:
    await world.end()
    traces = await traces_of(world, joined)
    who, now = TelegramId(joined.phone.id), moment(world.room.clock.now())
    async with boot.store(world.where) as (database, means):
        for step in steps:
            await database.run(step, means, who, now)
    world.start()
    await joined.types("/mydata")
    assert joined.reads.startswith("Nothing is held about you.")
    await until(lambda: found(world.where.data, traces) == [], "the files are clean")
    await joined.types("/start")
    await joined.taps("England", "Education", "Begin")
    assert "What do you do?" in joined.reads
    await world.end()
    assert await held(world) == [1, 1, 1]


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another program holds the progress file."""
    with closing(sqlite3.connect(world.where.data / "progress.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_one_that_fails_says_so_and_is_finished_by_tapping_again(world: World, joined: Chat) -> None:
    await joined.types("/forget")
    with locked(world):
        await joined.taps("Yes, remove everything")
    assert joined.reads.startswith("This is not finished yet.")
    await joined.taps("Yes, remove everything")
    assert joined.reads.startswith("Done. Nothing about you is held any more.")
    await joined.types("/mydata")
    assert joined.reads.startswith("Nothing is held about you.")
