"""A zip archive from elsewhere, read in memory and within limits; nothing is ever unpacked to the disk.

Names are used to find a part and for nothing else. Sizes are counted while a part is unpacked, whatever the archive
says about itself.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.faulty import fault

MAX_PACKED: Final = 10 * 1024 * 1024
MAX_UNPACKED: Final = 10 * 1024 * 1024
MAX_FILES: Final = 200
#: With the code that some tools pack along, which is counted and never opened.
MAX_ENTRIES: Final = 2_000
#: A text that shrinks further than this was made to.
MAX_RATIO: Final = 100
_SMALL: Final = 256 * 1024
_CHUNK: Final = 64 * 1024

_LIBRARY = re.compile(r"[A-Za-z][A-Za-z0-9.]*-[0-9]+\.[0-9]+(\.[0-9]+)?/")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,  # also NotImplementedError: a way of packing that is not known here
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


def unpack(
    raw: bytes, file: str, *, wanted: Callable[[str], bool], libraries: bool = False
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The parts whose names are `wanted`, and the names of all. Raises `Faults`.

    With `libraries`, folders such as `H5P.Video-1.5/` may hold further files; they are not opened.
    """
    if len(raw) > MAX_PACKED:
        raise _fault(file, f"the file is too long; at most {MAX_PACKED // 1024 // 1024} MB are read.")
    if raw.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise _fault(file, f"the archive has more than {MAX_ENTRIES} files.")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = _looked_at(archive, file, libraries=libraries)
            return _read(archive, file, [entry for entry in entries if wanted(entry.filename)]), tuple(
                entry.filename for entry in entries
            )
    except _BROKEN:
        raise _fault(file, "this is not a whole zip archive, or one packed in an unknown way.") from None


def _looked_at(archive: zipfile.ZipFile, file: str, *, libraries: bool) -> list[zipfile.ZipInfo]:
    """Every entry that counts, after what can be refused without unpacking."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if libraries:
        entries = [entry for entry in entries if not _LIBRARY.match(entry.filename)]
    if len(entries) > MAX_FILES:
        raise _fault(file, f"the archive has more than {MAX_FILES} files.")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _fault(file, "the archive is locked with a password; save it without one.")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise _fault(file, "the archive holds a link instead of a file.")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise _fault(file, "the archive holds two files of one name.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_much(file)
    return entries


def _read(archive: zipfile.ZipFile, file: str, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    left = MAX_UNPACKED
    found: dict[str, bytes] = {}
    for entry in entries:
        most = max(_SMALL, MAX_RATIO * entry.compress_size)
        part = bytearray()
        with archive.open(entry) as opened:
            while chunk := opened.read(_CHUNK):
                part += chunk
                if len(part) > left:
                    raise _too_much(file)
                if len(part) > most:
                    what = "a part of the archive unpacks to so much that it can only be meant as harm."
                    raise _fault(file, what)
        left -= len(part)
        found[entry.filename] = bytes(part)
    return found


def _too_much(file: str) -> Faults:
    most = MAX_UNPACKED // 1024 // 1024
    return _fault(file, f"the archive unpacks to more than {most} MB; save it without pictures and videos.")


def _fault(file: str, what: str) -> Faults:
    return Faults([fault(file, 1, what)])
