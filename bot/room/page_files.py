"""Serves the browser page and its few files, as they travel with the package, under a strict policy."""

import mimetypes
import re
from importlib import resources

from aiohttp import web

SAFE_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+\Z")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


def routes() -> list[web.RouteDef]:
    return [web.get("/", on_index), web.get("/page/{name}", on_file)]


async def on_index(_: web.Request) -> web.Response:
    return _served("index.html")


async def on_file(request: web.Request) -> web.Response:
    return _served(request.match_info["name"])


def _served(name: str) -> web.Response:
    found = resources.files("bot.room").joinpath("page", name)
    if not SAFE_NAME.match(name) or not found.is_file():
        raise web.HTTPNotFound(text="the practice room has no such page")
    suffix = name[name.rindex(".") :]
    kind = KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=found.read_bytes(), content_type=kind, charset=charset, headers=HEADERS)
