"""The scenario `crowd`: a thousand people tap at the same moment in the practice room, a strict Bot API server."""

import contextlib
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from .machine import cpu_seconds
from .processes import ROOT, Process, launched, running
from .report import Report

PEOPLE = 1000
#: Rules about pushes. There are none here, but a reply that comes after ten seconds is taken for one.
UNPROMPTED = "unprompted"


def crowd(folder: Path, *, rounds: int, people: int = PEOPLE) -> Report:
    """Told, without a goal for the time: the room itself is the slower of the two."""
    report = Report("crowd", "", ("wave", "updates", "p50, s", "p99, s", "updates a second", "bot", "room"))
    report.says = (
        f"{people} people in the practice room, in a process of its own, tap at once; then tap and ask for help in one "
        "breath. Times are from the update to its acknowledgement. The room checks every call against the schema of "
        "the Bot API and gives out at most 100 updates at a time, as Telegram does."
    )
    command = [sys.executable, "-m", "tests.bench.crowded_room", str(people)]
    with contextlib.ExitStack() as stack:
        room = stack.enter_context(running(command, cwd=ROOT, talks=True))
        where = json.loads(room.line())
        bot = stack.enter_context(launched("bothand", where["url"], where["token"], folder / "crowd"))
        room.order("meet")
        for wave in ["tap", "hurry"] * _pairs(rounds):
            _wave(report, room, bot, wave)
        broken = Counter(room.order("policy")["broken_rules"])
    report.faults += [f"{times} x {rule}" for rule, times in broken.items() if UNPROMPTED not in rule]
    if not report.faults:
        report.notes.append(
            "Nothing lost, nothing doubled, no chat out of its order, no rule of the Bot API broken."
        )
    return report


def _pairs(rounds: int) -> int:
    """A scenario is seven taps long, and a wave takes one of them."""
    return max(1, min(rounds, 2))


def _wave(report: Report, room: Process, bot: Process, wave: str) -> None:
    bot_before, room_before, began = cpu_seconds(bot.pid), cpu_seconds(room.pid), time.monotonic()
    found: dict[str, Any] = room.order(wave)
    wall = time.monotonic() - began
    shares = [
        (cpu_seconds(pid) - before) / wall for pid, before in ((bot.pid, bot_before), (room.pid, room_before))
    ]
    report.rows.append(
        (
            {"tap": "a tap", "hurry": "a tap and /help"}[wave],
            f"{found['updates']}",
            f"{found['p50']:.2f}",
            f"{found['p99']:.2f}",
            f"{found['updates'] / found['seconds']:.0f}",
            *(f"{share:.2f} of a core" for share in shares),
        )
    )
    report.figures.setdefault(wave, []).append(found | {"bot": shares[0], "room": shares[1]})
    if found["unanswered"]:
        report.faults.append(f"{found['unanswered']} people did not get exactly what they asked for")
    if found.get("out_of_order"):
        report.faults.append(f"{found['out_of_order']} chats out of their order")
