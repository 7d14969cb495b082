"""The wire to Telegram: one aiohttp session, under python-telegram-bot and under the bot's own quick calls."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol, cast

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

#: Seconds to get a connection (waiting for a free one included), and to get an answer once it is there.
CONNECT = 10.0
PATIENCE = 15.0
#: Connections at once. Chats are served side by side, so this bounds how many of them can be talking.
CONNECTIONS = 128

_JSON = "application/json"
# Answers are small; to be spared inflating them is worth more than the bytes.
_HEADERS = {"User-Agent": "bothand", "Accept": _JSON, "Accept-Encoding": "identity"}


class NeverSent(NetworkError):
    """No connection was made: Telegram has certainly not seen this call."""


class MayHaveArrived(NetworkError):
    """The connection broke after the call had been sent: Telegram may or may not have carried it out."""


class AnswerTimedOut(MayHaveArrived, TimedOut):
    """No answer came in time; as uncertain as any other `MayHaveArrived`."""


class Unreached(Exception):
    """The bot was told to stop before Telegram could be reached."""


class Answer(NamedTuple):
    """What came back: the HTTP status and the body as it came, which nobody has parsed yet."""

    status: int
    body: bytes


class Upload(NamedTuple):
    """A file on its way to Telegram."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


class Call(Protocol):
    """One call of a Bot API method; raises `NeverSent` or `MayHaveArrived` and nothing else of the network's."""

    async def __call__(
        self,
        method: str,
        body: Mapping[str, object],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> Answer: ...


class AiohttpRequest(BaseRequest):
    """The request class to give to `telegram.Bot`, and the owner of the one session.

    It sends JSON unless a file goes with the call: measured, that is nine times less work than
    python-telegram-bot's own `HTTPXRequest`. Pass the same object as ``request`` and as ``get_updates_request``.
    """

    __slots__ = ("_proxy", "_session")

    def __init__(self, *, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=30, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=_HEADERS,
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - as python-telegram-bot calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """What `telegram.Bot` calls. Its four time-outs become one limit for the whole call."""
        del pool_timeout  # waiting for a free connection is part of CONNECT
        read, write = _seconds(read_timeout, PATIENCE), _seconds(write_timeout, 0)
        connect = _seconds(connect_timeout, 0)
        total = None if read is None or write is None or connect is None else read + write + connect
        return await self.exchange(
            URL(url, encoded=True), _payload(request_data), limits=_limits(total), method=method
        )

    async def exchange(
        self,
        url: URL,
        data: aiohttp.Payload | aiohttp.FormData | None,
        *,
        limits: aiohttp.ClientTimeout,
        method: str = "POST",
    ) -> Answer:
        """Send one request and read its answer; raises `NeverSent` or `MayHaveArrived`."""
        if self._session is None:
            raise RuntimeError("the connection to Telegram is used before initialize() or after shutdown()")
        try:
            async with self._session.request(
                method, url, data=data, timeout=limits, allow_redirects=False
            ) as reply:
                return Answer(reply.status, await reply.read())
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            fault = _fault(error)
        # Raised out here, so that aiohttp's exception, whose text holds the address and thus the token, is not
        # even its context.
        raise fault


class Wire:
    """The quick way: Bot API calls as JSON bytes, whose answers are parsed only by those who read them."""

    __slots__ = ("_base", "_request", "_urls")

    def __init__(self, request: AiohttpRequest, *, base_url: str, token: str) -> None:
        """`base_url` is the Bot API server without the token, such as ``https://api.telegram.org``."""
        self._request = request
        self._base = f"{base_url.rstrip('/')}/bot{token}/"
        self._urls: dict[str, URL] = {}

    async def call(self, method: str, body: Mapping[str, object], *, timeout: float = PATIENCE) -> Answer:  # noqa: ASYNC109
        """Call a method with these parameters; `timeout` in seconds covers everything up to the answer's last byte."""
        payload = aiohttp.BytesPayload(_dumps(body), content_type=_JSON)
        return await self._request.exchange(self._url(method), payload, limits=_limits(timeout))

    async def upload(
        self,
        method: str,
        body: Mapping[str, object],
        *,
        files: Mapping[str, Upload],
        timeout: float = 4 * PATIENCE,  # noqa: ASYNC109
    ) -> Answer:
        """Call a method with these parameters and files, as a multipart form."""
        form = aiohttp.FormData(quote_fields=False)  # else Telegram shows "%C3%A4.csv"
        for name, value in body.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, file in files.items():
            form.add_field(name, file.content, filename=file.filename, content_type=file.content_type)
        return await self._request.exchange(self._url(method), form, limits=_limits(timeout))

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._base + method, encoded=True)
        return url


_encoder = json.JSONEncoder(separators=(",", ":"))


def _dumps(body: Mapping[str, object]) -> bytes:
    return _encoder.encode(body).encode()


@lru_cache(maxsize=64)
def _limits(total: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, connect=CONNECT)


def _seconds(value: object, default: float) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else cast("float | None", value)


def _payload(request_data: RequestData | None) -> aiohttp.Payload | aiohttp.FormData | None:
    if request_data is None or not request_data.parameters:
        return None
    if not request_data.contains_files:
        return aiohttp.BytesPayload(_dumps(request_data.parameters), content_type=_JSON)
    form = aiohttp.FormData(quote_fields=False)  # else Telegram shows "%C3%A4.csv"
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


#: All that aiohttp raises before the first byte of a request leaves.
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


def _fault(error: aiohttp.ClientError | OSError) -> NetworkError:
    kind = type(error).__name__
    if isinstance(error, _BEFORE_SENDING):
        return NeverSent(f"no connection to Telegram ({kind})")
    if isinstance(error, TimeoutError):
        return AnswerTimedOut(f"no answer from Telegram in time ({kind})")
    return MayHaveArrived(f"the connection to Telegram broke ({kind})")
