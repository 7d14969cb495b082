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


def axes(walked: Sequence[Step]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Which turns (from 1) fell where: rows are voice, columns protects.

    Rows run from stronger to weaker and columns from weaker to stronger, as on a chart: top right holds both rights.
    """
    rows = (Rating.STRONGER, Rating.WORKABLE, Rating.WEAKER)
    turns = list(enumerate((step.option for step in walked), 1))
    return tuple(
        tuple(
            tuple(n for n, o in turns if (o.voice, o.protects) == (voice, protects))
            for protects in reversed(rows)
        )
        for voice in rows
    )


def road_not_taken(walked: Sequence[Step]) -> Road | None:
    """The option whose absence mattered most: at the weakest turn, the one that serves both rights best.

    Where every turn was as strong as it could be, it is the best of those that a colleague could defend; an option
    that is neither stronger nor defensible is never held up.
    """
    roads = [_road(turn, step) for turn, step in enumerate(walked)]
    found = [road for road in roads if road is not None]
    return max(
        found, key=lambda road: (worth(road.instead) - worth(road.taken), road.scene.override), default=None
    )


def sound(walked: Sequence[Step]) -> bool:
    """Whether a run was sound: the choice at the override can be defended, and all others but at most one."""
    weaker = [step for step in walked if not step.option.defensible]
    return len(weaker) <= 1 and not any(step.scene.override for step in weaker)


def worth(option: Option) -> int:
    """How far an option serves both rights, 0 to 4. For comparing options of one scene; never shown."""
    return _WORTH[option.protects] + _WORTH[option.voice]


def _road(turn: int, step: Step) -> Road | None:
    others = [Road(turn, step.scene, step.option, other) for other in step.offered if other != step.option]
    worthy = [road for road in others if road.stronger or road.instead.defensible]
    return max(worthy, key=lambda road: (worth(road.instead), road.instead.defensible), default=None)
