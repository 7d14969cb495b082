"""All turns of an ink story, found choice by choice; turns that nobody can tell apart are one."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from bot.library.imports.ink_parts import Unread
from bot.library.imports.ink_run import Story, Turn
from bot.library.imports.ink_step import begin, choose

MAX_STATES: Final = 2_000
#: How much is spent on finding turns that can be told apart by nothing but their history.
MAX_COMPARED: Final = 1_000_000


@dataclass(slots=True)
class Graph:
    """Turns in the order of finding, the first one first, and the numbers of the turns that their choices lead to."""

    turns: list[Turn] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def place(self, turn: Turn) -> int:
        """The turn's number; a turn that is known has one."""
        number = self.known.setdefault(turn.key(), len(self.turns))
        if number == len(self.turns):
            self.turns.append(turn)
            self.ways.append([])
        return number


def explored(story: Story) -> Graph:
    """Every turn that any way through the story comes to. Raises `Unread`."""
    graph = Graph()
    waiting = deque([graph.place(begin(story))])
    while waiting:
        number = waiting.popleft()
        turn = graph.turns[number]
        for offer in turn.offers:
            found = len(graph.turns)
            following = graph.place(choose(story, turn, offer))
            graph.ways[number].append(following)
            if following == found:
                waiting.append(following)
        if len(graph.turns) > MAX_STATES:
            what = (
                f"more than {MAX_STATES} states; something is counted that never comes back to where it was"
            )
            raise Unread(1, f"the story has {what}.")
    return graph


def merged(graph: Graph) -> Graph:
    """The graph with turns made one that read alike and whose choices lead to turns that are one."""
    kinds = _numbered([(turn.said, turn.stop, _worded(turn)) for turn in graph.turns])
    spent = 0
    while True:
        finer = _numbered(
            [(kinds[at], tuple(kinds[way] for way in ways)) for at, ways in enumerate(graph.ways)]
        )
        spent += len(kinds) + sum(map(len, graph.ways))
        if max(finer) == max(kinds):
            break
        if spent > MAX_COMPARED:
            return graph
        kinds = finer
    smaller = Graph()
    for at, kind in enumerate(finer):
        if kind == len(smaller.turns):
            smaller.turns.append(graph.turns[at])
            smaller.ways.append([finer[way] for way in graph.ways[at]])
    return smaller


def _worded(turn: Turn) -> object:
    return tuple((offer.text, offer.tags, offer.part) for offer in turn.offers)


def _numbered(keys: list[object]) -> list[int]:
    """The keys' numbers, equal for equal keys, in the order in which they first come."""
    numbers: dict[object, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]
