"""Just enough HTTP/1.1 to be the other end of a bot: whole requests with a length, answered in any time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"
_FORM = b"application/x-www-form-urlencoded"

Reply = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the path without its first slash, and the body as it came."""

    path: str
    body: bytes
    is_form: bool


Answer = Callable[[Asked, Reply], None]


class Connection(asyncio.Protocol):
    """One connection of a client; each request goes to `answer` with a function that takes the JSON to send back."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while (end := self._unread.find(END_OF_HEAD)) >= 0:
            head = self._unread[:end]
            begins = end + len(END_OF_HEAD)
            ends = begins + _length(head)
            if len(self._unread) < ends:
                return
            body, self._unread = self._unread[begins:ends], self._unread[ends:]
            path = head.split(b" ", 2)[1].lstrip(b"/").partition(b"?")[0].decode()
            self._answer(Asked(path, body, _FORM in head), self._reply)

    def _reply(self, body: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        if self._transport is not None and not self._transport.is_closing():
            head = b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (
                status,
                status.phrase.encode(),
                len(body),
            )
            self._transport.write(head + body)


def _length(head: bytes) -> int:
    small = head.lower()
    if b"transfer-encoding:" in small:
        raise ValueError("a body in pieces is not read here; every client measured sends its length")
    at = small.find(_LENGTH)
    return 0 if at < 0 else int(small[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
