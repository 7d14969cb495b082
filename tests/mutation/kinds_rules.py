"""Defects of an author's own rules, too many variables, and small slips of the pen that may break anything."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod
from random import Random
from typing import Any

from bot.core.ids import OptionId, SceneId
from bot.core.scenario import Condition, Effect, Option, PathRule, Rating, Scenario, Variable, Way
from tests.core.stories import with_option
from tests.mutation.seeding import Kind, changed, diverted, fresh, scene_of, taps_of, trap, with_variable
from tests.mutation.sound import Original
from tests.mutation.truth import MOST_COMBINATIONS

MARK = "seeded-mark"
BEFORE = "seeded-before"


def _ruled(scenario: Scenario, rule: PathRule) -> Scenario:
    return replace(scenario, rules=(*scenario.rules, rule))


def _tagged(scenario: Scenario, at: str, id: str, tag: str) -> Scenario:
    return changed(scenario, at, id, lambda one: replace(one, tags=(*one.tags, tag)))


def _passes_but_one(original: Original, chance: Random) -> Scenario:
    """Every option of a scene has the tag but one, and some of other scenes have it, too."""
    at = chance.choice(original.scenario.scenes)
    without = chance.choice(at.options)
    scenario = original.scenario
    for scene, one in taps_of(original.scenario):
        if (scene is at and one is not without) or (scene is not at and chance.random() < 0.25):
            scenario = _tagged(scenario, scene.id, one.id, MARK)
    return _ruled(scenario, PathRule(MARK)) if _stands(scenario, MARK) else scenario


def _passes_but_here(original: Original, chance: Random) -> Scenario | None:
    """Every way passes a scene or ending, until one way is led round it where the trap is sprung."""
    far = [(scene, one) for scene, one in taps_of(original.scenario)]
    at, one = chance.choice(far)
    laid = trap(original, at.id, chance, last=one.id)
    if laid is None:
        return None
    past = chance.choice(one.goes).to
    if original.scenario.scene(past) is None:
        return None
    on = chance.choice(scene_of(original.scenario, past).options).goes[-1].to
    scenario = changed(laid.scenario, at.id, one.id, lambda it: diverted(it, on, laid.sprung))
    return _ruled(scenario, PathRule(past))


def _never_after(original: Original, chance: Random) -> Scenario:
    """What must not follow is tagged in one to three places, and so is what it must not follow."""
    scenario, names = original.scenario, []
    for tag in (MARK, BEFORE):
        places = list(taps_of(original.scenario))
        for at, one in chance.sample(places, min(len(places), chance.randint(1, 3))):
            scenario = _tagged(scenario, at.id, one.id, tag)
        names.append(tag)
    if chance.random() < 0.4:
        scene, one = chance.choice(list(taps_of(original.scenario)))
        names[chance.randrange(2)] = chance.choice(
            (scene.id, f"{scene.id}/{one.id}", chance.choice(original.scenario.endings).id)
        )
    return _ruled(scenario, PathRule(names[0], after=names[1]))


def _never_after_here(original: Original, chance: Random) -> Scenario | None:
    """A rule that holds, until an option that breaks it is offered where the trap is sprung."""
    at, one = chance.choice(list(taps_of(original.scenario)))
    way = original.seen.ways[chance.choice(original.seen.at(at.id))]
    laid = trap(original, at.id, chance)
    if not way or laid is None:
        return None
    first = chance.choice(way)
    scenario = _tagged(laid.scenario, first.scene, first.option, BEFORE)
    more = replace(one, id=OptionId("seeded"), when=laid.sprung, tags=(MARK,))
    old = scene_of(scenario, at.id)
    scenario = replace(
        scenario,
        scenes=tuple(
            replace(old, options=(*old.options, more)) if scene.id == at.id else scene
            for scene in scenario.scenes
        ),
    )
    return _ruled(scenario, PathRule(MARK, after=BEFORE))


def _stands(scenario: Scenario, tag: str) -> bool:
    return any(tag in one.tags for _, one in taps_of(scenario))


def sizes(scenario: Scenario) -> int:
    """How many combinations of values the variables have."""
    return prod(one.high - one.low + 1 for one in scenario.variables.values())


def crowded(scenario: Scenario, chance: Random, *, over: bool) -> Scenario:
    """The scenario with more variables: as many combinations as there may just be, or, if `over`, just too many."""
    while sizes(scenario) * 2 <= MOST_COMBINATIONS:
        left = MOST_COMBINATIONS // sizes(scenario)
        # Twos, fours and eights fill it to the brim where what is there already is a power of two, too.
        most = chance.choice([count for count in ((1, 3, 7, 4, 9) if over else (1, 3, 7)) if count < left])
        scenario = with_variable(scenario, fresh(scenario), Variable(0, most, 0))
    return with_variable(scenario, fresh(scenario), Variable(0, 1, 0)) if over else scenario


def _too_many(original: Original, chance: Random) -> Scenario:
    return crowded(original.scenario, chance, over=True)


def _slip_of_bounds(original: Original, chance: Random) -> Scenario | None:
    """A condition begins or ends one too early or too late."""

    def slipped(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
        at = chance.randrange(len(conditions))
        old = conditions[at]
        low, high = old.low + chance.choice((-1, 0, 1)), old.high + chance.choice((-1, 0, 1))
        return (*conditions[:at], replace(old, low=low, high=max(low, high)), *conditions[at + 1 :])

    found = list(_conditional(original.scenario))
    if not found:
        return None
    at, one, number = chance.choice(found)
    if number < 0:
        return with_option(original.scenario, at, one.id, when=slipped(one.when))
    ways = list(one.goes)
    ways[number] = replace(ways[number], when=slipped(ways[number].when))
    return with_option(original.scenario, at, one.id, goes=tuple(ways))


def _slip_of_conditions(original: Original, chance: Random) -> Scenario | None:
    """A condition is left out, or put where there was none."""
    found = list(_conditional(original.scenario))
    if found and chance.random() < 0.5:
        at, one, number = chance.choice(found)
        if number < 0:
            return with_option(original.scenario, at, one.id, when=())
        ways = list(one.goes)
        ways[number] = replace(ways[number], when=())
        return with_option(original.scenario, at, one.id, goes=tuple(ways))
    conditions = _any_condition(original.scenario, chance)
    if conditions is None:
        return None
    scene, one = chance.choice(list(taps_of(original.scenario)))
    return with_option(original.scenario, scene.id, one.id, when=(*one.when, *conditions))


def _conditional(scenario: Scenario) -> Iterator[tuple[str, Option, int]]:
    """Every condition: its scene, its option, and the number of its way, or -1 for the option's own."""
    for scene, one in taps_of(scenario):
        if one.when:
            yield scene.id, one, -1
        for number, way in enumerate(one.goes):
            if way.when:
                yield scene.id, one, number


