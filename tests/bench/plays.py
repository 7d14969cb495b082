"""What the people of a benchmark do together; each play lasts until the bot has acknowledged all of it."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .chats import AT_PLAY, Chat, Chats
from .figures import quantile

FIRST_PERSON = 5_000_000_000
#: Those who come and go, apart from those who stay.
FIRST_NEWCOMER = 6_000_000_000
#: Three commands in a row show whether one chat's updates are taken in their order.
IN_A_ROW = ("/help", "/privacy", "/stop")


class Left:
    """How many are still at it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.none = asyncio.Event()

    def one_less(self) -> None:
        self._count -= 1
        if self._count == 0:
            self.none.set()


@dataclass(slots=True)
class Plays:
    """The plays over one bot's chats. Each takes at most `patience` seconds; then TimeoutError is raised."""

    chats: Chats
    patience: float = 120.0

    async def meet(self, people: int) -> dict[str, Any]:
        """Everybody starts, and taps on to the first scene."""
        left = Left(people)

        def on(chat: Chat) -> None:
            if is_at_play(chat):
                left.one_less()
            else:
                self.chats.tap(chat)

        def begin() -> None:
            for chat in self._crowd(people):
                self.chats.type(chat, "/start")

        return await self._played(left, on, begin)

    async def play(
        self, people: int, turns: int, *, stagger: int = 0, record: bool = False
    ) -> dict[str, Any]:
        """Everybody takes this many turns, one by one; with `stagger`, the n-th takes n modulo that more."""
        left = Left(people)
        crowd = self._crowd(people)
        for number, chat in enumerate(crowd):
            chat.left = turns + (number % stagger if stagger else 0)
            chat.told = [] if record else None

        def on(chat: Chat) -> None:
            chat.left -= 1
            if chat.left > 0:
                self.chats.tap(chat)
            else:
                left.one_less()

        def begin() -> None:
            for chat in crowd:
                self.chats.tap(chat)

        played = await self._played(left, on, begin)
        if record:
            played["told"] = [_told(entry) for entry in crowd[0].told or ()]
        return played

    async def order(self, people: int) -> dict[str, Any]:
        """Everybody sends three commands in a row. Counts the chats in which the replies came otherwise."""
        first = self._crowd(1)
        await self._listen(first, lambda: None)
        expected: list[str] = []
        for command in IN_A_ROW:
            expected += await self._listen(first, lambda said=command: self._say(first, said))
        crowd = self._crowd(people)
        await self._listen(crowd, lambda: [self._say(crowd, command) for command in IN_A_ROW])
        return {"people": people}

    async def newcomers(self, people: int, *, at_once: int, walk_every: int) -> dict[str, Any]:
        """This many people start, so many of them at the same time; every so-manieth taps on to the first scene."""
        left = Left(people)
        coming = itertools.count(FIRST_NEWCOMER)

        def start() -> None:
            self.chats.type(self.chats.chat(next(coming)), "/start")

        def on(chat: Chat) -> None:
            if chat.person % walk_every == 0 and not is_at_play(chat):
                self.chats.tap(chat)
                return
            del self.chats.chats[chat.person]
            left.one_less()
