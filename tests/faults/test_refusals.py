"""What the program refuses to start on: one plain sentence each, the right exit code, no traceback, no token."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.library.shelf import CONTENT
from tests.conversations.conftest import world_over
from tests.faults.program import Ended, settings
from tests.faults.spoiling import NOWHERE, SCENARIO, breaks_content, taken
from tests.faults.waiting import PATIENCE

TOKEN = "7318264590:AAcanary_Canary-canary0123456789abc"
#: Nothing listens there; whoever is not refused before would try for ever.
NOBODY = "http://127.0.0.1:9"
HIGHEST = 65535


@dataclass(frozen=True)
class Case:
    """A state of affairs, and what the program says to it. `{folder}` stands for the folder it is run in."""

    says: str
    #: Settings that differ.
    given: Mapping[str, str] | None = None
    #: Makes something of a folder that holds a key, and the data of one person.
    spoils: Callable[[Path], object] = lambda _: None
    command: tuple[str, ...] = ("run",)
    code: int = 2


def replaces_key(text: str) -> Callable[[Path], None]:
    """Puts another file in the place of the key."""

    def replaces(folder: Path) -> None:
        key = folder / "key" / "root.key"
        key.unlink()
        key.write_text(text)
        key.chmod(0o400)

    return replaces


def is_from_the_future(schema: str) -> Callable[[Path], None]:
    """Makes a database one of a later version."""

    def ages(folder: Path) -> None:
        raw = sqlite3.connect(folder / "data" / f"{schema}.db")
        raw.execute("PRAGMA user_version = 99")
        raw.commit()
        raw.close()

    return ages


def no_token(says: str, **given: str) -> Case:
    return Case(f"BOT_TOKEN: {says}", given)


NO_TOKEN = "does not look like a token (digits, a colon, letters); copy it again from @BotFather."
NO_ADDRESS = "BOT_API_URL: must be an address such as https://api.telegram.org."

CASES = {
    "a token without its second half": no_token(NO_TOKEN, BOT_TOKEN="7318264590"),
    "a token with a space in it": no_token(NO_TOKEN, BOT_TOKEN=TOKEN.replace("_", " ")),
    "a token with a smiley": no_token(NO_TOKEN, BOT_TOKEN="7318264590:AAcanary😢Canary"),
    "an API without its kind of address": Case(NO_ADDRESS, {"BOT_API_URL": "api.telegram.example"}),
    "an API without a host": Case(NO_ADDRESS, {"BOT_API_URL": "http://:80"}),
    "an API on no port": Case(NO_ADDRESS, {"BOT_API_URL": "http://localhost:99999"}),
    "a level that does not exist": Case(
        "LOG_LEVEL: input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.", {"LOG_LEVEL": "chatty"}
    ),
    "a port that is a word": Case(
        "ROOM_PORT: input should be a valid integer, unable to parse string as an integer.",
        {"ROOM_PORT": "eighty"},
    ),
    "a port that cannot be": Case(
        "ROOM_PORT: input should be less than or equal to 65535.", {"ROOM_PORT": "65536"}
    ),
    "settings that are no text": Case(
        "The file .env is not UTF-8 text. Write it again with a plain text editor.",
        spoils=lambda folder: (folder / ".env").write_bytes(b"BOT_TOKEN=" + TOKEN.encode() + b"\xff\n"),
    ),
    "no port left": Case(
        f"Port {HIGHEST} is not free. Set ROOM_PORT to another one.",
        {"BOT_TOKEN": "", "ROOM_PORT": str(HIGHEST)},
    ),
    "data below a file": Case(
        "The data folder {folder}/file/data cannot be written (Not a directory). Choose another folder, or give this"
        " account the right to write there.",
        {"DATA_DIR": "{folder}/file/data"},
        spoils=lambda folder: (folder / "file").touch(),
    ),
    "a key below a file": Case(
        "The root key {folder}/file/root.key cannot be used (File exists).",
        {"KEY_FILE": "{folder}/file/root.key", "DATA_DIR": "{folder}/new"},
        spoils=lambda folder: (folder / "file").touch(),
    ),
    "a key among the data": Case(
        "The root key {folder}/data/root.key lies inside the data folder {folder}/data: whoever copies the data would"
        " have the key as well. Choose a place outside it.",
        {"KEY_FILE": "{folder}/data/root.key"},
    ),
    "a key that is gone": Case(
        "The root key {folder}/key/root.key is missing, and without it nothing held in {folder}/data can be read."
        " There are two ways out: put the key file back from your copy; or, if there is no copy, move the data folder"
        " away to start afresh, and everything in it is lost for good.",
        spoils=lambda folder: (folder / "key" / "root.key").unlink(),
    ),
    "a key that others can read": Case(
        "The root key {folder}/key/root.key is open to other accounts. Close it: chmod 400 {folder}/key/root.key",
        spoils=lambda folder: (folder / "key" / "root.key").chmod(0o440),
    ),
    "a key that is none": Case(
        "{folder}/key/root.key does not hold a root key (32 bytes, written as 64 hexadecimal digits). Put the file"
        " back from your copy.",
        spoils=replaces_key("a shopping list"),
    ),
    "another key": Case(
        "The root key {folder}/key/root.key is not the one that this data was sealed with. Put the right one back.",
        spoils=replaces_key("ab" * 32),
    ),
    "a vault of a newer program": Case(
        "The vault database was written by a newer Both/And (version 99; this one knows versions up to 1). Start the"
        " newer one, or restore a backup made before the update.",
        spoils=is_from_the_future("vault"),
    ),
    "progress of a newer program": Case(
        "The progress database was written by a newer Both/And (version 99; this one knows versions up to 1). Start"
        " the newer one, or restore a backup made before the update.",
        spoils=is_from_the_future("progress"),
    ),
    "a damaged database": Case(
        "The databases in {folder}/data cannot be read (file is not a database). Restore a backup; or, to start"
        " afresh, move the folder away: everything in it is then no longer used.",
        spoils=lambda folder: (folder / "data" / "vault.db").write_bytes(b"not a database" * 1000),
    ),
    "content that is broken": Case(
        "\n1 fault.", spoils=breaks_content, command=("check", "{folder}/content"), code=1
    ),
    "content that is nowhere": Case(
        "'{folder}/nowhere' does not exist. Name a content folder or something in one, such as: bothand check content",
        command=("check", "{folder}/nowhere"),
    ),
    "a command that does not exist": Case("No such command 'fly'.", command=("fly",)),
}


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, compiled: bytes) -> Path:
    """A folder with a key and the data of one person."""
    folder = tmp_path_factory.mktemp("used")

    async def joins() -> None:
        async with world_over(folder, CONTENT, compiled) as world:
            chat = world.chat()
            await chat.types("/start")
            await chat.taps("England")

    asyncio.run(joins())
    return folder


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, used: Path) -> Mapping[str, tuple[Path, Ended]]:
    """Every case in a folder of its own, two at a time."""
    top = tmp_path_factory.mktemp("cases")

    def outcome(number: int, case: Case) -> tuple[Path, Ended]:
        folder = top / str(number)
        shutil.copytree(used, folder)
        case.spoils(folder)
        chosen = settings(folder, BOT_TOKEN=TOKEN, BOT_API_URL=NOBODY) | dict(case.given or {})
        done = subprocess.run(
            [sys.executable, "-m", "bot", *(word.format(folder=folder) for word in case.command)],
            cwd=folder,
            env={name: value.replace("{folder}", str(folder)) for name, value in chosen.items()},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return folder, Ended(done.returncode, done.stdout, done.stderr)

    with taken(HIGHEST), ThreadPoolExecutor(2) as pool:
        done = pool.map(outcome, range(len(CASES)), CASES.values())
        return dict(zip(CASES, done, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_it_is_said_in_plain_words_with_its_own_exit_code_and_never_the_token(
    outcomes: Mapping[str, tuple[Path, Ended]], name: str
) -> None:
    case, (folder, found) = CASES[name], outcomes[name]
    said = case.says.replace("{folder}", str(folder))
    assert found.code == case.code
    if case.command == ("run",):
        assert found.err == f"{said}\n"
        assert found.out == ""
    else:
        assert said in found.err
    for never in (
        "Traceback",
        "site-packages",
        TOKEN.partition(":")[2],
        "canary_Canary",
        "😢",
        "chatty",
        "eighty",
    ):
        assert never not in found.out + found.err


def test_a_fault_in_the_content_is_told_with_its_file_and_line(
    outcomes: Mapping[str, tuple[Path, Ended]],
) -> None:
    folder, found = outcomes["content that is broken"]
    written = (folder / "content" / "scenarios" / SCENARIO / "scenario.yaml").read_text()
    line = written.splitlines().index(f"        goes: {NOWHERE}") + 1
    (fault,) = found.out.strip().splitlines()
    assert f"{SCENARIO}/scenario.yaml:{line}: " in fault
    assert NOWHERE in fault


@pytest.mark.parametrize(
    "name", ["a key that is gone", "another key", "a damaged database", "a key among the data"]
)
def test_what_was_there_is_left_as_it_was(
    outcomes: Mapping[str, tuple[Path, Ended]], used: Path, name: str
) -> None:
    folder, _ = outcomes[name]
    assert name != "a key that is gone" or not (folder / "key" / "root.key").exists()
    for file in ("progress.db", "vault.db"):
        if (name, file) != ("a damaged database", "vault.db"):
            assert (folder / "data" / file).read_bytes() == (used / "data" / file).read_bytes()
