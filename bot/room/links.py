"""Which addresses Telegram takes as a link, and how it writes them down."""

import re

WITH_SCHEME = re.compile(r"(?:https?|tg|ton)://\S+\Z", re.IGNORECASE)
NO_HOST = re.compile(r"(?:mailto|tel):\S+\Z", re.IGNORECASE)
BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?P<rest>[/?#]\S*)?\Z")


def checked_link(url: str) -> str:
    """The link as Telegram keeps it, or nothing if it is none: a bare host gets http:// and a slash."""
    if BARE_HOST.match(url):
        url = f"http://{url}"
    if NO_HOST.match(url):
        return url
    if not WITH_SCHEME.match(url):
        return ""
    scheme, _, rest = url.partition("://")
    if not scheme.lower().startswith("http"):
        return url
    host, mark, tail = _split_host(rest)
    if not host:
        return ""
    return f"{scheme.lower()}://{host}/{tail}" if mark == "/" else f"{scheme.lower()}://{host}/{mark}{tail}"


def _split_host(rest: str) -> tuple[str, str, str]:
    found = re.search(r"[/?#]", rest)
    if found is None:
        return rest, "", ""
    return rest[: found.start()], found.group(), rest[found.end() :]
