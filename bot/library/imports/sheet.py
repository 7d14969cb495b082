"""Spreadsheets become drafts: one row for each option, in columns that have names.

The columns, in any order; `scene`, `text` and `goes` must be there:

- `scene`: the scene's or ending's id. Empty means the scene above.
- `scene title`, `scene text`, `says`, `override`, `scene tags`: said once, on any row of the scene.
- `text`: what you would do or say; `option`: its id (made from the text if empty); `goes`: the id it leads to.
- `protects`, `voice` (stronger, workable, weaker), `because`, `changes`, `thinks`, `keeps quiet` (yes, no), `law`.
- `draws on`, `skills`, `sources`, `tags`: several are divided by commas.
- A row without `text`, `option` and `goes` is an ending, with `afterwards` and `supervision`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from bot.library.faults import Fault, Faults, did_you_mean
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict, lead_on
from bot.library.imports.faulty import fault
from bot.library.imports.html_words import paragraphs
from bot.library.imports.naming import Names, one_line, slug
from bot.library.imports.sheet_rows import Row, Rows, csv_rows, xlsx_rows

MAX_OPTIONS: Final = 40
_NEEDED: Final = ("scene", "text", "goes")
_OTHER_NAMES: Final = {
    "title": "scene title",
    "scene id": "scene",
    "option id": "option",
    "option text": "text",
    "to": "goes",
    "goes to": "goes",
}
_IS_KEPT: Final = "it is kept."
_YES: Final = frozenset({"yes", "true", "x", "1"})
_NO: Final = frozenset({"no", "false", "0"})


class Unfit(Exception):
    """A cell whose words cannot be what its column asks for."""


def _rating(text: str) -> object:
    if text.lower() not in {"stronger", "workable", "weaker"}:
        raise Unfit("a rating is stronger, workable or weaker; it is a gap now")
    return text.lower()


def _yes_or_no(text: str) -> object:
    if text.lower() not in _YES | _NO:
        raise Unfit("write yes or no; it is left out")
    return text.lower() in _YES


def _several(text: str) -> object:
    return [part for part in map(one_line, re.split("[,;\n]", text)) if part]


def _slugs(text: str) -> object:
    return [found for found in map(slug, re.split("[,;\n]", text)) if found]


_OF_OPTIONS: Final[dict[str, Callable[[str], object]]] = {
    "protects": _rating,
    "voice": _rating,
    "because": one_line,
    "draws on": _several,
    "skills": _several,
    "sources": _several,
    "changes": one_line,
    "thinks": one_line,
    "keeps quiet": _yes_or_no,
    "law": one_line,
    "tags": _slugs,
}
_OF_SCENES: Final[dict[str, Callable[[str], object]]] = {
    "scene title": one_line,
    "scene text": paragraphs,
    "says": one_line,
    "override": _yes_or_no,
    "scene tags": _slugs,
    "afterwards": one_line,
    "supervision": one_line,
}
_KNOWN: Final = (*_NEEDED, "option", *_OF_OPTIONS, *_OF_SCENES)


@dataclass(slots=True)
class _Scene:
    """A scene while its rows come in."""

    id: str
    line: int
    said: dict[str, object] = field(default_factory=dict)
    options: list[DraftOption] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names("option"))


def draft_of_csv(raw: bytes, file: str) -> Draft:
    """The draft of a CSV sheet; `line` is the line on which a row begins. Raises `Faults`."""
    return _draft(csv_rows(raw, file), file, "CSV")


def draft_of_xlsx(raw: bytes, file: str) -> Draft:
    """The draft of a workbook's first visible sheet; `line` is the row. Raises `Faults`."""
    return _draft(xlsx_rows(raw, file), file, "XLSX")


