"""Defects of ratings: nothing to weigh, no honest way out, keeping quiet rewarded, one right that is enough."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from bot.core.ids import OptionId
from bot.core.run import Taken
from bot.core.scenario import Option, Rating, Scenario, Scene, Variable, Way
from tests.core.stories import K, S, W, moves, option, when, with_option, with_scene
from tests.mutation.seeding import (
    Kind,
    changed,
    each_option,
    fresh,
    hidden,
    override_of,
    plain_scene,
    taps_of,
    trap,
    with_scenes,
    with_variable,
)
from tests.mutation.sound import DEFENSIBLE, Original
from tests.mutation.truth import highest, is_both


def _others(original: Original) -> list[Scene]:
    return [at for at in original.scenario.scenes if not at.override]


def _no_override(original: Original, chance: Random) -> Scenario:
    return with_scene(original.scenario, override_of(original.scenario).id, override=False)


def _two_overrides(original: Original, chance: Random) -> Scenario:
    """Another scene is marked, too; now and then one that keeps the rules of an override."""
    at = chance.choice(_others(original))
    scenario = with_scene(original.scenario, at.id, override=True)
    if chance.random() < 0.5:
        scenario = with_option(scenario, at.id, at.options[-1].id, keeps_quiet=True, protects=K)
    return scenario


def _rated(original: Original, chance: Random, *, leaves: int) -> Scenario:
    """Ratings of one scene are lowered until only so many of its options can be defended."""
    at = chance.choice(_others(original))
    good = [one.id for one in at.options if one.defensible]
    low = chance.sample(good, len(good) - leaves)
    return each_option(original.scenario, at.id, lambda one: _weaker(one, chance) if one.id in low else one)


def _weaker(one: Option, chance: Random) -> Option:
    return replace(one, protects=K) if chance.random() < 0.5 else replace(one, voice=K)


def _one_defensible(original: Original, chance: Random) -> Scenario:
    return _rated(original, chance, leaves=chance.choice((0, 1)))


def _one_defensible_here(original: Original, chance: Random) -> Scenario | None:
    """All but one of the options that can be defended are hidden, where the trap is sprung."""
    at = chance.choice(_others(original))
    good = [one.id for one in at.options if one.defensible]
    return _hides(original, at, chance, chance.sample(good, len(good) - 1))


def _hides(original: Original, at: Scene, chance: Random, ids: Sequence[OptionId]) -> Scenario | None:
    laid = trap(original, at.id, chance)
    return None if laid is None else hidden(laid.scenario, at.id, ids, laid.safe)


def _alike(original: Original, chance: Random) -> Scenario:
    at = chance.choice(_others(original))
    protects, voice = chance.choice((*DEFENSIBLE, (S, S), (K, K)))
    return each_option(original.scenario, at.id, lambda one: replace(one, protects=protects, voice=voice))


def _alike_here(original: Original, chance: Random) -> Scenario | None:
    """Two options are rated alike, and only these two are left, where the trap is sprung."""
    at = chance.choice(_others(original))
    one, other = chance.sample(list(at.options), 2)
    laid = trap(original, at.id, chance)
    if laid is None:
        return None
    protects, voice = chance.choice((*DEFENSIBLE, (S, S)))
    scenario = laid.scenario
    for kept in (one, other):
        scenario = with_option(scenario, at.id, kept.id, protects=protects, voice=voice, when=())
    return hidden(scenario, at.id, [it.id for it in at.options if it not in (one, other)], laid.safe)


def _no_honest_way(original: Original, chance: Random) -> Scenario:
    danger = override_of(original.scenario)
    lower = chance.choice(DEFENSIBLE)
    return each_option(
        original.scenario,
        danger.id,
        lambda one: replace(one, protects=lower[0], voice=lower[1]) if is_both(one) else one,
    )


def _no_honest_way_here(original: Original, chance: Random) -> Scenario | None:
    danger = override_of(original.scenario)
    return _hides(original, danger, chance, [one.id for one in danger.options if is_both(one)])


def _no_quiet_option(original: Original, chance: Random) -> Scenario:
    danger = override_of(original.scenario)
    return each_option(original.scenario, danger.id, lambda one: replace(one, keeps_quiet=False))


def _no_quiet_option_here(original: Original, chance: Random) -> Scenario | None:
    danger = override_of(original.scenario)
    return _hides(original, danger, chance, [one.id for one in danger.options if one.keeps_quiet])


def _quiet_rewarded(original: Original, chance: Random) -> Scenario:
    """The option that keeps quiet is rated above weaker."""
    danger = override_of(original.scenario)
    quiet = chance.choice([one for one in danger.options if one.keeps_quiet])
    return with_option(original.scenario, danger.id, quiet.id, protects=chance.choice((W, S)))


def _quiet_rewarded_here(original: Original, chance: Random) -> Scenario | None:
    """One more option keeps quiet, in any scene: it is rated well, and offered only where the trap is sprung."""
    at = chance.choice(original.scenario.scenes)
    laid = trap(original, at.id, chance)
    if laid is None:
        return None
    to = chance.choice(at.options).goes
    more = option(
        "hush", chance.choice((W, S)), chance.choice(tuple(Rating)), to, keeps_quiet=True, when=laid.sprung
    )
    return _with_option(laid.scenario, at, more, chance)


def _with_option(scenario: Scenario, at: Scene, more: Option, chance: Random) -> Scenario:
    found = next(one for one in scenario.scenes if one.id == at.id)
    options = list(found.options)
    options.insert(chance.randint(0, len(options)), more)
    return with_scene(scenario, at.id, options=tuple(options))


def _no_both_path(original: Original, chance: Random) -> Scenario:
    """One scene that all pass holds nothing that is stronger on both; the others stay as they were."""
    at = chance.choice(_others(original))
    lower = chance.choice(DEFENSIBLE)
    return each_option(
        original.scenario,
        at.id,
        lambda one: replace(one, protects=lower[0], voice=lower[1]) if is_both(one) else one,
    )


def _no_both_path_of_many(original: Original, chance: Random) -> Scenario:
    """Many options are stronger on both, on ways of unlike length; they all come to nothing."""
    scenario = original.scenario
    for at in _others(original):
        raised = chance.sample(list(at.options), chance.randint(0, 2))
        for one in raised:
            scenario = with_option(scenario, at.id, one.id, protects=S, voice=S)
    return _no_both_path(replace(original, scenario=scenario), chance)


def _no_both_path_after_all(original: Original, chance: Random) -> Scenario | None:
    """A scene is shut for both rights; one comes there straight, or by a detour that holds both to its end."""
    ways = [
        (at, one, other)
        for at in original.scenario.scenes
        for one in at.options
        for other in at.options
        if one is not other and is_both(other)
    ]
    at, one, straight = chance.choice(ways)
    shut = straight.goes[-1].to
    target = original.scenario.scene(shut)
    if target is None or target.override:
        return None
    lower = chance.choice(DEFENSIBLE)
    scenario = each_option(
        original.scenario,
        shut,
        lambda it: replace(it, protects=lower[0], voice=lower[1]) if is_both(it) else it,
    )
    # Two scenes aside are further than the shut one itself, unless that makes a path too long.
    names = ["aside", "further"][: chance.randint(1, 2)]
    aside = [plain_scene(name, to) for name, to in zip(names, [*names[1:], shut], strict=True)]
    # Both come to the same situation, and so the detour ends nowhere by itself.
    detour = replace(straight, id=one.id, goes=(Way(aside[0].id),), when=one.when)
    scenario = changed(scenario, at.id, one.id, lambda _: detour)
    return with_scenes(scenario, aside, chance)


def _both_path_closes(original: Original, chance: Random) -> Scenario | None:
    """Every scene offers something stronger on both, but the last of them only to those who were not so before."""
    at = chance.choice(_others(original))
    best = _both_way(original, at.id, chance)
    if not best:
        return None
    name, full = fresh(original.scenario), len(best)
    scenario = with_variable(original.scenario, name, Variable(0, full, 0))
    for one_scene, id in best:
        scenario = changed(
            scenario, one_scene, id, lambda one: replace(one, sets=(*one.sets, moves(name, 1)))
        )
    ids = [one.id for one in at.options if is_both(one)]
    scenario = hidden(scenario, at.id, ids, when(name, 0, full - 1))
    # Enough to weigh is left where it is hidden.
    for one in at.options:
        if one.id not in ids:
            protects, voice = chance.choice(DEFENSIBLE)
            scenario = with_option(scenario, at.id, one.id, protects=protects, voice=voice, when=())
    return scenario


def _both_way(original: Original, at: str, chance: Random) -> tuple[Taken, ...]:
    """A way to a scene on which everything is stronger on both; none if there is none."""
    both = {(scene.id, one.id) for scene, one in taps_of(original.scenario) if is_both(one)}
    ways = (original.seen.ways[here] for here in original.seen.at(at))
    found = [way for way in ways if both.issuperset(way)]
    return chance.choice(found) if found else ()


Axis = Callable[[Option], Rating]


def _one_axis(original: Original, chance: Random, axis: Axis, name: str) -> Scenario:
    """Whatever tempts those who look at one right alone is lowered on it, or shown to others only."""
    scenario = original.scenario
    for at in original.scenario.scenes:
        offered = list(at.options)
        tempting = [one for one in highest(offered, axis) if not is_both(one)]
        for one in tempting:
            lower = W if W is not axis(one) else K
            laid = trap(original, at.id, chance) if chance.random() < 0.4 else None
            if laid is not None and scenario is original.scenario:
                scenario = hidden(laid.scenario, at.id, [one.id], laid.sprung)
            else:
                scenario = with_option(scenario, at.id, one.id, **{name: lower})
    return scenario


def _protect_always(original: Original, chance: Random) -> Scenario:
    return _one_axis(original, chance, lambda one: one.protects, "protects")


def _voice_always(original: Original, chance: Random) -> Scenario:
    return _one_axis(original, chance, lambda one: one.voice, "voice")


KINDS = (
    Kind("no override", "one-override", _no_override),
    Kind("two overrides", "one-override", _two_overrides),
    Kind("one option that can be defended", "two-defensible", _one_defensible),
    Kind("one option that can be defended, in some situation", "two-defensible", _one_defensible_here),
    Kind("all rated alike", "no-difference", _alike),
    Kind("all rated alike, in some situation", "no-difference", _alike_here),
    Kind("no honest way at the override", "override-both", _no_honest_way),
    Kind("no honest way at the override, in some situation", "override-both", _no_honest_way_here),
    Kind("no quiet way at the override", "override-quiet", _no_quiet_option),
    Kind("no quiet way at the override, in some situation", "override-quiet", _no_quiet_option_here),
    Kind("keeping quiet rated well", "quiet-weaker", _quiet_rewarded),
    Kind("keeping quiet rated well, in some situation", "quiet-weaker", _quiet_rewarded_here),
    Kind("a scene without both rights", "both-path", _no_both_path),
    Kind("many options with both rights that lead to none", "both-path", _no_both_path_of_many),
    Kind("both rights, lost behind a detour", "both-path", _no_both_path_after_all),
    Kind("both rights, until a variable closes them", "both-path", _both_path_closes),
    Kind("the most protective option is always best", "protect-always", _protect_always),
    Kind("the option with most voice is always best", "voice-always", _voice_always),
)
