"""Rows of text from a CSV file or an XLSX workbook: no formulas, no macros, nothing that is not there to be read."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Loss, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.naming import one_line
from bot.library.imports.zips import unpack

MAX_BYTES: Final = 1024 * 1024
MAX_ROWS: Final = 2_000
MAX_COLUMNS: Final = 60
MAX_ELEMENTS: Final = 200_000
MAX_SHEETS: Final = 20

_ESCAPED: Final = re.compile(r"'[=+\-@\t]")
_PART: Final = re.compile(
    r"(\[Content_Types\]|_rels/\.rels|xl/).*\.(xml|rels)|\[Content_Types\]\.xml|_rels/\.rels"
)
_MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref\s{0,5}=\s{0,5}[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as text; `number` is its line in a CSV file, its row in a workbook.

    `unread` are the places of cells that are empty only because what stands there is not read: formulas and errors.
    """

    number: int
    cells: tuple[str, ...]
    unread: frozenset[int] = frozenset()


@dataclass(slots=True)
class Rows:
    """Everything that was read, and what was not."""

    rows: list[Row]
    losses: set[Loss]
    unit: str


def csv_rows(raw: bytes, file: str) -> Rows:
    """The rows of a CSV file (RFC 4180, UTF-8 with or without a byte order mark). Raises `Faults`."""
    if len(raw) > MAX_BYTES:
        raise Faults([fault(file, 1, f"the file is too long; at most {MAX_BYTES // 1024} KB are read.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([fault(file, line, "this is not UTF-8 text; save it as 'CSV UTF-8'.")]) from None
    found = Rows([], set(), "line")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, found), strict=True)
    before = 0
    try:
        for cells in reader:
            _room(file, before + 1, rows=len(found.rows), columns=len(cells))
            _take(found, before + 1, ((f"column {at}", cell) for at, cell in enumerate(cells, start=1)))
            before = reader.line_num
    except csv.Error as error:
        what = f"this is not CSV: {error}; a quotation mark inside a cell is written twice."
        raise Faults([fault(file, before + 1, what)]) from None
    return found


def _delimiter(text: str, found: Rows) -> str:
    first = text.lstrip("\r\n").partition("\n")[0]
    for other, name in ((";", "semicolons"), ("\t", "tabs")):
        if other in first and "," not in first:
            what = "the cells are divided by them instead of commas."
            found.losses.add(Loss(1, name, Verdict.APPROXIMATED, what))
            return other
    return ","


def _take(found: Rows, number: int, cells: Iterable[tuple[str, str | None]]) -> None:
    """Takes a row in, without its formulas; a text that an export guarded against being one loses its guard."""
    kept: list[str] = []
    unread = set()
    for at, (name, cell) in enumerate(cells):
        if cell is None:
            unread.add(at)
            found.losses.add(Loss(number, f"error in {name}", Verdict.REFUSED, "write the text itself."))
            kept.append("")
        elif cell.lstrip().startswith("="):
            what = "a formula is never worked out; write the text itself."
            found.losses.add(Loss(number, f"formula in {name}", Verdict.REFUSED, what))
            kept.append("")
            unread.add(at)
        else:
            kept.append(cell[1:] if _ESCAPED.match(cell) else cell)
    found.rows.append(Row(number, tuple(kept), frozenset(unread)))


def _room(file: str, number: int, *, rows: int, columns: int) -> None:
    if rows >= MAX_ROWS:
        raise Faults([fault(file, number, f"the sheet has more than {MAX_ROWS} rows.")])
    if columns > MAX_COLUMNS:
        raise Faults([fault(file, number, f"this row has more than {MAX_COLUMNS} cells.")])


def xlsx_rows(raw: bytes, file: str) -> Rows:
    """The rows of a workbook's first visible sheet. Raises `Faults`."""
    parts, names = unpack(raw, file, wanted=lambda name: _PART.fullmatch(name) is not None)
    if "xl/workbook.xml" not in parts:
        raise Faults([fault(file, 1, "this is no XLSX workbook; save it as XLSX or as CSV.")])
    for name, part in parts.items():
        if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in part.replace(b"<!--", b""):
            raise Faults(
                [fault(file, 1, f"'{one_line(name)[:60]}' in the workbook declares things of its own.")]
            )
    if sum(part.count(b"<") for part in parts.values()) > MAX_ELEMENTS:
        raise Faults(
            [fault(file, 1, "the workbook has too many cells; keep the one sheet and save it anew.")]
        )
    found = Rows([], set(), "row")
    if any("vbaproject" in name.lower() for name in names):
        found.losses.add(Loss(1, "macros", Verdict.REFUSED, "they are not read."))
    if any(re.match(r"xl/(media|drawings|charts)/", name) for name in names):
        found.losses.add(Loss(1, "pictures and charts", Verdict.REFUSED, "they are left out."))
    try:
        _workbook(parts, file, found)
    except Faults:
        raise
    except Exception:  # whatever a reader of workbooks meets in a broken one, the answer is the same
        raise Faults([fault(file, 1, "this workbook is broken; save it anew, or as CSV.")]) from None
    return found


def _workbook(parts: dict[str, bytes], file: str, found: Rows) -> None:
    import openpyxl  # noqa: PLC0415  # a tenth of a second that only this import needs

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(packed, read_only=True, keep_links=False)
        sheet = None
        for other in book.worksheets[:MAX_SHEETS]:
            name = one_line(other.title)[:40]
            if other.sheet_state != "visible":
                what = "it is hidden; show it, and make it the first one, if it is meant."
                found.losses.add(Loss(1, f"hidden sheet '{name}'", Verdict.REFUSED, what))
            elif sheet is None:
                sheet = other
            else:
                found.losses.add(Loss(1, f"sheet '{name}'", Verdict.REFUSED, "only the first one is read."))
        if sheet is None:
            raise Faults([fault(file, 1, "the workbook has no sheet that can be seen.")])
        for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS), start=1):
            if any(cell.value is not None for cell in row):
                _room(file, number, rows=number - 1, columns=len(row))
                _take(found, number, [_cell(cell, number, at, found) for at, cell in enumerate(row)])
        _merged(parts.get(str(getattr(sheet, "_worksheet_path", "")), b""), found)


def _cell(cell: object, number: int, at: int, found: Rows) -> tuple[str, str | None]:
    """A cell's name and its text; None is an error that stands there."""
    column = chr(65 + at) if at < 26 else "A" + chr(65 + at - 26) if at < 52 else "B" + chr(65 + at - 52)
    name, value = f"{column}{number}", getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "e":
        return name, None
    if getattr(cell, "data_type", "") == "f":
        return name, f"={value}"
    match value:
        case None:
            return name, ""
        case bool():
            return name, "yes" if value else "no"
        case float() if value.is_integer():
            return name, str(int(value))
        case datetime() | date() | time():
            what = "it is kept as it is written here."
            found.losses.add(Loss(number, f"date in {name}", Verdict.APPROXIMATED, what))
            return name, value.isoformat()
        case _:
            return name, str(value)


def _merged(part: bytes, found: Rows) -> None:
    for match in list(_MERGED.finditer(part))[:MAX_ROWS]:
        cells = match[1].decode()
        number = int(re.sub("[A-Z]", "", cells.partition(":")[0]))
        what = "the text counts for the first of them only."
        found.losses.add(Loss(number, f"merged cells {cells}", Verdict.APPROXIMATED, what))
