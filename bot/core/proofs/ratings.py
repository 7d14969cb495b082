"""Rules about ratings: it is a dilemma, both rights can be held, and keeping quiet is never rated well.

They hold for every screen that can be reached: for all options of a scene, and for those that a `when` leaves of them.
"""

from collections.abc import Iterator, Sequence

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.proofs.states import States
from bot.core.run import offered
from bot.core.scenario import Ending, Option, Rating, Scenario, Scene

_BOTH_STRONGER = (Rating.STRONGER, Rating.STRONGER)


def rating_findings(scenario: Scenario, states: States) -> Iterator[Finding]:
    """Every broken rule about ratings."""
    overrides = [scene for scene in scenario.scenes if scene.override]
    if len(overrides) != 1:
        what = f"exactly one scene must be the override (override: yes); here are {len(overrides)}."
        yield Finding("one-override", what)
    told: set[tuple[SceneId, str]] = set()
    for scene in scenario.scenes:
        for option in scene.options:
            yield from _quiet(scene, option)
        for rule, what in _broken(scene, scene.options):
            told.add((scene.id, rule))
            yield Finding(rule, what, scene.id)
    yield from _screens(states, told)


def _screens(states: States, told: set[tuple[SceneId, str]]) -> Iterator[Finding]:
    """The same rules for the options that are left on a screen, each told once, where it is nearest."""
    for state, position in states.positions.items():
        scene = position.at
        if isinstance(scene, Ending):
            continue
        left = offered(scene, position.variables)
        for rule, what in _broken(scene, left) if left else ():
            if (scene.id, rule) not in told:
                told.add((scene.id, rule))
                only = ", ".join(option.id for option in left)
                yield Finding(
                    rule, f"{what} Only these are offered here: {only}.", scene.id, taps=states.taps[state]
                )


def _broken(scene: Scene, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    return _override(options) if scene.override else _dilemma(options)


def _override(options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    if not any((option.protects, option.voice) == _BOTH_STRONGER for option in options):
        yield (
            "override-both",
            "the override needs an option that is stronger on both, so that acting and honesty go together.",
        )
    if not any(option.keeps_quiet for option in options):
        yield (
            "override-quiet",
            "the override needs an option that keeps quiet (keeps_quiet: yes), so that it is a decision.",
        )


def _dilemma(options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    if sum(option.defensible for option in options) < 2:
        yield (
            "two-defensible",
            "at least two options must be ones that can be defended: weaker neither on protects nor on voice.",
        )
    if len({(option.protects, option.voice) for option in options}) == 1:
        yield "no-difference", "every option is rated alike, so there is nothing to weigh."


def _quiet(scene: Scene, option: Option) -> Iterator[Finding]:
    if option.keeps_quiet and option.protects is not Rating.WEAKER:
        what = f"'{option.id}' keeps quiet, so it must be rated weaker on protects."
        yield Finding("quiet-weaker", what, scene.id, option.id)
