"""What the bot says: raw calls, and one policy for everything Telegram or the network may answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from bot.logs import Word
from bot.tg import refusals
from bot.tg.patience import Safety, Tally, Wait
from bot.tg.refusals import Refused, UnknownToken
from bot.tg.screen import plain
from bot.tg.transport import PATIENCE, MayHaveArrived, NeverSent, Unreached, Upload, Wire

log = logging.getLogger(__name__)

#: A ``reply_markup`` as Telegram takes it; `bot.tg.markup.keyboard` makes it.
Keyboard = Mapping[str, object]
Sleep = Callable[[float], Awaitable[object]]


class Delivery(Enum):
    """What became of something the bot wanted to say."""

    DONE = auto()
    """It is there, or needs not be: unchanged text and late toasts are done too."""
    UNREACHABLE = auto()
    """This person has blocked the bot, left Telegram or never wrote to it."""
    GONE = auto()
    """The message that should have been changed cannot be."""
    UNSURE = auto()
    """It may have arrived; nobody can tell."""
    REFUSED = auto()
    """Telegram does not want it: a mistake of ours, which is in the log."""


class _Saying(NamedTuple):
    method: str
    body: dict[str, object]
    safety: Safety
    chat: int | None = None
    files: Mapping[str, Upload] = {}


class Outgoing:
    """Everything the bot can say. Nothing here raises for what Telegram or a person does: it comes back as `Delivery`.

    While the network is down a call keeps trying; `Unreached` is raised only when `stop` is set meanwhile, and
    `UnknownToken` when Telegram does not know the bot. No id, no text and no token is logged. Telegram has `patience`
    seconds to answer a call.
    """

    def __init__(
        self, wire: Wire, *, stop: asyncio.Event, sleep: Sleep = asyncio.sleep, patience: float = PATIENCE
    ) -> None:
        self._wire = wire
        self._patience = patience
        self._stop = stop
        self._sleep = sleep
        # Chats that Telegram has asked to be spared, until the wait is over.
        self._spared: dict[int, asyncio.Event] = {}
        self._cut_off = False

    @property
    def spared(self) -> int:
        """How many chats Telegram has asked to be spared just now."""
        return len(self._spared)

    async def answer(self, callback_id: str, text: str | None = None, *, alert: bool = False) -> Delivery:
        """Answer a tap, with a toast (or an alert) of at most 200 characters, plain text."""
        body: dict[str, object] = {"callback_query_id": callback_id}
        if text:
            body |= {"text": text, "show_alert": alert}
        return await self._say(_Saying("answerCallbackQuery", body, Safety.REPEAT))

    async def edit(
        self, chat: int, message_id: int, text: str, *, keyboard: Keyboard | None = None, or_send: bool = True
    ) -> Delivery:
        """Replace a message's text and keyboard; where that cannot be, `or_send` sends a new message instead."""
        body = {"chat_id": chat, "message_id": message_id} | _screen(text, keyboard)
        said = await self._say(_Saying("editMessageText", body, Safety.REPEAT, chat))
        if said is Delivery.GONE and or_send:
            return await self.send(chat, text, keyboard=keyboard, again=True)
        return said

    async def clear(self, chat: int, message_id: int) -> Delivery:
        """Take a message's buttons away and leave its text."""
        body: dict[str, object] = {"chat_id": chat, "message_id": message_id}
        return await self._say(_Saying("editMessageReplyMarkup", body, Safety.REPEAT, chat))

    async def send(
        self,
        chat: int,
        text: str,
        *,
        keyboard: Keyboard | None = None,
        again: bool = False,
        protect: bool = False,
        silent: bool = False,
    ) -> Delivery:
        """Send a message. `again`: better seen twice than not at all (the current scene, a push; not chatter)."""
        body = {"chat_id": chat} | _screen(text, keyboard) | _options(protect=protect, silent=silent)
        return await self._say(_Saying("sendMessage", body, _again(again), chat))

    async def delete(self, chat: int, message_id: int) -> Delivery:
        """Delete a message. `GONE` when it is no longer there or Telegram does not allow it."""
        body: dict[str, object] = {"chat_id": chat, "message_id": message_id}
        return await self._say(_Saying("deleteMessage", body, Safety.REPEAT, chat))

    async def leave(self, chat: int) -> Delivery:
        """Leave a group."""
        return await self._say(_Saying("leaveChat", {"chat_id": chat}, Safety.REPEAT, chat))

    async def typing(self, chat: int) -> Delivery:
        """Show for five seconds that something is on its way."""
        body: dict[str, object] = {"chat_id": chat, "action": "typing"}
        return await self._say(_Saying("sendChatAction", body, Safety.ONCE, chat))

    async def document(
        self,
        chat: int,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        again: bool = False,
        protect: bool = False,
    ) -> Delivery:
        """Send a file under this name, with an HTML caption of at most 1,024 characters."""
        body = {"chat_id": chat} | _caption(caption) | _options(protect=protect)
        files = {"document": Upload(name, content)}
        return await self._say(_Saying("sendDocument", body, _again(again), chat, files))

    async def picture(
        self, chat: int, content: bytes, *, caption: str = "", again: bool = False, protect: bool = False
    ) -> Delivery:
        """Send a PNG picture, with an HTML caption of at most 1,024 characters."""
        body = {"chat_id": chat} | _caption(caption) | _options(protect=protect)
        files = {"photo": Upload("picture.png", content, "image/png")}
        return await self._say(_Saying("sendPhoto", body, _again(again), chat, files))

    async def _say(self, saying: _Saying) -> Delivery:
        tally = Tally()
        while True:
            if saying.chat is not None and (over := self._spared.get(saying.chat)) is not None:
                await self._until(over.wait())
                continue
            match self._next(await self._attempt(saying), saying, tally):
                case Delivery() as done:
                    return done
                case _Saying() as changed:
                    saying = changed
                case Wait(seconds, spare=True) if saying.chat is not None:
                    await self._leave_alone(saying.chat, seconds)
                case Wait(seconds):
                    await self._until(self._sleep(seconds))

    async def _attempt(self, saying: _Saying) -> Refused | NeverSent | MayHaveArrived | None:
        method, body, files = saying.method, saying.body, saying.files
        try:
            if files:
                answer = await self._wire.upload(method, body, files=files)
            else:
                answer = await self._wire.call(method, body, timeout=self._patience)
        except (NeverSent, MayHaveArrived) as fault:
            if not self._cut_off:
                log.warning("Telegram cannot be reached (%s); trying again", Word(type(fault).__name__))
            self._cut_off = True
            return fault
        if self._cut_off:
            log.warning("Telegram is reached again")
            self._cut_off = False
        return refusals.refusal(answer)

    def _next(
        self, outcome: Refused | NeverSent | MayHaveArrived | None, saying: _Saying, tally: Tally
    ) -> Delivery | _Saying | Wait:
        match outcome:
            case None | refusals.NotModified() | refusals.TooOld():
                return Delivery.DONE
            case refusals.Blocked() | refusals.Deactivated() | refusals.ChatNotFound():
                return Delivery.UNREACHABLE
            case refusals.MessageGone():
                return Delivery.GONE
            case refusals.Flood(seconds):
                return Wait(seconds, spare=True)
            case NeverSent():
                return tally.wait()
            case MayHaveArrived():
                return Delivery.UNSURE if tally.unsure_enough(saying.safety) else tally.wait()
            case refusals.ServerTrouble():
                return Delivery.UNSURE if tally.troubled_enough() else tally.wait()
            case refusals.BadMarkup() if "parse_mode" in saying.body:
                log.error("%s: Telegram cannot read the markup; sent as plain text", Word(saying.method))
                return saying._replace(body=_unmarked(saying.body))
            case refusals.Migrated(chat) if tally.first_move():
                return saying._replace(body=saying.body | {"chat_id": chat}, chat=chat)
            case refusals.Unauthorised():
                raise UnknownToken
            case _:
                log.error("%s was refused: %s", Word(saying.method), Word(type(outcome).__name__))
                return Delivery.REFUSED

    async def _leave_alone(self, chat: int, seconds: float) -> None:
        over = self._spared[chat] = asyncio.Event()
        try:
            await self._until(self._sleep(seconds))
        finally:
            over.set()
            if self._spared.get(chat) is over:
                del self._spared[chat]

    async def _until(self, something: Awaitable[object]) -> None:
        """Wait for something, but no longer than the bot runs."""
        waits = [asyncio.ensure_future(something), asyncio.ensure_future(self._stop.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self._stop.is_set():
            raise Unreached("told to stop while waiting for Telegram")


def _screen(text: str, keyboard: Keyboard | None) -> dict[str, object]:
    screen: dict[str, object] = {
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard:
        screen["reply_markup"] = keyboard
    return screen


def _caption(caption: str) -> dict[str, object]:
    return {"caption": caption, "parse_mode": "HTML"} if caption else {}


def _options(*, protect: bool, silent: bool = False) -> dict[str, object]:
    options: dict[str, object] = {"protect_content": True} if protect else {}
    return options | {"disable_notification": True} if silent else options


def _again(again: bool) -> Safety:
    return Safety.AGAIN if again else Safety.ONCE


def _unmarked(body: Mapping[str, object]) -> dict[str, object]:
    """The same without markup: the tags go, what they held stays."""
    bare = {name: value for name, value in body.items() if name != "parse_mode"}
    return bare | {
        name: plain(said) for name in ("text", "caption") if isinstance(said := bare.get(name), str)
    }
