"""The scenario `proofs`: what it costs to prove a story of 50 to 5,000 scenes over ten booleans."""

import math
import sys
from collections.abc import Iterator, Sequence
from statistics import linear_regression
from typing import Any, Final

from .figures import Goal, Spread, paired
from .processes import ROOT, running
from .report import Report
from .wide_story import every_situation

SIZES: Final = (50, 100, 200, 500, 1000, 2000, 5000)
#: The size with a goal of its own, from which on the cost of a scene must stay the same.
GOAL: Final = 500
#: Seconds of CPU.
LIMIT: Final = 2.0
#: What a scene of the largest story may cost, as a multiple of one in the story of `GOAL` scenes.
STEADY: Final = 1.5


def proofs(*, rounds: int, sizes: Sequence[int] = SIZES) -> Report:
    """Every size in every round; each round is a process of its own, and begins with another size."""
    found: dict[int, list[dict[str, Any]]] = {size: [] for size in sizes}
    for number in range(rounds):
        turned = [sizes[(place + number) % len(sizes)] for place in range(len(sizes))]
        with running([sys.executable, "-m", "tests.bench.prover"], cwd=ROOT, talks=True) as process:
            process.order(str(min(sizes)))  # the first one also pays for what is only done once
            for size in turned:
                found[size].append(process.order(str(size)))
    return _report(found)


def _report(found: dict[int, list[dict[str, Any]]]) -> Report:
    report = Report("proofs", "", ("scenes", "situations", "CPU s", "CPU µs a scene", "findings"))
    report.says = (
        "Every rule about a story, over every situation of a sound one: four to six decisions on each path, one "
        "override, two rules of an author's, and ten booleans that are set and tested, in all 1,024 combinations at "
        "every scene but the first two. A situation is a scene with what the booleans hold there. On one core, in a "
        "process of its own, without reading a file."
    )
    for size, rounds in found.items():
        cpu = [one["cpu"] for one in rounds]
        report.rows.append(
            (
                f"{size:,}",
                f"{rounds[0]['situations']:,}",
                _seconds(Spread.of(cpu)),
                str(Spread.of([each / size * 1e6 for each in cpu])),
                f"{len(rounds[0]['findings'])}",
            )
        )
        report.faults += dict.fromkeys(wrong for one in rounds for wrong in _wrong(one, size))
    if {GOAL, max(found)} <= found.keys() and max(found) > GOAL:
        _judge(report, found)
    report.figures = {"sizes": found}
    return report


def _wrong(one: dict[str, Any], size: int) -> Iterator[str]:
    """Whatever says that less was proved than is told."""
    if one["findings"]:
        yield f"a sound story of {size} scenes has findings, such as: {one['findings'][0]}"
    if one["scenes"] != size or one["situations"] != every_situation(size):
        yield f"{one['situations']} situations in {one['scenes']} scenes, not {every_situation(size)} in {size}"


def _judge(report: Report, found: dict[int, list[dict[str, Any]]]) -> None:
    largest = max(found)
    cost = {size: [one["cpu"] / size for one in rounds] for size, rounds in found.items()}
    seconds = Spread.of([one["cpu"] for one in found[GOAL]])
    steady = paired(cost[largest], cost[GOAL])
    report.goals += [
        Goal(f"{GOAL} scenes, ten booleans: CPU seconds", LIMIT, at_least=False, found=seconds),
        Goal(f"a scene of {largest}, against one of {GOAL}", STEADY, at_least=False, found=steady),
    ]
    large = [size for size in found if size >= GOAL]
    medians = [Spread.of([one["cpu"] for one in found[size]]).median for size in large]
    power, _ = linear_regression(list(map(math.log, large)), list(map(math.log, medians)))
    report.notes.append(
        f"From {GOAL} to {largest} scenes the time grows with the {power:.2f}th power of their number (1 is linear)."
    )


def _seconds(cpu: Spread) -> str:
    return f"{cpu.median:.3f} [{cpu.low:.3f}-{cpu.high:.3f}]"
