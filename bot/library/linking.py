"""Names that must lead somewhere: targets, variables, skills, sources, legal sentences, ids used twice."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.library.authoring import WrittenEcho, WrittenOption, WrittenScenario, WrittenVariable
from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source
from bot.library.spelling import Move, Span


@dataclass(frozen=True, slots=True)
class Known:
    """What a scenario may name outside itself. None: that file could not be read, so nothing is held against it."""

    skills: Collection[str] | None
    sources: Collection[str] | None
    laws: Collection[str] | None


def unlinked(written: WrittenScenario, source: Source, known: Known) -> list[Fault]:
    """Every name in `written` that leads nowhere, and every id that stands for two things."""
    found = [*_ids(written, source), *_variables(written, source)]
    found += _unknown(written.skills, known.skills, ("skills",), source, kind="a skill")
    targets = [scene.id for scene in written.scenes] + [ending.id for ending in written.endings]
    for place, option in _options(written):
        found += _targets(option, targets, place, source)
        found += _unknown(
            option.skills, written.skills, (*place, "skills"), source, kind="one of this scenario's skills"
        )
        found += unknown_sources(option.sources, known.sources, (*place, "sources"), source)
        if option.law is not None:
            found += _unknown([option.law], known.laws, (*place, "law"), source, kind="a legal sentence")
    return found


def unknown_sources(
    names: Iterable[str], known: Collection[str] | None, place: Place, source: Source
) -> Iterator[Fault]:
    """Every name at `place` that is no key of sources.yaml."""
    return _unknown(names, known, place, source, kind="a source")


def _options(written: WrittenScenario) -> Iterator[tuple[Place, WrittenOption]]:
    for at, scene in enumerate(written.scenes):
        for number, option in enumerate(scene.options):
            yield ("scenes", at, "options", number), option


def _ids(written: WrittenScenario, source: Source) -> Iterator[Fault]:
    parts: list[tuple[Place, str]] = [
        (("scenes", at, "id"), scene.id) for at, scene in enumerate(written.scenes)
    ]
    parts += [(("endings", at, "id"), ending.id) for at, ending in enumerate(written.endings)]
    yield from _twice(parts, source, "scene or ending")
    for at, scene in enumerate(written.scenes):
        options: list[tuple[Place, str]] = [
            (("scenes", at, "options", number, "id"), option.id)
            for number, option in enumerate(scene.options)
        ]
        yield from _twice(options, source, "option of this scene")


def _twice(parts: list[tuple[Place, str]], source: Source, kind: str) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, id in parts:
        if id in first:
            line = source.line(first[id])
            yield source.fault(place, f"'{id}' is the id of another {kind} already, on line {line}.")
        first.setdefault(id, place)


def _targets(
    option: WrittenOption, targets: Collection[str], place: Place, source: Source
) -> Iterator[Fault]:
    for at, way in enumerate(option.goes):
        here: Place = (*place, "goes", at)
        last = at == len(option.goes) - 1
        if last and way.when:
            yield source.fault(here, "the last way must have no 'when', so that there always is one.")
        if not last and not way.when:
            yield source.fault(here, "this way has no 'when', so those after it are never taken.")
        if way.to not in targets:
            what = f"option '{option.id}' goes to '{way.to}', which does not exist."
            yield source.fault((*here, "to"), f"{what}{did_you_mean(way.to, targets)}")


def _unknown(
    names: Iterable[str], known: Collection[str] | None, place: Place, source: Source, *, kind: str
) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if known is not None and name not in known:
            yield source.fault((*place, at), f"'{name}' is not {kind}.{did_you_mean(name, known)}")


def _variables(written: WrittenScenario, source: Source) -> Iterator[Fault]:
    variables = written.variables
    for name, variable in variables.items():
        if not variable.low <= variable.start <= variable.high:
            yield source.fault(("variables", name), f"'{name}' must start between its 'from' and its 'to'.")
    for place, values in _uses(written):
        for name, value in values.items():
            if name not in variables:
                what = f"'{name}' is not declared under 'variables'.{did_you_mean(name, variables)}"
                yield source.fault((*place, name), what)
            elif not _within(value, variables[name]):
                what = f"'{name}' runs from {variables[name].low} to {variables[name].high}; this cannot be."
                yield source.fault((*place, name), what)


def _within(value: Span | Move, variable: WrittenVariable) -> bool:
    """Whether a variable can hold, or be moved by, what is written."""
    match value:
        case Span(low, high):
            low, high = (variable.low if low is None else low), (variable.high if high is None else high)
            return variable.low <= low <= high <= variable.high
        case Move(step, relative=True):
            return 0 < abs(step) <= variable.high - variable.low
        case Move(start):
            return variable.low <= start <= variable.high


def _uses(written: WrittenScenario) -> Iterator[tuple[Place, Mapping[str, Span | Move]]]:
    for place, option in _options(written):
        yield (*place, "when"), option.when
        yield (*place, "sets"), option.sets
        for at, way in enumerate(option.goes):
            yield (*place, "goes", at, "when"), way.when
    echoes: list[tuple[Place, list[WrittenEcho]]] = [
        *((("scenes", at, "echoes"), scene.echoes) for at, scene in enumerate(written.scenes)),
        *((("endings", at, "echoes"), ending.echoes) for at, ending in enumerate(written.endings)),
    ]
    for place, here in echoes:
        for number, echo in enumerate(here):
            yield (*place, number, "when"), echo.when
