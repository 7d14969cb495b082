"""What may go wrong around one use of the bot: others come in between, the disk is full, a row is damaged."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.core.ids import TelegramId
from bot.core.keys import KeyRing
from bot.store.database import Database, NotStored, Transaction

P = ParamSpec("P")
T = TypeVar("T")


class CutIn(Database):
    """The same store; after so many transactions something happens, once."""

    def __init__(self, whole: Database, meanwhile: Callable[[], Awaitable[None]], *, after: int) -> None:
        super().__init__(whole._engine)
        self._meanwhile, self._left = meanwhile, after

    async def run(
        self, function: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._left -= 1
        if self._left == -1:
            await self._meanwhile()
        return await super().run(function, *args, **kwargs)


async def full_disk() -> None:
    """What the store says then."""
    raise NotStored from sqlite3.OperationalError("database or disk is full")


def damage(tx: Transaction, keys: KeyRing, who: TelegramId) -> None:
    """Spoils the box of this person's row in the vault."""
    changed = tx.run(
        "UPDATE vault.person SET box = zeroblob(length(box)) WHERE tag = :tag", {"tag": keys.tag(who)}
    )
    assert changed == 1
