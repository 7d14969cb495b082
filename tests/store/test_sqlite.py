"""SQLite's own side: opening, settings, one folder for one program, and what is left on the disk."""

import asyncio
import base64
import inspect
import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest

import bot
from bot.core.ids import TelegramId, Week
from bot.errors import UserError
from bot.store import active, people, steps
from bot.store.folder import holds_data
from bot.store.sqlite import _set, open_store
from tests.store.store_world import (
    ANNA,
    BEGUN,
    BEN,
    CALL,
    FINISHED,
    KEYS,
    OpenStore,
    bytes_on_disk,
    nonce,
    opened,
)


async def pragmas(store: OpenStore, *names: str) -> list[object]:
    return await store.engine.on_thread(
        lambda raw: [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    )


async def test_a_new_folder_is_made_and_closed_to_other_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    assert not holds_data(folder)
    async with opened(folder):
        assert folder.stat().st_mode & 0o777 == 0o700
        modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    assert set(modes) >= {"lock", "vault.db", "vault.db-wal", "progress.db", "progress.db-wal"}
    assert set(modes.values()) == {0o600}
    assert holds_data(folder)


async def test_both_files_keep_answers_through_a_power_cut_and_overwrite_what_is_deleted(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        for schema in ("vault", "progress"):
            names = [f"{schema}.{name}" for name in ("journal_mode", "synchronous", "secure_delete")]
            assert await pragmas(store, *names) == ["wal", 2, 1]
        of_the_connection = await pragmas(
            store, "trusted_schema", "foreign_keys", "busy_timeout", "temp_store"
        )
        assert of_the_connection == [0, 1, 5000, 2]


def test_a_place_where_sqlite_cannot_keep_answers_safe_is_refused() -> None:
    with (
        closing(sqlite3.connect(":memory:")) as raw,
        pytest.raises(UserError, match="must be on a local disk"),
    ):
        _set(raw, "main.", {"journal_mode": "wal"})


async def test_the_one_private_call_of_aiosqlite_is_still_there(tmp_path: Path) -> None:
    """If this fails after an update, `SqliteEngine.on_thread` needs another way to aiosqlite's thread."""
    assert inspect.iscoroutinefunction(aiosqlite.Connection._execute)
    async with opened(tmp_path) as store:
        thread, kind = await store.engine.on_thread(lambda raw: (threading.get_ident(), type(raw)))
    assert thread != threading.get_ident()
    assert kind is sqlite3.Connection


async def test_what_was_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
    async with opened(tmp_path) as store:
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) == ANNA


async def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match=r"cannot be written \(Not a directory\)"):
        await open_store(tmp_path / "file" / "data")
    with pytest.raises(UserError, match="cannot be written"):
        await open_store(tmp_path / "file")


async def test_a_folder_in_a_databases_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vault.db").mkdir()
    with pytest.raises(UserError, match="cannot be used"):
        await open_store(tmp_path)


@pytest.mark.parametrize("name", ["vault.db", "progress.db"])
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no database at all " * 500)
    with pytest.raises(UserError, match="cannot be read"):
        await open_store(tmp_path)
    assert (tmp_path / name).read_bytes() == b"no database at all " * 500
    (tmp_path / name).unlink()
    async with opened(tmp_path):  # a refusal lets the folder go
        pass


async def test_the_same_folder_is_not_opened_twice(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(UserError, match="Another Both/And is already using the data folder"):
            await open_store(tmp_path)
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
    async with opened(tmp_path) as store:
        assert await store.db.run(people.find, KEYS, ANNA.telegram_id) == ANNA


@pytest.mark.timeout(20)
async def test_a_second_program_on_the_same_folder_is_refused_at_once(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, pathlib; from bot.store.sqlite import open_store; "
        "asyncio.run(open_store(pathlib.Path(sys.argv[1])))"
    )
    async with opened(tmp_path):
        second = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program, str(tmp_path)],
            env={"PYTHONPATH": str(Path(bot.__file__).parents[1])},
            capture_output=True,
            text=True,
        )
    assert second.returncode == 1
    assert "UserError: Another Both/And is already using the data folder" in second.stderr


async def test_nothing_of_a_person_is_logged_even_when_everything_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with opened(tmp_path) as store:
            await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
            await store.db.run(steps.add, KEYS, ANNA, practice=BEGUN, nonce=nonce(2))
            await store.db.run(people.find, KEYS, ANNA.telegram_id)
    assert "executing" in caplog.text  # aiosqlite did log every call
    for trace in (str(ANNA.telegram_id), repr(ANNA.salt), repr(KEYS.tag(ANNA.telegram_id)), "team-a", "door"):
        assert trace not in caplog.text


def forms(number: int) -> Iterator[bytes]:
    """A Telegram id as it might lie about in a file."""
    yield str(number).encode()
    for text in (f"{number:x}", f"{number:X}"):
        yield text.encode()
    for order in ("big", "little"):
        short = number.to_bytes(5, order)
        yield short
        yield short.hex().encode()
        for start in range(3):  # base64 of the id, wherever it begins in what was encoded
            yield base64.b64encode(bytes(start) + number.to_bytes(8, order))[4:10]


