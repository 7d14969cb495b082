"""Rules about ways through a scenario: nobody is stranded, all meet the override, none is too short or too long."""

from collections.abc import Iterator

from bot.core.proofs.circles import circles
from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.walking import Reached, Walk, everything, longer_than
from bot.core.run import Taken
from bot.core.scenario import Ending, Scene

#: Decisions on a path, the fewest and the most.
SHORTEST, LONGEST = 4, 6


def path_findings(graph: Graph, reached: Reached) -> Iterator[Finding]:
    """Every broken rule about paths.

    Where something leads round in a circle, only what follows from that waits: paths that are too long, and, if the
    circle may pass an override, paths that meet more than one. And where not everything could be looked at, nothing is
    said to be unreached, but that is told.
    """
    if reached.whole:
        yield from _unreached(graph, reached)
    yield from _stranded(graph, reached)
    round_ = circles(graph, reached)
    yield from round_.findings
    yield from _too_short(graph, reached)
    if not round_.findings:
        yield from _too_long(graph)
    overrides = {scene.id for scene in graph.scenes() if scene.override}
    if overrides:
        yield from _overrides(graph, round_again=not overrides.isdisjoint(round_.scenes))
    if not reached.whole:
        what = f"not every situation could be looked at: after {len(reached.layers)} taps there are still new ones."
        yield Finding("too-many", what)
    elif not round_.certain:
        what = "not every path could be followed to its end: they are too many, and one may lead round in a circle."
        yield Finding("too-many", what)


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


def _too_short(graph: Graph, reached: Reached) -> Iterator[Finding]:
    for ending in graph.scenario.endings:
        near = reached.taps(ending.id, graph.space.everything)
        if near is not None and len(near) < SHORTEST:
            what = (
                f"'{ending.id}' is reached after {_decisions(len(near))}; a scenario has at least {SHORTEST}."
            )
            yield Finding("too-short", what, ending.id, taps=near)


def _too_long(graph: Graph) -> Iterator[Finding]:
    longer = longer_than(graph, LONGEST)
    for ending in graph.scenario.endings:
        far = longer.taps(ending.id, graph.space.everything, at_least=LONGEST + 1)
        if far is not None:
            what = f"'{ending.id}' is reached after {_decisions(len(far))}; a scenario has at most {LONGEST}."
            yield Finding("too-long", what, ending.id, taps=far)


def _decisions(count: int) -> str:
    return "1 decision" if count == 1 else f"{count} decisions"


def _overrides(graph: Graph, *, round_again: bool) -> Iterator[Finding]:
    """Every path to an ending meets an override, and exactly one; unless a circle comes `round_again` to it."""
    wrong = [(0, "without meeting the override"), (2, "through more than one override")][: 2 - round_again]
    met = everything(graph, Walk(on_arrival=_overrides_met))
    for ending in graph.scenario.endings:
        for count, how in wrong:
            taps = met.taps(ending.id, graph.space.everything, phase=count)
            if taps is not None:
                yield Finding("override", f"'{ending.id}' can be reached {how}.", ending.id, taps=taps)


def _overrides_met(count: int, at: Scene | Ending) -> int:
    return min(2, count + (isinstance(at, Scene) and at.override))
