"""Every state that a scenario can reach, with a shortest sequence of taps to each, and searches over them."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.run import BrokenRunError, Position, Taken, offered, start, take
from bot.core.scenario import Ending, Option, Scenario, Scene

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


#: What is remembered on arriving somewhere, of what was remembered before: by which tap (None at the start), and where.
Remember = Callable[[int, tuple[Scene, Option] | None, Scene | Ending], int]
#: Whether an option may be taken of all that stand on the screen.
May = Callable[[Sequence[Option], Option], bool]


class World:
    """All that can happen in a scenario, one situation at a time."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._states = explore(scenario)
        assert self._states.whole

    @property
    def first(self) -> State:
        """Where every run begins."""
        return self._states.first

    @property
    def situations(self) -> Iterable[State]:
        """Every state that can be reached."""
        return self._states.positions

    def at(self, part: Scene | Ending) -> Sequence[State]:
        """The states in which a scene or an ending can be reached."""
        return self._by_part.get(part.id, ())

    def screen(self, state: State) -> Sequence[Option]:
        """What stands on the screen; nothing at an ending."""
        return [option for option, _ in self.taps_in(state)]

    def taps_in(self, state: State) -> Sequence[tuple[Option, State | None]]:
        """What can be tapped, and where it leads: None is nowhere."""
        return self._taps[state]

    def ends(self, state: State) -> bool:
        """Whether this is an ending."""
        return isinstance(self._states.positions[state].at, Ending)

    def least(self, states: Iterable[State]) -> int | None:
        """The fewest taps to any of these; None if there are none of them."""
        return min((len(self._states.taps[state]) for state in states), default=None)

    def behind(self, state: State) -> set[State]:
        """Everything that can be reached from here, with the place itself."""
        return {state, *self._behind(state)}

    def round(self, state: State) -> int | None:
        """The fewest taps that lead from here back to here, or None."""
        return self._behind(state).get(state)

    def knots(self) -> list[set[State]]:
        """The situations from which one can come back, each with all others on such ways."""
        behind = {state: self.behind(state) for state in self.situations if self.round(state) is not None}
        knots: list[set[State]] = []
        for state, on in behind.items():
            if not any(state in knot for knot in knots):
                knots.append({other for other in on & behind.keys() if state in behind[other]})
        return knots

    def together(self, knots: Iterable[set[State]]) -> list[set[State]]:
        """The situations of knots that have an option in common."""
        groups: list[tuple[set[tuple[str, str]], set[State]]] = []
        for knot in knots:
            taps: set[tuple[str, str]] = {
                (state[0], option.id) for state in knot for option, to in self.taps_in(state) if to in knot
            }
            joined = [group for group in groups if group[0] & taps]
            groups = [group for group in groups if not group[0] & taps]
            groups.append((taps.union(*(one for one, _ in joined)), knot.union(*(one for _, one in joined))))
        return [states for _, states in groups]

    def search(
        self, remember: Remember = lambda *_: 0, may: May = lambda *_: True
    ) -> dict[tuple[State, int], int]:
        """The fewest taps to every state with everything that can be remembered there."""
        begin = self.first, remember(0, None, self._states.positions[self.first].at)
        found, waiting = {begin: 0}, deque([begin])
        while waiting:
            state, memory = waiting.popleft()
            here = self._states.positions[state].at
            for option, to in self.taps_in(state):
                if to is None or not may(self.screen(state), option):
                    continue
                assert isinstance(here, Scene)
                after = to, remember(memory, (here, option), self._states.positions[to].at)
                if after not in found:
                    found[after] = found[state, memory] + 1
                    waiting.append(after)
        return found

    def _behind(self, state: State) -> dict[State, int]:
        """What is reached by one tap and more, with the number of taps."""
        found: dict[State, int] = {}
        layer, count = {state}, 0
        while layer:
            count += 1
            layer = {to for one in layer for _, to in self.taps_in(one) if to is not None} - found.keys()
            found |= dict.fromkeys(layer, count)
        return found

    @cached_property
    def _taps(self) -> dict[State, list[tuple[Option, State | None]]]:
        found: dict[State, list[tuple[Option, State | None]]] = {}
        for state, edges in self._states.edges.items():
            at = self._states.positions[state].at
            options = {option.id: option for option in at.options} if isinstance(at, Scene) else {}
            found[state] = [(options[edge.option], edge.to) for edge in edges]
        return found

    @cached_property
    def _by_part(self) -> dict[str, list[State]]:
        found: dict[str, list[State]] = {}
        for state in self.situations:
            found.setdefault(state[0], []).append(state)
        return found


@dataclass(frozen=True, slots=True)
class Walked:
    """Taps, tapped again: the positions that were met, and the options taken. A last tap may have led nowhere."""

    positions: tuple[Position, ...]
    options: tuple[Option, ...]

    @classmethod
    def along(cls, scenario: Scenario, taps: Iterable[Taken]) -> "Walked":
        """Taps them one after the other: each must be of the scene that is reached, and stand on the screen."""
        here: Position | None = start(scenario)
        positions, options = [start(scenario)], []
        for scene, wanted in taps:
            assert here is not None, "nothing can be tapped nowhere"
            assert isinstance(here.at, Scene), "nothing can be tapped at an ending"
            assert here.at.id == scene
            (option,) = [one for one in offered(here.at, here.variables) if one.id == wanted]
            options.append(option)
            here = _follow(scenario, option, here)
            positions += [] if here is None else [here]
        return cls(tuple(positions), tuple(options))

    @property
    def states(self) -> list[State]:
        """The states that were met."""
        return [_state(position) for position in self.positions]

    @property
    def taps(self) -> list[tuple[Scene, Option]]:
        """What was tapped, and where."""
        scenes = [position.at for position in self.positions if isinstance(position.at, Scene)]
        return list(zip(scenes, self.options, strict=False))

    @property
    def end(self) -> Scene | Ending:
        """Where it led."""
        return self.positions[-1].at

    @property
    def screen(self) -> Sequence[Option]:
        """What stands on the screen at its end."""
        return offered(self.end, self.positions[-1].variables) if isinstance(self.end, Scene) else ()
