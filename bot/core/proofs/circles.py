"""Ways that lead round: each circle told once, where and how the fewest taps show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.ids import SceneId
from bot.core.proofs.escape import can_end, can_go_on_for_ever
from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph, Part
from bot.core.proofs.near import Near, Number, Purse, nearest
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached
from bot.core.run import Taken

#: No more circles are told than this, the ones with the fewest taps.
MOST_TOLD = 10
#: Taps followed in looking for the shortest circle, beside a first one of each.
MOST_FOLLOWED = 300_000


@dataclass(frozen=True, slots=True)
class Circles:
    """What leads round: a finding for each circle, and the scenes that lie on one, as far as could be looked at."""

    findings: tuple[Finding, ...]
    scenes: frozenset[Part]
    #: Whether it is certain that there is a circle or that there is none.
    certain: bool


def circles(graph: Graph, reached: Reached) -> Circles:
    """Every circle, told once: as a way back, or as a scene without a way out where it leads to no ending.

    A circle is a strongly connected part of the situations. Those that have an option in common are told together, by
    the one with the fewest taps: one option that leads back is one fault, however many valuations it does so in.

    They are looked for among the nearest situations from which one can go on for ever. If these are too many to be
    looked at, what is told is a circle all the same, but perhaps not every one, nor the shortest; and if none of them
    comes round among those, only that one can go on for ever.
    """
    endless, settled = can_go_on_for_ever(graph, reached)
    near = nearest(graph, endless)
    if not near.parts:
        return Circles((), frozenset(), certain=True)
    ends = can_end(graph, reached)
    knots = near.knots()
    if not knots:
        far = (_for_ever(graph, near, ends),) if settled else ()
        return Circles(far, frozenset(graph.roads), certain=settled or near.whole)
    caught = [knot for knot in knots if _is_caught(near, knot[0], ends)]
    others = [knot for knot in knots if not _is_caught(near, knot[0], ends)]
    no_way_out = sorted((_no_way_out(near, group) for group in _together(near, caught)), key=_taps)
    purse = Purse(MOST_FOLLOWED)
    loops = sorted((_loop(near, group, purse) for group in _together(near, others)), key=_taps)
    scenes = frozenset(near.parts[one] for knot in knots for one in knot)
    return Circles((*no_way_out, *loops)[:MOST_TOLD], scenes, certain=True)


def _taps(finding: Finding) -> int:
    return len(finding.taps)


def _is_caught(near: Near, one: Number, ends: Mapping[Part, Values] | None) -> bool:
    """Whether it is known that no ending can be reached from a situation."""
    return ends is not None and not ends[near.parts[one]] >> near.places[one] & 1


def _together(near: Near, knots: list[list[Number]]) -> Iterator[list[list[Number]]]:
    """The knots in groups, so that no two groups have an option in common."""
    groups: list[tuple[set[Taken], list[list[Number]]]] = []
    for knot in knots:
        taps, together = near.inside(knot), [knot]
        apart = []
        for group in groups:
            if taps.isdisjoint(group[0]):
                apart.append(group)
            else:
                taps, together = taps | group[0], [*group[1], *together]
        groups = [*apart, (taps, together)]
    return (together for _, together in groups)


def _no_way_out(near: Near, knots: list[list[Number]]) -> Finding:
    return _lost(near, min(one for knot in knots for one in knot))


def _lost(near: Near, one: Number) -> Finding:
    part = near.parts[one]
    what = f"from '{part}' on there is no way out: no tap leads to an ending, however often it is tapped."
    return Finding("no-way-out", what, part, taps=near.taps(one))


def _loop(near: Near, knots: list[list[Number]], purse: Purse) -> Finding:
    start, taps = near.shortest(knots, purse)
    scene, option = taps[-1]
    what = f"the option '{option}' leads round in a circle, back to '{near.parts[start]}'."
    return Finding("loop", what, scene, option, taps)


def _for_ever(graph: Graph, near: Near, ends: Mapping[Part, Values] | None) -> Finding:
    """That one can go on for ever, where no circle was found: no taps are needed, it is so from the first scene."""
    for one in range(len(near.parts)):
        if _is_caught(near, one, ends):
            return _lost(near, one)
    what = f"from '{graph.start}' on one can go on for ever; the way round is too long to be shown here."
    return Finding("loop", what, SceneId(graph.start))
