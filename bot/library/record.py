"""A played path written down as a walk: words that stood on each screen, what was chosen, and where it ended."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import yaml

from bot.core.run import Position, Taken, holds, offered, start, take
from bot.core.scenario import Ending, Scenario, Scene
from bot.errors import UserError
from bot.library.faults import short

#: How many words of a text are enough to know a screen by, and how few a sentence may have.
WORDS: Final = 8
FEWEST: Final = 3
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST: Final = 20


def place_of_walk(folder: Path, name: str, *, anew: bool = False) -> Path:
    """Where a walk of this name is kept in the folder of a scenario.

    Raises `UserError` if `name` cannot be the name of a walk, or if it is there already and not to be written `anew`.
    """
    if not _NAME.fullmatch(name) or len(name) > _MOST:
        raise UserError(
            f"'{name}' cannot name a walk: small letters, digits and single hyphens, at most {_MOST}, such as good."
        )
    path = folder / "walks" / f"{name}.yaml"
    if path.exists() and not anew:
        raise UserError(
            f"'{short(path)}' is there already; choose another name, or write it anew with --anew."
        )
    return path


def written_walk(scenario: Scenario, taken: Sequence[Taken], *, name: str) -> str:
    """The walk file of a path to an ending, as YAML. `taken` must fit `scenario` and reach an ending."""
    walk = {"walk": name, "steps": list(_steps(scenario, taken))}
    return yaml.safe_dump(walk, allow_unicode=True, sort_keys=False, width=200)


def _steps(scenario: Scenario, taken: Sequence[Taken]) -> Iterator[dict[str, str]]:
    position = start(scenario)
    yield from _reads(position)
    for tap in taken:
        assert isinstance(position.at, Scene)
        options = offered(position.at, position.variables)
        option = next(option for option in options if option.id == tap.option)
        yield {"choose": str(option.id)}
        position = take(scenario, option, position.variables)
        yield from _reads(position)
    assert isinstance(position.at, Ending)
    yield {"ends": str(position.at.id)}


def _reads(position: Position) -> Iterator[dict[str, str]]:
    """What is said, or else seen; and every echo, because that is where a later edit breaks unnoticed."""
    at = position.at
    said = at.says if isinstance(at, Scene) else None
    yield {"reads": _begin(said or at.text)}
    for echo in at.echoes:
        if holds(echo.when, position.variables):
            yield {"reads": _begin(echo.text)}


def _begin(text: str) -> str:
    """The first sentence of a text, or as much of it as makes a screen known."""
    first = text.split()[:WORDS]
    ends = [at for at, word in enumerate(first, 1) if at >= FEWEST and word.rstrip("”’")[-1:] in ".?!"]
    return " ".join(first[: ends[0]] if ends else first).rstrip(",;:")
