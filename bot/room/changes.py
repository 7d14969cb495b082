"""Waiting for something to become true, woken by whoever changes it; nobody asks twice without a reason."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Those who wait look again whenever somebody tells that something has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> None:
        for event in self._waiting:
            event.set()

    async def until(self, found: Callable[[], T | None]) -> T:
        """Return what ``found`` finds, as soon as it is not None."""
        while (value := found()) is None:
            event = asyncio.Event()
            self._waiting.add(event)
            try:
                await event.wait()
            finally:
                self._waiting.discard(event)
        return value
