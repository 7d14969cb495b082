"""Updates to receive, handlers that can be made to wait or fail, and a receiver that runs for the length of a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.tg import receive
from bot.tg.receive import Receiver

from .wire import Telegram

NAME, TEXT = "Zebedee", "I am frightened"


def message(number: int, *, chat: int = 41, text: str = TEXT) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": NAME}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": {"id": chat}, "from": person, "text": text},
    }


def tap(number: int, *, chat: int = 41) -> dict[str, Any]:
    return {"update_id": number, "callback_query": {"id": str(number), "from": {"id": chat}, "data": "a"}}


def member(number: int, *, chat: int = 41) -> dict[str, Any]:
    return {"update_id": number, "my_chat_member": {"chat": {"id": chat}, "from": {"id": chat}}}


class Handled:
    """A handler that keeps the numbers of what it finished, and can be made to wait or fail for some."""

    def __init__(self, telegram: Telegram) -> None:
        self.began: list[int] = []
        self.done: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.faults: dict[int, BaseException] = {}
        self._news = asyncio.Condition()
        telegram.finished = lambda number: number in self.done

    async def __call__(self, update: dict[str, Any]) -> None:
        number = update["update_id"]
        await self._note(self.began, number)
        if number in self.gates:
            await self.gates[number].wait()
        if number in self.faults:
            self.done.append(number)
            raise self.faults[number]
        await self._note(self.done, number)

    async def _note(self, numbers: list[int], number: int) -> None:
        async with self._news:
            numbers.append(number)
            self._news.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with self._news:
            await self._news.wait_for(condition)

    def hold(self, *numbers: int) -> None:
        self.gates |= {number: asyncio.Event() for number in numbers}


class Patience:
    """A sleep as long as any test, except for the one in which the receiver, told to stop, waits for its handlers."""

    def __init__(self, *, short: bool = False) -> None:
        self.stopping = asyncio.Event()
        self._short = short

    async def sleep(self, seconds: float) -> None:
        if seconds != receive.STOP_HANDLERS:
            await asyncio.sleep(seconds)
            return
        self.stopping.set()
        if not self._short:
            await asyncio.Event().wait()


@asynccontextmanager
async def running(
    receiver: Receiver,
) -> AsyncIterator[tuple[asyncio.Event, "asyncio.Task[None]"]]:
    """Runs it and stops it, with the test's own end as the reason to stop."""
    stop = asyncio.Event()
    task = asyncio.create_task(receiver.run(stop))
    try:
        yield stop, task
    finally:
        stop.set()
        await task
