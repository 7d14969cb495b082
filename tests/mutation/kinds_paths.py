"""Defects of paths: what cannot be reached, what leads nowhere, what is too short or long, or misses the override."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bot.core.ids import SceneId
from bot.core.scenario import Option, Scenario, Variable, Way
from tests.core.stories import moves, sets, when
from tests.mutation.seeding import (
    Kind,
    before_override,
    changed,
    diverted,
    fresh,
    hidden,
    never,
    override_of,
    plain_scene,
    rows,
    taps_of,
    trap,
    with_scenes,
    with_variable,
)
from tests.mutation.sound import Original


def _unreached_scene(original: Original, chance: Random) -> Scenario:
    """Every way there wants what cannot be."""
    gone = chance.choice(original.scenario.scenes[1:])
    return _closed(original, gone.id, chance)


def _unreached_ending(original: Original, chance: Random) -> Scenario:
    return _closed(original, chance.choice(original.scenario.endings).id, chance)


def _closed(original: Original, gone: str, chance: Random) -> Scenario:
    scenario, cannot = never(original.scenario, chance)
    instead = _instead(original, gone, chance)

    def shut(one: Option) -> Option:
        ways: list[Way] = []
        for way in one.goes:
            if way.to == gone:
                ways += [Way(way.to, (*way.when, *cannot)), Way(SceneId(instead), way.when)]
            else:
                ways.append(way)
        return replace(one, goes=tuple(ways))

    return _everywhere(scenario, shut)


def _instead(original: Original, gone: str, chance: Random) -> str:
    """Something that is as far away, or else any ending."""
    far = rows(original)
    endings = [ending.id for ending in original.scenario.endings]
    beside = [
        id for id in far if id != gone and far[id] == far[gone] and (id in endings) == (gone in endings)
    ]
    return chance.choice(beside or [id for id in endings if id != gone])


def _everywhere(scenario: Scenario, change: Callable[[Option], Option]) -> Scenario:
    scenes = tuple(replace(at, options=tuple(map(change, at.options))) for at in scenario.scenes)
    return replace(scenario, scenes=scenes)


def _closed_by_effects(original: Original, chance: Random) -> Scenario | None:
    """The ways to an ending stand as they were, but effects keep their conditions from holding."""
    found = [
        (one, way.when)
        for _, one in taps_of(original.scenario)
        for way in one.goes[:-1]
        if way.when and original.scenario.ending(way.to)
    ]
    if not found:
        return None
    one, conditions = chance.choice(found)
    condition = chance.choice(conditions)
    bounds = original.scenario.variables[condition.variable]
    outside = [
        value for value in range(bounds.low, bounds.high + 1) if not condition.low <= value <= condition.high
    ]
    if not outside:
        return None
    effect = sets(condition.variable, chance.choice(outside))
    return _everywhere(
        original.scenario,
        lambda other: (
            replace(other, sets=(*other.sets, effect))
            if other.id == one.id or chance.random() < 0.2
            else other
        ),
    )


def _unreached_option(original: Original, chance: Random) -> Scenario:
    scenario, cannot = never(original.scenario, chance)
    at, one = chance.choice(list(taps_of(scenario)))
    return hidden(scenario, at.id, [one.id], cannot)


def _no_option(original: Original, chance: Random) -> Scenario | None:
    at = chance.choice(original.scenario.scenes)
    laid = trap(original, at.id, chance)
    return None if laid is None else hidden(laid.scenario, at.id, [one.id for one in at.options], laid.safe)


def _dead_end(original: Original, chance: Random) -> Scenario | None:
    """None of an option's ways can be taken, where the trap is sprung."""
    at, one = chance.choice(list(taps_of(original.scenario)))
    laid = trap(original, at.id, chance, last=one.id)
    return (
        None
        if laid is None
        else changed(
            laid.scenario,
            at.id,
            one.id,
            lambda it: replace(it, goes=tuple(Way(way.to, (*way.when, *laid.safe)) for way in it.goes)),
        )
    )


