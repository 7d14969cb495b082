"""Every state that a scenario can reach, with a shortest sequence of taps to each."""

from collections import deque
from dataclasses import dataclass, field

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.run import BrokenRunError, Position, Taken, offered, start, take
from bot.core.scenario import Ending, Option, Scenario

#: A scene or ending, and what the variables hold there.
State = tuple[SceneId | EndingId, tuple[int, ...]]

#: No more states than this are looked at. Six decisions of four options reach 5,461 at most.
MOST_STATES = 10_000


@dataclass(frozen=True, slots=True)
class Edge:
    """One tap, from one state to another. `to` is None where the option leads nowhere."""

    option: OptionId
    to: State | None


@dataclass(frozen=True, slots=True)
class States:
    """The reachable states, nearest first: what can be tapped in each, and a shortest way to it."""

    first: State
    positions: dict[State, Position] = field(default_factory=dict)
    edges: dict[State, tuple[Edge, ...]] = field(default_factory=dict)
    taps: dict[State, tuple[Taken, ...]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether these are all, or the search was given up at `MOST_STATES`."""
        return len(self.edges) == len(self.positions)


def explore(scenario: Scenario) -> States:
    """Breadth first from the first scene, so that the first way found to a state is a shortest one."""
    here = start(scenario)
    found = States(_state(here))
    found.positions[found.first], found.taps[found.first] = here, ()
    waiting = deque([found.first])
    while waiting and len(found.positions) <= MOST_STATES:
        state = waiting.popleft()
        at, edges = found.positions[state].at, []
        for option in () if isinstance(at, Ending) else offered(at, found.positions[state].variables):
            after = _follow(scenario, option, found.positions[state])
            to = None if after is None else _state(after)
            edges.append(Edge(option.id, to))
            if after is not None and to is not None and to not in found.positions:
                found.positions[to] = after
                found.taps[to] = (*found.taps[state], Taken(SceneId(at.id), option.id))
                waiting.append(to)
        found.edges[state] = tuple(edges)
    return found


def _follow(scenario: Scenario, option: Option, position: Position) -> Position | None:
    try:
        return take(scenario, option, position.variables)
    except BrokenRunError:
        return None


def _state(position: Position) -> State:
    return position.at.id, tuple(position.variables[name] for name in sorted(position.variables))
