"""The practice room: Telegram, on this computer. One server for the bot, the page and the tests."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.room import page_files
from bot.room.access import only_this_computer
from bot.room.call import Call
from bot.room.clock import Clock
from bot.room.control import Control
from bot.room.events import Events
from bot.room.faults import Faults
from bot.room.people import Phone
from bot.room.policy import violations
from bot.room.posts import Person
from bot.room.profile import BotProfile
from bot.room.server import BotApiServer
from bot.room.updates import UpdateLine
from bot.room.world import World

LARGEST_BODY = 64 * 2**20  # bytes: a document of 50 MB and its form
FIRST_PERSON = 5_000_000_000  # ids of people lie above this, where 32 bits no longer reach
LAST_PERSON = 9_999_999_999


def made_up_token() -> str:
    return f"{10**9 + secrets.randbelow(9 * 10**9)}:{secrets.token_urlsafe(26)[:35]}"


class PracticeRoom:
    """A strict Bot API server of our own with phones, a clock and faults; ``async with`` starts and stops it."""

    def __init__(
        self, token: str | None = None, *, clock: Clock | None = None, name: str = "Both/And"
    ) -> None:
        self.token = made_up_token() if token is None else token
        self.clock = Clock() if clock is None else clock
        self.faults = Faults()
        self.port = 0
        self.world = self._world(name)
        self._phones: dict[int, Phone] = {}
        self._api = BotApiServer(self.world, self.faults)
        self._runner: web.AppRunner | None = None
        self.clock.when_moved(self._clock_moved)

    def _world(self, name: str) -> World:
        bot_id = int(self.token.partition(":")[0])
        profile = BotProfile(id=bot_id, username="practice_room_bot", names={"": name})
        world = World(self.token, self.clock, Events(), profile, UpdateLine(self.clock))
        world.updates.when_polling_changes = world.tell_of_bot
        return world

    # Starting and stopping

    async def start(self, port: int = 0) -> None:
        """Serve on 127.0.0.1; port 0 takes a free one. ``OSError`` if the port is taken."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[only_this_computer])
        app.add_routes([*self._api.routes(), *Control(self).routes(), *page_files.routes()])
        # No access log: the token stands in the path of every line.
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.port = runner.addresses[0][1]

    async def stop(self) -> None:
        self.world.updates.close()
        self.world.events.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # People

    def new_person(self, *, name: str = "", id: int | None = None, language: str = "en") -> Phone:
        """Somebody new with a phone. Ids are above 5,000,000,000, as new ones are with Telegram."""
        span = LAST_PERSON - FIRST_PERSON
        number = FIRST_PERSON + 1 + secrets.randbelow(span) if id is None else id
        called = name.strip() or f"Person {len(self.world.people) + 1}"
        person = self.world.add_person(Person(number, called, language))
        phone = self._phones[number] = Phone(self.world, person)
        return phone

    def phone(self, person_id: int) -> Phone:
        """The phone of somebody who is here; ``LookupError`` otherwise."""
        if person_id not in self._phones:
            raise LookupError("there is no such person")
        return self._phones[person_id]

    def send_poison(self, content: dict[str, Any]) -> int:
        """Put an update into the line that Telegram would never send, unchecked; for what a bot makes of it."""
        return self.world.updates.add(content, lives=timedelta(days=1), checked=False)

    # Looking back

    @property
    def bot(self) -> BotProfile:
        """What the bot has told Telegram about itself."""
        return self.world.profile

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot, oldest first, except polls that went well."""
        return self._api.calls

    def policy(self, *, allow: Collection[str] = ()) -> list[str]:
        """What the bot did so far that a bot should not; see ``bot.room.policy``."""
        return violations(self.world, self.calls, allow=allow)

    def _clock_moved(self) -> None:
        self.world.updates.clock_moved()
        offset = self.clock.offset.total_seconds()
        self.world.events.publish("clock", now=self.clock.now().isoformat(), offset_seconds=offset)
