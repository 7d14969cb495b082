"""What the bare bots say: the very texts and buttons that Both/And said in one round of a scenario, written down."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A recording begins with the reply to this button, and ends with the screen on which it stands.
FIRST = "Try another way"
#: Where the bare bots find their script.
SCRIPT = "BENCH_SCRIPT"


@dataclass(frozen=True, slots=True)
class Line:
    """The reply to one tap: what the tapped message becomes, if anything, and the next screen."""

    edit: str | None
    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...]  #: label and payload of each button

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Line":
        rows = (
            tuple((button["text"], button["callback_data"]) for button in row) for row in told["keyboard"]
        )
        return cls(told["edit"], told["text"], tuple(rows))


def one_round(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The turns of a recording from one beginning to the next; each payload now says which turn follows.

    A bot that stores nothing has to carry it there. Payloads stay as long as they were.
    """
    begins = [number for number, turn in enumerate(told) if turn["label"] == FIRST]
    turns = told[begins[0] : begins[1]]
    return [
        turn | {"keyboard": _leading_to((number + 1) % len(turns), turn)} for number, turn in enumerate(turns)
    ]


def follows(payload: str) -> int:
    """Which turn a payload leads to."""
    return int(payload.partition(":")[0])


def load() -> list[Line]:
    """The script of this run."""
    return [Line.of(told) for told in json.loads(Path(os.environ[SCRIPT]).read_text(encoding="utf-8"))]


def _leading_to(number: int, turn: dict[str, Any]) -> list[list[dict[str, str]]]:
    return [
        [button | {"callback_data": f"{number}:".ljust(len(button["callback_data"]), "x")} for button in row]
        for row in turn["keyboard"]
    ]
