"""The data folder: made if missing, closed to other accounts, and used by one Both/And at a time."""

import fcntl
import os
from pathlib import Path

from bot.errors import UserError

DATABASES = ("vault.db", "progress.db")


def holds_data(folder: Path) -> bool:
    """Whether a store was ever opened here."""
    return any(file.stat().st_size > 0 for name in DATABASES for file in folder.glob(f"{name}*"))


def take(folder: Path) -> int:
    """Make the folder if need be and take its lock; the lock is held while the returned descriptor is open.

    Raises UserError if the folder cannot be written, or another Both/And is using it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError(
            f"The data folder {folder} cannot be written ({error.strerror}). Choose another folder, or give this "
            "account the right to write there."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for name in DATABASES:  # SQLite gives the log files beside a database the same rights
            os.close(os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except BlockingIOError as error:
        os.close(lock)
        raise UserError(
            f"Another Both/And is already using the data folder {folder}. Stop it first, or choose another folder."
        ) from error
    except OSError as error:
        os.close(lock)
        raise UserError(f"The data folder {folder} cannot be used ({error.strerror}).") from error
    return lock
