"""From what an author wrote to the values that run: conditions, effects and ways become numbers and ids."""

from collections.abc import Mapping

from bot.core.ids import EndingId, OptionId, ScenarioId, SceneId, SkillId
from bot.core.scenario import (
    Condition,
    Echo,
    Effect,
    Ending,
    Option,
    PathRule,
    Scenario,
    Scene,
    Variable,
    Way,
    YoungPerson,
)
from bot.library.authoring import (
    WrittenEcho,
    WrittenEnding,
    WrittenOption,
    WrittenRule,
    WrittenScenario,
    WrittenScene,
)
from bot.library.spelling import Move, Span


def compiled(written: WrittenScenario) -> Scenario:
    """The scenario that `written` describes. Every variable that it names must be declared."""
    variables = {
        name: Variable(variable.low, variable.high, variable.start)
        for name, variable in written.variables.items()
    }
    person = written.young_person
    return Scenario(
        id=ScenarioId(written.id),
        title=written.title,
        teaser=written.teaser,
        minutes=written.minutes,
        roles=tuple(written.roles),
        skills=tuple(SkillId(skill) for skill in written.skills),
        content_note=written.content_note,
        young_person=YoungPerson(person.name, person.age, person.pronouns, person.about),
        you_are=written.you_are,
        scenes=tuple(_scene(scene, variables) for scene in written.scenes),
        endings=tuple(_ending(ending, variables) for ending in written.endings),
        variables=variables,
        rules=tuple(_rule(rule) for rule in written.rules),
    )


def _rule(rule: WrittenRule) -> PathRule:
    """A rule as it is proved; which of its names are given was checked before."""
    return PathRule(rule.passes or rule.never or "", rule.after)


def _conditions(when: Mapping[str, Span], variables: Mapping[str, Variable]) -> tuple[Condition, ...]:
    return tuple(_condition(name, span, variables[name]) for name, span in when.items())


def _condition(name: str, span: Span, variable: Variable) -> Condition:
    low = variable.low if span.low is None else span.low
    high = variable.high if span.high is None else span.high
    return Condition(name, low, high)


def _effects(sets: Mapping[str, Move]) -> tuple[Effect, ...]:
    return tuple(Effect(name, move.value, move.relative) for name, move in sets.items())


def _echoes(echoes: list[WrittenEcho], variables: Mapping[str, Variable]) -> tuple[Echo, ...]:
    return tuple(Echo(echo.text, _conditions(echo.when, variables)) for echo in echoes)


def _scene(scene: WrittenScene, variables: Mapping[str, Variable]) -> Scene:
    return Scene(
        id=SceneId(scene.id),
        title=scene.title,
        text=scene.text,
        options=tuple(_option(option, variables) for option in scene.options),
        says=scene.says,
        override=scene.override,
        tags=tuple(scene.tags),
        echoes=_echoes(scene.echoes, variables),
    )


def _ending(ending: WrittenEnding, variables: Mapping[str, Variable]) -> Ending:
    return Ending(
        id=EndingId(ending.id),
        title=ending.title,
        text=ending.text,
        afterwards=ending.afterwards,
        supervision=ending.supervision,
        echoes=_echoes(ending.echoes, variables),
    )


def _option(option: WrittenOption, variables: Mapping[str, Variable]) -> Option:
    return Option(
        id=OptionId(option.id),
        text=option.text,
        protects=option.protects,
        voice=option.voice,
        because=option.because,
        draws_on=tuple(option.draws_on),
        skills=tuple(SkillId(skill) for skill in option.skills),
        changes=option.changes,
        thinks=option.thinks,
        goes=tuple(Way(SceneId(way.to), _conditions(way.when, variables)) for way in option.goes),
        keeps_quiet=option.keeps_quiet,
        when=_conditions(option.when, variables),
        sets=_effects(option.sets),
        sources=tuple(option.sources),
        law=option.law,
        tags=tuple(option.tags),
    )
