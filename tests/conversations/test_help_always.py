"""Help does not depend on anything of ours being in order."""

import sqlite3
from contextlib import closing

import pytest

from tests.conversations.conftest import Chat, World, broken_rules

TAPS = {"Urgent help": "ring 999", "A child told me": "ring 999", "This got to me": "ring 999"}


def damage(world: World) -> None:
    """Every sealed box of the vault becomes unreadable."""
    with closing(sqlite3.connect(world.where.data / "vault.db", timeout=10)) as vault:
        vault.execute("UPDATE person SET box = zeroblob(length(box))")
        vault.commit()


@pytest.mark.parametrize("label", TAPS)
async def test_an_exit_leads_to_help_when_what_is_kept_cannot_be_read(
    world: World, joined: Chat, label: str
) -> None:
    damage(world)
    await joined.taps(label)
    assert "999" in joined.reads
    assert "Something went wrong" not in joined.reads


async def test_urgent_and_typed_words_lead_to_help_when_what_is_kept_cannot_be_read(
    world: World, joined: Chat
) -> None:
    damage(world)
    for typed in ("/urgent", "urgent", "something about a child"):
        await joined.types(typed)
        assert "999" in joined.reads
        assert "Something went wrong" not in joined.reads


async def test_an_apology_says_what_to_do_in_danger_and_the_tap_is_answered(
    world: World, joined: Chat
) -> None:
    damage(world)
    await joined.taps("A")
    assert joined.reads.startswith("Something went wrong on my side")
    assert "ring 999" in joined.reads
    assert [rule for rule in broken_rules(world.room) if "not answered" in rule] == []
