"""grammY, a client that nobody here wrote and in another language, holds a conversation in the practice room."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.room import PracticeRoom

pytestmark = pytest.mark.npm

SOURCE = Path(__file__).parent / "grammy"
INSTALLED = Path(__file__).parents[2] / "build" / "grammy"  # kept from one run to the next


def installed() -> Path:
    """The folder with grammY in it, exactly the versions of the lock file; the test is skipped if it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        cannot("node and npm are missing; Debian has them as nodejs and npm")
    lock = INSTALLED / "installed.json"
    wanted = (SOURCE / "package-lock.json").read_text(encoding="utf-8")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "bot.mjs"):
        shutil.copy(SOURCE / name, INSTALLED / name)
    if not lock.exists() or lock.read_text(encoding="utf-8") != wanted:
        command = ["npm", "ci", "--prefix", str(INSTALLED), "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, capture_output=True, check=False, timeout=100).returncode:
            cannot("grammY could not be installed; npm has to reach its registry once")
        lock.write_text(wanted, encoding="utf-8")
    return INSTALLED


def cannot(why: str) -> None:
    """Skip on a developer's computer; where the project is checked, nothing is skipped."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture
async def grammy(room: PracticeRoom) -> AsyncIterator[None]:
    folder = await asyncio.to_thread(installed)
    bot = await asyncio.create_subprocess_exec("node", folder / "bot.mjs", room.url, room.token)
    yield
    bot.send_signal(signal.SIGTERM)
    assert await bot.wait() == 0


@pytest.mark.usefixtures("grammy")
async def test_grammy_holds_a_conversation(room: PracticeRoom) -> None:
    phone = room.new_person()
    phone.patience = 60
    await phone.type("/start")
    assert (await phone.waits_for("Hello")).html == "<b>Hello</b>"
    await phone.press("A")
    await phone.waits_for("Done")
    assert phone.alerts == ["Noted"]
    assert [message.text for message in phone.messages if message.from_bot] == ["You chose A", "Read", "Done"]
    document = phone.messages[2].document
    assert document is not None
    assert (document.name, document.content) == ("a letter – ä.txt", b"Dear all")
    assert phone.commands == ["more"]
    await phone.send_file("back.txt", b"Dear bot", "text/plain")
    await phone.waits_for("8 bytes")
    assert room.policy() == []


def test_the_lock_file_names_no_registry() -> None:
    lock = (SOURCE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "://" not in lock.replace("https://github.com/sponsors", "")
