"""A scenario played out one situation at a time by the engine itself: slow and plain, and none of the proofs."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.core.run import Position, Taken
from bot.core.scenario import Ending, Option, Scenario, Scene
from tests.core.brute import explore

#: What has been met so far on a way, as a rule counts it. None: this way is not followed.
Phase = TypeVar("Phase")


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap in one situation; `to` is the number of the situation it leads to, None where it leads nowhere."""

    option: Option
    to: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """Every situation that can be reached, numbered nearest first, with its taps and a shortest way to it."""

    scenario: Scenario
    positions: tuple[Position, ...]
    taps: tuple[tuple[Tap, ...], ...]
    ways: tuple[tuple[Taken, ...], ...]

    def at(self, id: str) -> list[int]:
        """The situations of a scene or an ending, nearest first."""
        return [here for here, position in enumerate(self.positions) if position.at.id == id]

    def depth(self, here: int) -> int:
        """How many taps there are at least to a situation."""
        return len(self.ways[here])

    def ends(self, here: int) -> bool:
        """Whether this is an ending."""
        return isinstance(self.positions[here].at, Ending)

    def scene(self, here: int) -> Scene:
        """The scene of a situation that is none of an ending."""
        found = self.positions[here].at
        assert isinstance(found, Scene)
        return found

    def offered(self, here: int) -> list[Option]:
        """What stands on the screen."""
        return [tap.option for tap in self.taps[here]]

    def onward(self, here: int) -> Iterator[tuple[Option, int]]:
        """Every tap that leads somewhere."""
        for tap in self.taps[here]:
            if tap.to is not None:
                yield tap.option, tap.to

    def nearest(self, places: list[int]) -> int | None:
        """The fewest taps to one of these situations; None if there are none."""
        return min(map(self.depth, places), default=None)

    def followed(
        self, first: Phase, follow: Callable[[Phase, int, Option, int], Phase | None]
    ) -> dict[tuple[int, Phase], int]:
        """The fewest taps to every situation in every phase, by ways that `follow` does not cut off."""
        lengths = {(0, first): 0}
        waiting = deque(lengths)
        while waiting:
            here, phase = waiting.popleft()
            for option, to in self.onward(here):
                then = follow(phase, here, option, to)
                if then is not None and (to, then) not in lengths:
                    lengths[to, then] = lengths[here, phase] + 1
                    waiting.append((to, then))
        return lengths


def look(scenario: Scenario) -> Look:
    """Plays a scenario out. Its situations must be few."""
    states = explore(scenario)
    assert states.whole, f"'{scenario.id}' has too many situations to be looked at one by one"
    numbers = {state: number for number, state in enumerate(states.positions)}
    options = {(scene.id, option.id): option for scene in scenario.scenes for option in scene.options}
    taps = [
        tuple(
            Tap(options[state[0], edge.option], None if edge.to is None else numbers[edge.to])  # type: ignore[index]
            for edge in states.edges[state]
        )
        for state in states.positions
    ]
    ways = tuple(states.taps[state] for state in states.positions)
    return Look(scenario, tuple(states.positions.values()), tuple(taps), ways)
