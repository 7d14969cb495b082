"""A bot without a library: says what it is told to, and has every good answer read by the second schema too."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.room import PracticeRoom

from .second_schema import check_answer, check_update

Json = dict[str, Any]


class RawBot:
    """Calls methods of one room by name."""

    def __init__(self, room: PracticeRoom, session: aiohttp.ClientSession) -> None:
        self.room = room
        self.session = session

    def url(self, method: str) -> str:
        return f"{self.room.url}/bot{self.room.token}/{method}"

    async def send(self, method: str, **how: Any) -> tuple[int, Json]:
        """One request just as aiohttp is told to make it."""
        async with self.session.post(self.url(method), **how) as answer:
            return answer.status, await answer.json()

    async def upload(self, method: str, content: bytes, *, kind: str, **args: Any) -> Json:
        """The whole answer to a call with one file."""
        form = aiohttp.FormData()
        form.add_field(kind, io.BytesIO(content), filename=f"a.{kind}")
        for name, value in args.items():
            form.add_field(name, str(value))
        _, body = await self.send(method, data=form)
        if body["ok"]:
            check_answer(method, body["result"])
        return body

    async def ask(self, method: str, **args: Any) -> Any:
        """The result of a call that has to go well."""
        status, body = await self.send(method, json=args)
        assert (status, body.get("description")) == (200, None), f"{method}: {body}"
        check_answer(method, body["result"])
        return body["result"]

    async def refused(self, method: str, **args: Any) -> str:
        """The code and words of a call that has to be refused."""
        status, body = await self.send(method, json=args)
        assert not body["ok"], f"{method} was not refused"
        assert body["error_code"] == status
        return f"{status} {body['description']}"

    async def updates(self, **args: Any) -> list[Json]:
        found: list[Json] = await self.ask("getUpdates", **args)
        for update in found:
            check_update(update)
        return found

    async def take(self) -> list[Json]:
        """Every update that waits, acknowledged."""
        found = await self.updates(timeout=50)
        await self.ask("getUpdates", offset=found[-1]["update_id"] + 1, limit=1, timeout=0)
        return found


@asynccontextmanager
async def raw_bot(room: PracticeRoom) -> AsyncIterator[RawBot]:
    async with aiohttp.ClientSession() as session:
        yield RawBot(room, session)


def png(width: int = 40, height: int = 30) -> bytes:
    """The first bytes of a picture of that size; the room looks no further."""
    header = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR"
    return header + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00" + bytes(8)


def keyboard(*labels: str, payload: Callable[[str], str] = str.lower) -> Json:
    """One row of buttons."""
    return {"inline_keyboard": [[{"text": label, "callback_data": payload(label)} for label in labels]]}