async def test_no_file_holds_a_telegram_id_or_a_salt_in_any_form(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number, person in enumerate((ANNA, BEN)):
            await store.db.run(people.save, KEYS, person, nonce=nonce(number))
            await store.db.run(steps.add, KEYS, person, practice=BEGUN, nonce=nonce(number))
            await store.db.run(active.mark, KEYS, person, week=Week(2900))
        kept = await store.db.run(steps.find, KEYS, ANNA, scenario=CALL)
        assert kept is not None
        await store.db.run(steps.replace, KEYS, ANNA, kept=kept, practice=FINISHED, nonce=nonce(9))
        before = bytes_on_disk(tmp_path)
        await store.db.checkpoint()
        await store.db.vacuum()
        files = before + bytes_on_disk(tmp_path)
    assert bytes(KEYS.tag(ANNA.telegram_id)) in files
    for person in (ANNA, BEN):
        found = [form for form in (*forms(person.telegram_id), person.salt) if form in files]
        assert found == []
    for sealed in (b"knock", b"door", b"taken"):
        assert sealed not in files


async def test_the_forms_looked_for_are_found_where_they_are() -> None:
    """Otherwise the test above could not fail."""
    number = int(ANNA.telegram_id)
    places = (
        f"chat {number}",
        f"chat {number:x}",
        base64.b64encode(b"a" + number.to_bytes(8, "big") + b"tail").decode(),
        base64.b64encode(b"ab" + number.to_bytes(8, "little")).decode(),
    )
    assert [any(form in place.encode() for form in forms(number)) for place in places] == [True] * 4


async def test_what_was_deleted_is_gone_from_files_and_logs_after_a_checkpoint(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number, person in enumerate((ANNA, BEN)):
            await store.db.run(people.save, KEYS, person, nonce=nonce(number))
            await store.db.run(steps.add, KEYS, person, practice=BEGUN, nonce=nonce(number))
        await store.db.checkpoint()
        kept = await store.db.run(steps.find, KEYS, ANNA, scenario=CALL)
        assert kept is not None
        tag, pid = KEYS.tag(ANNA.telegram_id), KEYS.pid(ANNA.telegram_id, ANNA.salt, CALL)
        traces = (tag, pid, kept.box, nonce(0))
        assert [trace in bytes_on_disk(tmp_path) for trace in traces] == [True] * 4
        await store.db.run(steps.remove_all, KEYS, ANNA, scenarios=[CALL])
        await store.db.run(people.remove, KEYS, ANNA.telegram_id)
        assert await store.db.checkpoint() is True
        assert [trace in bytes_on_disk(tmp_path) for trace in traces] == [False] * 4
        assert await store.db.run(people.find, KEYS, BEN.telegram_id) == BEN


async def test_a_checkpoint_empties_the_logs_or_says_that_it_could_not(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
        with closing(sqlite3.connect(tmp_path / "vault.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM person").fetchone()
            await store.db.run(people.save, KEYS, BEN, nonce=nonce(2))
            store.statements.clear()
            assert await store.db.checkpoint() is False
            # Nobody's taps wait for a stranger's reader: that is turned off for the while, and on again.
            assert (store.statements[1], store.statements[-1]) == (
                "PRAGMA busy_timeout = 0",
                "PRAGMA busy_timeout = 5000",
            )
        assert await pragmas(store, "busy_timeout") == [5000]
        assert await store.db.checkpoint() is True
        assert [(tmp_path / f"{name}.db-wal").stat().st_size for name in ("vault", "progress")] == [0, 0]


async def test_a_vacuum_that_another_program_stands_in_the_way_of_fails_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with closing(sqlite3.connect(tmp_path / "vault.db", isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await store.db.vacuum()
            assert "PRAGMA busy_timeout = 0" in store.statements
            assert await pragmas(store, "busy_timeout") == [5000]
        await store.db.vacuum()


async def test_after_vacuum_the_files_keep_no_order_in_which_people_came(tmp_path: Path) -> None:
    crowd = [people.Person(TelegramId(number), BEN.salt, BEN.last_seen) for number in range(1, 16)]

    def places() -> list[int]:
        """Where in the file each person's box begins, in the order in which they came."""
        file = (tmp_path / "vault.db").read_bytes()
        return [file.index(nonce(number)) for number in range(len(crowd))]

    async with opened(tmp_path) as store:
        for number, person in enumerate(crowd):
            await store.db.run(people.save, KEYS, person, nonce=nonce(number))
        await store.db.checkpoint()
        came = sorted(range(len(crowd)), key=places().__getitem__)
        await store.db.vacuum()
        kept = sorted(range(len(crowd)), key=places().__getitem__)
        assert len(await store.db.run(people.everyone, KEYS)) == len(crowd)
    by_tag = sorted(range(len(crowd)), key=lambda number: KEYS.tag(crowd[number].telegram_id))
    assert came in (list(range(len(crowd))), list(reversed(range(len(crowd)))))
    assert kept in (by_tag, list(reversed(by_tag)))


async def test_closing_empties_the_logs_and_lets_the_folder_go(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.db.run(people.save, KEYS, ANNA, nonce=nonce(1))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["lock", "progress.db", "vault.db"]
    with closing(sqlite3.connect(tmp_path / "vault.db")) as alone:
        assert alone.execute("SELECT count(*) FROM person").fetchone() == (1,)
