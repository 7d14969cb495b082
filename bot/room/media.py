"""Photos and documents on their way in: uploaded, or sent again by file_id."""

import struct
from typing import Any

from bot.room.call import Asked
from bot.room.files import StoredFile
from bot.room.refusals import bad_request, room_does_not
from bot.room.schema import Upload
from bot.room.world import World

Json = dict[str, Any]

LARGEST_FILE = 50 * 2**20
LARGEST_PHOTO = 10 * 2**20
LONGEST_SIDES = 10_000  # width and height together
STEEPEST_RATIO = 20


def photo_in(world: World, asked: Asked, source: object) -> StoredFile:
    upload = _upload(asked, source)
    if upload is None:
        return _again(world, str(source), kind="photo")
    if len(upload.content) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    return keep_photo(world, upload)


def keep_photo(world: World, upload: Upload) -> StoredFile:
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > LONGEST_SIDES or max(size) > STEEPEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.files.keep(upload.content, kind="photo", name=upload.name, mime=upload.mime, size=size)


def document_in(world: World, asked: Asked, source: object) -> StoredFile:
    upload = _upload(asked, source)
    if upload is None:
        return _again(world, str(source), kind="document")
    if len(upload.content) > LARGEST_FILE:
        raise bad_request("file is too big")
    return world.files.keep(upload.content, kind="document", name=upload.name, mime=upload.mime)


def _upload(asked: Asked, source: object) -> Upload | None:
    """The file itself, if one was sent along; None for a file_id."""
    if isinstance(source, str) and source.startswith("attach://"):
        found = asked.files.get(source.removeprefix("attach://"))
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        source = found
    if not isinstance(source, Upload):
        return None
    if not source.content:
        raise bad_request("file must be non-empty")
    return source


def _again(world: World, source: str, *, kind: str) -> StoredFile:
    if source.startswith(("http://", "https://")):
        raise room_does_not("files from an address: it talks to nobody")
    stored = world.files.by_id.get(source)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP picture from its first bytes; None if it is none of them."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
