"""The scenario `start`: how long until the bot listens, what it weighs, and what a hundred thousand people add."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .figures import Goal, Spread, paired
from .machine import Memory, memory
from .processes import Bot, FakeApi, bot
from .report import Report

NEWCOMERS = 100_000
#: Of so many newcomers one walks on to the first scene: enough to fill the bot's bounded memory of screens.
WALKS = 8
AT_ONCE = 64
#: Seconds after the first poll until a bot counts as idle.
SETTLED = 1.0
#: Seconds that all the newcomers may take together.
PATIENCE = 900.0

BOTHAND = (str(Path(sys.executable).with_name("bothand")), "run")
BARE = (sys.executable, "-m", "tests.bench.bare_ptb")


def start(api: FakeApi, folder: Path, *, rounds: int, newcomers: int = NEWCOMERS) -> Report:
    """Starts, memory at rest, memory after the newcomers."""
    report = Report("start", "", ("", "to the first poll, s", "idle, MB resident", "idle, MB its own"))
    report.says = (
        "From the making of the process to its first getUpdates: `bothand run` with a compiled shelf, and a bare "
        "python-telegram-bot as shipped. Then everybody new: each sends /start, one in "
        f"{WALKS} taps on to the first scene."
    )
    ours, bare = _started(api, folder, rounds)
    for name, found in (("Both/And", ours), ("python-telegram-bot as shipped", bare)):
        seconds = Spread.of([taken for taken, _ in found])
        rss, pss = ([pick(m) for _, m in found] for pick in (_rss, _pss))
        report.rows.append((name, str(seconds), str(Spread.of(rss)), str(Spread.of(pss))))
    took = [taken for taken, _ in ours]
    report.goals += [
        Goal(
            "start, against the bare bot",
            1.5,
            at_least=False,
            found=paired(took, [taken for taken, _ in bare]),
        ),
        Goal("start, seconds", 1.0, at_least=False, found=Spread.of(took)),
        Goal(
            "memory at rest, against the bare bot",
            1.5,
            at_least=False,
            found=paired([_rss(m) for _, m in ours], [_rss(m) for _, m in bare]),
        ),
    ]
    report.figures = {
        "ours": [(taken, m.rss, m.pss) for taken, m in ours],
        "bare": [(taken, m.rss, m.pss) for taken, m in bare],
    }
    _grow(report, api, folder, newcomers)
    return report


Start = tuple[float, Memory]


def _started(api: FakeApi, folder: Path, rounds: int) -> tuple[list[Start], list[Start]]:
    ours: list[Start] = []
    bare: list[Start] = []
    for number in range(rounds + 1):
        both: list[tuple[list[Start], str, Sequence[str]]] = [(ours, "bothand", BOTHAND), (bare, "ptb", BARE)]
        for found, name, command in both if number % 2 else both[::-1]:
            taken = _start(api, folder, name, command=command)
            if number:  # the first time compiles the shelf and warms the disk's cache
                found.append(taken)
    return ours, bare


def _start(api: FakeApi, folder: Path, name: str, *, command: Sequence[str]) -> Start:
    with bot(name, api, folder / f"start-{name}", command=command) as started:
        taken = started.started()
        time.sleep(SETTLED)
        return taken, memory(started.pid)


def _grow(report: Report, api: FakeApi, folder: Path, newcomers: int) -> None:
    few = max(1, newcomers // 100)
    with bot("bothand", api, folder / "grow") as one:
        one.started()
        before = _weighed(one)
        plays = [_come(one, few, after=0)]
        after_few = _weighed(one)
        plays.append(_come(one, newcomers - few, after=few))
        after = _weighed(one)
    report.faults += [f"calls that nobody was owed: {play['strays']}" for play in plays if play["strays"]]
    report.notes.append(
        f"Resident, after a garbage collection: {before.rss:.1f} MB at rest, {after_few.rss:.1f} after {few} people, "
        f"{after.rss:.1f} after {newcomers} ({(newcomers - few) / plays[1]['seconds']:.0f} people a second)."
    )
    weights = {"before": before.rss, "after_few": after_few.rss, "after": after.rss}
    report.figures["grown"] = {"few": few, "people": newcomers, **weights}
    growth = Spread.of([after.rss - before.rss])
    report.goals.append(Goal(f"MB more after {newcomers} people", 20.0, at_least=False, found=growth))


def _come(one: Bot, people: int, *, after: int) -> dict[str, Any]:
    return one.order(
        "newcomers", people=people, after=after, at_once=AT_ONCE, walk_every=WALKS, patience=PATIENCE
    )


def _weighed(one: Bot) -> Memory:
    one.collect_garbage()
    return memory(one.pid)


def _rss(found: Memory) -> float:
    return found.rss


def _pss(found: Memory) -> float:
    return found.pss
