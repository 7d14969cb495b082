"""The account of an import: line by line for people, and as values for machines."""

from collections import Counter
from collections.abc import Iterable

from bot.library.imports.draft import Loss, Verdict


def loss_lines(losses: Iterable[Loss], file: str, unit: str = "line") -> list[str]:
    """Every construct with its place, its verdict and what became of it, in the order of the places.

    Lines are told as `file:line`, as editors know them, and other units by their names: `file, node 3`. With an empty
    `unit` places are not known, and not told.
    """
    return [
        f"{_place(file, unit, loss.line)}: {loss.construct}: {loss.verdict}: {loss.what}"
        for loss in sorted(losses)
    ]


def _place(file: str, unit: str, line: int) -> str:
    match unit:
        case "line":
            return f"{file}:{line}"
        case "":
            return file
        case _:
            return f"{file}, {unit} {line}"


def loss_records(losses: Iterable[Loss], unit: str = "line") -> list[dict[str, object]]:
    """The same for JSON: `line` counts what `unit` says, from 1."""
    return [
        {
            "unit": unit,
            "line": loss.line,
            "construct": loss.construct,
            "verdict": str(loss.verdict),
            "what": loss.what,
        }
        for loss in sorted(losses)
    ]


def loss_sum(losses: Iterable[Loss]) -> str:
    """How many constructs met each verdict: "12 kept, 3 approximated, 1 refused"."""
    counted = Counter(loss.verdict for loss in losses)
    return ", ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict)
