"""From where an ending can be reached, and where one could go round for ever: both for all valuations at once."""

from collections import deque

from bot.core.ids import SceneId
from bot.core.proofs.graph import Graph, Part
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached
from bot.core.run import Taken
from bot.core.scenario import Ending


def can_end(graph: Graph) -> dict[Part, Values]:
    """For each part, the valuations from which some ending can be reached."""
    found: dict[Part, Values] = dict.fromkeys(graph.parts, 0)
    waiting: deque[Part] = deque()
    for part, at in graph.parts.items():
        if isinstance(at, Ending):
            found[part] = graph.space.everything
            waiting.append(part)
    while waiting:
        part = waiting.popleft()
        for origin, road in graph.leading[part]:
            fresh = graph.back(road, found[part]) & ~found[origin]
            if fresh:
                found[origin] |= fresh
                waiting.append(origin)
    return found


def can_go_on_for_ever(graph: Graph, reached: Reached) -> dict[Part, Values]:
    """For each part, the reached valuations from which a path without an end leads on.

    What can only run into endings and dead ends is taken away, again and again, until nothing more goes.
    """
    left = {part: reached.at(part) for part in graph.parts if graph.roads.get(part)}
    waiting = deque(left)
    queued = set(waiting)
    while waiting:
        part = waiting.popleft()
        queued.discard(part)
        on = 0
        for road in graph.roads[part]:
            on |= graph.back(road, left.get(road.to, 0))
        kept = left[part] & on
        if kept != left[part]:
            left[part] = kept
            fresh = {origin for origin, _ in graph.leading[part] if left.get(origin)} - queued
            waiting.extend(sorted(fresh))
            queued |= fresh
    return {part: values for part, values in left.items() if values}


def shortest_circle(graph: Graph, reached: Reached, endless: dict[Part, Values]) -> tuple[Taken, ...]:
    """The fewest taps that come back to a situation they have left: the way there, then once round."""
    best: tuple[Taken, ...] = ()
    for depth, layer in enumerate(reached.layers):
        if best and depth + 1 >= len(best):
            break
        for (part, _), values in layer.items():
            inside = values & endless.get(part, 0)
            while inside:
                one = graph.space.first(inside)
                inside &= ~one
                round_ = _round(graph, part, one, endless, most=len(best) - depth - 1 if best else None)
                there = reached.taps(part, one) if round_ else None
                if there is not None and (not best or len(there) + len(round_) < len(best)):
                    best = (*there, *round_)
    return best


def _round(
    graph: Graph, start: Part, one: Values, inside: dict[Part, Values], *, most: int | None
) -> tuple[Taken, ...]:
    """The fewest taps from one situation back to itself, fewer than `most`; none if there are none."""
    layers: list[dict[Part, Values]] = [{start: one}]
    seen: dict[Part, Values] = {}
    while layers[-1] and (most is None or len(layers) <= most):
        following: dict[Part, Values] = {}
        for part, values in layers[-1].items():
            for road in graph.roads.get(part, ()):
                arrived = graph.along(road, values) & inside.get(road.to, 0) & ~seen.get(road.to, 0)
                if arrived:
                    following[road.to] = following.get(road.to, 0) | arrived
        if following.get(start, 0) & one:
            return _retraced(graph, layers, start, one)
        for part, values in following.items():
            seen[part] = seen.get(part, 0) | values
        layers.append(following)
    return ()


def _retraced(
    graph: Graph, layers: list[dict[Part, Values]], part: Part, values: Values
) -> tuple[Taken, ...]:
    taps: list[Taken] = []
    for layer in reversed(layers):
        for origin, road in graph.leading[part]:
            found = graph.back(road, values) & layer.get(origin, 0)
            if found:
                taps.append(Taken(SceneId(origin), road.option.id))
                part, values = origin, graph.space.first(found)
                break
    return tuple(reversed(taps))
