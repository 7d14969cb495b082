"""Walks that no longer play, because the story was changed under them, or because they never did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.core.run import Position, Taken, holds
from bot.core.scenario import Condition, Scenario, Variable, Way
from tests.core.stories import when, with_ending, with_scene
from tests.mutation.seeding import changed, diverted, fresh, hidden, scene_of, with_variable
from tests.mutation.sound import Original

NAME: Final = "seeded"
TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class BrokenWalk:
    """A story, a walk through it that does not play, and what must be said at which line of the walk."""

    scenario: Scenario
    text: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class WalkKind:
    """One kind of walk that does not play."""

    name: str
    draw: Callable[[Original, Random], BrokenWalk | None]

    def mutant(self, original: Original, seed: int) -> BrokenWalk | None:
        """Such a walk, or None if this original does not lend itself to it."""
        chance = Random(f"{self.name}/{original.name}/{seed}")
        return next((one for _ in range(TRIES) if (one := self.draw(original, chance)) is not None), None)


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the beginning to an ending, and where one stands after so many taps."""

    taken: tuple[Taken, ...]
    positions: tuple[Position, ...]

    @property
    def steps(self) -> list[str]:
        """As the steps of a walk."""
        return [*(f"choose: {tap.option}" for tap in self.taken), f"ends: {self.positions[-1].at.id}"]


def _way(original: Original, chance: Random) -> Path:
    """Any way, tap by tap."""
    seen, here = original.seen, 0
    taken: list[Taken] = []
    positions = [seen.positions[0]]
    while not seen.ends(here):
        scene = seen.scene(here)
        option, here = chance.choice(list(seen.onward(here)))
        taken.append(Taken(scene.id, option.id))
        positions.append(seen.positions[here])
    return Path(tuple(taken), tuple(positions))


def walk(steps: Sequence[str]) -> str:
    """The file of a walk: its first step stands on line 3."""
    return "\n".join([f"walk: {NAME}", "steps:", *(f"  - {step}" for step in steps)]) + "\n"


def sound_walk(original: Original, chance: Random) -> str:
    """A walk that plays."""
    return walk(_way(original, chance).steps)


def _line(step: int) -> int:
    return step + 3


def _not_now(
    scenario: Scenario, position: Position, chance: Random
) -> tuple[Scenario, tuple[Condition, ...]]:
    """A condition that holds for others, but not here."""
    names = list(scenario.variables)
    chance.shuffle(names)
    for name in names:
        value, bounds = position.variables[name], scenario.variables[name]
        if value < bounds.high:
            return scenario, when(name, value + 1, bounds.high)
        if value > bounds.low:
            return scenario, when(name, bounds.low, value - 1)
    name = fresh(scenario)
    return with_variable(scenario, name, Variable(0, 1, 0)), when(name, 1, 1)


def _hidden(original: Original, chance: Random) -> BrokenWalk:
    """One option of the way is no longer offered there."""
    way = _way(original, chance)
    step = chance.randrange(len(way.taken))
    at, id = way.taken[step]
    scenario, conditions = _not_now(original.scenario, way.positions[step], chance)
    return BrokenWalk(
        hidden(scenario, at, [id], conditions),
        walk(way.steps),
        _line(step),
        f"'{id}' is not offered at '{at}'.",
    )


def _led_astray(original: Original, chance: Random) -> BrokenWalk | None:
    """The last option of the way leads to another ending, for those who come this way."""
    way = _way(original, chance)
    end = way.positions[-1]
    other = chance.choice([one.id for one in original.scenario.endings if one.id != end.at.id])
    pinned = tuple(Condition(name, value, value) for name, value in end.variables.items())
    scenario = changed(original.scenario, *way.taken[-1], lambda one: diverted(one, other, pinned))
    words = f"the walk ends at '{other}', not at '{end.at.id}'."
    return BrokenWalk(scenario, walk(way.steps), _line(len(way.taken)), words)


def _echo_gone(original: Original, chance: Random) -> BrokenWalk | None:
    """What came back there does so no longer."""
    way = _way(original, chance)
    found = [
        (step, echo)
        for step, position in enumerate(way.positions)
        for echo in position.at.echoes
        if holds(echo.when, position.variables)
    ]
    if not found:
        return None
    step, echo = chance.choice(found)
    position = way.positions[step]
    steps = way.steps
    steps.insert(step, f'reads: "{echo.text}"')
    if '"' in echo.text:
        return None
    scenario, conditions = _not_now(original.scenario, position, chance)
    echoes = tuple(
        replace(one, when=(*one.when, *conditions)) if one is echo else one for one in position.at.echoes
    )
    in_scene = original.scenario.scene(position.at.id) is not None
    scenario = (with_scene if in_scene else with_ending)(scenario, position.at.id, echoes=echoes)
    words = f"these words do not stand on the screen here, at '{position.at.id}'."
    return BrokenWalk(scenario, walk(steps), _line(step), words)


def _words_gone(original: Original, chance: Random) -> BrokenWalk:
    """One word of what is read is another."""
    way = _way(original, chance)
    step = chance.randrange(len(way.taken))
    scene = scene_of(original.scenario, way.taken[step].scene)
    words = scene.text.split()
    steps = way.steps
    at = chance.randrange(len(words))
    read = " ".join([*words[:at], "otherwise", *words[at + 1 :]]).replace('"', "'")
    steps.insert(step, f'reads: "{read}"')
    told = f"these words do not stand on the screen here, at '{scene.id}'."
    return BrokenWalk(original.scenario, walk(steps), _line(step), told)


def _too_soon(original: Original, chance: Random) -> BrokenWalk | None:
    """It stops before an ending."""
    way = _way(original, chance)
    kept = chance.randrange(2, len(way.taken))
    words = f"the walk stops at '{way.positions[kept].at.id}', before an ending."
    return BrokenWalk(original.scenario, walk(way.steps[:kept]), _line(kept - 1), words)


def _too_far(original: Original, chance: Random) -> BrokenWalk:
    """The story ends earlier than the walk."""
    way = _way(original, chance)
    step = chance.randrange(len(way.taken) - 1)
    end = chance.choice(original.scenario.endings).id
    scenario = changed(original.scenario, *way.taken[step], lambda one: replace(one, goes=(Way(end),)))
    words = f"the walk has reached the ending '{end}'; nothing can be chosen."
    return BrokenWalk(scenario, walk(way.steps), _line(step + 1), words)


KINDS = (
    WalkKind("a walk through an option that is hidden now", _hidden),
    WalkKind("a walk to an ending that it no longer comes to", _led_astray),
    WalkKind("a walk that reads what comes back no longer", _echo_gone),
    WalkKind("a walk that reads what never stood there", _words_gone),
    WalkKind("a walk that stops too soon", _too_soon),
    WalkKind("a walk that goes on too far", _too_far),
)
