"""The root key's file: made once, readable by this account alone, and never kept among the data it protects."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.core.keys import ROOT_BYTES
from bot.errors import UserError

_FIRST_LINE = "# Both/And root key. Keep a copy apart from the data: without it nothing held can be read."


def load_or_create(
    key_file: Path, *, data_folder: Path, data_exists: bool, make: Callable[[], bytes]
) -> bytes:
    """The 32 bytes of the root key; at a first start they come from `make` and are written to `key_file`.

    Raises UserError if the file is missing although data exists, lies among the data, may be read by other accounts, or
    does not hold a root key.
    """
    if key_file.resolve().is_relative_to(data_folder.resolve()):
        raise UserError(
            f"The root key {key_file} lies inside the data folder {data_folder}: whoever copies the data would "
            "have the key as well. Choose a place outside it."
        )
    if key_file.is_dir():
        raise UserError(
            f"{key_file} is a folder. KEY_FILE names a file in it, such as {key_file / 'root.key'}"
        )
    try:
        if not key_file.exists():
            if data_exists:
                raise UserError(_missing(key_file, data_folder))
            _create(key_file, make())
        return _load(key_file)
    except OSError as error:
        raise UserError(f"The root key {key_file} cannot be used ({error.strerror}).") from error


def _missing(key_file: Path, data_folder: Path) -> str:
    return (
        f"The root key {key_file} is missing, and without it nothing held in {data_folder} can be read. There are two "
        "ways out: put the key file back from your copy; or, if there is no copy, move the data folder away to start "
        "afresh, and everything in it is lost for good."
    )


def _create(key_file: Path, root: bytes) -> None:
    """Write the file whole or not at all, and never over another one."""
    assert len(root) == ROOT_BYTES
    folder = key_file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{key_file.name}.", dir=folder)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), 0o400)
            file.write(f"{_FIRST_LINE}\n{root.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(name, key_file)  # unlike a rename, this fails if another start was quicker
    finally:
        Path(name).unlink()
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _load(key_file: Path) -> bytes:
    if key_file.stat().st_mode & 0o077:
        raise UserError(f"The root key {key_file} is open to other accounts. Close it: chmod 400 {key_file}")
    try:
        lines = key_file.read_text(encoding="ascii").splitlines()
        root = bytes.fromhex("".join(line for line in lines if not line.startswith("#")))
    except ValueError:
        root = b""
    if len(root) != ROOT_BYTES:
        raise UserError(
            f"{key_file} does not hold a root key ({ROOT_BYTES} bytes, written as {2 * ROOT_BYTES} hexadecimal "
            "digits). Put the file back from your copy."
        )
    return root
