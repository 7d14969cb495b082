"""Rules that an author writes about paths: "every path passes this", "never this after that"."""

from collections.abc import Iterator

from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.walking import Walk, everything
from bot.core.scenario import Ending, Option, PathRule, Scene


def authored_findings(graph: Graph) -> Iterator[Finding]:
    """Every rule of the author's that some path breaks, shown by the shortest such path."""
    for rule in graph.scenario.rules:
        yield from _never(graph, rule, rule.after) if rule.after is not None else _passes(graph, rule)


def named(at: Scene | Ending, tag: str) -> bool:
    """Whether a rule's name means this scene or ending."""
    return at.id == tag or (isinstance(at, Scene) and tag in at.tags)


def means(scene: Scene, option: Option, tag: str) -> bool:
    """Whether a rule's name means taking this option."""
    return tag in option.tags or tag == f"{scene.id}/{option.id}"


def _passes(graph: Graph, rule: PathRule) -> Iterator[Finding]:
    walk = Walk(
        on_tap=lambda phase, scene, option: phase or int(means(scene, option, rule.tag)),
        on_arrival=lambda phase, at: phase or int(named(at, rule.tag)),
    )
    reached = everything(graph, walk)
    for ending in graph.scenario.endings:
        taps = reached.taps(ending.id, graph.space.everything, phase=0)
        if taps is not None:
            what = f"'{ending.id}' can be reached without passing '{rule.tag}'."
            yield Finding("passes", what, ending.id, taps=taps)


def _never(graph: Graph, rule: PathRule, after: str) -> Iterator[Finding]:
    def on_tap(phase: int, scene: Scene, option: Option) -> int:
        if phase and means(scene, option, rule.tag):
            return 2
        return phase or int(means(scene, option, after))

    def on_arrival(phase: int, at: Scene | Ending) -> int:
        if phase and named(at, rule.tag):
            return 2
        return phase or int(named(at, after))

    reached = everything(graph, Walk(on_tap, on_arrival))
    ways = [reached.taps(part, graph.space.everything, phase=2) for part in graph.parts]
    taps = min((way for way in ways if way), key=len, default=None)
    if taps is not None:
        what = f"'{rule.tag}' can be met after '{after}'."
        yield Finding("never-after", what, taps[-1].scene, taps[-1].option, taps)
