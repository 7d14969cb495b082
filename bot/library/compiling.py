"""From what an author wrote to the values that run: conditions, effects and ways become numbers and ids."""

from collections.abc import Mapping

from bot.core.ids import EndingId, OptionId, ScenarioId, SceneId, SkillId
from bot.core.scenario import (
    Condition,
    Echo,
    Effect,
    Ending,
    Option,
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
    WrittenScenario,
    WrittenScene,
    WrittenSpan,
)


def compiled(written: WrittenScenario) -> Scenario:
    """The scenario that `written` describes. Every variable that it names must be declared."""
    variables = {name: _variable(span) for name, span in written.variables.items()}
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
    )


def conditions(
    when: Mapping[str, bool | int | str], variables: Mapping[str, Variable]
) -> tuple[Condition, ...]:
    """The conditions that a `when` states."""
    return tuple(_condition(name, wanted, variables[name]) for name, wanted in when.items())


def _variable(span: bool | WrittenSpan) -> Variable:
    if isinstance(span, bool):
        return Variable(0, 1, int(span))
    return Variable(span.low, span.high, span.start)


def _condition(name: str, wanted: bool | int | str, variable: Variable) -> Condition:
    if not isinstance(wanted, str):
        return Condition(name, int(wanted), int(wanted))
    low, _, high = wanted.partition("..")
    return Condition(name, int(low) if low else variable.low, int(high) if high else variable.high)


def _effect(name: str, value: bool | int | str) -> Effect:
    return Effect(name, int(value), relative=isinstance(value, str))


def _echoes(echoes: list[WrittenEcho], variables: Mapping[str, Variable]) -> tuple[Echo, ...]:
    return tuple(Echo(echo.text, conditions(echo.when, variables)) for echo in echoes)


def _scene(scene: WrittenScene, variables: Mapping[str, Variable]) -> Scene:
    return Scene(
        id=SceneId(scene.id),
        title=scene.title,
        text=scene.text,
        options=tuple(_option(option, variables) for option in scene.options),
        says=scene.says,
        override=scene.override,
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
        goes=_ways(option, variables),
        keeps_quiet=option.keeps_quiet,
        when=conditions(option.when, variables),
        sets=tuple(_effect(name, value) for name, value in option.sets.items()),
        sources=tuple(option.sources),
        law=option.law,
    )


def _ways(option: WrittenOption, variables: Mapping[str, Variable]) -> tuple[Way, ...]:
    if isinstance(option.goes, str):
        return (Way(SceneId(option.goes)),)
    return tuple(Way(SceneId(way.to), conditions(way.when, variables)) for way in option.goes)
