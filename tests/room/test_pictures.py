"""How large a picture is, by its first bytes."""

import pytest

from bot.room.media import picture_size

from .raw import png

JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10)
JPEG_FRAME = b"\xff\xc0\x00\x11\x08" + (30).to_bytes(2, "big") + (40).to_bytes(2, "big") + bytes(10)
WEBP = b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(10) + (40).to_bytes(2, "little") + (30).to_bytes(2, "little")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(40, 30), (40, 30)),
        (b"GIF89a" + (40).to_bytes(2, "little") + (30).to_bytes(2, "little"), (40, 30)),
        (JPEG_HEAD + JPEG_FRAME, (40, 30)),
        (WEBP, (40, 30)),
        (JPEG_HEAD, None),
        (b"%PDF", None),
        (b"", None),
    ],
    ids=["png", "gif", "jpeg", "webp", "a torn jpeg", "a document", "nothing"],
)
def test_a_picture_says_how_large_it_is(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(content) == size
