"""Serves a practice room alone: prints one line of JSON with its address and token, and stops on SIGTERM."""

import argparse
import asyncio
import json
import signal
import sys

from bot.room.practice_room import PracticeRoom


async def serve(port: int, token: str | None) -> None:
    """Serve until asked to stop."""
    asked_to_stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, asked_to_stop.set)
    room = PracticeRoom(token)
    await room.start(port)
    sys.stdout.write(json.dumps({"url": room.url, "token": room.token}) + "\n")
    sys.stdout.flush()
    await asked_to_stop.wait()
    await room.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.room", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--token", help="the bot's token; one is made up if none is given")
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.token))


if __name__ == "__main__":
    main()
