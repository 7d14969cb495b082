"""From where an ending can be reached, and where one could go on for ever: both for all valuations at once."""

from collections import deque

from bot.core.proofs.graph import Graph, Part
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached
from bot.core.scenario import Ending


def can_end(graph: Graph, reached: Reached) -> dict[Part, Values] | None:
    """For each part, the reached valuations from which some ending can be reached; None where it is given up.

    Where what is reached is not known to be all, they are looked for among all valuations.
    """
    within = _within(graph, reached)
    found: dict[Part, Values] = dict.fromkeys(graph.parts, 0)
    waiting: deque[Part] = deque()
    for part, at in graph.parts.items():
        if isinstance(at, Ending):
            found[part] = graph.space.everything
            waiting.append(part)
    queued, left = set(waiting), graph.most_roads
    while waiting:
        part = waiting.popleft()
        queued.discard(part)
        left -= len(graph.leading[part])
        if left < 0:
            return None
        for origin, road in graph.leading[part]:
            fresh = graph.back(road, found[part]) & within[origin] & ~found[origin]
            if fresh:
                found[origin] |= fresh
                if origin not in queued:
                    waiting.append(origin)
                    queued.add(origin)
    return found


def can_go_on_for_ever(graph: Graph, reached: Reached) -> tuple[dict[Part, Values], bool]:
    """For each part, the reached valuations from which a path without an end leads on; and whether that is certain.

    What can only run into endings and dead ends is taken away, again and again, until nothing more goes. If that is
    given up before, whatever lies on a circle is still there, but there may be more. Where what is reached is not
    known to be all, it is done for all valuations.
    """
    within = _within(graph, reached)
    left = {part: within[part] for part in graph.parts if graph.roads.get(part)}
    waiting = deque(left)
    queued, more = set(waiting), graph.most_roads
    while waiting and more > 0:
        part = waiting.popleft()
        queued.discard(part)
        more -= len(graph.roads[part])
        kept = left[part] & graph.before(part, left)
        if kept != left[part]:
            left[part] = kept
            fresh = {origin for origin, _ in graph.leading[part] if left.get(origin)} - queued
            waiting.extend(sorted(fresh))
            queued |= fresh
    return {part: values for part, values in left.items() if values}, not waiting


def _within(graph: Graph, reached: Reached) -> dict[Part, Values]:
    everything = graph.space.everything
    return {part: reached.at(part) if reached.whole else everything for part in graph.parts}
