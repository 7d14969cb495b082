"""A room in a process of its own, as benchmarks and foreign clients use it."""

import asyncio
import json
import signal
import sys

import aiohttp


async def test_a_room_alone_says_where_it_is_and_stops_when_asked() -> None:
    room = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.room", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert room.stdout is not None
    said = json.loads(await room.stdout.readline())
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{said['url']}/bot{said['token']}/getMe") as answer:
            assert (await answer.json())["ok"]
        waiting = asyncio.create_task(session.get(f"{said['url']}/bot{said['token']}/getUpdates?timeout=50"))
        async with session.get(f"{said['url']}/room/state") as answer:
            assert answer.status == 200
        room.send_signal(signal.SIGTERM)
        assert await room.wait() == 0
        (ended,) = await asyncio.gather(waiting, return_exceptions=True)
        if isinstance(ended, aiohttp.ClientResponse):
            ended.release()
