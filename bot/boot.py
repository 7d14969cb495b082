"""The only place where things are put together: from settings to a running bot, and down again."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.app import forgetting, housekeeping
from bot.app.editions import keep_all
from bot.app.means import Means
from bot.core.keys import ROOT_BYTES, KeyRing
from bot.core.moments import moment
from bot.errors import UserError
from bot.library import shelf as library
from bot.store import people
from bot.store.database import Database
from bot.store.folder import holds_data
from bot.store.rootkey import load_or_create
from bot.store.sqlite import open_store
from bot.tg import profile
from bot.tg.receive import Handle, Receiver
from bot.tg.refusals import UnknownToken
from bot.tg.send import Outgoing, Sleep
from bot.tg.transport import AiohttpRequest, Wire

log = logging.getLogger(__name__)

#: The practice room's own folder inside DATA_DIR.
PRACTICE_ROOM = "practice-room"

#: Seconds after which what is not urgent begins: people who are waiting come first.
SOON = 0.2
#: Seconds between two looks at what there is to tidy up.
TIDY_EVERY = 60
#: Seconds between attempts to reach Telegram at the start, doubled each time up to the longest.
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Where:
    """What one bot runs on."""

    token: str = field(repr=False)
    api_url: str
    data: Path
    key_file: Path
    content: Path = library.CONTENT
    #: DATA_DIR, where `data` is a folder inside it: the key lies outside of all of it, and is one for all of it.
    base: Path | None = None


async def serve(
    where: Where, *, clock: Clock, stop: asyncio.Event, ready: Callable[[], None] = lambda: None
) -> None:
    """Runs the bot until `stop` is set. Raises `UserError` for what its operator can put right.

    `ready` is called once store and shelf are open and sound.
    """
    async with store(where) as (database, means), telegram(where) as (bot, wire):
        ready()
        await _introduced(bot, stop)
        if stop.is_set():
            return
        _tell_of_sign_off(means)
        receiver = Receiver(wire.call, _conversation(bot, database, means, clock, Outgoing(wire, stop=stop)))
        beside = [
            asyncio.create_task(_soon(lambda: tidy(database, means, clock)), name="tidy"),
            asyncio.create_task(_soon(lambda: profile.publish(bot)), name="profile"),
        ]
        try:
            await receiver.run(stop)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def _conversation(bot: Bot, database: Database, means: Means, clock: Clock, outgoing: Outgoing) -> Handle:
    """Takes updates to their handlers, which are loaded with the first: the first poll need not wait for them."""
    made: list[Handle] = []

    async def handle(update: dict[str, Any]) -> None:
        if not made:
            from bot.tg import wiring  # noqa: PLC0415
            from bot.tg.dialogue import Dialogue  # noqa: PLC0415
            from bot.tg.practitioner import Practitioner  # noqa: PLC0415
            from bot.tg.spoken import Spoken  # noqa: PLC0415

            practitioner = Practitioner(database, means, clock, Spoken())
            made.append(wiring.dispatcher(bot, Dialogue(practitioner, outgoing)))
        await made[0](update)

    return handle


def _tell_of_sign_off(means: Means) -> None:
    """Whoever runs the bot answers for what it says, so it tells them what nobody of theirs has signed yet."""
    count = len(means.shelf.unsigned)
    if count:
        what = logs.Word("scenario" if count == 1 else "scenarios")
        log.info("awaiting local sign-off: %d %s", count, what)


async def _soon(work: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(SOON)
    await work()


@asynccontextmanager
async def store(where: Where) -> AsyncIterator[tuple[Database, Means]]:
    """The open store and what every use of the bot works with; the whole shelf is sound, or nothing starts."""
    base = where.base or where.data
    root = load_or_create(
        where.key_file,
        data_folder=base,
        data_exists=any(holds_data(folder) for folder in (where.data, base, base / PRACTICE_ROOM)),
        make=lambda: os.urandom(ROOT_BYTES),
    )
    database = await open_store(where.data)
    try:
        shelf = library.load(where.content, cache=where.data / "shelf.cache")
        means = Means(KeyRing.from_root(root), shelf, os.urandom)
        if await database.run(people.sealed_with_another_key, means.keys):
            raise UserError(
                f"The root key {where.key_file} is not the one that this data was sealed with. Put the right one back."
            )
        await database.run(keep_all, shelf)
        yield database, means
    finally:
        await database.close()


@asynccontextmanager
async def telegram(where: Where) -> AsyncIterator[tuple[Bot, Wire]]:
    """The connection to Telegram, under python-telegram-bot and under the bot's own quick calls."""
    request = AiohttpRequest()
    bot = Bot(where.token, base_url=f"{where.api_url}/bot", request=request, get_updates_request=request)
    wire = Wire(request, base_url=where.api_url, token=where.token)
    await request.initialize()
    try:
        yield bot, wire
    finally:
        await request.shutdown()


async def _introduced(bot: Bot, stop: asyncio.Event) -> None:
    """Asks Telegram who this bot is, for as long as it takes; raises `UnknownToken`."""
    wait, told = FIRST_WAIT, False
    while not stop.is_set():
        try:
            if await _before(stop, bot.get_me()):
                log.info("the bot is running")
            return
        except InvalidToken:
            raise UnknownToken from None
        except (
            TelegramError,
            KeyError,
            TypeError,
            ValueError,
        ):  # the last three: an answer that is not Telegram's
            if not told:
                log.warning("Telegram cannot be reached; trying again until it can")
            told = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            wait = min(2 * wait, LONGEST_WAIT)


async def _before(stop: asyncio.Event, coroutine: Coroutine[object, object, object]) -> bool:
    """Whether this was done before `stop` was set; otherwise it is given up. What it raises is raised."""
    work, stopped = asyncio.create_task(coroutine), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
            return True
        return False
    finally:
        work.cancel()
        stopped.cancel()
        await asyncio.gather(work, stopped, return_exceptions=True)


async def tidy(database: Database, means: Means, clock: Clock, *, sleep: Sleep = asyncio.sleep) -> None:
    """Finishes what was begun before, then tidies up every minute, and once a day thoroughly.

    The first thorough round comes a minute after the start: whoever runs the bot by day only has no nights.
    """
    finish, day = forgetting.finish_begun, None
    while True:
        with _going_on():
            await finish(database, means, now=moment(clock()))
            finish = forgetting.finish_known
        await sleep(TIDY_EVERY)
        with _going_on():
            now = moment(clock())
            await housekeeping.each_minute(database, means, now=now)
            if now.day != day:
                night = await housekeeping.nightly(database, means, now=now)
                day = now.day
                if night.damaged:
                    log.error("%d rows of the vault are damaged and were passed over", night.damaged)


@contextmanager
def _going_on() -> Iterator[None]:
    """Tidying up must never stop the bot, nor end for good: the next minute tries again."""
    try:
        yield
    except Exception as error:
        log.error("tidying up failed: %s", logs.trail(error))
