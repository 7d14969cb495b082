"""A scenario as an author's file, one thing a line, so that a defect has a line of its own."""

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.core.scenario import Condition, Echo, Effect, Ending, Option, PathRule, Scenario, Scene


def written(scenario: Scenario) -> str:
    """The file."""
    return "\n".join(_lines(scenario)) + "\n"


def expressible(scenario: Scenario) -> bool:
    """Whether an author's file can hold it: its shape and its names are right, whatever is wrong with its ways."""
    parts = {*(scene.id for scene in scenario.scenes), *(ending.id for ending in scenario.endings)}
    options = [option for scene in scenario.scenes for option in scene.options]
    return (
        all(3 <= len(scene.options) <= 4 for scene in scenario.scenes)
        and all(option.goes and not option.goes[-1].when for option in options)
        and all(way.when for option in options for way in option.goes[:-1])
        and all(way.to in parts for option in options for way in option.goes)
        and all(_once(option.sets) for option in options)
        and all(
            _fits(scenario, when)
            for option in options
            for when in (option.when, *(way.when for way in option.goes))
        )
    )


def _once(parts: Sequence[Condition | Effect]) -> bool:
    return len({one.variable for one in parts}) == len(parts)


def _fits(scenario: Scenario, when: Sequence[Condition]) -> bool:
    """Whether each variable is asked for once, and for what it can be."""
    bounds = scenario.variables
    return _once(when) and all(
        bounds[one.variable].low <= one.low <= one.high <= bounds[one.variable].high for one in when
    )


def _lines(scenario: Scenario) -> Iterator[str]:
    person = scenario.young_person
    yield f"id: {scenario.id}"
    yield f"title: {_text(scenario.title)}"
    yield f"teaser: {_text(scenario.teaser)}"
    yield f"minutes: {scenario.minutes}"
    yield f"roles: {_list(scenario.roles)}"
    yield f"skills: {_list(scenario.skills)}"
    yield f"content_note: {_text(scenario.content_note)}"
    yield "young_person:"
    yield f"  name: {_text(person.name)}"
    yield f"  age: {person.age}"
    yield f"  pronouns: {person.pronouns}"
    yield f"  about: {_text(person.about)}"
    yield f"you_are: {_text(scenario.you_are)}"
    if scenario.variables:
        yield "variables:"
    for name, bounds in scenario.variables.items():
        yield f"  {name}: {{from: {bounds.low}, to: {bounds.high}, start: {bounds.start}}}"
    if scenario.rules:
        yield "rules:"
    for rule in scenario.rules:
        yield f"  - {_rule(rule)}"
    yield "scenes:"
    for scene in scenario.scenes:
        yield from _scene(scene)
    yield "endings:"
    for ending in scenario.endings:
        yield from _ending(ending)


def _rule(rule: PathRule) -> str:
    return f"passes: {rule.tag}" if rule.after is None else f"{{never: {rule.tag}, after: {rule.after}}}"


def _scene(scene: Scene) -> Iterator[str]:
    yield f"  - id: {scene.id}"
    yield f"    title: {_text(scene.title)}"
    yield f"    text: {_text(scene.text)}"
    if scene.says:
        yield f"    says: {_text(scene.says)}"
    if scene.override:
        yield "    override: yes"
    if scene.tags:
        yield f"    tags: {_list(scene.tags)}"
    yield from _echoes(scene.echoes)
    yield "    options:"
    for option in scene.options:
        yield from (f"      {'  ' if number else '- '}{line}" for number, line in enumerate(_option(option)))


def _option(option: Option) -> Iterator[str]:
    yield f"id: {option.id}"
    yield f"text: {_text(option.text)}"
    yield f"protects: {option.protects}"
    yield f"voice: {option.voice}"
    yield f"because: {_text(option.because)}"
    yield f"draws_on: {_list(option.draws_on)}"
    yield f"skills: {_list(option.skills)}"
    if option.sources:
        yield f"sources: {_list(option.sources)}"
    yield f"changes: {_text(option.changes)}"
    yield f"thinks: {_text(option.thinks)}"
    if option.keeps_quiet:
        yield "keeps_quiet: yes"
    if option.law:
        yield f"law: {option.law}"
    if option.tags:
        yield f"tags: {_list(option.tags)}"
    if option.when:
        yield f"when: {_when(option.when)}"
    if option.sets:
        yield f"sets: {_sets(option.sets)}"
    if len(option.goes) == 1:
        yield f"goes: {option.goes[0].to}"
        return
    yield "goes:"
    for way in option.goes:
        yield f"  - {f'when: {_when(way.when)}' if way.when else f'to: {way.to}'}"
        if way.when:
            yield f"    to: {way.to}"


def _ending(ending: Ending) -> Iterator[str]:
    yield f"  - id: {ending.id}"
    yield f"    title: {_text(ending.title)}"
    yield f"    text: {_text(ending.text)}"
    yield f"    afterwards: {_text(ending.afterwards)}"
    yield f"    supervision: {_text(ending.supervision)}"
    yield from _echoes(ending.echoes)


def _echoes(echoes: Sequence[Echo]) -> Iterator[str]:
    if echoes:
        yield "    echoes:"
    for echo in echoes:
        yield f"      - when: {_when(echo.when)}"
        yield f"        text: {_text(echo.text)}"


def _when(conditions: Sequence[Condition]) -> str:
    spans = {one.variable: one.low if one.low == one.high else f"{one.low}..{one.high}" for one in conditions}
    return _mapping(spans)


def _sets(effects: Sequence[Effect]) -> str:
    return _mapping({one.variable: f"{one.value:+d}" if one.relative else one.value for one in effects})


def _mapping(values: Mapping[str, object]) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(values)}]"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def line_of(text: str, scene: str | None, option: str | None = None) -> int:
    """The line of the id of a scene, an ending or an option, from 1; of all scenes, if none is named."""
    lines = text.splitlines()
    if scene is None:
        return lines.index("scenes:") + 1
    first = lines.index(f"  - id: {scene}")
    return (first if option is None else lines.index(f"      - id: {option}", first)) + 1
