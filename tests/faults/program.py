"""The program as its operator runs it: a process of its own, with settings, a data folder and a log."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import bot
from bot.room import PracticeRoom
from tests.faults.waiting import PATIENCE
from tests.shipped import shipped_cache

ROOT = Path(bot.__file__).parents[1]
#: Seconds within which the program ends when it is told to.
ENDS_WITHIN = 10.0


@dataclass(frozen=True)
class Ended:
    """How the program ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Program:
    """A running one."""

    process: asyncio.subprocess.Process
    folder: Path

    @property
    def out(self) -> str:
        """What it has printed so far, in this folder."""
        return (self.folder / "out.txt").read_text()

    @property
    def err(self) -> str:
        """Its log so far, over all starts in this folder."""
        return (self.folder / "err.txt").read_text()

    async def end(self) -> Ended:
        """What it printed and logged, once it has ended by itself."""
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
        return Ended(code, self.out, self.err)

    async def stop(self) -> Ended:
        """Tells it to end, as `kill` and every supervisor do; it must be quick about it."""
        self.process.terminate()
        async with asyncio.timeout(ENDS_WITHIN):
            code = await self.process.wait()
        return Ended(code, self.out, self.err)

    async def kill(self) -> None:
        """Ends it in the middle of whatever it does: `kill -9`."""
        self.process.kill()
        await self.process.wait()


def settings(folder: Path, room: PracticeRoom | None = None, **others: str) -> dict[str, str]:
    """The environment of a program over this folder, for the bot of this room."""
    chosen = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "DATA_DIR": str(folder / "data"),
        "KEY_FILE": str(folder / "key" / "root.key"),
    }
    if room is not None:
        chosen |= {"BOT_TOKEN": room.token, "BOT_API_URL": room.url}
    return chosen | others


async def start(
    folder: Path,
    environment: Mapping[str, str],
    command: Sequence[str] = ("-m", "bot", "run"),
) -> Program:
    """Starts it in this folder, so that no `.env` of the developer's is read."""
    folder.mkdir(exist_ok=True)
    _put_shelf(environment)
    with (folder / "out.txt").open("ab") as out, (folder / "err.txt").open("ab") as err:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=dict(environment),
        )
    return Program(process, folder)


def _put_shelf(environment: Mapping[str, str]) -> None:
    """Spares the program the compiling of its shelf, which is tested elsewhere, where its data folder can be made."""
    data = Path(environment["DATA_DIR"])
    if "BOT_TOKEN" not in environment:
        data /= "practice-room"
    with suppress(OSError):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "shelf.cache").write_bytes(shipped_cache())


@asynccontextmanager
async def running(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Program]:
    """A program that is gone at the end, whatever happened."""
    program = await start(folder, environment)
    try:
        yield program
    finally:
        if program.process.returncode is None:
            await program.kill()


async def ended(folder: Path, environment: Mapping[str, str], *arguments: str) -> Ended:
    """Runs a command to its end; `bothand run` if none is given."""
    program = await start(folder, environment, ("-m", "bot", *(arguments or ("run",))))
    try:
        return await program.end()
    finally:
        if program.process.returncode is None:
            await program.kill()
