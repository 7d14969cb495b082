"""Rules about ways through a scenario: nobody is stranded, all meet the override, none is too short or too long."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import TypeVar

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.proofs.finding import Finding
from bot.core.proofs.states import MOST_STATES, Edge, State, States
from bot.core.run import Taken
from bot.core.scenario import Ending, Scenario, Scene

#: Decisions on a path, the fewest and the most.
SHORTEST, LONGEST = 4, 6

Taps = tuple[Taken, ...]
Key = TypeVar("Key")


def path_findings(scenario: Scenario, states: States) -> Iterator[Finding]:
    """Every broken rule about paths."""
    if not states.whole:
        what = (
            f"more than {MOST_STATES} situations can be reached: a circle that counts, or too many variables."
        )
        yield Finding("too-many", what)
        return
    yield from _unreached(scenario, states)
    yield from _stranded(states)
    loop = _loop(states)
    if loop is not None:
        yield loop
        return
    yield from _lengths(states)
    if any(scene.override for scene in scenario.scenes):
        yield from _overrides(states)


def _unreached(scenario: Scenario, states: States) -> Iterator[Finding]:
    reached = {state[0] for state in states.positions}
    tapped = {(state[0], edge.option) for state, edges in states.edges.items() for edge in edges}
    for scene in scenario.scenes:
        if scene.id not in reached:
            yield Finding("unreached-scene", f"no way leads to the scene '{scene.id}'.", scene.id)
            continue
        for option in scene.options:
            if (scene.id, option.id) not in tapped:
                what = f"the option '{option.id}' is never offered: its 'when' cannot hold here."
                yield Finding("unreached-option", what, scene.id, option.id)
    for ending in scenario.endings:
        if ending.id not in reached:
            yield Finding("unreached-ending", f"no way leads to the ending '{ending.id}'.", ending.id)


def _stranded(states: States) -> Iterator[Finding]:
    """Each told once, where it is nearest: the states come nearest first."""
    told: set[tuple[str, OptionId | None]] = set()
    for state, edges in states.edges.items():
        at = states.positions[state].at
        if isinstance(at, Scene) and not edges and (at.id, None) not in told:
            told.add((at.id, None))
            what = f"nothing can be tapped in '{at.id}' here: no option's 'when' holds."
            yield Finding("no-option", what, at.id, taps=states.taps[state])
        for edge in edges:
            if edge.to is None and (at.id, edge.option) not in told:
                told.add((at.id, edge.option))
                what = f"the option '{edge.option}' leads nowhere here."
                yield Finding("dead-end", what, at.id, edge.option, _tapped(states.taps[state], state, edge))


def _loop(states: States) -> Finding | None:
    """A way that comes back to the very state it left, shown by the fewest taps."""
    shortest: Taps = ()
    back_to: State | None = None
    inside = set(states.edges) - set(_in_order(states))
    for start in states.positions:
        taps = states.taps[start]
        if shortest and len(taps) + 1 >= len(shortest):
            break
        around = _around(states, start) if start in inside else ()
        if around and (not shortest or len(taps) + len(around) < len(shortest)):
            shortest, back_to = (*taps, *around), start
    if back_to is None:
        return None
    scene, option = shortest[-1]
    what = f"the option '{option}' leads round in a circle, back to '{back_to[0]}'."
    return Finding("loop", what, scene, option, shortest)


def _around(states: States, start: State) -> Taps:
    """The fewest taps from a state back to itself, or none if there is no way back."""
    found: dict[State, Taps] = {start: ()}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        for edge in states.edges[state]:
            if edge.to == start:
                return _tapped(found[state], state, edge)
            if edge.to is not None and edge.to not in found:
                found[edge.to] = _tapped(found[state], state, edge)
                waiting.append(edge.to)
    return ()


def _lengths(states: States) -> Iterator[Finding]:
    """No path is too short or too long."""
    decisions = _endings(states, lambda state: int(state != states.first), most=LONGEST + 1)
    for ending in dict.fromkeys(ending for ending, _ in decisions):
        counts = [count for found, count in decisions if found == ending]
        if min(counts) < SHORTEST:
            what = (
                f"'{ending}' is reached after {_decisions(min(counts))}; a scenario has at least {SHORTEST}."
            )
            yield Finding("too-short", what, ending, taps=decisions[ending, min(counts)])
        if max(counts) > LONGEST:
            taps = decisions[ending, max(counts)]
            what = f"'{ending}' is reached after {_decisions(len(taps))}; a scenario has at most {LONGEST}."
            yield Finding("too-long", what, ending, taps=taps)


def _decisions(count: int) -> str:
    return "1 decision" if count == 1 else f"{count} decisions"


def _overrides(states: States) -> Iterator[Finding]:
    """Every path to an ending meets an override, and exactly one."""
    met = _endings(states, lambda state: int(_is_override(states, state)), most=2)
    for (ending, count), taps in met.items():
        if count != 1:
            how = "without meeting the override" if count == 0 else "through more than one override"
            yield Finding("override", f"'{ending}' can be reached {how}.", ending, taps=taps)


def _is_override(states: States, state: State) -> bool:
    at = states.positions[state].at
    return isinstance(at, Scene) and at.override


def _endings(
    states: States, counts: Callable[[State], int], *, most: int
) -> dict[tuple[EndingId, int], Taps]:
    """By ending and by what the states on a path count together (`most` or more as `most`): the fewest taps."""
    ways: dict[tuple[State, int], Taps] = {(states.first, counts(states.first)): ()}
    found: dict[tuple[EndingId, int], Taps] = {}
    for state in _in_order(states):
        at = states.positions[state].at
        for count in range(most + 1):
            taps = ways.get((state, count))
            if taps is None:
                continue
            if isinstance(at, Ending):
                _keep_shorter(found, (at.id, count), taps)
            for edge in states.edges[state]:
                if edge.to is not None:
                    key = edge.to, min(most, count + counts(edge.to))
                    _keep_shorter(ways, key, _tapped(taps, state, edge))
    return found


def _keep_shorter(found: dict[Key, Taps], key: Key, taps: Taps) -> None:
    if key not in found or len(taps) < len(found[key]):
        found[key] = taps


def _tapped(taps: Taps, state: State, edge: Edge) -> Taps:
    return (*taps, Taken(SceneId(state[0]), edge.option))


def _in_order(states: States) -> list[State]:
    """The states, each after every state that leads to it; those in a circle, or behind one, are left out."""
    leading = Counter(edge.to for edges in states.edges.values() for edge in edges)
    order = [] if leading[states.first] else [states.first]
    for state in order:  # grows while it is walked
        for edge in states.edges[state]:
            leading[edge.to] -= 1
            if edge.to is not None and not leading[edge.to]:
                order.append(edge.to)
    return order
