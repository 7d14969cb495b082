"""Walking a graph with all its valuations at once, nearest first, so that a shortest way to anything can be told.

A walk may carry a phase along: a small number that says what has been met so far ("the override once", "after X"). So
one search serves every rule about paths.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.core.ids import SceneId
from bot.core.proofs.graph import Graph, Part, Road
from bot.core.proofs.space import Values
from bot.core.run import Taken
from bot.core.scenario import Ending, Option, Scene

#: A part, and the phase in which it is reached.
Node = tuple[Part, int]
#: The valuations at each node.
Front = dict[Node, Values]
#: The phase after taking an option from a phase, and on arriving at a part.
OnTap = Callable[[int, Scene, Option], int]
OnArrival = Callable[[int, Scene | Ending], int]
#: Phases that a walk may have: 0, 1 and 2.
PHASES = 3
#: So many layers a walk for an author's rule may always have: in a scenario without other faults it needs no more.
FEWEST_LAYERS_OF_A_RULE = 8
Allowed = Callable[[Scene, Option], Values]


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk: which phase follows, and which options may be taken."""

    on_tap: OnTap | None = None
    on_arrival: OnArrival | None = None
    #: For each scene and option, the valuations in which it may be taken; None: wherever it is offered.
    allowed: Allowed | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that a walk reaches, in layers: layer n holds what is first reached by n taps.

    A walk that is given up has come so far only: what it has reached is true, what it has not may be reached yet.
    """

    graph: Graph
    walk: Walk
    layers: list[Front] = field(default_factory=list)
    seen: Front = field(default_factory=dict)
    #: For each part, the layers and phases in which it stands.
    places: dict[Part, list[tuple[int, int]]] = field(default_factory=dict)
    #: What would have come next, where the walk was given up.
    ahead: Front = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether this is all, and not given up at `Graph.most_layers`."""
        return not self.ahead

    def note(self, front: Front, *, new: bool = True) -> None:
        """Adds a layer; unless it is `new`, what it holds does not count as seen."""
        depth = len(self.layers)
        self.layers.append(front)
        for node, values in front.items():
            self.places.setdefault(node[0], []).append((depth, node[1]))
            if new:
                self.seen[node] = self.seen.get(node, 0) | values

    def at(self, part: Part) -> Values:
        """The valuations in which a part is reached, in whatever phase."""
        found = 0
        for phase in range(PHASES):
            found |= self.seen.get((part, phase), 0)
        return found

    def taps(
        self, part: Part, values: Values, *, phase: int | None = None, at_least: int = 0
    ) -> tuple[Taken, ...] | None:
        """The fewest taps to a part in one of these valuations (and in this phase), or None if there is no way."""
        for depth, found_in in self.places.get(part, ()):
            if depth < at_least or (phase is not None and found_in != phase):
                continue
            found = self.layers[depth][part, found_in] & values
            if found:
                return _retrace(self, depth, (part, found_in), self.graph.space.first(found))
        return None


def everything(graph: Graph, walk: Walk = Walk()) -> Reached:
    """Walks until nothing new is reached, or so many layers are that it is given up."""
    reached = Reached(graph, walk)
    _go_on(reached, _first(graph, walk), _patience(graph, walk))
    return reached


def longer_than(graph: Graph, most: int) -> Reached:
    """Walks on after `most` taps: layers up to the next one hold what exactly so many reach, later ones what is new.

    `seen` is what more than `most` taps can reach. It may be given up, as `everything` may.
    """
    reached = Reached(graph, Walk())
    front = _first(graph, reached.walk)
    for _ in range(most + 1):
        reached.note(front, new=False)
        front = _next(graph, reached.walk, front)
    _go_on(reached, front, graph.most_layers)
    return reached


def _go_on(reached: Reached, front: Front, most: int) -> None:
    while front and len(reached.layers) < most:
        reached.note(front)
        front = _fresh(reached, _next(reached.graph, reached.walk, front))
    reached.ahead.update(front)


def _patience(graph: Graph, walk: Walk) -> int:
    """The most layers of a walk. An author may write many rules, each with a walk of its own: they share the work."""
    if walk.on_tap is None:
        return graph.most_layers
    return max(FEWEST_LAYERS_OF_A_RULE, graph.most_layers // max(1, len(graph.scenario.rules)))


def _fresh(reached: Reached, front: Front) -> Front:
    fresh = {node: values & ~reached.seen.get(node, 0) for node, values in front.items()}
    return {node: values for node, values in fresh.items() if values}


def _first(graph: Graph, walk: Walk) -> Front:
    start = graph.parts[graph.start]
    phase = walk.on_arrival(0, start) if walk.on_arrival else 0
    return {(graph.start, phase): graph.space.start}


def _next(graph: Graph, walk: Walk, front: Front) -> Front:
    following: Front = {}
    for (part, phase), values in front.items():
        for road, arrived in graph.onward(part, values, partial(_may, graph, walk, part)):
            node = road.to, _phase(graph, walk, phase, part, road)
            following[node] = following.get(node, 0) | arrived
    return following


def _may(graph: Graph, walk: Walk, part: Part, option: Option) -> Values:
    if walk.allowed is None:
        return graph.space.everything
    scene = graph.parts[part]
    assert isinstance(scene, Scene)
    return walk.allowed(scene, option)


def _phase(graph: Graph, walk: Walk, phase: int, part: Part, road: Road) -> int:
    if walk.on_tap is not None:
        scene = graph.parts[part]
        assert isinstance(scene, Scene)
        phase = walk.on_tap(phase, scene, road.option)
    return walk.on_arrival(phase, graph.parts[road.to]) if walk.on_arrival else phase


def _retrace(reached: Reached, depth: int, node: Node, values: Values) -> tuple[Taken, ...]:
    """The taps to one valuation at a node of layer `depth`, found backwards, a layer at a time."""
    graph, walk = reached.graph, reached.walk
    taps: list[Taken] = []
    for layer in reversed(reached.layers[:depth]):
        node, values, tap = _before(graph, walk, layer, node, values)
        taps.append(tap)
    return tuple(reversed(taps))


def _before(graph: Graph, walk: Walk, layer: Front, node: Node, values: Values) -> tuple[Node, Values, Taken]:
    for part, road in graph.leading[node[0]]:
        here = [phase for phase in range(PHASES) if (part, phase) in layer]
        origin = graph.back(road, values) & _may(graph, walk, part, road.option) if here else 0
        if not origin:
            continue
        for phase in here:
            found = layer[part, phase] & origin
            if found and _phase(graph, walk, phase, part, road) == node[1]:
                return (part, phase), graph.space.first(found), Taken(SceneId(part), road.option.id)
    raise AssertionError("a layer without a way into the next")
