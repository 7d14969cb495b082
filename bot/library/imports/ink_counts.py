"""Which visits of an ink story matter, and how far they must be counted.

A story that counts for ever would never come back to a state it was in. Most counts are only compared with a number,
or taken in turn, so they are counted as far as that can be seen: up to a limit, and then round.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from math import lcm
from typing import Final

from bot.library.imports.ink_parts import Container, Part, Tree

VISITS: Final = 1
TURNS: Final = 2
START_ONLY: Final = 4
ONCE: Final = 16
#: Further than this nothing is counted exactly.
FARTHEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Count:
    """Counted up to `most`; one further is the same as `again` fewer."""

    most: int
    again: int

    def after(self, count: int) -> int:
        """The count after another visit."""
        count += 1
        return count if count <= self.most else count - self.again


@dataclass(frozen=True, slots=True)
class Counts:
    """What a story looks at: visits of these containers, how long ago they were seen, and how many turns there were."""

    visits: dict[Container, Count]
    turns_since: bool
    turns: bool
    cap: int


@dataclass(slots=True)
class _Seen:
    """How far one container's visits can be seen."""

    cap: int = 0
    rounds: list[int] = field(default_factory=list)


def counts_of(tree: Tree) -> Counts:
    """What of a story's visits and turns its own conditions can tell apart."""
    cap = min(max((_small(part) for part in tree.parts), default=0), FARTHEST) + 1
    seen: dict[Container, _Seen] = defaultdict(_Seen)
    for part in tree.parts:
        if part.kind == "choice" and part.flags & ONCE and part.target:
            _at_least(seen[part.target.container], 1)
        elif part.kind == "read count" and part.target:
            _at_least(seen[part.target.container], cap)
        elif part.kind == "command" and part.name == "visit":
            _sequence(part, seen[part.parent], cap)
        elif part.kind == "command" and part.name == "readc":
            for container in tree.containers:
                _at_least(seen[container], cap)
    words = {part.name for part in tree.parts if part.kind == "command"}
    return Counts(
        {container: _count(found) for container, found in seen.items()},
        turns_since="turns" in words,
        turns="turn" in words,
        cap=cap,
    )


def sequence_length(part: Part) -> tuple[int, str]:
    """For a `visit`: the number behind it and the command that uses both; otherwise 0 and nothing."""
    following = part.parent.content[part.at + 1 : part.at + 3]
    match following:
        case [Part(kind="value", value=int(number)), Part(name=name)] if 0 < number <= FARTHEST:
            return number, name
        case _:
            return 0, ""


def _sequence(part: Part, seen: _Seen, cap: int) -> None:
    number, name = sequence_length(part)
    if name in {"%", "seq"}:
        seen.rounds.append(number)
    else:
        _at_least(seen, number + 1 if name == "MIN" else cap)


def _count(seen: _Seen) -> Count:
    again = min(lcm(*seen.rounds), FARTHEST) if seen.rounds else 1
    return Count(seen.cap + again if seen.rounds else max(seen.cap, 1), again)


def _at_least(seen: _Seen, cap: int) -> None:
    seen.cap = max(seen.cap, cap)


def _small(part: Part) -> int:
    return part.value if isinstance(part.value, int) and part.kind == "value" else 0
