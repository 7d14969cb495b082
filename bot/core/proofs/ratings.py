"""Rules about ratings: it is a dilemma, both rights can be held, and keeping quiet is never rated well.

They hold for every screen that can be reached: for all options of a scene, and for those that a `when` leaves of them.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached
from bot.core.run import Taken
from bot.core.scenario import Option, Rating, Scene

_BOTH_STRONGER = (Rating.STRONGER, Rating.STRONGER)
_NO_BOTH = "the override needs an option that is stronger on both, so that acting and honesty go together."
_NO_QUIET = "the override needs an option that keeps quiet (keeps_quiet: yes), so that it is a decision."
_NOT_TWO = "at least two options must be ones that can be defended: weaker neither on protects nor on voice."
_ALIKE = "every option is rated alike, so there is nothing to weigh."

#: An option, and the valuations in which it is offered.
Offer = tuple[Option, Values]


def rating_findings(graph: Graph, reached: Reached) -> Iterator[Finding]:
    """Every broken rule about ratings."""
    overrides = [scene for scene in graph.scenes() if scene.override]
    if len(overrides) != 1:
        what = f"exactly one scene must be the override (override: yes); here are {len(overrides)}."
        second = overrides[1].id if overrides else None
        yield Finding("one-override", what, second, taps=_taps(reached, second) if second else ())
    for scene in graph.scenes():
        for option in scene.options:
            if option.keeps_quiet and option.protects is not Rating.WEAKER:
                what = f"'{option.id}' keeps quiet, so it must be rated weaker on protects."
                yield Finding(
                    "quiet-weaker", what, scene.id, option.id, _shown(graph, reached, scene, option)
                )
        yield from _screens(graph, reached, scene)


def _taps(reached: Reached, scene: SceneId) -> tuple[Taken, ...]:
    """The fewest taps to a scene; none where it is never reached."""
    return reached.taps(scene, reached.at(scene)) or ()


def _shown(graph: Graph, reached: Reached, scene: Scene, option: Option) -> tuple[Taken, ...]:
    """The fewest taps that take an option, itself included; none where it is never offered."""
    when = next(when for offer, when in graph.offers[scene.id] if offer is option)
    taps = reached.taps(scene.id, reached.at(scene.id) & when)
    return () if taps is None else (*taps, Taken(scene.id, option.id))


def _screens(graph: Graph, reached: Reached, scene: Scene) -> Iterator[Finding]:
    """Each rule told once: of the scene, if all its options together break it, else where that is nearest."""
    everywhere = graph.space.everything
    for rule, what, keeps in _rules(graph.offers[scene.id], everywhere, override=scene.override):
        together = _rules(
            [(option, everywhere) for option in scene.options], everywhere, override=scene.override
        )
        if not any(kept for other, _, kept in together if other == rule):
            yield Finding(rule, what, scene.id, taps=_taps(reached, scene.id))
            continue
        shown = reached.at(scene.id) & _anything(graph.offers[scene.id])
        broken = shown & ~keeps
        taps = reached.taps(scene.id, broken) if broken else None
        if taps is not None:
            only = ", ".join(_offered_after(graph, scene, taps, broken, reached))
            yield Finding(rule, f"{what} Only these are offered here: {only}.", scene.id, taps=taps)


def _rules(
    offers: Sequence[Offer], everywhere: Values, *, override: bool
) -> Iterator[tuple[str, str, Values]]:
    """Each rule for a scene, and the valuations in which it is kept."""
    if override:
        both = [(option.protects, option.voice) == _BOTH_STRONGER for option, _ in offers]
        yield "override-both", _NO_BOTH, _any_of(offers, both)
        yield "override-quiet", _NO_QUIET, _any_of(offers, [option.keeps_quiet for option, _ in offers])
        return
    two = 0
    for (one, when), (other, then) in combinations(offers, 2):
        if one.defensible and other.defensible:
            two |= when & then
    yield "two-defensible", _NOT_TWO, two
    differ = 0
    for (one, when), (other, then) in combinations(offers, 2):
        if (one.protects, one.voice) != (other.protects, other.voice):
            differ |= when & then
    yield "no-difference", _ALIKE, differ & everywhere


def _any_of(offers: Sequence[Offer], wanted: Sequence[bool]) -> Values:
    return _anything([offer for offer, is_wanted in zip(offers, wanted, strict=True) if is_wanted])


def _anything(offers: Sequence[Offer]) -> Values:
    found = 0
    for _, when in offers:
        found |= when
    return found


def _offered_after(
    graph: Graph, scene: Scene, taps: Sequence[object], broken: Values, reached: Reached
) -> Iterator[str]:
    """What is offered in the situation to which these taps lead."""
    layer = reached.layers[len(taps)]
    here = next(
        values & broken for (part, _), values in layer.items() if part == scene.id and values & broken
    )
    one = graph.space.first(here)
    return (option.id for option, when in graph.offers[scene.id] if one & when)
