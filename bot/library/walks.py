"""Walks: an author's transcripts, played against the scenario so that they keep working."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.core.ids import OptionId, SceneId
from bot.core.run import Position, offered, start, take
from bot.core.scenario import Ending, Option, Scenario, Scene
from bot.library.authoring import Written
from bot.library.faults import Fault, Faults, did_you_mean
from bot.library.source import Place, Source, read
from bot.library.wording import checked


class WrittenStep(Written):
    """One line of a walk: exactly one of the three."""

    reads: str | None = None
    choose: str | None = None
    ends: str | None = None


class WrittenWalk(Written):
    """A walk file."""

    walk: Annotated[str, Field(pattern=r"^[a-z-]+$")]
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
    return list(_play(scenario, written, source))


def _play(scenario: Scenario, written: WrittenWalk, source: Source) -> Iterator[Fault]:
    position = start(scenario)
    seen = _screen(position, None)
    for at, step in enumerate(written.steps):
        place: Place = ("steps", at)
        if sum(part is not None for part in (step.reads, step.choose, step.ends)) != 1:
            yield source.fault(place, "a step is exactly one of 'reads', 'choose' and 'ends'.")
        elif step.reads is not None and " ".join(step.reads.split()) not in seen:
            yield source.fault(place, f"the screen does not read this here (at '{position.at.id}').")
        elif step.ends is not None and step.ends != position.at.id:
            yield source.fault(place, f"the walk stands at '{position.at.id}' here, not at '{step.ends}'.")
        elif step.choose is not None:
            option = _option(position, step.choose)
            if option is None:
                yield source.fault(place, _not_offered(position, step.choose))
                return
            position = take(scenario, option, position.variables)
            seen = _screen(position, option)
    if not isinstance(position.at, Ending):
        yield source.fault(
            ("steps", len(written.steps) - 1), f"the walk stops at '{position.at.id}', before an ending."
        )


def _option(position: Position, id: str) -> Option | None:
    if isinstance(position.at, Ending):
        return None
    return next(
        (option for option in offered(position.at, position.variables) if option.id == OptionId(id)), None
    )


def _not_offered(position: Position, id: str) -> str:
    if isinstance(position.at, Ending):
        return f"the walk has reached the ending '{position.at.id}'; nothing can be chosen."
    ids = [option.id for option in offered(position.at, position.variables)]
    return f"'{id}' is not offered at '{SceneId(position.at.id)}'.{did_you_mean(id, ids)}"


def _screen(position: Position, option: Option | None) -> str:
    """Everything that can stand on the screen: what changed, the scene, what is said, the options."""
    parts = [] if option is None else [option.changes, option.because]
    parts += [position.at.text, *(echo.text for echo in position.at.echoes)]
    if isinstance(position.at, Scene):
        parts += [position.at.says or "", *(choice.text for choice in position.at.options)]
    else:
        parts += [position.at.title, position.at.afterwards, position.at.supervision]
    return " ".join(" ".join(parts).split())
