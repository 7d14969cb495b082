"""Numbered SQL files, applied in order when a store is opened; each schema remembers its number in `user_version`."""

import sqlite3
from collections.abc import Sequence
from importlib import resources

from bot.errors import UserError

SCHEMAS = ("vault", "progress")


def scripts(schema: str) -> list[str]:
    """The SQL of every migration of a schema, in order: `migrations/<schema>/0001_*.sql`, `0002_*.sql`, …"""
    folder = resources.files("bot.store") / "migrations" / schema
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    for number, file in enumerate(files, start=1):
        if not file.name.startswith(f"{number:04}_"):
            raise RuntimeError(
                f"Migration {number} of {schema} is missing, or {file.name} has a wrong number."
            )
    return [file.read_text(encoding="utf-8") for file in files]


def migrate(connection: sqlite3.Connection, schema: str, steps: Sequence[str]) -> None:
    """Bring a schema to the newest version. Raises UserError if it is newer than this program."""
    (version,) = connection.execute(f"PRAGMA {schema}.user_version").fetchone()
    if version > len(steps):
        raise UserError(
            f"The {schema} database was written by a newer Both/And (version {version}; this one knows versions up to "
            f"{len(steps)}). Start the newer one, or restore a backup made before the update."
        )
    for number, sql in enumerate(steps[version:], start=version + 1):
        _apply(connection, f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA {schema}.user_version = {number};\nCOMMIT;")


def _apply(connection: sqlite3.Connection, script: str) -> None:
    try:
        connection.executescript(script)
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