def _draft(rows: Rows, file: str, source: str) -> Draft:
    filled = [row for row in rows.rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise Faults([fault(file, 1, "the sheet is empty.")])
    columns = _columns(filled[0], file, rows.losses)
    scenes: dict[str, _Scene] = {}
    faults: list[Fault] = []
    at = ""
    for row in filled[1:]:
        cells = {name: row.cells[index].strip() for name, index in columns.items() if index < len(row.cells)}
        given = cells.get("scene", "")
        at = slug(given) if given else at
        if not at:
            faults.append(fault(file, row.number, "the first row of a scene needs the scene's id."))
            continue
        _same(given, at, f"scene '{given[:40]}'", losses=rows.losses, line=row.number)
        if columns["scene"] in row.unread:
            what = f"its cell is not read, so the row counts as one of the scene above, '{at}'."
            rows.losses.add(Loss(row.number, "scene of this row", Verdict.APPROXIMATED, what))
        try:
            _read_row(scenes.setdefault(at, _Scene(at, row.number)), row.number, cells, rows.losses)
        except Unfit as error:
            faults.append(fault(file, row.number, f"{error}."))
    if not scenes:
        faults.append(fault(file, filled[0].number, "the sheet has no rows below its first."))
    if faults:
        raise Faults(faults)
    finished = tuple(_finished(scene, rows.losses, set(scenes)) for scene in scenes.values())
    return Draft(one_line(PurePath(file).stem), finished, tuple(sorted(rows.losses)), source, unit=rows.unit)


def _columns(row: Row, file: str, losses: set[Loss]) -> dict[str, int]:
    """Where each known column stands."""
    found: dict[str, int] = {}
    headers: dict[str, str] = {}
    faults = []
    for index, cell in enumerate(row.cells):
        header = one_line(cell)[:40]
        name = " ".join(header.lower().replace("_", " ").split())
        name = _OTHER_NAMES.get(name, name)
        if name in found:
            first = headers[name]
            what = f"the columns '{first}' and '{header}' mean the same, '{name}'; keep one of them."
            what = f"the column '{header}' stands here twice." if header == first else what
            faults.append(fault(file, row.number, what))
        elif name in _KNOWN:
            found[name], headers[name] = index, header
        elif name:
            what = f"this column is not known.{did_you_mean(name, _KNOWN)}"
            losses.add(Loss(row.number, f"column '{name[:40]}'", Verdict.REFUSED, what))
    missing = [name for name in _NEEDED if name not in found]
    faults += [fault(file, row.number, f"the first row needs a column '{name}'.") for name in missing]
    if faults:
        raise Faults(faults)
    return found


def _read_row(scene: _Scene, line: int, cells: dict[str, str], losses: set[Loss]) -> None:
    for name, value in _fields(_OF_SCENES, cells, line, losses).items():
        same = scene.said.setdefault(name, value) == value
        verdict = Verdict.KEPT if same else Verdict.REFUSED
        what = _IS_KEPT if same else "it differs from the scene's rows above; theirs is kept."
        losses.add(Loss(line, f"column '{name}'", verdict, what))
    fields = _fields(_OF_OPTIONS, cells, line, losses)
    text, given, goes = one_line(cells.get("text", "")), cells.get("option", ""), cells.get("goes", "")
    if not (text or given or goes):
        for name in fields:
            what = "it belongs to an option, and this row has none."
            losses.add(Loss(line, f"column '{name}'", Verdict.REFUSED, what))
        return
    for name in fields:
        losses.add(Loss(line, f"column '{name}'", Verdict.KEPT, _IS_KEPT))
    if len(scene.options) == MAX_OPTIONS:
        raise Unfit(f"'{scene.id}' has more than {MAX_OPTIONS} options")
    id = scene.names.id(given or text)
    _same(given, id, f"option '{given[:40]}'", losses=losses, line=line)
    _same(goes, slug(goes), f"goes '{goes[:40]}'", losses=losses, line=line)
    named = {name.replace(" ", "_"): value for name, value in fields.items()}
    scene.options.append(DraftOption(id, text, slug(goes), line, named))


def _fields(
    wanted: dict[str, Callable[[str], object]], cells: dict[str, str], line: int, losses: set[Loss]
) -> dict[str, object]:
    """What the row says in the wanted columns; what cannot be kept is told, what can is the caller's to tell."""
    found: dict[str, object] = {}
    for name, read in wanted.items():
        if cells.get(name):
            try:
                value = read(cells[name])
            except Unfit as error:
                losses.add(Loss(line, f"column '{name}'", Verdict.REFUSED, f"{error}."))
                continue
            if value not in ("", []):
                found[name] = value
    return found


def _same(given: str, written: str, construct: str, *, losses: set[Loss], line: int) -> None:
    """Says so where an id could not be kept as it was given."""
    if given and given != written:
        losses.add(Loss(line, construct, Verdict.APPROXIMATED, f"it is '{written}' now."))


def _finished(scene: _Scene, losses: set[Loss], known: set[str]) -> DraftScene:
    for option in scene.options:
        leads = f"it leads to '{option.to}'."
        if option.to not in known:
            what = f"no row has the scene '{option.to}'.{did_you_mean(option.to, known)} It is a gap."
            what = what if option.to else "it is empty. It is a gap."
            losses.add(Loss(option.line, f"goes of '{option.id}'", Verdict.REFUSED, what))
            leads = "its words are kept."
        losses.add(Loss(option.line, f"option '{option.id}'", Verdict.KEPT, leads))
    kind = "scene" if scene.options else "ending"
    losses.add(Loss(scene.line, f"{kind} '{scene.id}'", Verdict.KEPT, lead_on(len(scene.options))))
    said = dict(scene.said)
    title, text = str(said.pop("scene title", "")), str(said.pop("scene text", ""))
    tags = said.pop("scene tags", [])
    assert isinstance(tags, list), "the column's reader gives a list"
    return DraftScene(scene.id, title, text, tuple(scene.options), scene.line, tuple(tags), fields=said)
