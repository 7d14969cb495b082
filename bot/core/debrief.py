"""What a finished run has to say: the path on two axes, the thoughts, and the road not taken. No marks, no total."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.run import Run, Step, steps
from bot.core.scenario import Ending, Option, Rating, Scenario, Scene

_WORTH = {Rating.STRONGER: 2, Rating.WORKABLE: 1, Rating.WEAKER: 0}


@dataclass(frozen=True, slots=True)
class Road:
    """Another option at one turn, and the decision at which it stood."""

    turn: int
    scene: Scene
    taken: Option
    instead: Option

    @property
    def stronger(self) -> bool:
        """Whether it would have served the two rights better; otherwise it is another defensible way."""
        return worth(self.instead) > worth(self.taken)


@dataclass(frozen=True, slots=True)
class Debrief:
    """A finished run, turn by turn, with its ending."""

    scenario: Scenario
    steps: tuple[Step, ...]
    ending: Ending
    road: Road | None


def debrief(scenario: Scenario, run: Run) -> Debrief | None:
    """The debrief of `run`, or None while it is still under way."""
    walked = steps(scenario, run)
    if not walked or not isinstance(walked[-1].now.at, Ending):
        return None
    return Debrief(scenario, walked, walked[-1].now.at, road_not_taken(walked))


def road_not_taken(walked: Sequence[Step]) -> Road | None:
    """The option whose absence mattered most: at the weakest turn, the one that serves both rights best.

    Where every turn was as strong as it could be, it is the best of the others: a colleague may have taken it.
    """
    roads = [_road(turn, step) for turn, step in enumerate(walked)]
    found = [road for road in roads if road is not None]
    return max(
        found, key=lambda road: (worth(road.instead) - worth(road.taken), road.scene.override), default=None
    )


def sound(walked: Sequence[Step]) -> bool:
    """Whether a run was sound: nobody kept quiet about danger, and at most one choice was weaker on an axis."""
    quiet = any(step.scene.override and Rating.WEAKER in _ratings(step.option) for step in walked)
    weaker = sum(Rating.WEAKER in _ratings(step.option) for step in walked)
    return not quiet and weaker <= 1


def worth(option: Option) -> int:
    """How far an option serves both rights, 0 to 4. For comparing options of one scene; never shown."""
    return sum(_WORTH[rating] for rating in _ratings(option))


def _ratings(option: Option) -> tuple[Rating, Rating]:
    return option.protects, option.voice


def _road(turn: int, step: Step) -> Road | None:
    others = [option for option in step.offered if option.id != step.option.id]
    best = max(others, key=worth, default=None)
    return None if best is None else Road(turn, step.scene, step.option, best)
