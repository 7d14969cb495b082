"""The whole state machine of a run: begin, choose, and where it stands. Nothing else moves a run.

A run is the list of options taken. Where it stands and what its variables hold follow from playing that list again, so
a stored run can never disagree with itself, and an option is always found by its id, never by its position.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

from bot.core.ids import Edition, EndingId, OptionId, ScenarioId, SceneId
from bot.core.scenario import Condition, Effect, Ending, Option, Scenario, Scene


class Taken(NamedTuple):
    """One decision: the scene it was made in and the option taken."""

    scene: SceneId
    option: OptionId


@dataclass(frozen=True, slots=True)
class Run:
    """One practitioner's walk through one scenario, pinned to the edition it began with."""

    scenario: ScenarioId
    edition: Edition
    attempt: int
    taken: tuple[Taken, ...] = ()

    @property
    def turn(self) -> int:
        """How many taps into the run."""
        return len(self.taken)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands, and what its variables hold there."""

    at: Scene | Ending
    variables: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """What a tap led to."""

    run: Run
    scene: Scene
    option: Option
    offered: tuple[Option, ...]
    now: Position


class Refusal(Enum):
    """An expected no. Nothing has changed."""

    STALE = auto()  #: the tap belongs to an earlier turn or an earlier attempt
    OVER = auto()  #: the run has reached its ending
    NOT_OFFERED = auto()  #: the option was not on this screen
    NOT_BEGUN = auto()  #: there is no run of this scenario
    EDITED = auto()  #: what lies ahead was edited since the run began; the practitioner chooses how to go on


class BrokenRunError(Exception):
    """A stored run does not fit the edition it is pinned to."""


def begin(scenario: Scenario, *, edition: Edition, attempt: int) -> Run:
    """A new run of `scenario`, at its first scene."""
    return Run(scenario=scenario.id, edition=edition, attempt=attempt)


def choose(scenario: Scenario, run: Run, *, attempt: int, turn: int, option: OptionId) -> Step | Refusal:
    """Takes `option`, if it stood on the screen of exactly this attempt and turn."""
    if attempt != run.attempt or turn != run.turn:
        return Refusal.STALE
    position = stand(scenario, run)
    if isinstance(position.at, Ending):
        return Refusal.OVER
    choices = offered(position.at, position.variables)
    taken = _find(choices, option)
    if taken is None:
        return Refusal.NOT_OFFERED
    return _step(scenario, run, taken, position)


def stand(scenario: Scenario, run: Run) -> Position:
    """Where `run` stands. Raises `BrokenRunError` if it does not fit `scenario`."""
    position = start(scenario)
    for taken in run.taken:
        position = take(scenario, _taken(position, taken), position.variables)
    return position


def steps(scenario: Scenario, run: Run) -> tuple[Step, ...]:
    """Every step of `run` from its beginning, as it was shown. Raises `BrokenRunError` like `stand`."""
    walked: list[Step] = []
    position, earlier = start(scenario), replace(run, taken=())
    for taken in run.taken:
        walked.append(_step(scenario, earlier, _taken(position, taken), position))
        position, earlier = walked[-1].now, walked[-1].run
    return tuple(walked)


def start(scenario: Scenario) -> Position:
    """The first scene, with every variable at its start."""
    return Position(
        scenario.scenes[0], {name: variable.start for name, variable in scenario.variables.items()}
    )


def offered(scene: Scene, variables: Mapping[str, int]) -> tuple[Option, ...]:
    """The options that stand on the screen of `scene`."""
    return tuple(option for option in scene.options if holds(option.when, variables))


def holds(conditions: Sequence[Condition], variables: Mapping[str, int]) -> bool:
    """Whether every condition holds."""
    return all(condition.low <= variables[condition.variable] <= condition.high for condition in conditions)


def take(scenario: Scenario, option: Option, variables: Mapping[str, int]) -> Position:
    """Where `option` leads, and what the variables hold afterwards."""
    after = affect(scenario, option.sets, variables)
    target = next((way.to for way in option.goes if holds(way.when, after)), None)
    there = None if target is None else at(scenario, target)
    if there is None:
        raise BrokenRunError
    return Position(there, after)


def affect(scenario: Scenario, effects: Sequence[Effect], variables: Mapping[str, int]) -> dict[str, int]:
    """The variables after `effects`, each kept within its bounds."""
    after = dict(variables)
    for effect in effects:
        bounds = scenario.variables[effect.variable]
        value = after[effect.variable] + effect.value if effect.relative else effect.value
        after[effect.variable] = max(bounds.low, min(bounds.high, value))
    return after


def at(scenario: Scenario, target: SceneId | EndingId) -> Scene | Ending | None:
    """The scene or ending with this id, or None."""
    return scenario.scene(target) or scenario.ending(target)


def _find(options: Sequence[Option], wanted: OptionId) -> Option | None:
    return next((option for option in options if option.id == wanted), None)


def _taken(position: Position, taken: Taken) -> Option:
    """The option that was taken here: it must have stood on this very screen."""
    if not isinstance(position.at, Scene) or position.at.id != taken.scene:
        raise BrokenRunError
    option = _find(offered(position.at, position.variables), taken.option)
    if option is None:
        raise BrokenRunError
    return option


def _step(scenario: Scenario, run: Run, option: Option, position: Position) -> Step:
    assert isinstance(position.at, Scene)
    return Step(
        run=replace(run, taken=(*run.taken, Taken(position.at.id, option.id))),
        scene=position.at,
        option=option,
        offered=offered(position.at, position.variables),
        now=take(scenario, option, position.variables),
    )
