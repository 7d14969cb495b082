"""Tidying up beside the running bot: every minute, thoroughly once a day, and nothing ends it."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pytest

from bot.app import forgetting
from bot.app.means import Means
from bot.boot import TIDY_EVERY, tidy
from bot.core.ids import Day, Salt, TelegramId
from bot.core.moments import moment
from bot.core.scenario import Nation
from bot.store import people
from bot.store.database import Database, Transaction
from bot.store.people import Person
from tests.app.spoilt import CutIn, damage, full_disk

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = moment(START)
STAYS = Person(TelegramId(5_000_000_001), Salt(b"a salt of somebo"), TODAY.week, Nation.ENGLAND)
LONG_GONE = replace(STAYS, telegram_id=TelegramId(5_000_000_002), unreachable_since=Day(TODAY.day - 31))
GONE_TOMORROW = replace(STAYS, telegram_id=TelegramId(5_000_000_003), unreachable_since=Day(TODAY.day - 29))

P = ParamSpec("P")
T = TypeVar("T")


class Enough(BaseException):
    """The test has seen enough."""


@dataclass
class Minutes:
    """Time that passes only while tidying up waits: so long for each minute, and each time who is still known."""

    database: Database
    means: Means
    last: list[timedelta]
    now: datetime = START
    known: list[set[TelegramId]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        assert seconds == TIDY_EVERY
        everyone = await self.database.run(people.everyone, self.means.keys)
        self.known.append({person.telegram_id for person in everyone})
        if not self.last:
            raise Enough
        self.now += self.last.pop(0)


async def lives(database: Database, means: Means, *crowd: Person) -> None:
    for person in crowd:
        await database.run(people.save, means.keys, person, nonce=means.nonce())


async def tidied(database: Database, means: Means, *last: timedelta) -> list[set[TelegramId]]:
    """Who was known before each minute."""
    minutes = Minutes(database, means, list(last))
    with pytest.raises(Enough):
        await tidy(database, means, minutes.clock, sleep=minutes.sleep)
    return minutes.known


MINUTE, NIGHT = timedelta(minutes=1), timedelta(hours=20)


async def test_the_first_minute_is_thorough_and_then_the_first_one_of_every_day(
    database: Database, means: Means
) -> None:
    await lives(database, means, STAYS, LONG_GONE, GONE_TOMORROW)
    everyone = {person.telegram_id for person in (STAYS, LONG_GONE, GONE_TOMORROW)}
    assert await tidied(database, means, MINUTE, MINUTE, NIGHT, MINUTE) == [
        everyone,
        everyone - {LONG_GONE.telegram_id},
        everyone - {LONG_GONE.telegram_id},
        {STAYS.telegram_id},
        {STAYS.telegram_id},
    ]


async def test_what_was_half_forgotten_is_finished_before_the_first_minute(
    database: Database, means: Means
) -> None:
    await lives(database, means, STAYS, replace(GONE_TOMORROW, forgetting=True))
    assert await tidied(database, means) == [{STAYS.telegram_id}]


@dataclass
class Interrupted(Minutes):
    """In the first minute somebody's /forget fails half-way."""

    async def sleep(self, seconds: float) -> None:
        if not self.known:
            failing = CutIn(self.database, full_disk, after=1)
            with pytest.raises(forgetting.Unfinished):
                await forgetting.forget(failing, self.means, STAYS.telegram_id, now=TODAY)
        await super().sleep(seconds)


async def test_what_is_half_forgotten_while_the_bot_runs_is_finished_in_the_next_minute(
    database: Database, means: Means
) -> None:
    await lives(database, means, STAYS)
    minutes = Interrupted(database, means, [MINUTE])
    with pytest.raises(Enough):
        await tidy(database, means, minutes.clock, sleep=minutes.sleep)
    assert minutes.known == [{STAYS.telegram_id}, set()]


async def test_damaged_rows_are_told_as_a_number(
    database: Database, means: Means, caplog: pytest.LogCaptureFixture
) -> None:
    await lives(database, means, STAYS, LONG_GONE)
    await database.run(damage, means.keys, STAYS.telegram_id)
    caplog.set_level(logging.ERROR)
    assert await tidied(database, means, MINUTE) == [{LONG_GONE.telegram_id}, set()]
    assert [record.message for record in caplog.records] == [
        "1 rows of the vault are damaged and were passed over"
    ]


class Failing(Database):
    """The same store, whose first transactions fail."""

    def __init__(self, whole: Database, times: int) -> None:
        super().__init__(whole._engine)
        self._times = times

    async def run(
        self, function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if function is not people.everyone and self._times:
            self._times -= 1
            raise sqlite3.OperationalError("database or disk is full")
        return await super().run(function, *args, **kwargs)


async def test_whatever_fails_the_next_minute_tries_again_and_the_log_says_so(
    database: Database, means: Means, caplog: pytest.LogCaptureFixture
) -> None:
    await lives(database, means, STAYS, LONG_GONE)
    caplog.set_level(logging.ERROR)
    known = await tidied(Failing(database, 2), means, MINUTE, MINUTE, MINUTE)
    assert known == [
        *[{STAYS.telegram_id, LONG_GONE.telegram_id}] * 2,
        {STAYS.telegram_id},
        {STAYS.telegram_id},
    ]
    assert [record.message.partition(":")[0] for record in caplog.records] == ["tidying up failed"] * 2


@dataclass
class Writing(Minutes):
    """Somebody is saved in every minute; how long the vault's log is before that, and after."""

    log: Path = Path()
    lengths: list[tuple[int, int]] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        before = self.log.stat().st_size
        await lives(self.database, self.means, STAYS)
        self.lengths.append((before, self.log.stat().st_size))
        await super().sleep(seconds)


async def test_the_write_ahead_log_where_deleted_rows_live_on_is_emptied_every_minute(
    database: Database, means: Means, tmp_path: Path
) -> None:
    await database.checkpoint()
    minutes = Writing(database, means, [MINUTE] * 4, log=tmp_path / "data" / "vault.db-wal")
    with pytest.raises(Enough):
        await tidy(database, means, minutes.clock, sleep=minutes.sleep)
    assert len(minutes.lengths) == 5
    assert all(before == 0 and after > 0 for before, after in minutes.lengths)
