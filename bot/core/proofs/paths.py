"""Rules about ways through a scenario: nobody is stranded, all meet the override, none is too short or too long."""

from collections.abc import Iterator

from bot.core.ids import EndingId, SceneId
from bot.core.proofs.finding import Finding
from bot.core.proofs.states import State, States
from bot.core.run import Taken
from bot.core.scenario import Ending, Scenario, Scene

#: Decisions on a path, the fewest and the most.
SHORTEST, LONGEST = 4, 6


def path_findings(scenario: Scenario, states: States) -> Iterator[Finding]:
    """Every broken rule about paths."""
    yield from _unreached(scenario, states)
    yield from _stranded(states)
    loop = _loop(states)
    if loop is not None:
        yield loop
        return
    yield from _lengths(states)
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
    for state, edges in states.edges.items():
        at = states.positions[state].at
        if isinstance(at, Scene) and not edges:
            yield Finding(
                "no-option", f"nothing can be tapped in '{at.id}' here.", at.id, taps=states.taps[state]
            )
        for edge in edges:
            if edge.to is None:
                taps = (*states.taps[state], Taken(SceneId(at.id), edge.option))
                what = f"the option '{edge.option}' leads nowhere here."
                yield Finding("dead-end", what, at.id, edge.option, taps)


def _loop(states: States) -> Finding | None:
    """A way that comes back to the very state it left, by depth-first search without recursion."""
    done: set[State] = set()
    path: list[State] = []
    stack: list[tuple[State, bool]] = [(states.first, False)]
    on_path: set[State] = set()
    while stack:
        state, leaving = stack.pop()
        if leaving:
            on_path.discard(path.pop())
            done.add(state)
            continue
        if state in done:
            continue
        path.append(state)
        on_path.add(state)
        stack.append((state, True))
        for edge in states.edges[state]:
            if edge.to in on_path:
                taps = (*states.taps[state], Taken(SceneId(state[0]), edge.option))
                what = f"the option '{edge.option}' leads round in a circle, back to '{edge.to[0]}'."
                return Finding("loop", what, state[0], edge.option, taps)
            if edge.to is not None and edge.to not in done:
                stack.append((edge.to, False))
    return None


def _lengths(states: States) -> Iterator[Finding]:
    longest: dict[State, tuple[Taken, ...]] = {states.first: ()}
    for state in _in_order(states):
        for edge in states.edges[state]:
            taps = (*longest[state], Taken(SceneId(state[0]), edge.option))
            if edge.to is not None and len(taps) > len(longest.get(edge.to, ())):
                longest[edge.to] = taps
    told: set[SceneId | EndingId] = set()
    for state, taps in longest.items():
        if not isinstance(states.positions[state].at, Ending) or state[0] in told:
            continue
        short = states.taps[state]
        if len(short) < SHORTEST:
            told.add(state[0])
            what = (
                f"'{state[0]}' is reached after {len(short)} decisions; a scenario has at least {SHORTEST}."
            )
            yield Finding("too-short", what, state[0], taps=short)
        elif len(taps) > LONGEST:
            told.add(state[0])
            what = f"'{state[0]}' is reached after {len(taps)} decisions; a scenario has at most {LONGEST}."
            yield Finding("too-long", what, state[0], taps=taps)


def _overrides(states: States) -> Iterator[Finding]:
    """Every path to an ending meets an override, and exactly one."""
    met: dict[tuple[State, int], tuple[Taken, ...]] = {(states.first, _is_override(states, states.first)): ()}
    for state in _in_order(states):
        for count in (0, 1, 2):
            taps = met.get((state, count))
            if taps is None:
                continue
            for edge in states.edges[state]:
                if edge.to is not None:
                    key = edge.to, min(2, count + _is_override(states, edge.to))
                    way = (*taps, Taken(SceneId(state[0]), edge.option))
                    if key not in met or len(way) < len(met[key]):
                        met[key] = way
    told: set[tuple[SceneId | EndingId, int]] = set()
    for (state, count), taps in met.items():
        if isinstance(states.positions[state].at, Ending) and count != 1 and (state[0], count) not in told:
            told.add((state[0], count))
            how = "without meeting the override" if count == 0 else "through more than one override"
            yield Finding("override", f"'{state[0]}' can be reached {how}.", state[0], taps=taps)


def _is_override(states: States, state: State) -> int:
    at = states.positions[state].at
    return int(isinstance(at, Scene) and at.override)


def _in_order(states: States) -> list[State]:
    """The states, each after every state that leads to it. There is no loop when this is called."""
    order: list[State] = []
    done: set[State] = set()
    stack: list[tuple[State, bool]] = [(states.first, False)]
    while stack:
        state, leaving = stack.pop()
        if leaving:
            order.append(state)
        elif state not in done:
            done.add(state)
            stack.append((state, True))
            stack.extend((edge.to, False) for edge in states.edges[state] if edge.to is not None)
    return order[::-1]
