"""Receiving by long polling: each chat in order, chats side by side, and acknowledged only after handling.

Telegram forgets an update as soon as a later one is asked for. So the bot asks for the first one it has not finished,
is given the unfinished ones once more, and passes over them by their numbers.
"""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram.error import NetworkError

from bot.logs import Word, trail
from bot.tg import refusals, updates
from bot.tg.refusals import Refused, UnknownToken
from bot.tg.transport import Answer, Call, Unreached
from bot.tg.updates import Update
from bot.tg.window import Window

log = logging.getLogger(__name__)

Handle = Callable[[Update], Awaitable[None]]
Sleep = Callable[[float], Awaitable[object]]

#: Seconds Telegram may take to answer a poll when there is nothing new, and how much longer the bot waits before it
#: takes the connection for torn.
LONG_POLL = 50
GRACE = 15.0
#: Updates that Telegram gives out at once, and so the longest stretch from the first unfinished one.
WINDOW = 100
#: Seconds after which an unfinished update no longer holds back the acknowledgement. One that takes long (its chat is
#: flooded, say) would otherwise stop everybody else: behind it Telegram gives out only WINDOW updates, and taps expire
#: after 150 seconds. The price: a crash after that moment loses this one update.
HOLD = 15.0
#: Unfinished updates in memory up to which that is done; with more, the bot takes nothing new until some are finished.
MOST = 500
#: Updates of one chat that wait for their turn. More are passed over: nobody taps so far ahead, and a chat that
#: Telegram slows down (after a hundred forwarded messages, say) must not keep the others waiting.
LINE = 20
#: Seconds between two polls while handlers are busy: each poll brings everything unfinished again.
SPACING = 0.02
#: Seconds from an answer until it is worth looking for what others have done since, though nothing is finished yet ...
LOOK = 0.1
#: ... and between two polls with the same offset: within half a second Telegram would give out a single update.
SAME_OFFSET = 0.6
#: Seconds between attempts while polling fails, doubled each time up to the longest.
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
#: Seconds that running handlers get to finish when the bot stops; then to be cancelled; then for the last poll.
STOP_HANDLERS = 8.0
STOP_CANCELLED = 0.5
STOP_POLL = 1.2


