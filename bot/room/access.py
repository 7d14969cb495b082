"""Who may speak to the practice room: this computer, and no page of somebody else's."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from yarl import URL

THIS_COMPUTER = frozenset({"127.0.0.1", "localhost", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_this_computer(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a name that merely points here (DNS rebinding), and changes asked for by a foreign page."""
    if URL(f"http://{request.host}").host not in THIS_COMPUTER:
        raise web.HTTPForbidden(text="the practice room answers to 127.0.0.1 only")
    origin = request.headers.get("Origin")
    changes = request.method not in ("GET", "HEAD") and request.path.startswith("/room/")
    if changes and origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="another page may not change the practice room")
    return await handler(request)
