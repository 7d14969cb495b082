"""The scenario `shelf`: what it costs to have a shelf of 24 scenarios, compiled anew and from the cache."""

import json
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any, Final

from bot.library.shelf import CONTENT

from .figures import Goal, Spread
from .processes import ROOT, running
from .report import Report

SCENARIOS: Final = 24
#: Seconds of CPU, the start of Python and all imports included.
COLD: Final = 1.0
CACHED: Final = 0.2
#: Compiled modules are kept, whatever the account's own habit: an installed program has them, too.
_KEPT: Final = {"PYTHONDONTWRITEBYTECODE": ""}
#: Where a scenario's id stands in its folder.
_IDS: Final = (("scenario.yaml", "id"), ("checklist.yaml", "scenario"))


def shelf(folder: Path, *, rounds: int, scenarios: int = SCENARIOS) -> Report:
    """Both ways in every round, each in a fresh process."""
    folder.mkdir(parents=True, exist_ok=True)
    content, cache = shelf_of(scenarios, folder / "content"), folder / "shelf.cache"
    found: dict[str, list[dict[str, Any]]] = {"cold": [], "cached": []}
    _loaded(content, cache)  # writes the cache, and brings every file into memory
    for _ in range(rounds):
        found["cold"].append(_loaded(content))
        found["cached"].append(_loaded(content, cache))
    return _report(found, scenarios)


def shelf_of(count: int, folder: Path) -> Path:
    """Content with at least so many scenarios: the project's own, or a copy in which they stand several times."""
    shipped = sorted(path for path in (CONTENT / "scenarios").iterdir() if path.is_dir())
    if len(shipped) >= count:
        return CONTENT
    shutil.copytree(CONTENT, folder)
    for number in range(len(shipped), count):
        _copy(shipped[number % len(shipped)], folder / "scenarios" / f"copy-{number:02}")
    return folder


def _copy(scenario: Path, to: Path) -> None:
    """A scenario's folder under another id."""
    shutil.copytree(scenario, to)
    for name, key in _IDS:
        text = (to / name).read_text(encoding="utf-8")
        text, times = re.subn(rf"^{key}: .*$", f"{key}: {to.name}", text, count=1, flags=re.MULTILINE)
        assert times == 1
        (to / name).write_text(text, encoding="utf-8")


def _loaded(content: Path, *cache: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.shelf_load", str(content), *map(str, cache)]
    with running(command, cwd=ROOT, env=_KEPT, talks=True) as process:
        told: dict[str, Any] = json.loads(process.line())
        return told | {"wall": time.monotonic() - process.made}


def _report(found: dict[str, list[dict[str, Any]]], scenarios: int) -> Report:
    columns = ("", "CPU s", "start of Python", "imports", "the shelf itself", "wall s")
    report = Report("shelf", "", columns)
    report.says = (
        f"From the making of a process until it has a shelf of at least {scenarios} scenarios: read, checked, proved "
        "and compiled anew ('cold', as `bothand check` needs it), or taken from the cache while nothing has changed, "
        "as the bot does when it starts."
    )
    for name, rounds in found.items():
        cpu, wall = (Spread.of([one[key] for one in rounds]) for key in ("cpu", "wall"))
        parts = [Spread.of([one[key] for one in rounds]).median for key in ("python", "imports", "load")]
        report.rows.append((name, str(cpu), *(f"{part:.3f}" for part in parts), str(wall)))
        if any(one["scenarios"] < scenarios for one in rounds):
            report.faults.append(f"{name}: the shelf has fewer than {scenarios} scenarios")
        if any(one["compiled"] != (name == "cold") for one in rounds):
            came = (
                "from a cache" if name == "cold" else "from its files: did content or code change meanwhile?"
            )
            report.faults.append(f"{name}: a shelf came {came}")
        limit = COLD if name == "cold" else CACHED
        report.goals.append(Goal(f"{name}: CPU seconds", limit, at_least=False, found=cpu))
    report.notes.append(
        "Where fewer are shipped, copies fill the shelf; they share their words, so syllables are looked up less often "
        "than for as many different stories."
    )
    report.figures = dict(found)
    return report
