"""`python -m tests.bench`: every scenario in turn; exit code 1 if a goal is missed or something went missing."""

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from . import machine
from .crowd import crowd
from .processes import fake_api
from .proofs import proofs
from .report import FOLDER, Report
from .shelf import shelf
from .starting import NEWCOMERS, start
from .turns import polling, turn


class Scenario(StrEnum):
    """What can be measured."""

    TURN = "turn"
    POLLING = "polling"
    CROWD = "crowd"
    START = "start"
    PROOFS = "proofs"
    SHELF = "shelf"


def main(
    rounds: Annotated[int, typer.Option(help="Rounds of each scenario.", min=1)] = 9,
    turns: Annotated[int, typer.Option(help="Turns of each bot in each round, at least.", min=1)] = 500,
    only: Annotated[list[Scenario] | None, typer.Option(help="Only this scenario; may be repeated.")] = None,
    newcomers: Annotated[int, typer.Option(help="New people in `start`.", min=100)] = NEWCOMERS,
) -> None:
    """Both/And beside bare bots, in one run, as ratios; and what it costs to check a story and to load the shelf."""
    console = Console(width=None if Console().is_terminal else 160)
    FOLDER.mkdir(parents=True, exist_ok=True)
    good = True
    # On the disk that a bot's data would lie on, not in a folder that may be memory.
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="run-") as run:
        surroundings = _surroundings(console, Path(run))
        for scenario in only or list(Scenario):
            report = _report(scenario, Path(run), rounds=rounds, turns=turns, newcomers=newcomers)
            report.show(console)
            console.print(f"Written to {report.save(surroundings).relative_to(FOLDER.parents[1])}\n")
            good = good and report.good
    raise SystemExit(0 if good else 1)


def _surroundings(console: Console, run: Path) -> dict[str, object]:
    found = {"versions": machine.versions(), "cores": machine.cores(), "fsync_p50": machine.fsync_p50(run)}
    console.print(
        ", ".join(f"{name} {number}" for name, number in machine.versions().items()), highlight=False
    )
    console.print(f"{found['cores']} cores, fsync of 4 kB p50 {machine.fsync_p50(run) * 1e6:.0f} µs\n")
    return found


def _report(scenario: Scenario, run: Path, *, rounds: int, turns: int, newcomers: int) -> Report:
    match scenario:
        case Scenario.CROWD:
            return crowd(run, rounds=rounds)
        case Scenario.PROOFS:
            return proofs(rounds=rounds)
        case Scenario.SHELF:
            return shelf(run / "shelf", rounds=rounds)
    with fake_api() as api:
        match scenario:
            case Scenario.TURN:
                return turn(api, run / "turn", rounds=rounds, turns=turns)
            case Scenario.POLLING:
                return polling(api, run / "polling", rounds=rounds, turns=turns)
            case _:
                return start(api, run / "start", rounds=rounds, newcomers=newcomers)


if __name__ == "__main__":
    typer.run(main)
