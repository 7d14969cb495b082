"""Walks: an author's transcripts, played against the scenario so that they keep working."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from bot.core.run import Position, holds, offered, start, take
from bot.core.scenario import Ending, Option, Scenario, Scene
from bot.library.authoring import Written, sized
from bot.library.faults import Fault, Faults, did_you_mean
from bot.library.source import Place, Source, read
from bot.library.spelling import Id20
from bot.library.wording import STAND_IN, Reading, Unread, readable


class WrittenStep(Written):
    """One line of a walk: exactly one of the three."""

    reads: str | None = None
    choose: str | None = None
    ends: str | None = None


class WrittenWalk(Written):
    """A walk file."""

    walk: Id20
    steps: Annotated[list[WrittenStep], *sized(2)]


@dataclass(frozen=True, slots=True)
class Names:
    """What a step may name in a scenario that cannot be played. None: not all of them could be read."""

    options: Collection[str] | None = None
    endings: Collection[str] | None = None


def walk_faults(story: Scenario | Names, path: Path) -> list[Fault]:
    """What goes wrong when the walk at `path` is played, or, where it cannot be, what it names that is not there."""
    try:
        source = read(path)
    except Faults as error:
        return list(error.faults)
    reading = readable(source, WrittenWalk)
    if reading.written is None:
        return reading.faults
    faults = [*reading.faults, *_misshapen(reading.written, source, reading.unread)]
    if reading.written.walk != path.stem and not reading.unread.at(("walk",)):
        what = f"the walk is '{reading.written.walk}', but the file is '{path.name}'."
        faults.append(source.fault(("walk",), what, rule="walk"))
    if isinstance(story, Names):
        return [*faults, *_astray(story, reading, source)]
    if reading.faults:
        return [*faults, *_astray(_names(story), reading, source)]
    return [*faults, *_play(story, reading, source)]


def _names(scenario: Scenario) -> Names:
    options = {option.id for scene in scenario.scenes for option in scene.options}
    return Names(options, {ending.id for ending in scenario.endings})


def _misshapen(written: WrittenWalk, source: Source, unread: Unread) -> Iterator[Fault]:
    for at, step in enumerate(written.steps):
        parts = sum(part is not None for part in (step.reads, step.choose, step.ends))
        if parts != 1 and not unread.within(("steps", at)):
            what = "a step is exactly one of 'reads', 'choose' and 'ends'."
            yield source.fault(("steps", at), what, rule="walk")


def _astray(
    names: Names, reading: Reading[WrittenWalk], source: Source, *, after: int = -1
) -> Iterator[Fault]:
    """Options and endings that the scenario has nowhere, in the steps behind the one at `after`."""
    assert reading.written is not None
    for at, step in enumerate(reading.written.steps):
        for name, id, known in (
            ("choose", step.choose, names.options),
            ("ends", step.ends, names.endings),
        ):
            place: Place = ("steps", at, name)
            if at > after and id is not None and known is not None and id not in known:
                kind = "an option" if name == "choose" else "an ending"
                if not reading.unread.at(place):
                    what = f"'{id}' is not {kind} of this scenario.{did_you_mean(id, known)}"
                    yield source.fault(place, what, rule="walk")


def _play(scenario: Scenario, reading: Reading[WrittenWalk], source: Source) -> Iterator[Fault]:
    assert reading.written is not None
    steps = reading.written.steps
    position = start(scenario)
    seen = _screen(position, after=None)
    for at, step in enumerate(steps):
        place: Place = ("steps", at)
        if sum(part is not None for part in (step.reads, step.choose, step.ends)) != 1:
            continue
        if step.reads is not None and _plain(step.reads) not in seen and STAND_IN not in seen:
            what = f"these words do not stand on the screen here, at '{position.at.id}'."
            yield source.fault(place, f"{what}{_alike(step.reads, seen)}", rule="walk")
        elif step.ends is not None and step.ends != position.at.id:
            ends = isinstance(position.at, Ending)
            what = (
                f"the walk {'ends' if ends else 'still stands'} at '{position.at.id}', not at '{step.ends}'."
            )
            yield source.fault(place, what, rule="walk")
        elif step.choose is not None:
            option = _option(position, step.choose)
            if option is None:
                yield source.fault(place, _not_offered(position, step.choose), rule="walk")
                yield from _astray(_names(scenario), reading, source, after=at)
                return
            position = take(scenario, option, position.variables)
            seen = _screen(position, after=option)
    if not isinstance(position.at, Ending):
        what = f"the walk stops at '{position.at.id}', before an ending."
        yield source.fault(("steps", len(steps) - 1), what, rule="walk")


def _option(position: Position, id: str) -> Option | None:
    if isinstance(position.at, Ending):
        return None
    return next((option for option in offered(position.at, position.variables) if option.id == id), None)


def _not_offered(position: Position, id: str) -> str:
    if isinstance(position.at, Ending):
        return f"the walk has reached the ending '{position.at.id}'; nothing can be chosen."
    ids = [option.id for option in offered(position.at, position.variables)]
    guess = did_you_mean(id, ids) or f" Offered: {', '.join(ids)}."
    return f"'{id}' is not offered at '{position.at.id}'.{guess}"


def _alike(wanted: str, seen: str) -> str:
    """A straight apostrophe is the likeliest reason why words that stand there are not found."""
    curly = wanted.replace("'", "’")
    return " Write ’ for the apostrophe." if curly != wanted and _plain(curly) in seen else ""


def _screen(position: Position, *, after: Option | None) -> str:
    """Everything that stands on the screen: what changed, the scene, what is said, what comes back, the options."""
    at = position.at
    parts = [] if after is None else [after.changes, after.because]
    parts += [at.title, at.text, *(echo.text for echo in at.echoes if holds(echo.when, position.variables))]
    if isinstance(at, Scene):
        parts += [at.says or "", *(option.text for option in offered(at, position.variables))]
    else:
        parts += [at.afterwards, at.supervision]
    return _plain(" ".join(parts))


def _plain(text: str) -> str:
    return " ".join(text.split())
