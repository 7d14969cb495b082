"""Multipart forms as Telegram reads them (td/net/HttpReader.cpp), where that is laxer than aiohttp."""

import re
from typing import Self
from urllib.parse import unquote

from aiohttp import BodyPartReader, MultipartReader, hdrs
from multidict import CIMultiDict, CIMultiDictProxy

# A value is quoted, or reaches up to the next semicolon: grammY sends file names without quotes, blanks and all.
FIELD = re.compile(r'\s*(?P<key>[^=;]+?)\s*=\s*(?:"(?P<quoted>(?:\\.|[^"\\])*)"\s*|(?P<plain>[^;]*))(?:;|\Z)')
ESCAPED = re.compile(r"\\(.)")


class TelegramsForm(MultipartReader):
    """aiohttp's reader, given each part's disposition in the way it likes."""

    async def fetch_next_part(self) -> Self | BodyPartReader:
        part = await super().fetch_next_part()
        named = CIMultiDict(part.headers)
        named[hdrs.CONTENT_DISPOSITION] = tidied(named.get(hdrs.CONTENT_DISPOSITION, ""))
        part.headers = CIMultiDictProxy(named)
        return part  # type: ignore[return-value]


def tidied(disposition: str) -> str:
    """The same with its name and file name quoted, and nothing else."""
    _, _, fields = disposition.partition(";")
    found = {match["key"].lower(): _value(match) for match in FIELD.finditer(fields)}
    kept = [f"{key}={_quoted(found[key])}" for key in ("name", "filename") if key in found]
    return "; ".join(["form-data", *kept])


def _value(match: re.Match[str]) -> str:
    plain = match["plain"].strip() if match["quoted"] is None else ESCAPED.sub(r"\1", match["quoted"])
    return unquote(plain)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
