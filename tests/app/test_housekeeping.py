"""What the bot does by itself at night: it forgets whoever is long gone, and nobody else."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import forgetting, housekeeping, joining
from bot.app.means import Means
from bot.core.ids import Day, Salt, TelegramId, Week
from bot.core.moments import Moment
from bot.core.scenario import Nation
from bot.store import active, people
from bot.store.database import Database, Transaction
from bot.store.people import Person

TODAY, WEEK = Day(20_780), Week(2968)
NOW = Moment(TODAY, WEEK)

NOBODY = Person(TelegramId(5_000_000_000), Salt(b"a salt of somebo"), WEEK, Nation.ENGLAND)


def somebody(number: int, *, seen: int = 0, blocked: int | None = None) -> Person:
    """Seen this many weeks ago; blocked the bot this many days ago."""
    return replace(
        NOBODY,
        telegram_id=TelegramId(5_000_000_000 + number),
        salt=Salt(number.to_bytes(16, "big")),
        last_seen=Week(WEEK - seen),
        unreachable_since=None if blocked is None else Day(TODAY - blocked),
    )


async def live(database: Database, means: Means, *crowd: Person) -> None:
    """They are all known."""
    await asyncio.gather(
        *(database.run(people.save, means.keys, person, nonce=means.nonce()) for person in crowd)
    )


def kept(tx: Transaction, means: Means) -> dict[int, Person]:
    """Everybody who is still known, by number."""
    return {person.telegram_id - NOBODY.telegram_id: person for person in people.everyone(tx, means.keys)}


GONE = {
    "blocked 30 days ago": somebody(1, blocked=30),
    "blocked a year ago": somebody(2, blocked=365),
    "silent for 52 weeks": somebody(3, seen=52),
    "silent for three years": somebody(4, seen=156),
    "both": somebody(5, seen=60, blocked=31),
}
STAYING = {
    "here this week": somebody(11),
    "blocked 29 days ago": somebody(12, blocked=29),
    "blocked today": somebody(13, blocked=0),
    "silent for 51 weeks": somebody(14, seen=51),
    "silent for 51 weeks, blocked 29 days ago": somebody(15, seen=51, blocked=29),
}


async def test_whoever_blocked_for_30_days_or_was_silent_for_a_year_is_forgotten_and_nobody_else(
    database: Database, means: Means
) -> None:
    await live(database, means, *GONE.values(), *STAYING.values())
    assert await housekeeping.nightly(database, means, now=NOW) == len(GONE)
    expected = {person.telegram_id - NOBODY.telegram_id: person for person in STAYING.values()}
    assert await database.run(kept, means) == expected


@pytest.mark.parametrize("person", GONE.values(), ids=GONE)
async def test_a_day_or_a_week_earlier_each_of_them_was_still_known(
    database: Database, means: Means, person: Person
) -> None:
    if person.unreachable_since is not None:
        before = Moment(Day(person.unreachable_since + 29), Week(person.last_seen + 4))
    else:
        before = Moment(TODAY, Week(person.last_seen + 51))
    await live(database, means, person)
    assert await housekeeping.nightly(database, means, now=before) == 0


async def test_more_people_than_one_batch_holds_are_all_looked_at(database: Database, means: Means) -> None:
    crowd = [somebody(number, blocked=None if number % 100 else 40) for number in range(1, 1101)]
    await live(database, means, *crowd)
    gone = sum(person.unreachable_since is not None for person in crowd)
    assert await housekeeping.nightly(database, means, now=NOW) == gone
    assert len(await database.run(kept, means)) == len(crowd) - gone


async def test_practising_counts_as_being_here(database: Database, means: Means) -> None:
    lately, long_ago = somebody(1, seen=60), somebody(2, seen=60)
    await live(database, means, lately, long_ago)
    await database.run(active.mark, means.keys, lately, week=Week(WEEK - 2))
    assert await housekeeping.nightly(database, means, now=NOW) == 1
    assert await database.run(kept, means) == {1: replace(lately, last_seen=Week(WEEK - 2))}


async def test_of_several_weeks_the_latest_one_counts(database: Database, means: Means) -> None:
    person = somebody(1, seen=20)
    await live(database, means, person)
    for ago in (13, 9, 4):
        await database.run(active.mark, means.keys, person, week=Week(WEEK - ago))
    await housekeeping.nightly(database, means, now=NOW)
    assert await database.run(kept, means) == {1: replace(person, last_seen=Week(WEEK - 4))}


async def test_whoever_practised_after_a_block_can_be_reached_again(database: Database, means: Means) -> None:
    """Telegram's word that the block is lifted is lost if the bot is away for a day."""
    back, still_gone = somebody(1, seen=8, blocked=35), somebody(2, seen=8, blocked=35)
    await live(database, means, back, still_gone)
    await database.run(active.mark, means.keys, back, week=Week(WEEK - 1))
    assert await housekeeping.nightly(database, means, now=NOW) == 1
    reachable = replace(back, last_seen=Week(WEEK - 1), unreachable_since=None)
    assert await database.run(kept, means) == {1: reachable}


async def test_what_was_practised_before_the_block_does_not_lift_it(database: Database, means: Means) -> None:
    person = somebody(1, seen=9, blocked=29)
    await live(database, means, person)
    await database.run(active.mark, means.keys, person, week=Week(WEEK - 6))
    await housekeeping.nightly(database, means, now=NOW)
    assert await database.run(kept, means) == {1: replace(person, last_seen=Week(WEEK - 6))}


async def test_whoever_comes_back_in_the_middle_of_the_round_stays(database: Database, means: Means) -> None:
    person = somebody(1, blocked=40)
    await live(database, means, person)
    who = person.telegram_id
    await database.run(joining.reached, means, who, reachable=True, now=NOW)
    still_gone = await forgetting.forget(
        database, means, who, now=NOW, only_if=lambda found: housekeeping.is_gone(found, NOW)
    )
    assert not still_gone
    assert await database.run(kept, means) == {1: replace(person, unreachable_since=None)}


async def test_weeks_older_than_thirteen_are_dropped(database: Database, means: Means) -> None:
    person = somebody(1)
    await live(database, means, person)
    weeks = [Week(WEEK - ago) for ago in range(20)]
    for week in weeks:
        await database.run(active.mark, means.keys, person, week=week)
    await housekeeping.nightly(database, means, now=NOW)
    left = [week for week in weeks if await database.run(active.was_here, means.keys, person, week=week)]
    assert left == [Week(WEEK - ago) for ago in range(14)]


async def test_a_second_round_on_the_same_night_changes_nothing(database: Database, means: Means) -> None:
    await live(database, means, *GONE.values(), *STAYING.values())
    await housekeeping.nightly(database, means, now=NOW)
    before = await database.run(kept, means)
    assert await housekeeping.nightly(database, means, now=NOW) == 0
    assert await database.run(kept, means) == before
