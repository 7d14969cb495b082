"""What the people of a benchmark do together; each play lasts until the bot has acknowledged all of it."""

import asyncio
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .chats import AT_PLAY, Chat, Chats
from .figures import quantile

FIRST_PERSON = 5_000_000_000
#: Whose turns are written down; not one of those who are measured.
WRITER = FIRST_PERSON - 1
#: Those who come and go, apart from those who stay.
FIRST_NEWCOMER = 6_000_000_000
#: Commands in a row show whether one chat's updates are taken in their order.
IN_A_ROW = ("/help", "/privacy", "/stop")

Played = dict[str, Any]


@dataclass(slots=True)
class Left:
    """How many are still at it."""

    count: int
    none: asyncio.Event = field(default_factory=asyncio.Event)

    def one_less(self) -> None:
        self.count -= 1
        if self.count == 0:
            self.none.set()


@dataclass(slots=True)
class Plays:
    """The plays over one bot's chats. Each takes at most `patience` seconds; then TimeoutError is raised."""

    chats: Chats
    patience: float = 120.0

    async def begun(self) -> Played:
        """When the bot polled first, in seconds of the machine's monotonic clock."""
        async with asyncio.timeout(self.patience):
            return {"at": await self.chats.line.begun()}

    async def meet(self, people: int) -> Played:
        """Everybody starts, and taps on to the first scene."""
        return await self._meet(self._crowd(people))

    async def play(self, people: int, turns: int, *, stagger: int = 0) -> Played:
        """Everybody takes this many turns, one by one; with `stagger`, the n-th takes n modulo that more."""
        return await self._play(self._crowd(people), turns, stagger=stagger)

    async def record(self, turns: int) -> Played:
        """Somebody else starts and takes this many turns, and what the bot says to each is written down."""
        chat = self.chats.chat(WRITER)
        await self._meet([chat])
        chat.told = []
        played = await self._play([chat], turns)
        played["told"] = [
            {"label": turn.label, "edit": turn.edit, "text": said.text, "keyboard": _rows(said.keyboard)}
            for turn, said in chat.told
        ]
        return played

    async def order(self, people: int) -> Played:
        """Everybody sends some commands in a row. Counts the chats in which the replies came in another order."""
        crowd = self._crowd(people)
        expected = [(await self._replies(crowd[:1], (command,)))[0][0] for command in IN_A_ROW]
        replies = await self._replies(crowd, IN_A_ROW)
        return {"people": people, "out_of_order": sum(heard != expected for heard in replies)}

    async def newcomers(self, people: int, *, after: int, at_once: int, walk_every: int) -> Played:
        """So many new people start, some at the same time; one in `walk_every` taps on to the first scene.

        `after`: how many came before.
        """
        left = Left(people)
        coming = iter(range(FIRST_NEWCOMER + after, FIRST_NEWCOMER + after + people))

        def on(chat: Chat) -> None:
            if chat.person % walk_every == 0 and not _is_at_play(chat):
                self.chats.tap(chat)
                return
            del self.chats.chats[chat.person]
            begin(1)
            left.one_less()

        def begin(some: int) -> None:
            for person in itertools.islice(coming, some):
                self._type([self.chats.chat(person)], ("/start",))

        return await self._played(left, on, lambda: begin(at_once))

    async def _meet(self, crowd: Sequence[Chat]) -> Played:
        left = Left(len(crowd))

        def on(chat: Chat) -> None:
            if _is_at_play(chat):
                left.one_less()
            else:
                self.chats.tap(chat)

        return await self._played(left, on, lambda: self._type(crowd, ("/start",)))

    async def _play(self, crowd: Sequence[Chat], turns: int, *, stagger: int = 0) -> Played:
        left = Left(len(crowd))
        for number, chat in enumerate(crowd):
            chat.left = turns + (number % stagger if stagger else 0)

        def on(chat: Chat) -> None:
            chat.left -= 1
            if chat.left > 0:
                self.chats.tap(chat)
            else:
                left.one_less()

        return await self._played(left, on, lambda: self._tap(crowd))

    def _crowd(self, people: int) -> list[Chat]:
        return [self.chats.chat(FIRST_PERSON + number) for number in range(people)]

    def _type(self, crowd: Sequence[Chat], texts: Sequence[str]) -> None:
        for chat in crowd:
            for text in texts:
                self.chats.type(chat, text)

    def _tap(self, crowd: Sequence[Chat]) -> None:
        for chat in crowd:
            self.chats.tap(chat)

    async def _replies(self, crowd: Sequence[Chat], texts: Sequence[str]) -> list[list[str]]:
        left = Left(len(crowd) * len(texts))
        heard: list[list[str]] = []
        for chat in crowd:
            chat.heard = []
            heard.append(chat.heard)
        await self._played(left, lambda _: left.one_less(), lambda: self._type(crowd, texts))
        for chat in crowd:
            chat.heard = chat.turn = None
        return heard

    async def _played(self, left: Left, on: Callable[[Chat], None], begin: Callable[[], None]) -> Played:
        """Begin, wait until nobody is left and everything is acknowledged; the counts of it all."""
        chats, line = self.chats, self.chats.line
        put, acknowledged, polls, given = line.put_so_far, line.acknowledged, line.polls, line.given
        for counts in (chats.calls, chats.strays, chats.latencies):
            counts.clear()
        chats.when_done = on
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.timeout(self.patience):
            begin()
            await left.none.wait()
            seconds = loop.time() - began
            await line.emptied()
        return {
            "seconds": seconds,
            "acknowledged_after": loop.time() - began,
            "updates": line.put_so_far - put,
            "acknowledged": line.acknowledged - acknowledged,
            "polls": line.polls - polls,
            "given": line.given - given,
            "calls": dict(chats.calls),
            "strays": dict(chats.strays),
            "p50": quantile(chats.latencies, 0.5),
            "p99": quantile(chats.latencies, 0.99),
        }


def _is_at_play(chat: Chat) -> bool:
    return chat.screen is not None and chat.screen.keyboard.label == AT_PLAY


def _rows(keyboard: Any) -> Any:
    return json.loads(keyboard.json)["inline_keyboard"] if keyboard else []