class Receiver:
    """Asks Telegram for updates and gives each, as it came, to `handle`.

    What `handle` raises is counted and logged without content, and the update is passed over: nothing stops the line.
    Two things are different: `Unreached` while stopping leaves the update to the next start, and `UnknownToken` ends
    the run.
    """

    def __init__(
        self,
        call: Call,
        handle: Handle,
        *,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        long_poll: int = LONG_POLL,
        grace: float = GRACE,
    ) -> None:
        self._call, self._handle = call, handle
        self._sleep, self._monotonic, self._long_poll, self._grace = sleep, monotonic, long_poll, grace
        self._window = Window()
        self._lines: dict[int | None, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked: int | None = None
        self._asked_at = -math.inf
        self._wake, self._stopping = asyncio.Event(), asyncio.Event()
        self._poll: asyncio.Task[Answer] | None = None
        self._fatal: UnknownToken | None = None
        self._trouble = ""
        self._wait = FIRST_WAIT
        #: When Telegram last answered a poll (by `monotonic`); None before the first. For the health check.
        self.heard_at: float | None = None
        #: Counts: handled; passed over for what they raised, or in too long a line; and in memory now.
        self.handled = self.poisoned = self.overrun = self.in_flight = 0

    @property
    def waiting_chats(self) -> int:
        """How many chats have something unfinished: the size of all that is remembered of anybody."""
        return len(self._lines)

    async def run(self, stop: asyncio.Event) -> None:
        """Receive until `stop` is set, then finish within ten seconds; raises `UnknownToken`."""
        watch = asyncio.create_task(stop.wait())
        watch.add_done_callback(lambda _: self._halt())
        try:
            while not self._stopping.is_set():
                await self._until_useful()
                if not self._stopping.is_set():
                    await self._receive()
            await self._let_finish()
        finally:
            watch.cancel()
            await self._abandon()
        if self._fatal is not None:
            raise self._fatal
        await self._acknowledge_finished()

    def _halt(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._poll is not None:
            self._poll.cancel()

    async def _until_useful(self) -> None:
        """Wait until a poll would acknowledge something or may bring something new."""
        while not self._stopping.is_set():
            now = self._monotonic()
            wait = self._useful_at(self._offset(now), now) - now
            if wait <= 0:
                return
            self._wake.clear()
            await self._rest(wait, self._wake)

    def _useful_at(self, offset: int | None, now: float) -> float:
        if offset != self._asked:
            return self._asked_at + SPACING if self._window.unfinished else now
        if (
            len(self._window) >= WINDOW
        ):  # Telegram gives out no more until the first of them is done or held too long
            return max(self._window.oldest + HOLD, self._asked_at + SAME_OFFSET)
        return max(self._asked_at + SAME_OFFSET, (self.heard_at or -math.inf) + LOOK)

    def _offset(self, now: float) -> int | None:
        """The first update that is neither finished nor held too long."""
        return self._window.offset(since=now - HOLD if self.in_flight <= MOST else -math.inf)

    async def _receive(self) -> None:
        self._asked_at = self._monotonic()
        offset = self._asked = self._offset(self._asked_at)
        try:
            answer = await self._ask(offset)
        except NetworkError as fault:
            await self._back_off(f"Telegram cannot be reached ({type(fault).__name__})")
            return
        if answer is None:
            return
        refused = refusals.refusal(answer)
        if refused is not None:
            await self._refused(refused)
            return
        given = updates.given(answer.body)
        if given is None:
            await self._back_off("Telegram answers with something that is not updates")
            return
        self._window.acknowledged(offset)
        self.heard_at = self._monotonic()
        await self._take(given)

    async def _ask(self, offset: int | None) -> Answer | None:
        """One poll; None if the bot is told to stop meanwhile."""
        body = updates.poll(offset, wait=self._long_poll, limit=WINDOW)
        poll = asyncio.create_task(self._call("getUpdates", body, timeout=self._long_poll + self._grace))
        self._poll = poll
        try:
            await asyncio.wait((poll,))
        finally:
            self._poll = None
            poll.cancel()
        return None if poll.cancelled() else poll.result()

    async def _refused(self, refused: Refused) -> None:
        match refused:
            case refusals.Unauthorised() | refusals.NotFound():
                raise UnknownToken
            case refusals.Conflict(webhook=True):
                await self._back_off("updates of this bot go to a webhook; delete it first")
            case refusals.Conflict():
                await self._back_off("another program receives updates with this bot's token; only one may")
            case refusals.Flood(seconds):
                await self._back_off("Telegram asks for patience", seconds)
            case _:
                await self._back_off(f"Telegram answers with an error ({type(refused).__name__})")

    async def _back_off(self, trouble: str, seconds: float = 0) -> None:
        """Say what is wrong, once, and wait: `seconds`, or longer each time."""
        if trouble != self._trouble:
            log.warning("%s; trying again", Word(trouble))
            self._trouble = trouble
        if not seconds:
            seconds, self._wait = self._wait, min(2 * self._wait, LONGEST_WAIT)
        await self._rest(seconds, self._stopping)

    def _all_well(self) -> None:
        if self._trouble:
            log.warning("updates arrive again")
        self._trouble, self._wait = "", FIRST_WAIT

    async def _take(self, given: list[object]) -> None:
        sound = [update for update in given if updates.is_sound(update)]
        for update in sound:
            self._line_up(update)
        if len(sound) < len(given):
            log.error("%d updates without a number were passed over", len(given) - len(sound))
        if given and not sound:
            self._window.skip()
            await self._back_off("Telegram sends updates without a number")
        else:
            self._all_well()

    def _line_up(self, update: Update) -> None:
        number = update["update_id"]
        if not self._window.add(number, at=self._monotonic()):
            return
        chat = updates.chat(update)
        line = self._lines.get(chat)
        if line is not None and len(line) >= LINE:
            self.overrun += 1
            if self._window.finish(number):
                self._wake.set()
            return
        self.in_flight += 1
        if line is not None:
            line.append(update)
            return
        line = self._lines[chat] = deque([update])
        task = asyncio.create_task(self._serve(chat, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat: int | None, line: deque[Update]) -> None:
        """Handle one chat's updates in their order, until there are none."""
        try:
            while line and not self._stopping.is_set():
                if not await self._finished(line[0]):
                    return
                number = line.popleft()["update_id"]
                self.in_flight -= 1
                if self._window.finish(number):
                    self._wake.set()
        finally:
            del self._lines[chat]

    async def _finished(self, update: Update) -> bool:
        """Handle one update; False if it is left to the next start."""
        try:
            await self._handle(update)
        except UnknownToken as error:
            self._fatal = error
            self._halt()
            return False
        except (Exception, asyncio.CancelledError) as error:
            if self._stopping.is_set() and isinstance(error, (Unreached, asyncio.CancelledError)):
                return False
            self.poisoned += 1
            log.error("a %s was passed over: %s", updates.kind(update), trail(error))
            return True
        self.handled += 1
        return True

    async def _rest(self, seconds: float, until: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(until.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _let_finish(self) -> None:
        if self._tasks:
            idle = asyncio.create_task(asyncio.wait(self._tasks))
            timer = asyncio.ensure_future(self._sleep(STOP_HANDLERS))
            await asyncio.wait((idle, timer), return_when=asyncio.FIRST_COMPLETED)
            idle.cancel()
            timer.cancel()

    async def _abandon(self) -> None:
        self._halt()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_CANCELLED)

    async def _acknowledge_finished(self) -> None:
        """The last poll, so that nothing finished is sent again after the next start.

        Where the poll that was given up asked for the same offset, Telegram has been told already.
        """
        offset = self._window.offset(since=-math.inf)
        if self._window.first_is_finished and offset != self._asked:
            with suppress(NetworkError):  # a courtesy: what is handled again is found to be stale
                await self._call("getUpdates", updates.poll(offset, wait=0, limit=1), timeout=STOP_POLL)
