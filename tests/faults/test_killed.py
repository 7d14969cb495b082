"""`kill -9` at any moment of play: what the screen confirmed is kept, nothing counts twice, and everybody can go on."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.room import Fault, PracticeRoom
from tests.faults.player import Player
from tests.faults.program import Program, running, settings, start
from tests.faults.waiting import until, until_called, until_struck
from tests.thorough import examples

#: The chance of each house, and how often its program is killed in the middle of play.
SEEDS, KILLS = (20, 21), examples(ordinary=4, thorough=20)
#: One scenario for each of them, by the role that it is written for first.
ROLES = ("Education", "Residential care", "Social work", "Youth work")

Moment = Callable[[PracticeRoom, list[Player], Random], Awaitable[None]]


async def anywhere(room: PracticeRoom, players: list[Player], chance: Random) -> None:
    """So many turns of the room after the taps: before the bot has them, in the middle, or when all is said."""
    for _ in range(chance.randrange(400)):
        await asyncio.sleep(0)


async def as_something_is_said(room: PracticeRoom, players: list[Player], chance: Random) -> None:
    """As soon as the first of them, or the last, sees something change."""
    changed = chance.randrange(1, len(players) + 1)
    said = [len(player.phone.transcript()) for player in players]
    await until(
        lambda: (
            sum(len(player.phone.transcript()) > before for player, before in zip(players, said, strict=True))
            >= changed
        ),
        f"{changed} of the chats go on",
    )


async def between_commit_and_speaking(room: PracticeRoom, players: list[Player], chance: Random) -> None:
    """All is decided and stored, and not a word of it has arrived."""
    chat = chance.choice(players).phone.id
    await until_struck(room, "sendMessage", chat=chat)


async def when_all_is_said(room: PracticeRoom, players: list[Player], chance: Random) -> None:
    """Everything is answered and acknowledged."""
    await asyncio.gather(*(player.phone.settles() for player in players))


MOMENTS: tuple[Moment, ...] = (
    anywhere,
    anywhere,
    as_something_is_said,
    between_commit_and_speaking,
    between_commit_and_speaking,
    when_all_is_said,
)


async def play_until_killed(
    program: Program, room: PracticeRoom, players: list[Player], chance: Random
) -> None:
    """A few rounds in peace; then everybody taps, and the program is killed."""
    for _ in range(chance.randrange(3)):
        await asyncio.gather(*(player.taps() for player in players))
        await asyncio.gather(*(player.phone.settles() for player in players))
        for player in players:
            assert player.answered()
            player.notes()
    moment = chance.choice(MOMENTS)
    if moment is between_commit_and_speaking:
        for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
            room.faults.add(Fault(method, "drop-before", times=None))
    room.calls.clear()
    await asyncio.gather(*(player.taps() for player in players))
    await moment(room, players, chance)
    await program.kill()
    room.faults.clear()


async def check(players: list[Player], *, expired: bool) -> None:
    """After the next start: nothing confirmed is lost, nothing counts twice, and there is a way on."""
    if expired:  # Telegram has thrown the taps away; whoever saw no answer taps once more
        await asyncio.gather(*(player.taps_again() for player in players if not player.answered()))
    await asyncio.gather(*(player.phone.settles() for player in players))
    for player in players:
        assert await player.reads_what_is_held() == player.should_be_held()
        player.notes()
        if player.newest() is None:
            await player.finds_back()
        assert player.newest() is not None


async def a_house(folder: Path, seed: int) -> None:
    """Four people, and a program that is killed again and again."""
    chance = Random(seed)
    async with PracticeRoom() as room:
        environment = settings(folder, room)
        players = [Player(room.new_person(), chance, role) for role in ROLES]
        async with running(folder, environment) as program:
            await asyncio.gather(*(player.joins() for player in players))
            await program.kill()
        expired = False
        for kill in range(KILLS):
            if kill % 6 == 3:
                await killed_while_starting(room, folder, environment)
            async with running(folder, environment) as program:
                await check(players, expired=expired)
                await play_until_killed(program, room, players, chance)
            expired = chance.random() < 0.3
            if expired:
                room.clock.forward(timedelta(minutes=4))
        async with running(folder, environment) as program:
            await check(players, expired=expired)
            ended = await program.stop()
            assert ended.code == 0
            assert "ERROR" not in ended.err
        assert integrity(folder) == ["ok", "ok"]
        assert max(player.attempt for player in players) > 1


@pytest.mark.thorough
async def test_nothing_confirmed_is_lost_nothing_counts_twice_and_everybody_can_go_on(tmp_path: Path) -> None:
    """In two houses side by side, one for each core."""
    await asyncio.gather(*(a_house(tmp_path / str(seed), seed) for seed in SEEDS))


async def killed_while_starting(room: PracticeRoom, folder: Path, environment: dict[str, str]) -> None:
    """A start that does not come as far as its first update."""
    room.calls.clear()
    program = await start(folder, environment)
    await until_called(room, "getMe")
    await program.kill()


def integrity(folder: Path) -> list[str]:
    """What SQLite itself says of both files."""
    found = []
    for name in ("vault", "progress"):
        raw = sqlite3.connect(folder / "data" / f"{name}.db")
        found += [str(row[0]) for row in raw.execute("PRAGMA integrity_check")]
        raw.close()
    return found
