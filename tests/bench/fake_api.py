"""A process of its own: a canned Bot API for any number of bots, and the people who play with them.

It prints its port, and stops when its standard input ends. Bots call ``/bot<token>/<method>``; the benchmark gives
its orders as JSON to ``/bench/<order>`` and is answered when they are carried out.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from . import canned
from .chats import Chats
from .http_wire import Asked, Connection, Reply
from .line import Line
from .plays import Plays

ROOM = "bench/"

#: What the rest of the Bot API answers, as far as bots ask for it when they start.
_CANNED = {
    "getMe": json.dumps(canned.ME),
    "getMyCommands": "[]",
    "getMyDescription": '{"description":""}',
    "getMyShortDescription": '{"short_description":""}',
}
_PLAYED = frozenset({"answerCallbackQuery", "sendMessage", "editMessageText"})


class FakeApi:
    """Every bot has a line of updates and chats of its own, by its token."""

    def __init__(self) -> None:
        self._bots: dict[str, Chats] = {}
        self._delay = 0.0
        self._under_way: set[asyncio.Task[None]] = set()

    def answer(self, asked: Asked, reply: Reply) -> None:
        """One request; on its way here and back it takes half of the delay each."""
        if asked.path.startswith(ROOM):
            task = asyncio.create_task(self._ordered(asked, reply))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        elif self._delay:
            later = partial(asyncio.get_running_loop().call_later, self._delay / 2)
            later(self._call, asked, partial(later, reply))
        else:
            self._call(asked, reply)

    def _call(self, asked: Asked, reply: Callable[[bytes], object]) -> None:
        token, _, method = asked.path.removeprefix("bot").partition("/")
        chats = self._chats(token)
        if method in _PLAYED:
            reply(chats.called(method, canned.said(asked)))
        elif method == "getUpdates":
            given = canned.parameters(asked)
            chats.line.poll(
                given.get("offset", 0),
                given.get("limit", 100),
                given.get("timeout", 0),
                lambda b: _void(reply(b)),
            )
        else:
            reply(canned.ok(_CANNED.get(method, "true")))

    def _chats(self, token: str) -> Chats:
        return self._bots.setdefault(token, Chats(Line()))

    async def _ordered(self, asked: Asked, reply: Reply) -> None:
        given: dict[str, Any] = json.loads(asked.body)
        order = asked.path.removeprefix(ROOM)
        chats = self._chats(given.pop("token", ""))
        try:
            found = await self._carried_out(order, chats, **given)
        except TimeoutError:
            found = {"error": f"{order} did not end in time; {chats.still_owed()}"}
        except Exception as error:  # whoever gave the order is told, and does not wait in vain
            found = {"error": f"{order}: {error!r}"}
        reply(json.dumps(found).encode())

    async def _carried_out(
        self, order: str, chats: Chats, *, patience: float, **given: Any
    ) -> dict[str, Any]:
        plays = Plays(chats, patience)
        orders: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
            "delay": self._slow_down,
            "begun": plays.begun,
            "meet": plays.meet,
            "play": plays.play,
            "record": plays.record,
            "order": plays.order,
            "newcomers": plays.newcomers,
        }
        return await orders[order](**given)

    async def _slow_down(self, seconds: float) -> dict[str, Any]:
        self._delay = seconds
        return {}


def _void(_: object) -> None:
    """Nobody wants what a scheduled reply returns."""


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    api = FakeApi()
    server = await loop.create_server(lambda: Connection(api.answer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), ended.set)  # nothing is ever written there, so it can only end
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
