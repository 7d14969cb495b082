"""A Bot API server on the loopback that does what a test tells it, keeps Telegram's rules of polling, and remembers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import test_utils, web

from bot.tg.transport import AiohttpRequest, Wire

TOKEN = "7318264590:AAcanary_Canary-canary0123456789abc"


@dataclass(frozen=True, slots=True)
class Said:
    """One call as the server got it."""

    method: str
    body: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to the letter."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """Takes the call and breaks the connection, after these bytes."""

    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Silence:
    """Takes the call and never answers."""


Reply = Page | Cut | Silence


def yes(result: object = True) -> Page:
    return Page(200, json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode())


def no(code: int, description: str, **parameters: int) -> Page:
    told: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        told["parameters"] = parameters
    return Page(code, json.dumps(told).encode())


class Telegram:
    """Answers yes unless `script` holds something else for the method, which is used up first to last."""

    def __init__(self) -> None:
        self.url = ""
        self.said: list[Said] = []
        self.script: dict[str, list[Reply]] = {}
        self.answers: Callable[[Said], Reply | None] = lambda _: None
        #: Set to a new event by a test that waits for a call.
        self.heard: dict[str, asyncio.Event] = {}
        self.pending: list[Any] = []
        #: Whether the bot has finished this update; asked whenever it acknowledges one.
        self.finished: Callable[[int], bool] = lambda _: True
        self.acknowledged: list[int] = []
        self.too_early: list[int] = []
        self.hurried = 0
        self._changed = asyncio.Condition()
        self._polling = 0
        self._last: tuple[int, float] = (0, float("-inf"))
        self.closing = asyncio.Event()

    def calls(self, method: str) -> list[Said]:
        return [said for said in self.said if said.method == method]

    async def until(self, method: str, count: int = 1) -> None:
        """Wait until a method has been called this often."""
        while len(self.calls(method)) < count:
            event = self.heard.setdefault(method, asyncio.Event())
            event.clear()
            await event.wait()

    async def send(self, *updates: object) -> None:
        """New updates for the bot."""
        async with self._changed:
            self.pending += updates
            self._changed.notify_all()

    async def until_acknowledged(self, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.acknowledged) >= count)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        said = await _read(request)
        self.said.append(said)
        self.heard.setdefault(said.method, asyncio.Event()).set()
        if request.match_info["token"] != TOKEN:
            return _page(no(401, "Unauthorized"))
        scripted = self.script.get(said.method)
        reply = scripted.pop(0) if scripted else self.answers(said)
        match reply:
            case Page():
                return _page(reply)
            case Cut(after):
                assert request.transport is not None
                request.transport.write(after)
                request.transport.close()
                return web.Response()
            case Silence():
                await self.closing.wait()
                return web.Response()
        return _page(await self._updates(said.body)) if said.method == "getUpdates" else _page(yes())

    async def _updates(self, body: Mapping[str, Any]) -> Page:
        offset, limit = body.get("offset", 0), body.get("limit", 100)
        now = asyncio.get_running_loop().time()
        if (offset, limit) == (self._last[0], 100) and now < self._last[1] + 0.5:
            self.hurried += 1
            limit = 1
        self._last = (offset, now)
        self._polling += 1
        mine = self._polling
        async with self._changed:
            self._changed.notify_all()
            self._acknowledge(offset)
            if body["timeout"]:
                await self._changed.wait_for(
                    lambda: self.pending or mine != self._polling or self.closing.is_set()
                )
            if mine != self._polling:
                return no(
                    409, "Conflict: terminated by other getUpdates request; make sure that only one runs"
                )
            return yes(self.pending[:limit])

    def _acknowledge(self, offset: int) -> None:
        below = [place for place, update in enumerate(self.pending) if 0 <= number_of(update) < offset]
        numbers = [number_of(update) for update in self.pending]
        if below and below[-1] == len(self.pending) - 1 and numbers[-1] + 1 < offset:
            return  # an offset from before the numbers began anew: Telegram gives out everything
        gone = [number for number in numbers[: below[-1] + 1 if below else 0] if number >= 0]
        del self.pending[: below[-1] + 1 if below else 0]
        self.acknowledged += gone
        self.too_early += [number for number in gone if not self.finished(number)]


def number_of(update: object) -> int:
    """An update's number, or -1 for what has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else -1


async def _read(request: web.Request) -> Said:
    method = request.match_info["method"]
    if request.content_type != "multipart/form-data":
        return Said(method, json.loads(await request.read() or b"{}"), content_type=request.content_type)
    form = await request.post()
    files = {
        name: (part.filename, part.file.read())
        for name, part in form.items()
        if isinstance(part, web.FileField)
    }
    fields = {name: part for name, part in form.items() if isinstance(part, str)}
    return Said(method, fields, files, request.content_type)


def _page(page: Page) -> web.Response:
    headers = {"Content-Type": "application/json"} | dict(page.headers)
    return web.Response(status=page.status, body=page.body, headers=headers)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    """A running server."""
    played = Telegram()
    app = web.Application(client_max_size=1 << 26)
    app.router.add_post("/bot{token}/{method}", played.serve)
    server = test_utils.TestServer(app)
    await server.start_server()
    played.url = str(server.make_url("")).rstrip("/")
    try:
        yield played
    finally:
        played.closing.set()
        await played.send()
        await server.close()


@asynccontextmanager
async def wire_to(url: str, token: str = TOKEN) -> AsyncIterator[Wire]:
    """The bot's end."""
    async with AiohttpRequest() as request:
        yield Wire(request, base_url=url, token=token)


def free_port() -> int:
    """A port on which nothing listens."""
    return test_utils.unused_port()


class Clock:
    """Time that passes only while somebody sleeps, and then at once."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return self.now


class Gate:
    """A sleep that lasts until the test opens the gate."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.somebody_waits = asyncio.Event()
        self.open = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.somebody_waits.set()
        await self.open.wait()
