"""The nearest situations of a scenario, one by one: what leads round among them, and by how few taps."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.ids import OptionId, SceneId
from bot.core.proofs.graph import Graph, Part
from bot.core.proofs.space import Values, holds
from bot.core.run import Taken

#: Situations looked at one by one; six decisions of four options reach 5,461 at most.
MOST_SITUATIONS = 10_000

#: A situation that is near, by its number: nearest first.
Number = int


@dataclass(slots=True)
class Purse:
    """Work that may be done yet, in taps followed."""

    left: int


@dataclass(frozen=True, slots=True)
class Near:
    """Situations, nearest first, with what each leads to among them."""

    #: Where each is, and which valuation it has, by its place in the space.
    parts: list[Part] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    #: By which tap each is first reached; None for the first.
    came: list[tuple[Number, OptionId] | None] = field(default_factory=list)
    onward: list[list[tuple[OptionId, Number]]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether these are certainly all."""
        return len(self.parts) < MOST_SITUATIONS

    def taps(self, to: Number) -> tuple[Taken, ...]:
        """The fewest taps to a situation."""
        found: list[Taken] = []
        before = self.came[to]
        while before is not None:
            found.append(Taken(SceneId(self.parts[before[0]]), before[1]))
            before = self.came[before[0]]
        return tuple(reversed(found))

    def knots(self) -> list[list[Number]]:
        """The parts that are strongly connected by a circle: from each situation of one every other can be reached."""
        return [
            sorted(knot)
            for knot in _connected(self.onward)
            if len(knot) > 1 or any(to == knot[0] for _, to in self.onward[knot[0]])
        ]

    def inside(self, knot: Collection[Number]) -> set[Taken]:
        """The taps that lead from one situation of a knot to another."""
        known = set(knot)
        return {
            Taken(SceneId(self.parts[one]), option)
            for one in known
            for option, to in self.onward[one]
            if to in known
        }

    def shortest(self, knots: Sequence[Sequence[Number]], purse: Purse) -> tuple[Number, tuple[Taken, ...]]:
        """The fewest taps that come back to a situation, the way there included; and that situation.

        Once the purse is empty, the best that was found so far: a circle, but perhaps not the shortest.
        """
        best: tuple[Number, tuple[Taken, ...]] | None = None
        within = {one: known for knot in knots for known in [set(knot)] for one in knot}
        for one in sorted(within):
            if best is not None and (self.depths[one] + 1 >= len(best[1]) or purse.left <= 0):
                break
            most = None if best is None else len(best[1]) - self.depths[one] - 1
            round_ = self._round(one, within[one], most, purse)
            if round_:
                best = one, (*self.taps(one), *round_)
        assert best is not None, "what is strongly connected leads round"
        return best

    def _round(self, start: Number, inside: set[Number], most: int | None, purse: Purse) -> tuple[Taken, ...]:
        """The fewest taps from one situation back to itself, at most so many; none if there are none."""
        before: dict[Number, tuple[Number, OptionId]] = {}
        layer, count = [start], 0
        while layer and (most is None or count < most):
            count += 1
            following = []
            for one in layer:
                purse.left -= len(self.onward[one])
                for option, to in self.onward[one]:
                    if to in inside and to not in before:
                        before[to] = one, option
                        following.append(to)
            if start in before:
                return tuple(reversed([*self._back(before, start)]))
            layer = following
        return ()

    def _back(self, before: Mapping[Number, tuple[Number, OptionId]], start: Number) -> Iterator[Taken]:
        one, option = before[start]
        yield Taken(SceneId(self.parts[one]), option)
        while one != start:
            one, option = before[one]
            yield Taken(SceneId(self.parts[one]), option)


def nearest(graph: Graph, within: Mapping[Part, Values]) -> Near:
    """The nearest `MOST_SITUATIONS` of those in `within` that can be reached through it."""
    near = Near()
    look = _Looking(graph, within)
    numbers: dict[tuple[Part, int], Number] = {}

    def number(part: Part, place: int, came: tuple[Number, OptionId] | None) -> None:
        numbers[part, place] = len(near.parts)
        near.parts.append(part)
        near.places.append(place)
        near.depths.append(0 if came is None else near.depths[came[0]] + 1)
        near.came.append(came)

    if within.get(graph.start, 0) & graph.space.start:
        number(graph.start, graph.space.start.bit_length() - 1, None)
    for here in range(MOST_SITUATIONS):
        if here == len(near.parts):
            break
        onward = []
        for option, part, place in look.onward(near.parts[here], near.places[here]):
            if (part, place) not in numbers and len(numbers) < MOST_SITUATIONS:
                number(part, place, (here, option))
            to = numbers.get((part, place))
            if to is not None:
                onward.append((option, to))
        near.onward.append(onward)
    return near


#: A road for single valuations: its option, where it leads, when it is taken, how it moves, where that may lead.
_Lane = tuple[OptionId, Part, bytes, Callable[[int], int], bytes]


class _Looking:
    """The roads of a graph, for one situation at a time."""

    def __init__(self, graph: Graph, within: Mapping[Part, Values]) -> None:
        self._graph = graph
        self._within = within
        self._lanes: dict[Part, list[_Lane]] = {}

    def onward(self, part: Part, place: int) -> Iterator[tuple[OptionId, Part, int]]:
        if part not in self._lanes:
            self._lanes[part] = [*self._laid(part)]
        for option, to, when, move, open_ in self._lanes[part]:
            if holds(when, place):
                arrived = move(place)
                if holds(open_, arrived):
                    yield option, to, arrived

    def _laid(self, part: Part) -> Iterator[_Lane]:
        space = self._graph.space
        for road in self._graph.roads.get(part, ()):
            open_ = road.turns & self._within.get(road.to, 0)
            if open_:
                move = space.mover(road.option.sets)
                yield road.option.id, road.to, space.marked(road.when), move, space.marked(open_)


def _connected(onward: Sequence[Sequence[tuple[OptionId, Number]]]) -> Iterator[list[Number]]:
    """The strongly connected parts, by Tarjan's search, without recursion: a path may be thousands long."""
    order: dict[Number, int] = {}
    lowest: dict[Number, int] = {}
    stack: list[Number] = []
    placed: set[Number] = set()
    for root in range(len(onward)):
        if root in order:
            continue
        path = [(root, iter(onward[root]))]
        order[root] = lowest[root] = len(order)
        stack.append(root)
        while path:
            here, rest = path[-1]
            for _, to in rest:
                if to not in order:
                    order[to] = lowest[to] = len(order)
                    stack.append(to)
                    path.append((to, iter(onward[to])))
                    break
                if to not in placed:
                    lowest[here] = min(lowest[here], order[to])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[here])
                if lowest[here] == order[here]:
                    found = [stack.pop()]
                    while found[-1] != here:
                        found.append(stack.pop())
                    placed.update(found)
                    yield found
