"""What the bot does by itself at night: it forgets whoever is long gone, and nobody else."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import forgetting, housekeeping, joining, looking, practising
from bot.app.housekeeping import Night
from bot.app.means import Means
from bot.core.ids import Day, Salt, Tag, TelegramId, Week
from bot.core.keys import KeyRing
from bot.core.moments import Moment
from bot.core.scenario import Nation, Role
from bot.store import active, people
from bot.store.database import Database, Transaction
from bot.store.people import Batch, Person
from tests.app.in_order import FIRST
from tests.app.spoilt import CutIn, damage, full_disk

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
    assert await housekeeping.nightly(database, means, now=NOW) == Night(len(GONE), 0)
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
    assert await housekeeping.nightly(database, means, now=before) == Night(0, 0)


async def test_more_people_than_one_batch_holds_are_all_looked_at(database: Database, means: Means) -> None:
    crowd = [somebody(number, blocked=None if number % 100 else 40) for number in range(1, 1101)]
    await live(database, means, *crowd)
    gone = sum(person.unreachable_since is not None for person in crowd)
    assert await housekeeping.nightly(database, means, now=NOW) == Night(gone, 0)
    assert len(await database.run(kept, means)) == len(crowd) - gone


async def test_practising_counts_as_being_here(database: Database, means: Means) -> None:
    lately, long_ago = somebody(1, seen=60), somebody(2, seen=60)
    await live(database, means, lately, long_ago)
    await database.run(active.mark, means.keys, lately, week=Week(WEEK - 2))
    assert await housekeeping.nightly(database, means, now=NOW) == Night(1, 0)
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
    assert await housekeeping.nightly(database, means, now=NOW) == Night(1, 0)
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
        database, means, who, now=NOW, only_if=lambda _tx, found: housekeeping.is_gone(found, NOW)
    )
    assert not still_gone
    assert await database.run(kept, means) == {1: replace(person, unreachable_since=None)}


async def test_weeks_older_than_thirteen_or_later_than_the_next_one_are_dropped(
    database: Database, means: Means
) -> None:
    person = somebody(1)
    await live(database, means, person)
    weeks = [Week(WEEK + off) for off in range(-20, 10)]
    for week in weeks:
        await database.run(active.mark, means.keys, person, week=week)
    await housekeeping.nightly(database, means, now=NOW)
    left = await database.run(active.weeks_here, means.keys, person, weeks=weeks)
    assert left == [Week(WEEK + off) for off in range(-13, 2)]


async def test_a_second_round_on_the_same_night_changes_nothing(database: Database, means: Means) -> None:
    await live(database, means, *GONE.values(), *STAYING.values())
    await housekeeping.nightly(database, means, now=NOW)
    before = await database.run(kept, means)
    assert await housekeeping.nightly(database, means, now=NOW) == Night(0, 0)
    assert await database.run(kept, means) == before


async def test_whoever_begins_to_practise_between_being_met_and_being_forgotten_stays(
    database: Database, means: Means
) -> None:
    person = somebody(1, seen=52)
    await live(database, means, person)

    async def comes_back() -> None:
        await database.run(practising.start, means, person.telegram_id, scenario=FIRST, attempt=1, now=NOW)
        means.lately.here.clear()  # only the row says so

    round_ = CutIn(database, comes_back, after=2)  # the batch, and the empty one after it
    assert await housekeeping.nightly(round_, means, now=NOW) == Night(0, 0)
    assert await database.run(kept, means) == {1: person}


async def test_whoever_was_here_this_very_minute_stays(database: Database, means: Means) -> None:
    person = somebody(1, seen=52)
    await live(database, means, person)
    await database.run(looking.look, means, person.telegram_id)
    assert await housekeeping.nightly(database, means, now=NOW) == Night(0, 0)


async def test_looking_around_counts_as_being_here(database: Database, means: Means) -> None:
    looks, chooses, silent = (somebody(number, seen=51) for number in (1, 2, 3))
    await live(database, means, looks, chooses, silent)
    await database.run(looking.look, means, looks.telegram_id)
    await database.run(joining.choose_role, means, chooses.telegram_id, role=Role.HEALTH)
    await housekeeping.each_minute(database, means, now=NOW)
    for person in (looks, chooses, silent):
        weeks = await database.run(active.weeks_here, means.keys, person, weeks=[WEEK])
        assert weeks == ([] if person is silent else [WEEK])
    later = Moment(Day(TODAY + 7), Week(WEEK + 1))
    assert await housekeeping.nightly(database, means, now=later) == Night(1, 0)
    assert await database.run(kept, means) == {
        1: replace(looks, last_seen=WEEK),
        2: replace(chooses, last_seen=WEEK, role=Role.HEALTH),
    }


async def test_being_here_is_noted_once_a_week_and_not_in_the_vault(database: Database, means: Means) -> None:
    person = somebody(1, seen=3)
    await live(database, means, person)

    def rows(tx: Transaction) -> list[bytes]:
        tables = ("SELECT box AS b FROM vault.person", "SELECT pid_week AS b FROM progress.active")
        return [bytes(row["b"]) for table in tables for row in tx.all(table)]

    for day in range(3):
        await database.run(looking.look, means, person.telegram_id)
        await housekeeping.each_minute(database, means, now=Moment(Day(TODAY + day), WEEK))
        if day == 0:
            first = await database.run(rows)
    assert len(first) == 2
    assert await database.run(rows) == first
    assert means.lately.here == set()


async def test_whoever_taps_can_be_reached_whatever_was_noted(database: Database, means: Means) -> None:
    """A refusal that was not meant, or a block whose end nobody told of, and back in the same week."""
    person = somebody(1, seen=2, blocked=1)
    await live(database, means, person)
    await database.run(looking.look, means, person.telegram_id)
    await housekeeping.each_minute(database, means, now=NOW)
    here = replace(person, unreachable_since=None, last_seen=WEEK)
    assert await database.run(kept, means) == {1: here}
    # The vault says it; a row of progress beside it would tell that the two belong together.
    assert await database.run(active.weeks_here, means.keys, person, weeks=[WEEK]) == []
    for day in range(1, 40):
        now = Moment(Day(TODAY + day), Week(WEEK + day // 7))
        assert await housekeeping.nightly(database, means, now=now) == Night(0, 0)


@pytest.mark.parametrize("before", [True, False], ids=["before it is noted", "while it is noted"])
async def test_whoever_blocks_right_after_their_last_tap_stays_blocked(
    database: Database, means: Means, before: bool
) -> None:
    person = somebody(1)
    await live(database, means, person)

    async def blocks() -> None:
        await database.run(joining.reached, means, person.telegram_id, reachable=False, now=NOW)

    await database.run(looking.look, means, person.telegram_id)
    await (blocks() if before else housekeeping.each_minute(CutIn(database, blocks, after=0), means, now=NOW))
    await housekeeping.each_minute(database, means, now=NOW)
    assert await database.run(kept, means) == {1: replace(person, unreachable_since=TODAY)}


async def test_a_crowd_is_noted_whole(database: Database, means: Means) -> None:
    crowd = [somebody(number, seen=5, blocked=20 if number % 3 == 0 else None) for number in range(450)]
    await live(database, means, *crowd)
    for person in crowd:
        await database.run(joining.person, means, person.telegram_id)
    await housekeeping.each_minute(database, means, now=NOW)
    await housekeeping.nightly(database, means, now=NOW)
    assert await database.run(kept, means) == {
        number: replace(person, last_seen=WEEK, unreachable_since=None) for number, person in enumerate(crowd)
    }


async def test_rows_that_cannot_be_opened_are_counted_and_stop_nothing(
    database: Database, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [somebody(number, seen=60) for number in range(1, 8)]
    await live(database, means, *crowd)
    whole = people.batch

    def small(tx: Transaction, keys: KeyRing, *, after: Tag | None = None) -> Batch | None:
        return whole(tx, keys, after=after, limit=1)

    monkeypatch.setattr(people, "batch", small)  # so that some batches hold nothing but damage
    for person in crowd[:3]:
        await database.run(damage, means.keys, person.telegram_id)
    assert await housekeeping.nightly(database, means, now=NOW) == Night(4, 3)
    assert await database.run(kept, means) == {}


async def test_one_who_cannot_be_forgotten_keeps_nobody_else(database: Database, means: Means) -> None:
    crowd = [somebody(number, seen=60) for number in range(1, 4)]
    await live(database, means, *crowd)
    failing = CutIn(database, full_disk, after=3)  # two batches and the first mark
    assert await housekeeping.nightly(failing, means, now=NOW) == Night(2, 0)
    (left,) = (await database.run(kept, means)).values()
    assert left.forgetting
    assert await forgetting.finish_known(database, means, now=NOW) == 1
    assert await database.run(kept, means) == {}


async def test_the_night_finishes_what_was_half_forgotten(database: Database, means: Means) -> None:
    await live(database, means, replace(somebody(1), forgetting=True), somebody(2))
    assert await housekeeping.nightly(database, means, now=NOW) == Night(1, 0)
    assert await database.run(kept, means) == {2: somebody(2)}
