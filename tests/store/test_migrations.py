"""Migrations: in order, whole or not at all, never backwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.store.migrate import SCHEMAS, migrate, scripts
from bot.store.sqlite import open_store
from tests.store.store_world import opened


@pytest.fixture
def raw() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for schema in SCHEMAS:
            connection.execute(f"ATTACH DATABASE ':memory:' AS {schema}")
        yield connection


def shape(raw: sqlite3.Connection, schema: str) -> list[tuple[str, str, str]]:
    """Every table and index, with the text that made it."""
    rows = raw.execute(f"SELECT type, name, coalesce(sql, '') FROM {schema}.sqlite_schema ORDER BY name")
    return [(row[0], row[1], row[2]) for row in rows]


def version(raw: sqlite3.Connection, schema: str) -> int:
    return int(raw.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_old_version_becomes_what_a_new_store_is(raw: sqlite3.Connection, schema: str) -> None:
    steps = scripts(schema)
    migrate(raw, schema, steps)
    newest = shape(raw, schema)
    assert version(raw, schema) == len(steps) > 0
    for old in range(len(steps)):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as older:
            older.execute(f"ATTACH DATABASE ':memory:' AS {schema}")
            migrate(older, schema, steps[:old])
            assert version(older, schema) == old
            migrate(older, schema, steps)
            assert shape(older, schema) == newest


@pytest.mark.parametrize("schema", SCHEMAS)
def test_migrating_twice_changes_nothing(raw: sqlite3.Connection, schema: str) -> None:
    migrate(raw, schema, scripts(schema))
    before = shape(raw, schema)
    migrate(raw, schema, scripts(schema))
    assert shape(raw, schema) == before


@pytest.mark.parametrize("schema", SCHEMAS)
def test_no_table_keeps_the_order_in_which_rows_came(raw: sqlite3.Connection, schema: str) -> None:
    migrate(raw, schema, scripts(schema))
    tables = raw.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = ? AND name NOT LIKE 'sqlite_%'", (schema,)
    ).fetchall()
    assert tables
    assert {name for name, without_rowid in tables if not without_rowid} == set()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_migration_touches_its_own_schema_only(raw: sqlite3.Connection, schema: str) -> None:
    migrate(raw, schema, scripts(schema))
    for other in {"main", *SCHEMAS} - {schema}:
        assert shape(raw, other) == []


def test_a_migration_that_fails_leaves_the_version_before_it(raw: sqlite3.Connection) -> None:
    good = "CREATE TABLE vault.one (a INTEGER);"
    bad = "CREATE TABLE vault.two (a INTEGER);\nINSERT INTO vault.three VALUES (1);"
    with pytest.raises(sqlite3.OperationalError):
        migrate(raw, "vault", [good, bad])
    assert version(raw, "vault") == 1
    assert [name for _type, name, _sql in shape(raw, "vault")] == ["one"]
    assert not raw.in_transaction
    migrate(raw, "vault", [good, "CREATE TABLE vault.two (a INTEGER);"])
    assert version(raw, "vault") == 2


async def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.engine.on_thread(lambda raw: raw.execute("PRAGMA progress.user_version = 99").close())
    with pytest.raises(UserError, match=r"written by a newer Both/And \(version 99; this one knows"):
        await open_store(tmp_path)
