"""How a defect is seeded where hardly anybody comes: behind a variable, on one path, in one situation of many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.core.ids import OptionId, SceneId
from bot.core.run import Taken
from bot.core.scenario import Condition, Effect, Option, Scenario, Scene, Variable, Way
from tests.core.stories import S, W, moves, option, scene, sets, when, with_option, with_scene
from tests.mutation.sound import Original
from tests.mutation.truth import Told, truth

Conditions = tuple[Condition, ...]

#: How often a kind may draw before it says that it cannot be applied to an original.
TRIES: Final = 8
ASIDE: Final = "seeded"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A scenario with a defect: the rule that it breaks, and everything that is wrong with it."""

    rule: str
    scenario: Scenario
    wrong: tuple[Told, ...]


#: Draws one change of a sound scenario; None where it cannot be done there.
Draw = Callable[[Original, Random], Scenario | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of defect: the rule that it breaks, and how it is drawn. `rule` empty: whichever it happens to break."""

    name: str
    rule: str
    draw: Draw

    def mutant(self, original: Original, seed: int) -> Mutant | None:
        """A mutant that really breaks the rule, or None if this original does not lend itself to it."""
        chance = Random(f"{self.name}/{original.name}/{seed}")
        for _ in range(TRIES):
            scenario = self.draw(original, chance)
            wrong = truth(scenario) if scenario is not None else None
            if (
                scenario is not None
                and wrong
                and (not self.rule or any(one.rule == self.rule for one in wrong))
            ):
                rule = self.rule or min(wrong).rule
                return Mutant(rule, scenario, tuple(wrong.elements()))
        return None


@dataclass(frozen=True, slots=True)
class Trap:
    """A scenario in which `sprung` holds on some ways to a scene only, and `safe` on all others."""

    scenario: Scenario
    sprung: Conditions
    safe: Conditions


def trap(original: Original, at: str, chance: Random, *, last: str | None = None) -> Trap | None:
    """A trap on the way to a scene, by a variable that is there or by a new one; None where only one way leads there.

    With `last`, an option of the scene, the new variable is what its conditions meet after that option's effects.
    """
    if chance.random() < 0.4 and (found := _by_value(original, at, chance)) is not None:
        return found
    return _by_count(original.scenario, _way(original, at, chance, last), chance)


def _way(original: Original, at: str, chance: Random, last: str | None) -> Sequence[Taken]:
    way = original.seen.ways[chance.choice(original.seen.at(at))]
    if last is None or chance.random() < 0.5:
        return way
    return (*way, Taken(SceneId(at), OptionId(last)))


def _by_value(original: Original, at: str, chance: Random) -> Trap | None:
    """A value that a variable has in some situations of the scene: one at the end of its bounds."""
    here = [original.seen.positions[one].variables for one in original.seen.at(at)]
    found = []
    for name, bounds in original.scenario.variables.items():
        values = sorted({position[name] for position in here})
        if len(values) > 1:
            low, high = values[0], values[-1]
            found.append((when(name, high, bounds.high), when(name, bounds.low, high - 1)))
            found.append((when(name, bounds.low, low), when(name, low + 1, bounds.high)))
    return Trap(original.scenario, *chance.choice(found)) if found else None


def _by_count(scenario: Scenario, way: Sequence[Taken], chance: Random) -> Trap | None:
    """A count of some options of one way: it is full only where all of them were taken."""
    if not way:
        return None
    counted = chance.sample(list(way), min(len(way), chance.choice((1, 2, 2, 3))))
    name, full = fresh(scenario), len(counted)
    scenario = with_variable(scenario, name, Variable(0, full, 0))
    effects: tuple[Effect, ...] = (moves(name, 1),)
    if full == 1 and chance.random() < 0.3:
        effects = (sets(name, 0), moves(name, 1))  # the order of effects counts
    for at, id in counted:
        scenario = changed(scenario, at, id, lambda one: replace(one, sets=(*one.sets, *effects)))
    return Trap(scenario, when(name, full, full), when(name, 0, full - 1))


def never(scenario: Scenario, chance: Random) -> tuple[Scenario, Conditions]:
    """A condition that looks as if it could hold, and cannot: it wants two options of one scene on one way."""
    at = chance.choice(scenario.scenes)
    one, other = chance.sample(list(at.options), 2)
    name = fresh(scenario)
    scenario = with_variable(scenario, name, Variable(0, 2, 0))
    for either in (one, other):
        scenario = changed(
            scenario, at.id, either.id, lambda it: replace(it, sets=(*it.sets, moves(name, 1)))
        )
    return scenario, when(name, 2, 2)


def fresh(scenario: Scenario) -> str:
    """A name for a variable that is not there yet."""
    return f"{ASIDE}_{len(scenario.variables)}"


def with_variable(scenario: Scenario, name: str, bounds: Variable) -> Scenario:
    """The scenario with one more variable."""
    return replace(scenario, variables={**scenario.variables, name: bounds})


def changed(scenario: Scenario, at: str, id: str, change: Callable[[Option], Option]) -> Scenario:
    """The scenario with one option changed."""
    old = next(one for one in scene_of(scenario, at).options if one.id == id)
    new = change(old)
    return with_option(scenario, at, id, **{name: getattr(new, name) for name in Option.__slots__})


def each_option(scenario: Scenario, at: str, change: Callable[[Option], Option]) -> Scenario:
    """The scenario with every option of a scene changed."""
    return with_scene(scenario, at, options=tuple(map(change, scene_of(scenario, at).options)))


def hidden(scenario: Scenario, at: str, ids: Sequence[str], conditions: Conditions) -> Scenario:
    """The scenario in which these options are offered under these conditions only."""
    return each_option(
        scenario, at, lambda one: replace(one, when=(*one.when, *conditions)) if one.id in ids else one
    )


def diverted(option: Option, to: str, conditions: Conditions) -> Option:
    """The option that leads elsewhere while the conditions hold."""
    return replace(option, goes=(Way(SceneId(to), conditions), *option.goes))


def plain_scene(id: str, to: str) -> Scene:
    """A scene with enough to weigh, from which everything leads on."""
    rated = ((S, S), (W, W), (S, W))
    return scene(id, *(option(f"{id}-{number}", *rates, to) for number, rates in enumerate(rated)))


def with_scenes(scenario: Scenario, more: list[Scene], chance: Random) -> Scenario:
    """More scenes, anywhere behind the first."""
    scenes = list(scenario.scenes)
    for one in more:
        scenes.insert(chance.randint(1, len(scenes)), one)
    return replace(scenario, scenes=tuple(scenes))


def scene_of(scenario: Scenario, id: str) -> Scene:
    """The scene with this id."""
    found = scenario.scene(SceneId(id))
    assert found is not None
    return found


def taps_of(scenario: Scenario) -> Iterator[tuple[Scene, Option]]:
    """Every option, with its scene."""
    return ((at, option) for at in scenario.scenes for option in at.options)


def rows(original: Original) -> dict[str, int]:
    """How many taps there are at least to each scene and ending."""
    found: dict[str, int] = {}
    for here, position in enumerate(original.seen.positions):
        found.setdefault(position.at.id, original.seen.depth(here))
    return found


def override_of(scenario: Scenario) -> Scene:
    """The scene that is the override."""
    return next(at for at in scenario.scenes if at.override)


def before_override(original: Original) -> list[Scene]:
    """The scenes on the ways to the override."""
    danger = override_of(original.scenario).id
    on_the_way = {taken.scene for here in original.seen.at(danger) for taken in original.seen.ways[here]}
    return [at for at in original.scenario.scenes if at.id in on_the_way]
