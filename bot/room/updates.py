"""The line of updates that waits for the bot, with getUpdates exactly as Telegram serves it.

Line numbers are those of telegram-bot-api/Client.cpp at 01a3679.
"""

import asyncio
import json
import secrets
import time
from bisect import bisect_left
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.room.changes import Changes
from bot.room.clock import Clock
from bot.room.refusals import terminated_by_other
from bot.room.schema import bot_api

Json = dict[str, Any]

LONGEST_POLL = 50  # seconds; Client.h 1610
MOST_AT_ONCE = 100
LARGEST_ANSWER = 1 << 22  # bytes of JSON in one answer
SAME_AGAIN = 3.0  # seconds: the same offset so soon again waits at least this long (15714-15719)
HOT_LOOP = 0.5  # seconds: and so soon again it gets one update only
CONFLICT_PAUSE = 3.0  # seconds: a second 409 within this time comes this much later (16226-16252)
THERE = 5.0  # seconds after a poll during which the bot still counts as there
ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Waiting:
    """One update in the line."""

    update_id: int
    body: Json
    size: int
    expires: datetime
    when_shown: Callable[[datetime], None] | None


@dataclass(slots=True)
class Poll:
    """One getUpdates that waits; ``ended`` when another one has taken its place."""

    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False


class UpdateLine:
    """Updates in order of arrival; an update leaves by being confirmed, forgotten or too old."""

    def __init__(
        self,
        clock: Clock,
        *,
        first_id: int | None = None,
        tick: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._tick = tick
        self._pause = pause
        self._line: list[Waiting] = []
        self._next_id = first_id if first_id is not None else 10**8 + secrets.randbelow(8 * 10**8)
        self._poll: Poll | None = None
        self._closed = False
        self._left = Changes()
        self._allowed: frozenset[str] | None = None
        self._last_offset: int | None = None
        self._last_offset_at = float("-inf")
        self._last_conflict_at = float("-inf")
        self._last_poll_at = float("-inf")
        self.last_poll: datetime | None = None
        self.when_polling_changes: Callable[[], None] = lambda: None

    @property
    def polled(self) -> bool:
        """Whether the bot is there: a getUpdates waits, or did a moment ago."""
        return self._poll is not None or self._tick() - self._last_poll_at < THERE

    @property
    def pending(self) -> int:
        self._forget_the_old()
        return len(self._line)

    @property
    def allowed(self) -> list[str] | None:
        return None if self._allowed is None else sorted(self._allowed)

    def add(
        self,
        content: Json,
        *,
        lives: timedelta,
        when_shown: Callable[[datetime], None] | None = None,
        checked: bool = True,
    ) -> int:
        """Put an update into the line. Returns its number, even if the bot has not asked for this kind."""
        (kind,) = content
        update_id = self._next_id
        body = json.loads(
            json.dumps({"update_id": update_id} | content)
        )  # as it is now; messages change later
        if checked:
            bot_api().type("Update")(body)
        if not self._wants(kind):
            return 0  # never in the line, so as good as acknowledged
        self._next_id += 1
        size = len(json.dumps(body, ensure_ascii=False).encode())
        self._line.append(Waiting(update_id, body, size, self._clock.now() + lives, when_shown))
        self._wake()
        return update_id

    def _wants(self, kind: str) -> bool:
        return kind not in ON_REQUEST_ONLY if self._allowed is None else kind in self._allowed

    async def get(self, asked: Json) -> list[Json]:
        """One getUpdates; ``BotApiError`` 409 if another one ends it."""
        offset = asked.get("offset", 0)
        limit = min(max(asked.get("limit", MOST_AT_ONCE), 1), MOST_AT_ONCE)
        timeout = min(max(asked.get("timeout", 0), 0), LONGEST_POLL)
        self.allow(asked.get("allowed_updates"))
        self._end_the_other_poll()
        limit, patience = self._slow_down(offset, limit, timeout)
        self._confirm(offset)
        return await self._wait(limit, patience=patience)

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds to keep from now on; None leaves it as it was, an empty list is the default again."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def _slow_down(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        now = self._tick()
        again = now - self._last_offset_at if offset == self._last_offset else float("inf")
        self._last_offset, self._last_offset_at = offset, now
        if again < SAME_AGAIN and timeout < SAME_AGAIN:
            timeout = SAME_AGAIN
        return (1 if again < HOT_LOOP else limit), timeout

    def _end_the_other_poll(self) -> None:
        if self._poll is not None:
            self._poll.ended = True
            self._poll.wake.set()
            self._poll = None

    def _confirm(self, offset: int) -> None:
        """Let go of what the bot has (16321-16357); an offset outside the line confirms nothing."""
        self._forget_the_old()
        if offset < 0:
            self._line = self._line[offset:]
        elif self._line and self._line[0].update_id < offset <= self._next_id:
            self._line = [waiting for waiting in self._line if waiting.update_id >= offset]
        self._left.tell()

    async def _wait(self, limit: int, *, patience: float) -> list[Json]:
        poll = Poll()
        await self._be_polled(poll, patience)
        if poll.ended:
            await self._pause_before_another_conflict()
            raise terminated_by_other()
        return self._show(limit)

    async def _be_polled(self, poll: Poll, patience: float) -> None:
        """Wait for an update, for the end of patience, or for another poll."""
        was_there = self.polled
        self._poll = poll
        self.last_poll = self._clock.now()
        if not was_there:
            self.when_polling_changes()
        try:
            if not self._line and patience > 0 and not self._closed:
                async with asyncio.timeout(patience):
                    await poll.wake.wait()
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            self._poll_left(poll, at=float("-inf"))  # the bot has gone
            self.when_polling_changes()
            raise
        self._poll_left(poll, at=self._tick())

    def _poll_left(self, poll: Poll, *, at: float) -> None:
        if self._poll is poll:
            self._poll = None
            self._last_poll_at = at

    async def _pause_before_another_conflict(self) -> None:
        now = self._tick()
        if now - self._last_conflict_at < CONFLICT_PAUSE:
            await self._pause(CONFLICT_PAUSE)
        else:
            self._last_conflict_at = now

    def _show(self, limit: int) -> list[Json]:
        self._forget_the_old()
        now = self._clock.now()
        left = LARGEST_ANSWER
        shown: list[Json] = []
        for waiting in self._line[:limit]:
            left -= waiting.size
            if left < 0 and shown:
                break
            if waiting.when_shown is not None:
                waiting.when_shown(now)
            shown.append(waiting.body)
        return shown

    def _forget_the_old(self) -> None:
        now = self._clock.now()
        if any(waiting.expires <= now for waiting in self._line):
            self._line = [waiting for waiting in self._line if waiting.expires > now]

    def _wake(self) -> None:
        if self._poll is not None:
            self._poll.wake.set()

    def clock_moved(self) -> None:
        """Let go of what has become too old."""
        self._forget_the_old()
        self._left.tell()

    def drop(self) -> None:
        """Forget everything that waits (deleteWebhook with drop_pending_updates)."""
        self._line = []
        self._left.tell()

    def acknowledged(self, update_id: int) -> bool:
        place = bisect_left(self._line, update_id, key=lambda waiting: waiting.update_id)
        return place == len(self._line) or self._line[place].update_id != update_id

    async def settled(self, update_id: int) -> None:
        """Return when the bot has acknowledged this update, or it has become too old."""
        await self._left.until(lambda: self.acknowledged(update_id) or None)

    def close(self) -> None:
        """End the poll that waits; nothing waits any more."""
        self._closed = True
        self._wake()