def _any_condition(scenario: Scenario, chance: Random) -> tuple[Condition, ...] | None:
    if not scenario.variables:
        return None
    name, bounds = chance.choice(list(scenario.variables.items()))
    value = chance.randint(bounds.low, bounds.high)
    return (Condition(name, value, value),)


def _slip_of_effects(original: Original, chance: Random) -> Scenario | None:
    """An effect is left out, turned round, put on another option, or sets where it should move."""
    found = [(scene, one) for scene, one in taps_of(original.scenario) if one.sets]
    if not found:
        return None
    scene, one = chance.choice(found)
    at = chance.randrange(len(one.sets))
    old = one.sets[at]
    bounds = original.scenario.variables[old.variable]
    without = (*one.sets[:at], *one.sets[at + 1 :])
    match chance.randrange(4):
        case 0:
            new: tuple[Effect, ...] = without
        case 1:
            value = -old.value if old.relative else bounds.low + bounds.high - old.value
            new = (*without, replace(old, value=value))
        case 2:
            new = (*without, replace(old, relative=False, value=chance.randint(bounds.low, bounds.high)))
        case _:
            other_scene, other = chance.choice(list(taps_of(original.scenario)))
            moved = with_option(original.scenario, scene.id, one.id, sets=without)
            return changed(moved, other_scene.id, other.id, lambda it: replace(it, sets=(*it.sets, old)))
    return with_option(original.scenario, scene.id, one.id, sets=new)


def _slip_of_ways(original: Original, chance: Random) -> Scenario:
    """A way leads elsewhere, or stands before the one that it should follow, or is left out."""
    scene, one = chance.choice(list(taps_of(original.scenario)))
    ways = list(one.goes)
    at = chance.randrange(len(ways))
    parts = [*(part.id for part in original.scenario.scenes), *(end.id for end in original.scenario.endings)]
    match chance.randrange(3):
        case 0 if len(ways) > 1:
            ways = ways[::-1]
        case 1 if len(ways) > 1:
            del ways[at]
        case _:
            ways[at] = Way(SceneId(chance.choice(parts)), ways[at].when)
    return with_option(original.scenario, scene.id, one.id, goes=tuple(ways))


def _slip_of_ratings(original: Original, chance: Random) -> Scenario:
    """One rating, or one mark, is another."""
    scene, one = chance.choice(list(taps_of(original.scenario)))
    change: dict[str, Any] = {chance.choice(("protects", "voice")): chance.choice(tuple(Rating))}
    if chance.random() < 0.2:
        change = {"keeps_quiet": not one.keeps_quiet}
    return with_option(original.scenario, scene.id, one.id, **change)


KINDS = (
    Kind("a rule of what is passed, but for one option", "passes", _passes_but_one),
    Kind("a rule of what is passed, led round", "passes", _passes_but_here),
    Kind("a rule of what never follows", "never-after", _never_after),
    Kind("a rule of what never follows, in some situation", "never-after", _never_after_here),
    Kind("too many combinations", "too-many", _too_many),
    Kind("a slip of bounds", "", _slip_of_bounds),
    Kind("a slip of conditions", "", _slip_of_conditions),
    Kind("a slip of effects", "", _slip_of_effects),
    Kind("a slip of ways", "", _slip_of_ways),
    Kind("a slip of ratings", "", _slip_of_ratings),
)
