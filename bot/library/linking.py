"""Names that must lead somewhere: targets, variables, skills, sources, legal sentences, ids used twice."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.library.authoring import FEWEST_SKILLS, WrittenEcho, WrittenOption, WrittenScenario, WrittenVariable
from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source
from bot.library.spelling import Move, Span
from bot.library.wording import NOTHING_UNREAD, STAND_IN, Unread


@dataclass(frozen=True, slots=True)
class Known:
    """What a scenario may name outside itself. None: that file could not be read, so nothing is held against it."""

    skills: Collection[str] | None
    sources: Collection[str] | None
    laws: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Astray:
    """A name that leads nowhere: where it stands, which one, and what is said of it."""

    place: Place
    name: str
    what: str
    rule: str = "name"


def loose_ends(written: WrittenScenario, source: Source, unread: Unread) -> list[Fault]:
    """What goes wrong inside the story: ids that stand for two things, ways and variables that do not hold."""
    broken = {
        "id": _ids(written, source, unread),
        "way": _ways(written, unread),
        "bounds": _starts(written, unread),
    }
    found = [source.fault(place, what, rule=rule) for rule, told in broken.items() for place, what in told]
    for strays in (_targets(written, unread), _undeclared(written, unread), _out_of_bounds(written, unread)):
        found += _once(strays, source)
    return found


def unknown_names(written: WrittenScenario, source: Source, known: Known, *, unread: Unread) -> list[Fault]:
    """Every skill, source and legal sentence that does not exist, and each skill that the scenario does not name."""
    found = list(_unknown(written.skills, known.skills, ("skills",), kind="a skill"))
    for place, option in _options(written):
        found += _unknown(option.sources, known.sources, (*place, "sources"), kind="a source")
        if option.law is not None:
            found += _unknown([option.law], known.laws, (*place, "law"), kind="a legal sentence")
    strange = [stray for stray in _strange_skills(written, known, unread) if not unread.at(stray.place)]
    told = [
        source.fault(stray.place, stray.what, rule=stray.rule)
        for stray in found
        if not unread.at(stray.place)
    ]
    return [*told, *_once(strange, source)]


def unknown_sources(
    names: Iterable[str],
    known: Collection[str] | None,
    place: Place,
    source: Source,
    *,
    unread: Unread = NOTHING_UNREAD,
) -> Iterator[Fault]:
    """Every name at `place` that is no key of sources.yaml."""
    for stray in _unknown(names, known, place, kind="a source"):
        if not unread.at(stray.place):
            yield source.fault(stray.place, stray.what, rule=stray.rule)


def _unknown(
    names: Iterable[str], known: Collection[str] | None, place: Place, *, kind: str
) -> Iterator[Astray]:
    for at, name in enumerate(names):
        if known is not None and name not in known:
            yield Astray((*place, at), name, f"'{name}' is not {kind}.{did_you_mean(name, known)}")


def _once(strays: Iterable[Astray], source: Source) -> Iterator[Fault]:
    """Each name once, with all its lines: it may be right wherever it is used, and wrong where it is declared."""
    same: dict[str, list[Astray]] = {}
    for stray in strays:
        same.setdefault(stray.name, []).append(stray)
    for found in same.values():
        first = min(found, key=lambda stray: source.line(stray.place))
        lines = sorted({source.line(stray.place) for stray in found} - {source.line(first.place)})
        also = f" The same on {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}."
        yield source.fault(first.place, first.what + (also if lines else ""), rule=first.rule)


def _options(written: WrittenScenario) -> Iterator[tuple[Place, WrittenOption]]:
    for at, scene in enumerate(written.scenes):
        for number, option in enumerate(scene.options):
            yield ("scenes", at, "options", number), option


def _strange_skills(written: WrittenScenario, known: Known, unread: Unread) -> Iterator[Astray]:
    """Skills of options that the scenario does not name.

    While its own list is too short, or holds one that does not exist, any that does may be meant: that is told there.
    """
    every = known.skills
    unsure = unread.within(("skills",)) or len(written.skills) < FEWEST_SKILLS
    unsure = unsure or (every is not None and not set(written.skills) <= set(every))
    for place, option in _options(written):
        for stray in _unknown(
            option.skills, written.skills, (*place, "skills"), kind="one of this scenario's skills"
        ):
            if not (unsure and (every is None or stray.name in every)):
                yield stray


def _ids(written: WrittenScenario, source: Source, unread: Unread) -> Iterator[tuple[Place, str]]:
    yield from _twice(places_of_ids(written), source, unread, kind="scene or ending")
    for at, scene in enumerate(written.scenes):
        options: list[tuple[Place, str]] = [
            (("scenes", at, "options", number, "id"), option.id)
            for number, option in enumerate(scene.options)
        ]
        yield from _twice(options, source, unread, kind="option of this scene")


def places_of_ids(written: WrittenScenario) -> list[tuple[Place, str]]:
    """The id of every scene and every ending, and where it stands."""
    scenes: list[tuple[Place, str]] = [
        (("scenes", at, "id"), scene.id) for at, scene in enumerate(written.scenes)
    ]
    return [*scenes, *((("endings", at, "id"), ending.id) for at, ending in enumerate(written.endings))]


def _twice(
    parts: list[tuple[Place, str]], source: Source, unread: Unread, *, kind: str
) -> Iterator[tuple[Place, str]]:
    first: dict[str, Place] = {}
    for place, id in parts:
        if unread.at(place):
            continue
        if id in first:
            line = source.line(first[id])
            yield place, f"'{id}' is the id of another {kind} already, on line {line}."
        first.setdefault(id, place)


def _each_way(written: WrittenScenario) -> Iterator[tuple[Place, WrittenOption, int]]:
    for place, option in _options(written):
        for at in range(len(option.goes)):
            yield (*place, "goes", at), option, at


def _ways(written: WrittenScenario, unread: Unread) -> Iterator[tuple[Place, str]]:
    for here, option, at in _each_way(written):
        last, when = at == len(option.goes) - 1, option.goes[at].when
        if unread.at((*here, "when")):
            continue
        if last and when:
            yield here, "the last way must have no 'when', so that there always is one."
        if not last and not when:
            yield here, "this way has no 'when', so those after it are never taken."


def _targets(written: WrittenScenario, unread: Unread) -> Iterator[Astray]:
    """Ways to nowhere; nothing is said while an id that they may mean cannot be read."""
    ids = places_of_ids(written)
    if any(unread.at(place) for place in [("scenes",), ("endings",), *(place for place, _ in ids)]):
        return
    targets = [id for _, id in ids]
    for here, option, at in _each_way(written):
        to = option.goes[at].to
        if to not in targets and not unread.at((*here, "to")):
            what = f"option '{option.id}' goes to '{to}', which does not exist."
            yield Astray((*here, "to"), to, f"{what}{did_you_mean(to, targets)}")


def _undeclared(written: WrittenScenario, unread: Unread) -> Iterator[Astray]:
    """Variables that do not exist; nothing is said while a name that they may mean cannot be read."""
    variables = written.variables
    if unread.at(("variables",)) or STAND_IN in variables:
        return
    for place, values in _uses(written):
        for name in values:
            if name not in variables and not unread.at((*place, name)):
                what = f"'{name}' is not declared under 'variables'.{did_you_mean(name, variables)}"
                yield Astray((*place, name), name, what)


def _sound(written: WrittenScenario, unread: Unread) -> dict[str, WrittenVariable]:
    """The variables of which everything could be read."""
    variables = written.variables.items()
    return {name: variable for name, variable in variables if not unread.within(("variables", name))}


def _starts(written: WrittenScenario, unread: Unread) -> Iterator[tuple[Place, str]]:
    for name, variable in _sound(written, unread).items():
        if not variable.low <= variable.start <= variable.high:
            yield ("variables", name), f"'{name}' must start between its 'from' and its 'to'."


def _out_of_bounds(written: WrittenScenario, unread: Unread) -> Iterator[Astray]:
    sound = _sound(written, unread)
    for place, values in _uses(written):
        for name, value in values.items():
            if name in sound and not unread.at((*place, name)) and not _within(value, sound[name]):
                what = f"'{name}' runs from {sound[name].low} to {sound[name].high}; this cannot be."
                yield Astray((*place, name), name, what, "bounds")


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
