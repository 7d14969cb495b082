"""The Bot API over HTTP: reads a call, puts faults upon it, performs it, checks the answer, remembers it."""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.room import wire
from bot.room.call import Asked, Call
from bot.room.faults import Fault, Faults
from bot.room.files import DOWNLOADABLE
from bot.room.methods import perform
from bot.room.methods_edit import chat_of_tap
from bot.room.refusals import BotApiError, bad_request, method_not_found, unauthorized
from bot.room.schema import BotApi, Method, Mismatch, bot_api
from bot.room.world import World

Json = dict[str, Any]

REPLY_WINDOW = timedelta(seconds=10)  # a send this soon after the person did something answers it
STATUS_PAGE = "<html><head><title>{0} {1}</title></head><body><h1>{0} {1}</h1></body></html>"


@dataclass(slots=True)
class BotApiServer:
    """Answers ``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` for one world."""

    world: World
    faults: Faults
    calls: list[Call] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.on_call),
            web.get("/file/bot{token}/{path:.+}", self.on_download),
        ]

    def _is_ours(self, request: web.Request) -> bool:
        given = request.match_info["token"].encode()
        return secrets.compare_digest(given, self.world.token.encode())

    async def on_call(self, request: web.Request) -> web.StreamResponse:
        if not self._is_ours(request):
            return _answer(unauthorized().answer(), 401)
        method = bot_api().method(request.match_info["method"])
        if method is None:
            return _answer(method_not_found().answer(), 404)
        call = Call(method.name, None, self.world.clock.now(), time.monotonic())
        if method.name != "getUpdates":
            self.calls.append(call)
        try:
            return await self._performed(request, method, call)
        except BotApiError as error:
            return self._refused(call, error)

    async def _performed(self, request: web.Request, method: Method, call: Call) -> web.StreamResponse:
        sent = await wire.read(request)
        call.leaked = sent.mentions(self.world.token) or self.world.token in str(request.headers)
        asked = Asked(method.name, _arguments(method, sent), sent.files)
        self._see_whom_it_is_about(call, asked)
        fault = self.faults.strike(method.name, call.chat)
        if fault is None:
            return self._said(call, await self._result(method, asked))
        call.fault = fault.kind
        self.world.changes.tell()
        return await self._performed_under(fault, request, method, asked, call)

    async def _performed_under(
        self, fault: Fault, request: web.Request, method: Method, asked: Asked, call: Call
    ) -> web.StreamResponse:
        """The same with a fault upon it."""
        if (refusal := fault.refusal()) is not None:
            raise refusal
        match fault.kind:
            case "drop-before":
                return _cut(request)
            case "status":
                phrase = HTTPStatus(fault.status).phrase
                page = STATUS_PAGE.format(fault.status, phrase)
                return web.Response(status=fault.status, text=page, content_type="text/html")
            case "delay":
                await asyncio.sleep(fault.seconds)
        answer = self._said(call, await self._result(method, asked))
        match fault.kind:
            case "drop-after":
                return _cut(request)
            case "garbage":
                torn = (answer.body or b"")[:20] if isinstance(answer.body, bytes) else b"{"
                return web.Response(body=torn, content_type="application/json")
        return answer

    def _see_whom_it_is_about(self, call: Call, asked: Asked) -> None:
        call.chat = chat_of_tap(self.world, asked.args)
        person = self.world.people.get(call.chat or 0)
        if person is not None:
            call.after_block = person.blocked and person.bot_knows_of_block
            acted = person.acted_at
            if acted is not None and self.world.clock.now() - acted <= REPLY_WINDOW:
                call.action = person.actions

    async def _result(self, method: Method, asked: Asked) -> object:
        match method.name:
            case "getUpdates":
                return await self.world.updates.get(asked.args)  # each was checked when it entered the line
            case "deleteWebhook":
                if asked.args.get("drop_pending_updates"):
                    self.world.updates.drop()
                result: object = True
            case _:
                result = perform(self.world, asked)
        try:
            method.gives(result)
        except Mismatch as wrong:
            what = wrong.within(method.name)
            raise BotApiError(
                500, f"Internal Server Error: the practice room made a mistake: {what}"
            ) from None
        return result

    def _said(self, call: Call, result: object) -> web.Response:
        call.ok = True
        return _answer({"ok": True, "result": result}, 200)

    def _refused(self, call: Call, error: BotApiError) -> web.Response:
        call.code, call.error = error.code, error.description
        if call.method == "getUpdates":
            self.calls.append(call)  # polls that went well are too many to remember
        return _answer(error.answer(), error.code)

    async def on_download(self, request: web.Request) -> web.StreamResponse:
        if not self._is_ours(request):
            return _answer(BotApiError(404, "Not Found").answer(), 404)
        stored = self.world.files.by_path.get(request.match_info["path"])
        if stored is None or len(stored.content) > DOWNLOADABLE:
            return _answer(BotApiError(404, "Not Found").answer(), 404)
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _arguments(method: Method, sent: wire.Sent) -> Json:
    try:
        return wire.arguments(method, sent)
    except Mismatch as wrong:
        api: BotApi = bot_api()
        what = wrong.within(method.name)
        raise bad_request(f"the practice room goes by Bot API {api.version}: {what}") from None


def _answer(body: Json, status: int) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(body=text.encode(), status=status, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """Cut the connection before a byte of an answer has left."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
