"""A process of its own: the practice room, unchanged, and a crowd of people in it who all act at the same moment.

It prints its address and token, takes one order a line, and answers each with one line of JSON.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bot.room import PracticeRoom
from bot.room.posts import Person, Post

from .chats import AT_PLAY
from .figures import quantile

#: Seconds that the bot gets to acknowledge what a whole crowd did.
PATIENCE = 120.0

Act = Callable[[Person], Sequence[int]]


class Crowd:
    """Everybody in one room."""

    def __init__(self, room: PracticeRoom, people: int) -> None:
        self._room, self._world = room, room.world
        self._people = [self._world.people[room.new_person().id] for _ in range(people)]

    async def meet(self) -> dict[str, Any]:
        """Everybody starts, and taps on to the first scene."""
        await self._world.changes.until(lambda: self._world.updates.polled or None)
        await self._all(lambda person: [self._says(person, "/start")])
        while _label(self._newest(self._people[0])) != AT_PLAY:
            await self._all(lambda person: [self._taps(person)])
        return {}

    async def tap(self) -> dict[str, Any]:
        """Everybody taps at once."""
        return await self._all(lambda person: [self._taps(person)], replies=1)

    async def hurry(self) -> dict[str, Any]:
        """Everybody taps and, without waiting, asks for help; the next scene must come first, the help after it."""
        somebody = self._people[0]
        await self._all(lambda person: [self._says(person, "/help")] if person is somebody else [])
        help_ = self._newest(somebody).body["text"]
        first = {person.id: self._screen(person) for person in self._people}
        found = await self._all(
            lambda person: [self._taps(person, first[person.id]), self._says(person, "/help")], replies=2
        )
        wrong = 0
        for person in self._people:
            scene, last = [post.body["text"] for post in self._posts(person)[-2:]]
            wrong += last != help_ or scene == help_
        return found | {"out_of_order": wrong}

    async def _all(self, act: Act, *, replies: int = 0) -> dict[str, Any]:
        """Let everybody act; how long each of their updates took to be acknowledged, and who got too few replies."""
        before = Counter({person.id: len(self._posts(person)) for person in self._people})
        began = time.monotonic()
        put = [(number, time.monotonic()) for person in self._people for number in act(person)]
        taken: list[float] = []
        async with asyncio.timeout(PATIENCE):
            for number, at in put:
                await self._world.updates.settled(number)  # they go in the order in which they came
                taken.append(time.monotonic() - at)
        wrong = (
            sum(len(self._posts(one)) - before[one.id] != replies for one in self._people) if replies else 0
        )
        return {
            "updates": len(put),
            "seconds": time.monotonic() - began,
            "p50": quantile(taken, 0.5),
            "p99": quantile(taken, 0.99),
            "unanswered": wrong,
        }

    def _says(self, person: Person, text: str) -> int:
        entity = {"type": "bot_command", "offset": 0, "length": len(text)}
        return self._world.says(person, {"text": text, "entities": [entity]})[1]

    def _taps(self, person: Person, on: Post | None = None) -> int:
        post = on or self._newest(person)
        button = post.inline_keyboard[0][0]
        tap = self._world.taps_button(
            person, post.message_id, payload=button["callback_data"], label=button["text"]
        )
        return tap.update_id

    def _posts(self, person: Person) -> list[Post]:
        return [post for post in self._world.posts[person.id].values() if post.from_bot]

    def _newest(self, person: Person) -> Post:
        return self._posts(person)[-1]

    def _screen(self, person: Person) -> Post:
        """The newest scene, whatever came after it."""
        return [post for post in self._posts(person) if _label(post) == AT_PLAY][-1]


def _label(post: Post) -> str | None:
    """What the first button says."""
    rows = post.inline_keyboard
    return str(rows[0][0]["text"]) if rows else None


async def main(people: int) -> None:
    """Carry out orders until standard input ends."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with PracticeRoom() as room:
        crowd = Crowd(room, people)
        print(json.dumps({"url": room.url, "token": room.token}), flush=True)
        orders = {"meet": crowd.meet, "tap": crowd.tap, "hurry": crowd.hurry}
        while order := (await lines.readline()).decode().strip():
            found = {"broken_rules": room.policy()} if order == "policy" else await orders[order]()
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
