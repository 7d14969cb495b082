"""Whether it is a dilemma: both rights can be held all the way, and looking at one of them alone is not enough."""

from collections.abc import Callable, Iterator

from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached, Walk, everything
from bot.core.scenario import Option, Rating, Scene

_WORTH = {Rating.STRONGER: 2, Rating.WORKABLE: 1, Rating.WEAKER: 0}
_AXES: tuple[tuple[str, str, Callable[[Option], Rating]], ...] = (
    ("protect-always", "the most protective option", lambda option: option.protects),
    ("voice-always", "the option that gives most voice", lambda option: option.voice),
)


def dilemma_findings(graph: Graph) -> Iterator[Finding]:
    """Every broken rule about the whole scenario as a dilemma."""
    best = everything(
        graph, Walk(allowed=lambda _, option: graph.space.everything if _is_both(option) else 0)
    )
    if not any(best.at(ending.id) for ending in graph.scenario.endings):
        yield _nearest_stop(best)
        return
    for rule, whoever, axis in _AXES:
        if not _misses(graph, axis):
            what = f"always taking {whoever} is the best path here, so nothing has to be weighed."
            yield Finding(rule, what)


def _is_both(option: Option) -> bool:
    return option.protects is Rating.STRONGER and option.voice is Rating.STRONGER


def _nearest_stop(best: Reached) -> Finding:
    """No path is stronger on both axes: told where the longest attempt comes to its end."""
    (part, _), values = next(iter(best.layers[-1].items()))
    what = f"no path is stronger on both axes all the way: at '{part}' no option is."
    return Finding("both-path", what, part, taps=best.taps(part, values) or ())


def _misses(graph: Graph, axis: Callable[[Option], Rating]) -> bool:
    """Whether somebody who looks at one axis alone can come to an option that is not stronger on both."""
    walk = Walk(allowed=lambda scene, option: _highest(graph, scene, option, axis))
    reached = everything(graph, walk)
    return any(
        not _is_both(option) and reached.at(scene.id) & when & _highest(graph, scene, option, axis)
        for scene in graph.scenes()
        for option, when in graph.offers[scene.id]
    )


def _highest(graph: Graph, scene: Scene, option: Option, axis: Callable[[Option], Rating]) -> Values:
    """The valuations in which no option on the screen is rated higher on this axis."""
    found = graph.space.everything
    for other, when in graph.offers[scene.id]:
        if _WORTH[axis(other)] > _WORTH[axis(option)]:
            found &= ~when
    return found
