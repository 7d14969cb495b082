"""A draft: what another tool's story holds of a scenario, with an account of everything that was lost on the way.

A draft has no ratings and no reasons unless the source had them; what is missing is a named gap, which `bothand check`
refuses until an author has filled it.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a construct."""

    KEPT = "kept"
    APPROXIMATED = "approximated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """One construct of the source: where it stands, what it is, and what became of it.

    `line` counts from 1, in the draft's `unit`.
    """

    line: int
    construct: str
    verdict: Verdict
    what: str


@dataclass(frozen=True, slots=True)
class DraftOption:
    """A choice. `to` is a scene's or ending's id; one that no scene has is a gap: the source leads nowhere there.

    `fields` are those of an option that the source did hold.
    """

    id: str
    text: str
    to: str
    line: int
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftScene:
    """A passage; without options it is an ending. `place` is where an editor drew it, kept for the way back."""

    id: str
    title: str
    text: str
    options: tuple[DraftOption, ...]
    line: int
    tags: tuple[str, ...] = ()
    place: str | None = None
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole story, beginning at its first scene, and the account of its import.

    `unit` is what `line` counts: lines of a text, rows of a sheet, nodes of an H5P package, parts of a compiled story;
    empty where lines are not known.
    `own` is what only the source's format knows, such as an IFID: kept for the way back, and nowhere else.
    """

    title: str
    scenes: tuple[DraftScene, ...]
    losses: tuple[Loss, ...]
    source: str
    fields: dict[str, object] = field(default_factory=dict)
    own: dict[str, object] = field(default_factory=dict)
    unit: str = "line"


def lead_on(options: int) -> str:
    """How many options a scene has, as a sentence of an account."""
    match options:
        case 0:
            return "no option leads on."
        case 1:
            return "one option leads on."
        case _:
            return f"{options} options lead on."
