"""Rules about ratings: it is a dilemma, both rights can be held, and keeping quiet is never rated well."""

from collections.abc import Iterator

from bot.core.proofs.finding import Finding
from bot.core.scenario import Option, Rating, Scenario, Scene

_BOTH_STRONGER = (Rating.STRONGER, Rating.STRONGER)


def rating_findings(scenario: Scenario) -> Iterator[Finding]:
    """Every broken rule about ratings."""
    overrides = [scene for scene in scenario.scenes if scene.override]
    if len(overrides) != 1:
        yield Finding("one-override", f"exactly one scene must be the override; here are {len(overrides)}.")
    for scene in scenario.scenes:
        yield from _override(scene) if scene.override else _dilemma(scene)
        for option in scene.options:
            yield from _quiet(scene, option)


def _override(scene: Scene) -> Iterator[Finding]:
    if not any((option.protects, option.voice) == _BOTH_STRONGER for option in scene.options):
        what = (
            "the override needs an option that is stronger on both, so that acting and honesty go together."
        )
        yield Finding("override-both", what, scene.id)
    if not any(option.keeps_quiet for option in scene.options):
        what = "the override needs an option that keeps quiet (keeps_quiet: yes), so that it is a decision."
        yield Finding("override-quiet", what, scene.id)


def _dilemma(scene: Scene) -> Iterator[Finding]:
    if sum(defensible(option) for option in scene.options) < 2:
        yield Finding("two-defensible", "at least two options must be ones that can be defended.", scene.id)
    if len({(option.protects, option.voice) for option in scene.options}) == 1:
        yield Finding("no-difference", "every option is rated alike, so there is nothing to weigh.", scene.id)


def _quiet(scene: Scene, option: Option) -> Iterator[Finding]:
    if option.keeps_quiet and option.protects is not Rating.WEAKER:
        what = f"'{option.id}' keeps quiet, so it must be rated weaker on protects."
        yield Finding("quiet-weaker", what, scene.id, option.id)


def defensible(option: Option) -> bool:
    """Whether a good practitioner could defend an option: weaker on neither axis."""
    return Rating.WEAKER not in (option.protects, option.voice)
