"""What the machine says: processor time and memory of a process, other people's load, the disk, the versions."""

import os
import platform
import sqlite3
import statistics
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

LIBRARIES = (
    "python-telegram-bot",
    "aiohttp",
    "aiogram",
    "httpx",
    "aiosqlite",
    "pydantic",
    "jinja2",
    "cryptography",
)
_TICKS = os.sysconf("SC_CLK_TCK")
_IDLE = (3, 4)  # columns of /proc/stat: idle and waiting for the disk


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, all its threads together."""
    return time.clock_gettime(
        ~pid << 3 | 2
    )  # the clock of another process, as clock_getcpuclockid(3) names it


def busy_seconds() -> float:
    """Processor time of the whole machine so far, all cores together."""
    columns = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    return sum(int(ticks) for at, ticks in enumerate(columns) if at not in _IDLE) / _TICKS


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: resident, and the process's own share of it."""

    rss: float
    pss: float


def memory(pid: int) -> Memory:
    """Memory of a process now."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024)


def fsync_p50(folder: Path, *, times: int = 200) -> float:
    """Seconds that it takes to get 4 kB on the disk, usually."""
    path = folder / "fsync"
    taken = []
    with path.open("wb") as file:
        for _ in range(times):
            file.write(b"\0" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    path.unlink()
    return statistics.median(taken)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


def versions() -> dict[str, str]:
    """Of Python, SQLite and the libraries measured."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return found | {name: version(name) for name in LIBRARIES}
