"""Every state that a scenario can reach, with a shortest sequence of taps to each."""

from collections import deque
from dataclasses import dataclass

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.run import BrokenRunError, Position, Taken, offered, start, take
from bot.core.scenario import Ending, Scenario, Scene

#: A scene or ending, and what the variables hold there.
State = tuple[SceneId | EndingId, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Edge:
    """One tap, from one state to another. `to` is None where the option leads nowhere."""

    option: OptionId
    to: State | None


@dataclass(frozen=True, slots=True)
class States:
    """The reachable states: what can be tapped in each, and a shortest way to it."""

    first: State
    positions: dict[State, Position]
    edges: dict[State, tuple[Edge, ...]]
    taps: dict[State, tuple[Taken, ...]]


def explore(scenario: Scenario) -> States:
    """Breadth first from the first scene, so that the first way found to a state is a shortest one."""
    here = start(scenario)
    first = _state(here)
    found = States(first, {first: here}, {}, {first: ()})
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        position = found.positions[state]
        found.edges[state] = ()
        if isinstance(position.at, Ending):
            continue
        edges = []
        for option in offered(position.at, position.variables):
            edge, after = _follow(scenario, position, option.id)
            edges.append(edge)
            if edge.to is not None and after is not None and edge.to not in found.positions:
                found.positions[edge.to] = after
                found.taps[edge.to] = (*found.taps[state], Taken(position.at.id, option.id))
                waiting.append(edge.to)
        found.edges[state] = tuple(edges)
    return found


def _follow(scenario: Scenario, position: Position, option_id: OptionId) -> tuple[Edge, Position | None]:
    assert isinstance(position.at, Scene)
    option = next(option for option in position.at.options if option.id == option_id)
    try:
        after = take(scenario, option, position.variables)
    except BrokenRunError:
        return Edge(option.id, None), None
    return Edge(option.id, _state(after)), after


def _state(position: Position) -> State:
    return position.at.id, tuple(position.variables[name] for name in sorted(position.variables))