def _nowhere(original: Original, chance: Random) -> Scenario | None:
    """A way to a place that is not there."""
    at, one = chance.choice(list(taps_of(original.scenario)))
    laid = trap(original, at.id, chance, last=one.id)
    return (
        None
        if laid is None
        else changed(laid.scenario, at.id, one.id, lambda it: diverted(it, "nowhere", laid.sprung))
    )


def _too_short(original: Original, chance: Random) -> Scenario | None:
    """A way that leaves out what lies between."""
    far = rows(original)
    last = max(far.values())
    at, one = chance.choice([(at, one) for at, one in taps_of(original.scenario) if far[at.id] < last - 1])
    to = chance.choice([id for id in far if far[id] > far[at.id] + 1])
    laid = trap(original, at.id, chance, last=one.id)
    if laid is None:
        return changed(original.scenario, at.id, one.id, lambda it: replace(it, goes=(Way(SceneId(to)),)))
    return changed(laid.scenario, at.id, one.id, lambda it: diverted(it, to, laid.sprung))


def _too_long(original: Original, chance: Random) -> Scenario | None:
    """A detour of a few scenes on one way."""
    at, one = chance.choice(list(taps_of(original.scenario)))
    laid = trap(original, at.id, chance, last=one.id)
    if laid is None:
        return None
    names = [f"detour-{number}" for number in range(chance.randint(1, 3))]
    on = chance.choice(one.goes).to
    more = [plain_scene(name, to) for name, to in zip(names, [*names[1:], on], strict=True)]
    scenario = changed(laid.scenario, at.id, one.id, lambda it: diverted(it, names[0], laid.sprung))
    return with_scenes(scenario, more, chance)


def _round_the_override(original: Original, chance: Random) -> Scenario | None:
    danger = override_of(original.scenario)
    at = chance.choice(before_override(original))
    one = chance.choice(at.options)
    beyond = chance.choice([way.to for option in danger.options for way in option.goes])
    laid = trap(original, at.id, chance, last=one.id)
    if laid is None:
        return changed(original.scenario, at.id, one.id, lambda it: replace(it, goes=(Way(beyond),)))
    return changed(laid.scenario, at.id, one.id, lambda it: diverted(it, beyond, laid.sprung))


def _override_again(original: Original, chance: Random) -> Scenario:
    """An option behind the override leads back to it, once: a count keeps it from going round for ever."""
    danger, far = override_of(original.scenario), rows(original)
    at = chance.choice([at for at in original.scenario.scenes if far[at.id] >= far[danger.id]])
    one = chance.choice(at.options)
    name = fresh(original.scenario)
    scenario = with_variable(original.scenario, name, Variable(0, 2, 0))
    return changed(
        scenario,
        at.id,
        one.id,
        lambda it: diverted(replace(it, sets=(*it.sets, moves(name, 1))), danger.id, when(name, 1, 1)),
    )


def _second_override(original: Original, chance: Random) -> Scenario | None:
    """The override twice in a row, where the trap is sprung."""
    danger = override_of(original.scenario)
    one = chance.choice(danger.options)
    laid = trap(original, danger.id, chance, last=one.id)
    if laid is None:
        return None
    to = chance.choice(one.goes).to
    again = replace(
        danger,
        id=SceneId("danger-again"),
        options=tuple(replace(it, goes=(Way(to),), sets=()) for it in danger.options),
    )
    scenario = changed(laid.scenario, danger.id, one.id, lambda it: diverted(it, again.id, laid.sprung))
    return with_scenes(scenario, [again], chance)


KINDS = (
    Kind("a scene that no way leads to", "unreached-scene", _unreached_scene),
    Kind("an ending that no way leads to", "unreached-ending", _unreached_ending),
    Kind("an ending that effects close", "unreached-ending", _closed_by_effects),
    Kind("an option that is never offered", "unreached-option", _unreached_option),
    Kind("nothing to tap in some situation", "no-option", _no_option),
    Kind("no way holds after an option", "dead-end", _dead_end),
    Kind("a way to a place that is not there", "dead-end", _nowhere),
    Kind("a way that is too short", "too-short", _too_short),
    Kind("a way that is too long", "too-long", _too_long),
    Kind("a way round the override", "override", _round_the_override),
    Kind("the override met again", "override", _override_again),
    Kind("a second override on one way", "override", _second_override),
)
