"""Walks: an author's transcripts, played against the scenario so that they keep working."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.core.run import Position, holds, offered, start, take
from bot.core.scenario import Ending, Option, Scenario, Scene
from bot.library.authoring import Written
from bot.library.faults import Fault, Faults, did_you_mean
from bot.library.source import Place, Source, read
from bot.library.spelling import Id20
from bot.library.wording import checked


class WrittenStep(Written):
    """One line of a walk: exactly one of the three."""

    reads: str | None = None
    choose: str | None = None
    ends: str | None = None


class WrittenWalk(Written):
    """A walk file."""

    walk: Id20
    steps: list[WrittenStep] = Field(min_length=2)


def walk_faults(scenario: Scenario, path: Path) -> list[Fault]:
    """What goes wrong when the walk at `path` is played."""
    try:
        source = read(path)
    except Faults as error:
        return list(error.faults)
    written, faults = checked(source, WrittenWalk)
    if written is None:
        return faults
    if written.walk != path.stem:
        what = f"the walk is '{written.walk}', but the file is '{path.name}'."
        faults.append(source.fault(("walk",), what))
    return [*faults, *_play(scenario, written, source)]


def _play(scenario: Scenario, written: WrittenWalk, source: Source) -> Iterator[Fault]:
    position = start(scenario)
    seen = _screen(position, after=None)
    for at, step in enumerate(written.steps):
        place: Place = ("steps", at)
        if sum(part is not None for part in (step.reads, step.choose, step.ends)) != 1:
            yield source.fault(place, "a step is exactly one of 'reads', 'choose' and 'ends'.")
        elif step.reads is not None and _plain(step.reads) not in seen:
            what = f"these words do not stand on the screen here, at '{position.at.id}'."
            yield source.fault(place, f"{what}{_alike(step.reads, seen)}")
        elif step.ends is not None and step.ends != position.at.id:
            ends = isinstance(position.at, Ending)
            what = (
                f"the walk {'ends' if ends else 'still stands'} at '{position.at.id}', not at '{step.ends}'."
            )
            yield source.fault(place, what)
        elif step.choose is not None:
            option = _option(position, step.choose)
            if option is None:
                yield source.fault(place, _not_offered(position, step.choose))
                return
            position = take(scenario, option, position.variables)
            seen = _screen(position, after=option)
    if not isinstance(position.at, Ending):
        yield source.fault(
            ("steps", len(written.steps) - 1), f"the walk stops at '{position.at.id}', before an ending."
        )


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
