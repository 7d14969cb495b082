"""Which kind of file somebody brings in, and what a child tells of each: a draft in values that JSON can hold."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypedDict, cast

from bot.errors import UserError
from bot.library.faults import did_you_mean
from bot.library.imports.draft import Draft, Loss, Verdict

#: A name in JSON; inside a text its quotation marks would have a backslash before them.
_INK: Final = re.compile(rb'"inkVersion"\s*:')
_ZIP: Final = b"PK"
#: Bytes that are looked at to tell kinds apart; the reader itself has its own limit.
_LOOKED_AT: Final = 10 * 1024 * 1024

#: What a file's name ends with, and its kind; where two kinds share an ending, the first bytes decide.
_ENDINGS: Final[Mapping[str, str]] = {
    ".twee": "twee",
    ".tw": "twee",
    ".html": "twine-html",
    ".htm": "twine-html",
    ".json": "twine-json",
    ".h5p": "h5p",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
#: Files that are close to one of these, and what makes them one.
_NEAR: Final[Mapping[str, str]] = {
    ".ink": "Compile the story to JSON first; ink's own editor, Inky, exports it.",
    ".tws": "Open it in Twine 2 and publish it to HTML.",
    ".xls": "Save it as .xlsx or .csv.",
    ".ods": "Save it as .xlsx or .csv.",
    ".xlsm": "Save it as .xlsx or .csv, without macros.",
    ".tsv": "Save it as .csv.",
    ".zip": "If it is an H5P package, let its name end with .h5p.",
    ".yaml": "A scenario needs no import; put it into a folder of its own under scenarios.",
    ".yml": "A scenario needs no import; put it into a folder of its own under scenarios.",
}


class Told(TypedDict):
    """What a child tells of a file: the draft as the text of a scenario file, and what became of everything else."""

    title: str
    name: str
    source: str
    unit: str
    draft: str
    losses: list[tuple[int, str, str, str]]
    gaps: list[str]


class Brought(NamedTuple):
    """What came of a file. `name` is the id that suggests itself for the scenario, or empty.

    `unit` is what a loss's `line` counts, `draft` the text of a scenario file with the `gaps` named in it.
    """

    title: str
    name: str
    source: str
    unit: str
    draft: str
    losses: tuple[Loss, ...]
    gaps: tuple[str, ...]


def kind_of(path: Path) -> str:
    """The kind of a file by its name and, where that leaves it open, by what stands in it. Raises `UserError`."""
    ending = path.suffix.lower()
    kind = _ENDINGS.get(ending)
    if kind is None:
        called = (
            f"Files that end with '{ending}'"
            if ending
            else f"Files without an ending, such as '{path.name}',"
        )
        hint = _NEAR.get(ending)
        known = f"{', '.join(list(_ENDINGS)[:-1])} and {list(_ENDINGS)[-1]}"
        raise UserError(
            f"{called} are not known.{f' {hint}' if hint else did_you_mean(ending, _ENDINGS)} Known are {known}."
        )
    if kind == "twine-json" and _INK.search(_begin(path)):
        return "ink"
    if kind in ("csv", "xlsx"):
        return "xlsx" if _begin(path, len(_ZIP)) == _ZIP else "csv"
    return kind


def _begin(path: Path, most: int = _LOOKED_AT) -> bytes:
    """What the file begins with. What cannot be read is found out by whoever reads it."""
    try:
        with path.open("rb") as opened:
            return opened.read(most)
    except OSError:
        return b""


def brought(result: object) -> Brought:
    """What a child has told as its result, with its losses as losses again."""
    told = cast("Told", result)
    losses = (
        Loss(line, construct, Verdict(verdict), what) for line, construct, verdict, what in told["losses"]
    )
    return Brought(
        told["title"],
        told["name"],
        told["source"],
        told["unit"],
        told["draft"],
        tuple(losses),
        tuple(told["gaps"]),
    )


def twee(raw: bytes, name: str) -> Told:
    """A Twee file. Raises `Faults`, as all of these do."""
    from bot.library.imports.twee import draft_of_twee  # noqa: PLC0415 - a child imports what its one file needs

    return _told(draft_of_twee(raw, name))


def twine_json(raw: bytes, name: str) -> Told:
    """A story of Twine 2 as JSON."""
    from bot.library.imports.twine_json import draft_of_twine_json  # noqa: PLC0415

    return _told(draft_of_twine_json(raw, name))


def twine_html(raw: bytes, name: str) -> Told:
    """A story of Twine 2 as HTML."""
    from bot.library.imports.twine_html import draft_of_twine_html  # noqa: PLC0415

    return _told(draft_of_twine_html(raw, name))


def ink(raw: bytes, name: str) -> Told:
    """A compiled ink story."""
    from bot.library.imports.ink import draft_of_ink  # noqa: PLC0415

    return _told(draft_of_ink(raw, name))


def h5p(raw: bytes, name: str) -> Told:
    """An H5P package with a Branching Scenario."""
    from bot.library.imports.h5p import draft_of_h5p  # noqa: PLC0415

    return _told(draft_of_h5p(raw, name))


def csv(raw: bytes, name: str) -> Told:
    """A sheet as CSV."""
    from bot.library.imports.sheet import draft_of_csv  # noqa: PLC0415

    return _told(draft_of_csv(raw, name))


def xlsx(raw: bytes, name: str) -> Told:
    """A sheet as a workbook."""
    from bot.library.imports.sheet import draft_of_xlsx  # noqa: PLC0415

    return _told(draft_of_xlsx(raw, name))


def _told(draft: Draft) -> Told:
    from bot.library.imports.yaml_out import gaps, scenario_id, scenario_yaml  # noqa: PLC0415

    return {
        "title": draft.title,
        "name": scenario_id(draft),
        "source": draft.source,
        "unit": draft.unit,
        "draft": scenario_yaml(draft),
        "losses": [(loss.line, loss.construct, str(loss.verdict), loss.what) for loss in draft.losses],
        "gaps": gaps(draft),
    }
