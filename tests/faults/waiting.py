"""Waiting until something is so, for what nobody announces: another program's doing, or a call to the room."""

import asyncio
from collections.abc import Callable

from bot.room import PracticeRoom

#: Seconds that a slow computer may take; nobody waits so long for what comes.
PATIENCE = 30.0
#: Seconds between two looks.
LOOK = 0.004


async def until(so: Callable[[], object], what: str) -> None:
    """Returns as soon as it is so; `AssertionError` with `what` if it never is."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not so():  # noqa: ASYNC110 - nobody sets an event
                await asyncio.sleep(LOOK)
    except TimeoutError:
        raise AssertionError(f"waited in vain until {what}") from None


async def until_called(room: PracticeRoom, method: str, *, times: int = 1) -> None:
    """Returns once the bot has called this method so often, counted from the start of the room."""
    await until(
        lambda: sum(call.method == method for call in room.calls) >= times, f"{method} was called {times} ×"
    )


async def until_struck(room: PracticeRoom, method: str, *, chat: int | None = None) -> None:
    """Returns once a fault has met a call of this method (in this chat)."""
    await until(
        lambda: any(
            call.fault and call.method == method and chat in (None, call.chat) for call in room.calls
        ),
        f"a fault met {method}",
    )
