"""Pictures for tests, made on the spot."""

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A whole picture of that size in one colour, which a browser can show."""
    rows = (b"\0" + b"\x0e\x65\x58" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
