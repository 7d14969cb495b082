"""People in the vault."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import Day, Salt, TelegramId, Week
from bot.core.keys import ForgedBox, KeyRing
from bot.core.scenario import Nation, Role
from bot.store import people
from bot.store.database import Transaction
from bot.store.people import PERSON_BYTES, Batch, Person, pack, unpack
from tests.store.store_world import ANNA, BEN, KEYS, nonce, opened

anybody = st.builds(
    Person,
    telegram_id=st.integers(min_value=-(2**63), max_value=2**63 - 1).map(TelegramId),
    salt=st.binary(min_size=16, max_size=16).map(Salt),
    last_seen=st.integers(min_value=0, max_value=2**32 - 1).map(Week),
    nation=st.none() | st.sampled_from(Nation),
    role=st.none() | st.sampled_from(Role),
    forgetting=st.booleans(),
    unreachable_since=st.none() | st.integers(min_value=0, max_value=2**32 - 2).map(Day),
)


@given(anybody)
def test_a_person_comes_back_as_they_were_packed(person: Person) -> None:
    assert unpack(pack(person), None) == person


@given(anybody)
def test_everybody_takes_the_same_room(person: Person) -> None:
    assert len(pack(person)) == PERSON_BYTES


def test_a_person_of_an_unknown_version_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 9"):
        unpack(b"\x09" + pack(ANNA)[1:], None)


def test_a_person_shows_nothing_of_themselves() -> None:
    assert str(ANNA.telegram_id) not in f"{ANNA!r} {ANNA}"
    assert "anna" not in f"{ANNA!r} {ANNA}"


async def test_a_person_is_found_as_saved_and_nobody_else(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) == ANNA
        assert await store.db.run(people.find, KEYS, BEN.telegram_id) is None


async def test_saving_again_replaces_what_was_there(tmp_path: Path) -> None:
    moved = replace(ANNA, nation=Nation.SCOTLAND, cohort=None, unreachable_since=Day(0))
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        await store.db.run(people.save, KEYS, moved, nonce=nonce(2))
        assert await store.db.run(people.everyone, KEYS) == [moved]


async def test_a_removed_person_is_gone_and_a_second_removal_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        assert await store.db.run(people.remove, KEYS, ANNA.telegram_id) is True
        assert await store.db.run(people.remove, KEYS, ANNA.telegram_id) is False
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) is None


async def test_boxes_swapped_between_two_people_are_refused(tmp_path: Path) -> None:
    def swap(tx: Transaction) -> None:
        rows = tx.all("SELECT tag, box FROM vault.person")
        for row, other in zip(rows, reversed(rows), strict=True):
            tx.run(
                "UPDATE vault.person SET box = :box WHERE tag = :tag",
                {"tag": row["tag"], "box": other["box"]},
            )

    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        await store.db.run(people.save, KEYS, BEN, nonce=nonce(2))
        await store.db.run(swap)
        with pytest.raises(ForgedBox):
            await store.db.run(people.find, KEYS, ANNA.telegram_id)


async def test_all_boxes_in_the_vault_have_one_length(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        await store.db.run(people.save, KEYS, BEN, nonce=nonce(2))
        await store.db.run(
            people.save, KEYS, replace(BEN, telegram_id=TelegramId(9), forgetting=True), nonce=nonce(3)
        )
        lengths = await store.db.run(lambda tx: tx.all("SELECT DISTINCT length(box) AS n FROM vault.person"))
        assert [row["n"] for row in lengths] == [PERSON_BYTES + 32]


async def test_batches_give_everybody_once(tmp_path: Path) -> None:
    crowd = {TelegramId(number): replace(BEN, telegram_id=TelegramId(number)) for number in range(1, 24)}

    def round_of_five(tx: Transaction) -> list[Person]:
        met: list[Person] = []
        after = None
        while batch := people.batch(tx, KEYS, after=after, limit=5):
            assert batch.damaged == 0
            met += batch.people
            after = batch.last
        return met

    async with opened(tmp_path) as store:
        for number, person in enumerate(crowd.values()):
            await store.db.run(people.save, KEYS, person, nonce=nonce(number))
        met = await store.db.run(round_of_five)
    assert len(met) == 23
    assert {person.telegram_id: person for person in met} == crowd


async def test_a_damaged_row_is_counted_and_hides_nobody_else(tmp_path: Path) -> None:
    def spoil(tx: Transaction) -> None:
        tx.run(
            "UPDATE vault.person SET box = zeroblob(length(box)) WHERE tag = :tag",
            {"tag": KEYS.tag(ANNA.telegram_id)},
        )

    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        await store.db.run(people.save, KEYS, BEN, nonce=nonce(2))
        await store.db.run(spoil)
        last = max(KEYS.tag(person.telegram_id) for person in (ANNA, BEN))
        assert await store.db.run(people.batch, KEYS) == Batch((BEN,), last=last, damaged=1)
        assert await store.db.run(people.batch, KEYS, after=last) is None
        assert await store.db.run(people.everyone, KEYS) == [BEN]
        with pytest.raises(ForgedBox):
            await store.db.run(people.find, KEYS, ANNA.telegram_id)


async def test_a_wrong_root_key_is_noticed(tmp_path: Path) -> None:
    wrong = KeyRing.from_root(bytes(32))
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        assert await store.db.run(people.sealed_with_another_key, KEYS) == 0
        assert await store.db.run(people.sealed_with_another_key, wrong) == 1
        assert await store.db.run(people.find, wrong, ANNA.telegram_id) is None
