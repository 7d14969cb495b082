"""The control API: what the page and outside tests ask of the room, as JSON under /room/."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from bot.room.drawing import drawn
from bot.room.faults import Fault
from bot.room.people import Phone
from bot.room.refusals import BotApiError
from bot.room.world import BlockedByPersonError

if TYPE_CHECKING:
    from bot.room.practice_room import PracticeRoom

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PULSE = 15.0  # seconds between signs of life on an idle event stream


class Control:
    """Handlers over one room. Whoever sends nonsense gets ``{"error": ...}``."""

    def __init__(self, room: "PracticeRoom") -> None:
        self._room = room
        self._world = room.world

    def routes(self) -> list[web.RouteDef]:
        person = "/room/people/{id:\\d+}"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/room/state", self.on_state),
            ("POST", "/room/people", self.on_new_person),
            ("GET", f"{person}/chat", self.on_chat),
            ("POST", f"{person}/say", self.on_say),
            ("POST", f"{person}/tap", self.on_tap),
            ("POST", f"{person}/upload", self.on_upload),
            ("POST", f"{person}/block", self.on_block),
            ("POST", f"{person}/unblock", self.on_unblock),
            ("POST", "/room/clock", self.on_clock),
            ("GET", "/room/faults", self.on_faults),
            ("POST", "/room/faults", self.on_new_fault),
            ("DELETE", "/room/faults", self.on_no_faults),
            ("GET", "/room/transcript", self.on_transcript),
            ("GET", "/room/policy", self.on_policy),
            ("GET", "/room/file/{file_id}", self.on_file),
            ("GET", "/room/events", self.on_events),
        ]
        return [web.route(verb, path, plain_errors(handler)) for verb, path, handler in table]

    # People

    async def on_state(self, _: web.Request) -> web.Response:
        people = [
            {"id": person.id, "name": person.name, "blocked": person.blocked, "unread": person.unread}
            for person in self._world.people.values()
        ]
        return web.json_response(self._time() | {"bot": self._world.bot_state(), "people": people})

    async def on_new_person(self, request: web.Request) -> web.Response:
        phone = self._room.new_person(name=str((await _body(request)).get("name", "")))
        return web.json_response({"id": phone.id, "name": phone.name})

    async def on_chat(self, request: web.Request) -> web.Response:
        phone = self._phone(request)
        person = self._world.people[phone.id]
        person.unread = 0
        typing = person.typing_until is not None and self._world.clock.now() < person.typing_until
        messages = [drawn(post) for post in self._world.posts[phone.id].values()]
        commands = self._world.profile.commands_for(phone.id, person.language)
        return web.json_response({"messages": messages, "typing": typing, "commands": commands})

    async def on_say(self, request: web.Request) -> web.Response:
        text = (await _body(request)).get("text")
        if not isinstance(text, str) or not text.strip():
            raise ValueError("there is nothing to say: text is missing")
        return web.json_response({"message_id": await self._phone(request).type(text, wait=False)})

    async def on_tap(self, request: web.Request) -> web.Response:
        body = await _body(request)
        phone, message_id = self._phone(request), int(body["message_id"])
        label = body.get("label")
        if label is None:
            label = _label_at(phone, message_id, row=int(body["row"]), column=int(body["column"]))
        await phone.press(str(label), message_id=message_id, wait=False)
        return web.json_response({})

    async def on_upload(self, request: web.Request) -> web.Response:
        phone = self._phone(request)
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                mime = part.headers.get("Content-Type", "application/octet-stream")
                content, name = bytes(await part.read()), part.filename or "file"
                return web.json_response({"message_id": await _send(phone, name, content, mime=mime)})
        raise ValueError("there is no part called file")

    async def on_block(self, request: web.Request) -> web.Response:
        self._phone(request).block()
        return web.json_response({})

    async def on_unblock(self, request: web.Request) -> web.Response:
        self._phone(request).unblock()
        return web.json_response({})

    def _phone(self, request: web.Request) -> Phone:
        return self._room.phone(int(request.match_info["id"]))

    # The room

    def _time(self) -> Json:
        clock = self._world.clock
        return {"now": clock.now().isoformat(), "offset_seconds": clock.offset.total_seconds()}

    async def on_clock(self, request: web.Request) -> web.Response:
        match await _body(request):
            case {"forward_seconds": int() | float() as seconds}:
                self._world.clock.forward(timedelta(seconds=seconds))
            case {"at": str() as at}:
                self._world.clock.set(datetime.fromisoformat(at))
            case {"reset": True}:
                self._world.clock.reset()
            case _:
                raise ValueError("the clock takes forward_seconds, at, or reset")
        return web.json_response(self._time())

    async def on_faults(self, _: web.Request) -> web.Response:
        armed = [_fault_as_json(one.fault) | {"times": one.left} for one in self._room.faults.armed]
        return web.json_response({"faults": armed})

    async def on_new_fault(self, request: web.Request) -> web.Response:
        self._room.faults.add(Fault(**await _body(request)))
        return web.json_response({})

    async def on_no_faults(self, _: web.Request) -> web.Response:
        self._room.faults.clear()
        return web.json_response({})

    async def on_transcript(self, request: web.Request) -> web.Response:
        wanted = request.query.get("person")
        people = list(self._world.people) if wanted is None else [self._room.phone(int(wanted)).id]
        phones = [self._room.phone(person) for person in people]
        told = [f"== {phone.name} ==\n{phone.transcript()}\n" for phone in phones]
        return web.Response(text="\n".join(told))

    async def on_policy(self, _: web.Request) -> web.Response:
        return web.json_response({"violations": self._room.policy()})

    async def on_file(self, request: web.Request) -> web.Response:
        stored = self._world.files.by_id.get(request.match_info["file_id"])
        if stored is None:
            raise LookupError("there is no such file")
        shown_as = "inline" if stored.kind == "photo" else "attachment"
        headers = {"Content-Disposition": shown_as, "X-Content-Type-Options": "nosniff"}
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return web.Response(body=stored.content, content_type=_plain_mime(stored.mime), headers=headers)

    async def on_events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue = self._world.events.listen()
        try:
            await response.write(b": here\n\n")
            while (line := await _next_line(queue)) is not None:
                await response.write(line)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._world.events.leave(queue)
        return response


async def _next_line(queue: asyncio.Queue[Json | None]) -> bytes | None:
    try:
        async with asyncio.timeout(PULSE):
            event = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return None if event is None else f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def plain_errors(handler: Handler) -> Handler:
    """Turn what a caller can put right into a JSON answer."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except LookupError as error:
            return web.json_response({"error": _said(error)}, status=404)
        except (BlockedByPersonError, BotApiError) as error:
            return web.json_response({"error": _said(error)}, status=409)
        except (ValueError, TypeError) as error:
            return web.json_response({"error": _said(error)}, status=400)

    return guarded


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if type(error) is KeyError else str(error)


async def _body(request: web.Request) -> Json:
    raw = await request.read()
    found = json.loads(raw) if raw else {}
    if not isinstance(found, dict):
        raise ValueError("the body should be a JSON object")
    return found


def _label_at(phone: Phone, message_id: int, *, row: int, column: int) -> str:
    for message in phone.messages:
        if message.message_id == message_id:
            return message.buttons[row][column]
    raise LookupError("there is no such message")


async def _send(phone: Phone, name: str, content: bytes, *, mime: str) -> int:
    if mime.startswith("image/"):
        return await phone.send_photo(content, mime=mime, wait=False)
    return await phone.send_file(name, content, mime, wait=False)


def _fault_as_json(fault: Fault) -> Json:
    return {field.name: getattr(fault, field.name) for field in fields(fault)}


def _plain_mime(mime: str) -> str:
    """Only pictures are shown by the browser; anything else is a download, whatever it says it is."""
    plain = mime.partition(";")[0].strip().lower()
    return (
        plain
        if plain in ("image/png", "image/jpeg", "image/gif", "image/webp")
        else "application/octet-stream"
    )
