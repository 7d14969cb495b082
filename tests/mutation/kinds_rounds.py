"""Defects of paths that go round: back to what was passed, after some counting, or for ever."""

from dataclasses import replace
from random import Random

from bot.core.scenario import Option, Scenario, Variable, Way
from tests.core.stories import moves
from tests.mutation.look import look
from tests.mutation.seeding import (
    Kind,
    changed,
    diverted,
    each_option,
    fresh,
    plain_scene,
    taps_of,
    trap,
    with_scenes,
    with_variable,
)
from tests.mutation.sound import Original


def _loop(original: Original, chance: Random) -> Scenario | None:
    """Back to a scene that was passed; what an effect remembers may make the first round differ from the second."""
    at, one = chance.choice(
        [(at, one) for at, one in taps_of(original.scenario) if at.id != _first(original)]
    )
    here = chance.choice(original.seen.at(at.id))
    back = chance.choice([*(taken.scene for taken in original.seen.ways[here]), at.id])
    laid = trap(original, at.id, chance, last=one.id)
    return (
        None
        if laid is None
        else changed(laid.scenario, at.id, one.id, lambda it: diverted(it, back, laid.sprung))
    )


def _two_loops(original: Original, chance: Random) -> Scenario | None:
    """Two ways round: which is shown by fewer taps depends on how far they are as well as on how long they are."""
    once = _loop(original, chance)
    return None if once is None else _loop(Original(once, look(once)), chance)


def _loop_after_counting(original: Original, chance: Random) -> Scenario | None:
    """The first rounds are counted and each is another situation; only when the count is full does it come round."""
    at, one = chance.choice(
        [(at, one) for at, one in taps_of(original.scenario) if at.id != _first(original)]
    )
    here = chance.choice(original.seen.at(at.id))
    back = chance.choice([*(taken.scene for taken in original.seen.ways[here]), at.id])
    name = fresh(original.scenario)
    scenario = with_variable(original.scenario, name, Variable(0, chance.randint(1, 3), 0))
    return changed(
        scenario, at.id, one.id, lambda it: replace(it, sets=(*it.sets, moves(name, 1)), goes=(Way(back),))
    )


def _loop_and_short_cut(original: Original, chance: Random) -> Scenario | None:
    """A way round, and elsewhere one to an ending that leaves out what lies between, the override perhaps."""
    once = _loop(original, chance)
    if once is None:
        return None
    at, one = chance.choice(list(taps_of(once)))
    ending = chance.choice(once.endings).id
    return changed(once, at.id, one.id, lambda it: replace(it, goes=(Way(ending),)))


def _no_way_out(original: Original, chance: Random) -> Scenario | None:
    """A scene that leads to itself, whatever is tapped, where the trap is sprung."""
    at = chance.choice(original.scenario.scenes)
    laid = trap(original, at.id, chance)
    if laid is None:
        return None
    held = laid.sprung[0].variable

    def kept(one: Option) -> Option:
        still = tuple(effect for effect in one.sets if effect.variable != held)
        return diverted(replace(one, sets=still), at.id, laid.sprung)

    return each_option(laid.scenario, at.id, kept)


def _no_way_out_between(original: Original, chance: Random) -> Scenario | None:
    """Scenes that lead to each other only; they may stand in the file in any order."""
    at, one = chance.choice(list(taps_of(original.scenario)))
    laid = trap(original, at.id, chance, last=one.id)
    if laid is None:
        return None
    names = [f"round-{number}" for number in range(chance.randint(2, 4))]
    turned = [*names[1:], names[0]]
    more = [plain_scene(name, to) for name, to in zip(names, turned, strict=True)]
    scenario = changed(
        laid.scenario, at.id, one.id, lambda it: diverted(it, chance.choice(names), laid.sprung)
    )
    return with_scenes(scenario, more, chance)


def _no_way_out_twice(original: Original, chance: Random) -> Scenario | None:
    """Two scenes, each of which leads to itself by all that is tapped there, or by some of it."""
    scenario = original.scenario
    for at in chance.sample(list(scenario.scenes[1:]), 2):
        for one in at.options[: chance.choice((len(at.options), len(at.options), 1))]:
            scenario = changed(scenario, at.id, one.id, lambda it, to=at.id: replace(it, goes=(Way(to),)))  # type: ignore[misc]
    return scenario


def _first(original: Original) -> str:
    return original.scenario.scenes[0].id


KINDS = (
    Kind("a way back to what was passed", "loop", _loop),
    Kind("two ways round", "loop", _two_loops),
    Kind("a way round after some counting", "loop", _loop_after_counting),
    Kind("a way round, and a short cut", "loop", _loop_and_short_cut),
    Kind("two scenes that lead to themselves", "no-way-out", _no_way_out_twice),
    Kind("a scene that only leads to itself", "no-way-out", _no_way_out),
    Kind("scenes that only lead to each other", "no-way-out", _no_way_out_between),
)
