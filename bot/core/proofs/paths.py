"""Rules about ways through a scenario: nobody is stranded, all meet the override, none is too short or too long."""

from collections.abc import Iterator

from bot.core.ids import EndingId, SceneId
from bot.core.proofs.escape import can_end, can_go_on_for_ever, shortest_circle
from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.walking import Reached, Walk, everything, longer_than
from bot.core.run import Taken
from bot.core.scenario import Ending, Scene

#: Decisions on a path, the fewest and the most.
SHORTEST, LONGEST = 4, 6


def path_findings(graph: Graph, reached: Reached) -> Iterator[Finding]:
    """Every broken rule about paths."""
    yield from _unreached(graph, reached)
    yield from _stranded(graph, reached)
    circle = _circle(graph, reached)
    if circle is not None:
        yield circle
        return
    yield from _lengths(graph, reached)
    if any(scene.override for scene in graph.scenes()):
        yield from _overrides(graph)


def _unreached(graph: Graph, reached: Reached) -> Iterator[Finding]:
    for scene in graph.scenes():
        found = reached.at(scene.id)
        if not found:
            yield Finding("unreached-scene", f"no way leads to the scene '{scene.id}'.", scene.id)
            continue
        for option, when in graph.offers[scene.id]:
            if not found & when:
                what = f"the option '{option.id}' is never offered: its 'when' cannot hold here."
                yield Finding("unreached-option", what, scene.id, option.id)
    for ending in graph.scenario.endings:
        if not reached.at(ending.id):
            yield Finding("unreached-ending", f"no way leads to the ending '{ending.id}'.", ending.id)


def _stranded(graph: Graph, reached: Reached) -> Iterator[Finding]:
    """Each told once, where it is nearest."""
    for scene in graph.scenes():
        found = reached.at(scene.id)
        left = found
        for _, when in graph.offers[scene.id]:
            left &= ~when
        if left:
            what = f"nothing can be tapped in '{scene.id}' here: no option's 'when' holds."
            yield Finding("no-option", what, scene.id, taps=reached.taps(scene.id, left) or ())
        for option in scene.options:
            lost = 0
            for dead in graph.dead[scene.id]:
                if dead.option is option:
                    lost |= graph.lost(dead, found)
            taps = reached.taps(scene.id, lost) if lost else None
            if taps is not None:
                what = f"the option '{option.id}' leads nowhere here."
                yield Finding("dead-end", what, scene.id, option.id, (*taps, Taken(scene.id, option.id)))


def _circle(graph: Graph, reached: Reached) -> Finding | None:
    """A way that comes back to the very situation it left, shown by the fewest taps."""
    endless = can_go_on_for_ever(graph, reached)
    if not endless:
        return None
    taps = shortest_circle(graph, reached, endless)
    scene, option = taps[-1]
    start = _where(graph, taps)
    ends = can_end(graph)
    lost = [
        (way, scene.id)
        for scene in graph.scenes()
        if (caught := endless.get(scene.id, 0) & ~ends[scene.id])
        and (way := reached.taps(scene.id, caught)) is not None
    ]
    if lost:
        way, part = min(lost, key=lambda one: len(one[0]))
        what = f"from '{part}' on there is no way out: no tap leads to an ending, however often it is tapped."
        return Finding("no-way-out", what, part, taps=way)
    what = f"the option '{option}' leads round in a circle, back to '{start}'."
    return Finding("loop", what, scene, option, taps)


def _where(graph: Graph, taps: tuple[Taken, ...]) -> SceneId | EndingId:
    """The part to which the last of these taps leads."""
    values, part = graph.space.start, graph.start
    for scene, option in taps:
        for road in graph.roads[scene]:
            arrived = graph.along(road, values) if road.option.id == option else 0
            if arrived:
                values, part = arrived, road.to
                break
    return part


def _lengths(graph: Graph, reached: Reached) -> Iterator[Finding]:
    """No path is too short or too long."""
    longer = longer_than(graph, LONGEST)
    everywhere = graph.space.everything
    for ending in graph.scenario.endings:
        near = reached.taps(ending.id, everywhere)
        if near is not None and len(near) < SHORTEST:
            what = (
                f"'{ending.id}' is reached after {_decisions(len(near))}; a scenario has at least {SHORTEST}."
            )
            yield Finding("too-short", what, ending.id, taps=near)
        far = longer.taps(ending.id, everywhere, at_least=LONGEST + 1)
        if far is not None:
            what = f"'{ending.id}' is reached after {_decisions(len(far))}; a scenario has at most {LONGEST}."
            yield Finding("too-long", what, ending.id, taps=far)


def _decisions(count: int) -> str:
    return "1 decision" if count == 1 else f"{count} decisions"


def _overrides(graph: Graph) -> Iterator[Finding]:
    """Every path to an ending meets an override, and exactly one."""
    met = everything(graph, Walk(on_arrival=_overrides_met))
    for ending in graph.scenario.endings:
        for count, how in ((0, "without meeting the override"), (2, "through more than one override")):
            taps = met.taps(ending.id, graph.space.everything, phase=count)
            if taps is not None:
                yield Finding("override", f"'{ending.id}' can be reached {how}.", ending.id, taps=taps)


def _overrides_met(count: int, at: Scene | Ending) -> int:
    return min(2, count + (isinstance(at, Scene) and at.override))
