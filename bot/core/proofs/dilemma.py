"""Whether it is a dilemma: both rights can be held all the way, and looking at one of them alone is not enough."""

from collections.abc import Callable, Iterator
from functools import partial

from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph, Part
from bot.core.proofs.space import Values
from bot.core.proofs.walking import Reached, Walk, everything
from bot.core.run import Taken
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
        yield _last_stop(graph, best)
        return
    for rule, whoever, axis in _AXES:
        reached = everything(graph, Walk(allowed=partial(_highest, graph, axis)))
        if not _misses(graph, reached, axis):
            what = f"always taking {whoever} is the best path here, so nothing has to be weighed."
            yield Finding(rule, what, taps=_nearest_end(graph, reached))


def _is_both(option: Option) -> bool:
    return option.protects is Rating.STRONGER and option.voice is Rating.STRONGER


def _last_stop(graph: Graph, best: Reached) -> Finding:
    """No path is stronger on both axes: told where the longest attempt comes to its end.

    What is reached last need not be where one stops: its best option may lead to where a shorter attempt has been.
    """
    for front in reversed(best.layers):
        for (part, _), values in front.items():
            stopped = values & ~_both_offered(graph, part)
            if stopped:
                what = f"no path is stronger on both axes all the way: at '{part}' no option is."
                return Finding("both-path", what, part, taps=best.taps(part, stopped) or ())
    raise AssertionError("neither an ending, nor a stop, nor a circle")


def _both_offered(graph: Graph, part: Part) -> Values:
    """The valuations in which an option that is stronger on both stands on this screen."""
    found = 0
    for option, when in graph.offers[part]:
        if _is_both(option):
            found |= when
    return found


def _misses(graph: Graph, reached: Reached, axis: Callable[[Option], Rating]) -> bool:
    """Whether somebody who looks at one axis alone can come to an option that is not stronger on both."""
    return any(
        not _is_both(option) and reached.at(scene.id) & when & _highest(graph, axis, scene, option)
        for scene in graph.scenes()
        for option, when in graph.offers[scene.id]
    )


def _nearest_end(graph: Graph, reached: Reached) -> tuple[Taken, ...]:
    """The shortest whole path of these."""
    ways = [reached.taps(ending.id, graph.space.everything) for ending in graph.scenario.endings]
    return min((way for way in ways if way), key=len, default=())


def _highest(graph: Graph, axis: Callable[[Option], Rating], scene: Scene, option: Option) -> Values:
    """The valuations in which no option on the screen is rated higher on this axis."""
    found = graph.space.everything
    for other, when in graph.offers[scene.id]:
        if _WORTH[axis(other)] > _WORTH[axis(option)]:
            found &= ~when
    return found
