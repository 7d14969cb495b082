"""A page without a browser: speaks JSON to /room/ and listens to its events."""

import json
from typing import Any

import aiohttp

Json = dict[str, Any]


class Page:
    """Speaks JSON to /room/."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def ask(self, verb: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        sent = more if body is None else more | {"json": body}
        async with self._session.request(verb, f"{self._url}{path}", **sent) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> Any:
        status, body = await self.ask("GET", path)
        assert status == 200
        return body

    async def post(self, path: str, body: Any = None, **more: Any) -> Any:
        status, answer = await self.ask("POST", path, body, **more)
        assert status == 200, answer
        return answer

    async def download(self, path: str) -> Json:
        async with self._session.get(f"{self._url}{path}") as answer:
            sniffed = answer.headers["X-Content-Type-Options"]
            return {"content": await answer.read(), "kind": answer.content_type, "sniffed": sniffed}


class Listener:
    """Reads server-sent events."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self, kind: str) -> Json:
        """The next event of this kind."""
        while True:
            line = (await self._answer.content.readline()).decode()
            if line.startswith("data: "):
                event: Json = json.loads(line.removeprefix("data: "))
                if event["kind"] == kind:
                    return event

    async def rest(self) -> bytes:
        """Everything up to the end of the stream."""
        return await self._answer.content.read()
