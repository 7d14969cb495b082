"""What a scenario found: a table for people, JSON for machines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .figures import Goal, Spread
from .processes import ROOT

FOLDER = ROOT / "build" / "bench"


@dataclass(slots=True)
class Report:
    """One scenario's findings."""

    scenario: str
    says: str  #: what was done, in a sentence or two
    columns: Sequence[str] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: What must not happen whatever the speed: something lost, doubled or out of its order.
    faults: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not self.faults and all(goal.met for goal in self.goals)

    def show(self, console: Console) -> None:
        """Print it."""
        console.rule(f"[bold]{self.scenario}")
        console.print(self.says)
        if self.rows:
            console.print(_table(self.columns, self.rows))
        if self.goals:
            console.print(_goals(self.goals))
        for note in self.notes:
            console.print(f"- {note}", highlight=False)
        for fault in self.faults:
            console.print(f"[bold red]FAULT[/] {escape(fault)}", highlight=False)

    def save(self, surroundings: Mapping[str, object]) -> Path:
        """Write it to build/bench; where it is."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / f"{self.scenario}.json"
        found = {
            "scenario": self.scenario,
            "says": self.says,
            "surroundings": surroundings,
            "goals": [asdict(goal) | {"verdict": goal.verdict} for goal in self.goals],
            "notes": self.notes,
            "faults": self.faults,
            "figures": self.figures,
        }
        path.write_text(json.dumps(found, indent=1, default=_plain), encoding="utf-8")
        return path


def _table(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(*map(escape, columns))
    for row in rows:
        table.add_row(*row)
    return table


def _goals(goals: Sequence[Goal]) -> Table:
    table = Table("Goal", "wanted", escape("found: median [min-max; middle half]"), "")
    for goal in goals:
        colour = "green" if goal.met else "bold red"
        table.add_row(goal.name, goal.wanted, str(goal.found), f"[{colour}]{goal.verdict}")
    return table


def _plain(value: object) -> object:
    if isinstance(value, Spread):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")
