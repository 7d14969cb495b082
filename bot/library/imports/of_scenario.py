"""A finished scenario as a draft, for the way out to other tools; what a draft cannot say is in its fields."""

from bot.core.scenario import Ending, Option, Scenario, Scene
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict


def draft_of(scenario: Scenario) -> Draft:
    """The draft of a scenario: its ways without their conditions. Lines are not known."""
    scenes = tuple(_scene(scene) for scene in scenario.scenes)
    endings = tuple(_ending(ending) for ending in scenario.endings)
    losses = [loss for scene in scenario.scenes for option in scene.options for loss in _ways(scene, option)]
    said = "what is said there stands in the text, in quotation marks."
    losses += [
        Loss(1, f"{scene.id}: 'says'", Verdict.APPROXIMATED, said)
        for scene in scenario.scenes
        if scene.says is not None
    ]
    fields: dict[str, object] = {
        "id": str(scenario.id),
        "teaser": scenario.teaser,
        "minutes": scenario.minutes,
        "roles": [str(role) for role in scenario.roles],
        "skills": [str(skill) for skill in scenario.skills],
        "content_note": scenario.content_note,
        "young_person": scenario.young_person.name,
        "you_are": scenario.you_are,
        "variables": list(scenario.variables),
        "rules": [rule.tag for rule in scenario.rules],
    }
    known = {name: value for name, value in fields.items() if value}
    return Draft(scenario.title, scenes + endings, tuple(losses), "scenario", known, unit="")


def _scene(scene: Scene) -> DraftScene:
    text = scene.text if scene.says is None else f"{scene.text}\n\n“{scene.says}”"
    fields: dict[str, object] = {"override": scene.override, "echoes": [echo.text for echo in scene.echoes]}
    options = tuple(_option(option) for option in scene.options)
    return DraftScene(str(scene.id), scene.title, text, options, 1, scene.tags, fields=_said(fields))


def _ending(ending: Ending) -> DraftScene:
    fields: dict[str, object] = {
        "afterwards": ending.afterwards,
        "supervision": ending.supervision,
        "echoes": [echo.text for echo in ending.echoes],
    }
    return DraftScene(str(ending.id), ending.title, ending.text, (), 1, fields=_said(fields))


def _option(option: Option) -> DraftOption:
    fields: dict[str, object] = {
        "protects": str(option.protects),
        "voice": str(option.voice),
        "because": option.because,
        "draws_on": [str(resource) for resource in option.draws_on],
        "skills": [str(skill) for skill in option.skills],
        "sources": list(option.sources),
        "changes": option.changes,
        "thinks": option.thinks,
        "keeps_quiet": option.keeps_quiet,
        "law": option.law,
        "when": [condition.variable for condition in option.when],
        "sets": [effect.variable for effect in option.sets],
        "tags": list(option.tags),
    }
    return DraftOption(str(option.id), option.text, str(option.goes[-1].to), 1, _said(fields))


def _said(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _ways(scene: Scene, option: Option) -> list[Loss]:
    """Every way but the last has a condition, which no plain link can have."""
    what = "leads there on a condition; a plain link has none, so this way is left out."
    return [
        Loss(1, f"{scene.id}/{option.id}: way to '{way.to}'", Verdict.REFUSED, what)
        for way in option.goes[:-1]
    ]
