"""`bothand run`: the real bot with a token, the practice room without one; both end cleanly on SIGTERM."""

import asyncio
import gc
import signal
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import boot, logs
from bot.config import Settings, settings
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.room import PracticeRoom

#: How many ports after the wanted one are tried before giving up.
PORTS = 20
HIGHEST_PORT = 65535


def start() -> None:
    """`bothand run`. Raises `UserError`."""
    # What the imports made stays for good: frozen, it is never looked at again, and rarer looks at the rest were
    # measured to save an eighth of the work of a turn.
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()
    asyncio.run(run(settings()))


async def run(chosen: Settings) -> None:
    """Runs until SIGTERM or Ctrl-C. Raises `UserError`."""
    token = chosen.bot_token.get_secret_value() if chosen.bot_token else None
    logs.configure(chosen.log_level, secrets=[token] if token else [])
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if token is None:
        await _practice_room(chosen, stop)
        return
    where = boot.Where(
        token=token,
        api_url=chosen.bot_api_url,
        data=chosen.data_dir,
        key_file=chosen.key_file,
    )
    await boot.serve(where, clock=_utc, stop=stop)


async def _practice_room(chosen: Settings, stop: asyncio.Event) -> None:
    """The same bot, on a Telegram of our own; its data lies apart, so that made-up people never mix with real ones."""
    from bot.room import PracticeRoom  # noqa: PLC0415 - the real bot neither needs nor imports the room

    room = PracticeRoom()
    logs.configure(chosen.log_level, secrets=[room.token])
    await _start(room, chosen.room_port)
    where = boot.Where(
        token=room.token,
        api_url=room.url,
        data=chosen.data_dir / boot.PRACTICE_ROOM,
        key_file=chosen.key_file,
        base=chosen.data_dir,
    )
    welcome = (
        f"\n  The practice room is open: {room.url}\n  Nothing leaves this computer. Ctrl-C closes it.\n"
    )
    try:
        await boot.serve(where, clock=room.clock.now, stop=stop, ready=lambda: print(welcome, flush=True))
    finally:
        await room.stop()


async def _start(room: "PracticeRoom", wanted: int) -> None:
    last = min(wanted + PORTS, HIGHEST_PORT + 1) - 1
    for port in range(wanted, last + 1):
        try:
            await room.start(port=port)
        except OSError:
            continue
        if port != wanted:
            print(f"Port {wanted} is taken; using {port}.", file=sys.stderr)
        return
    tried = f"Port {wanted} is not free" if last == wanted else f"No port from {wanted} to {last} is free"
    raise UserError(f"{tried}. Set ROOM_PORT to another one.")


def _utc() -> datetime:
    return datetime.now(UTC)
