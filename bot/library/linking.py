"""Names that must lead somewhere: targets, variables, skills, sources, legal sentences, ids used twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.library.authoring import WrittenOption, WrittenScenario, WrittenSpan
from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source


@dataclass(frozen=True, slots=True)
class Known:
    """What a scenario may name outside itself."""

    skills: Collection[str]
    sources: Collection[str]
    laws: Collection[str]


def unlinked(written: WrittenScenario, source: Source, known: Known) -> list[Fault]:
    """Every name in `written` that leads nowhere, and every id that stands for two things."""
    found = [*_ids(written, source), *_variables(written, source)]
    found += _unknown(written.skills, known.skills, ("skills",), source, kind="skill")
    targets = {scene.id for scene in written.scenes} | {ending.id for ending in written.endings}
    for place, option in _options(written):
        found += _targets(option, targets, place, source)
        found += _unknown(
            option.skills, written.skills, (*place, "skills"), source, kind="skill of this scenario"
        )
        found += _unknown(option.sources, known.sources, (*place, "sources"), source, kind="source")
        if option.law is not None and option.law not in known.laws:
            found.append(_nowhere((*place, "law"), "legal sentence", option.law, known.laws, source))
    return found


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
    counts = Counter(id for _, id in parts)
    seen: set[str] = set()
    for place, id in parts:
        if id in seen and counts[id] > 1:
            yield source.fault(place, f"'{id}' is the id of another {kind} already.")
        seen.add(id)


def _targets(
    option: WrittenOption, targets: Collection[str], place: Place, source: Source
) -> Iterator[Fault]:
    if isinstance(option.goes, str):
        ways: list[tuple[Place, str]] = [((*place, "goes"), option.goes)]
    else:
        ways = [((*place, "goes", at, "to"), way.to) for at, way in enumerate(option.goes)]
        if option.goes[-1].when:
            yield source.fault(
                (*place, "goes"), "the last way must have no 'when', so that there always is one."
            )
    for way, target in ways:
        if target not in targets:
            what = f"option '{option.id}' goes to '{target}', which does not exist.{did_you_mean(target, targets)}"
            yield source.fault(way, what)


def _unknown(
    names: Iterable[str], known: Collection[str], place: Place, source: Source, *, kind: str
) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name not in known:
            yield _nowhere((*place, at), kind, name, known, source)


def _nowhere(place: Place, kind: str, name: str, known: Collection[str], source: Source) -> Fault:
    return source.fault(place, f"'{name}' is not a {kind} that is known.{did_you_mean(name, known)}")


def _variables(written: WrittenScenario, source: Source) -> Iterator[Fault]:
    spans = dict(written.variables)
    for name, span in spans.items():
        if isinstance(span, WrittenSpan) and not span.low <= span.start <= span.high:
            yield source.fault(("variables", name), f"'{name}' must start between its 'from' and its 'to'.")
    for place, names in _uses(written):
        for name in names:
            if name not in spans:
                what = f"'{name}' is not declared under 'variables'.{did_you_mean(name, spans)}"
                yield source.fault((*place, name), what)


def _uses(written: WrittenScenario) -> Iterator[tuple[Place, Mapping[str, object]]]:
    for place, option in _options(written):
        yield (*place, "when"), option.when
        yield (*place, "sets"), option.sets
        if not isinstance(option.goes, str):
            for at, way in enumerate(option.goes):
                yield (*place, "goes", at, "when"), way.when
    for at, scene in enumerate(written.scenes):
        for number, echo in enumerate(scene.echoes):
            yield ("scenes", at, "echoes", number, "when"), echo.when
    for at, ending in enumerate(written.endings):
        for number, echo in enumerate(ending.echoes):
            yield ("endings", at, "echoes", number, "when"), echo.when
