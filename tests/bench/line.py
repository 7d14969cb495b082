"""The line of updates that waits for a bot, with `getUpdates` as Telegram serves it."""

import asyncio
from collections import deque

from .http_wire import Reply

MOST_AT_ONCE = 100
#: The same offset again within this many seconds gets one update only, as with Telegram.
HOT_LOOP = 0.5


class Line:
    """Updates in order; what stands before the offset of a poll is acknowledged and gone."""

    def __init__(self) -> None:
        self._pending: deque[tuple[int, str]] = deque()
        self._next = 1000
        self._reply: Reply | None = None
        self._limit = MOST_AT_ONCE
        self._timer: asyncio.TimerHandle | None = None
        self._woken = False
        self._last: tuple[int, float] = (0, float("-inf"))
        self.put_so_far = self.acknowledged = self.polls = self.given = 0
        #: Seconds (monotonic) of the first poll ever; tells when a bot has started.
        self.first_poll: float | None = None
        self._polled = asyncio.Event()

    @property
    def pending(self) -> int:
        """How many are not acknowledged."""
        return len(self._pending)

    def put(self, content: str) -> int:
        """An update, without its number; wakes the poll that waits, once for all that come in the same moment."""
        number, self._next = self._next, self._next + 1
        self.put_so_far += 1
        self._pending.append((number, f'{{"update_id":{number},{content}}}'))
        if self._reply is not None and not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._give)
        return number

    def poll(self, offset: int, limit: int, patience: float, reply: Reply) -> None:
        """One `getUpdates`; a later one takes its place."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self.first_poll is None:
            self.first_poll = now
        self.polls += 1
        again = offset == self._last[0] and now < self._last[1] + HOT_LOOP
        self._last = (offset, now)
        self._limit = 1 if again else min(limit, MOST_AT_ONCE)
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
            self.acknowledged += 1
        self._polled.set()
        self._end()
        self._reply = reply
        if self._pending or patience <= 0:
            self._give()
        else:
            self._timer = loop.call_later(patience, self._give)

    async def begun(self) -> float:
        """When the bot polled first, as the loop tells the time."""
        while self.first_poll is None:
            await self._next_poll()
        return self.first_poll

    async def emptied(self) -> None:
        """Returns when everything is acknowledged."""
        while self._pending:
            await self._next_poll()

    async def _next_poll(self) -> None:
        self._polled.clear()
        await self._polled.wait()

    def _give(self) -> None:
        self._woken = False
        if self._reply is not None:
            some = [self._pending[place][1] for place in range(min(self._limit, len(self._pending)))]
            self.given += len(some)
            self._reply(b'{"ok":true,"result":[' + ",".join(some).encode() + b"]}")
        self._end()

    def _end(self) -> None:
        self._reply = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
