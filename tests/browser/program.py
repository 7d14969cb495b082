"""`bothand run` as anybody would start it: a process of its own, over a folder of its own."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

#: Seconds until the address is printed at the latest; the first start compiles the shelf.
PATIENCE = 60
#: Seconds within which SIGTERM has to end it.
ENDS_WITHIN = 10


@dataclass
class Program:
    """One folder with one practice room over it, which can be ended and started again at the same address."""

    folder: Path
    port: int
    url: str = ""
    process: Process | None = None

    @property
    def log(self) -> str:
        """What it has written to its log so far."""
        return (self.folder / "log").read_text(encoding="utf-8")

    async def start(self) -> None:
        """Starts it, and waits for the address that it prints."""
        own = {
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.folder / "key" / "root.key"),
            "ROOM_PORT": str(self.port),
        }
        with (self.folder / "log").open("ab") as log:
            # Not in the project's folder, where a developer's own .env may lie.
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=self.folder, env=os.environ | own, stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(PATIENCE):
            self.url = await self._address()

    async def _address(self) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if found := re.search(r"http://\S+", line.decode()):
                return found[0]
        raise AssertionError(f"no address was printed:\n{self.log}")

    async def end(self) -> None:
        """Ends it by SIGTERM, which has to be quick, clean and without a complaint in the log."""
        assert self.process is not None
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        assert process.returncode == 0, f"it ended with {process.returncode}:\n{self.log}"
        complaints = [line for line in self.log.splitlines() if " INFO " not in line]
        assert complaints == []


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Program]:
    """A practice room that nobody has been in."""
    program = Program(folder, _free_port())
    try:
        await program.start()
        yield program
    finally:
        if program.process is not None:
            await program.end()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
