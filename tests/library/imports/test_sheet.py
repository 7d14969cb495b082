"""Spreadsheets: one row for each option, ratings kept where they are given, formulas never worked out."""

import csv
import io
import random
import re
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict
from bot.library.imports.sheet import _OF_OPTIONS, _OF_SCENES, draft_of_csv, draft_of_xlsx
from bot.library.shelf import CONTENT
from tests.library.imports.mutants import MUTANTS, answers, broken_archive, broken_bytes, packed, unpacked

pytestmark = pytest.mark.thorough

COLUMNS = (
    *("scene", "scene title", "scene text", "says", "option", "text", "goes"),
    *("protects", "voice", "because", "draws_on", "keeps quiet", "tags", "supervision"),
)
SHEET = (
    COLUMNS,
    (
        *(
            "bell",
            "After the bell",
            "The bell has gone.\nHe stays.",
            "Promise.",
            "limits",
            "Say what, and why.",
        ),
        *("end", "stronger", "Workable", "It is honest.", "value; skill", "no", "consult", ""),
    ),
    ("", "", "", "", "", "Promise, and mean it", "end", "", "", "", "", "", "", ""),
    ("end", "Told", "He told you.", "", "", "", "", "", "", "", "", "", "", "What did it cost?"),
)
SCENES = (
    DraftScene(
        "bell",
        "After the bell",
        "The bell has gone.\n\nHe stays.",
        (
            DraftOption(
                "limits",
                "Say what, and why.",
                "end",
                2,
                {
                    "protects": "stronger",
                    "voice": "workable",
                    "because": "It is honest.",
                    "draws_on": ["value", "skill"],
                    "keeps_quiet": False,
                    "tags": ["consult"],
                },
            ),
            DraftOption("promise-and-mean-it", "Promise, and mean it", "end", 3),
        ),
        2,
        fields={"says": "Promise."},
    ),
    DraftScene("end", "Told", "He told you.", (), 4, fields={"supervision": "What did it cost?"}),
)


def as_csv(rows: tuple[tuple[str, ...], ...] = SHEET, delimiter: str = ",") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode()


def as_xlsx(change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in SHEET:
        sheet.append(row)
    change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def refusal(read: Callable[[bytes, str], Draft], raw: bytes) -> str:
    with pytest.raises(Faults) as caught:
        read(raw, "x")
    return str(caught.value)


def rows(*body: tuple[str, str, str]) -> Draft:
    return draft_of_csv(as_csv((("scene", "text", "goes"), *body)), "x.csv")


def test_a_workbook_is_read_row_by_row() -> None:
    told = draft_of_xlsx(as_xlsx(), "bell.xlsx")
    assert (told.title, told.source, told.unit, told.scenes) == ("bell", "XLSX", "row", SCENES)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def test_a_csv_file_is_read_and_its_lines_are_counted_through_quoted_breaks(mark: bytes) -> None:
    told = draft_of_csv(mark + as_csv(), "bell.csv")
    assert (told.source, told.unit) == ("CSV", "line")
    assert [scene.line for scene in told.scenes] == [2, 5]
    assert [option.line for option in told.scenes[0].options] == [2, 4]
    assert [option.fields for option in told.scenes[0].options] == [
        option.fields for option in SCENES[0].options
    ]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_dividers_are_read_and_said_so(delimiter: str, name: str) -> None:
    told = draft_of_csv(as_csv(delimiter=delimiter), "x.csv")
    assert told.scenes == draft_of_csv(as_csv(), "x.csv").scenes
    what = "the cells are divided by them instead of commas."
    assert Loss(1, name, Verdict.APPROXIMATED, what) in told.losses


def test_everything_that_was_read_is_kept_by_its_line() -> None:
    kept = [(loss.line, loss.construct) for loss in draft_of_xlsx(as_xlsx(), "x").losses]
    assert (2, "column 'protects'") in kept
    assert (3, "option 'promise-and-mean-it'") in kept
    assert (4, "ending 'end'") in kept
    assert {loss.verdict for loss in draft_of_xlsx(as_xlsx(), "x").losses} == {Verdict.KEPT}


def test_formulas_are_refused_by_cell() -> None:
    def formula(sheet: Worksheet) -> None:
        sheet["J2"] = '=HYPERLINK("https://example.org","because")'

    told = draft_of_xlsx(as_xlsx(formula), "x.xlsx")
    what = "a formula is never worked out; write the text itself."
    assert Loss(2, "formula in J2", Verdict.REFUSED, what) in told.losses
    assert "because" not in told.scenes[0].options[0].fields
    csv_told = rows(("a", "=cmd|' /C calc'!A0", "b"), ("b", "", ""))
    assert Loss(2, "formula in column 2", Verdict.REFUSED, what) in csv_told.losses
    assert csv_told.scenes[0].options[0].text == ""


def test_the_guard_of_a_safe_export_is_taken_off_and_plain_dashes_stay() -> None:
    told = rows(("a", "'=no formula", "b"), ("", "- say it", "b"), ("b", "", ""))
    assert [option.text for option in told.scenes[0].options] == ["=no formula", "- say it"]


def test_merged_cells_hidden_and_further_sheets_are_named() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        book = sheet.parent
        assert book is not None
        book.create_sheet("secret", 0).sheet_state = "veryHidden"
        book.create_sheet("notes")

    told = draft_of_xlsx(as_xlsx(change), "x.xlsx")
    assert told.scenes == SCENES
    assert [(loss.line, loss.construct) for loss in told.losses if loss.verdict is not Verdict.KEPT] == [
        (1, "hidden sheet 'secret'"),
        (1, "sheet 'notes'"),
        (2, "merged cells A2:A3"),
    ]


def test_a_column_that_is_not_known_is_named_with_a_guess() -> None:
    told = draft_of_csv(as_csv((("scene", "text", "goes", "protect"), ("a", "b", "a", "stronger"))), "x.csv")
    what = "this column is not known. Did you mean 'protects'?"
    assert Loss(1, "column 'protect'", Verdict.REFUSED, what) in told.losses


def test_the_guide_for_authors_names_every_column() -> None:
    guide = (CONTENT / "README.md").read_text(encoding="utf-8")
    table = guide.partition("| Column |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall("`(.*?)`", row.split("|")[1:2][0])}
    header = tuple(sorted(named))
    told = draft_of_csv(as_csv((header, tuple("x" for _ in header))), "x.csv")
    assert not [loss for loss in told.losses if "not known" in loss.what]
    kept = {loss.construct for loss in told.losses if loss.construct.startswith("column ")}
    beside = {"scene", "text", "goes", "option"}
    assert kept == {f"column '{name}'" for name in named - beside}
    assert named == beside | set(_OF_OPTIONS) | set(_OF_SCENES)


def test_a_rating_that_is_none_is_a_gap() -> None:
    told = draft_of_csv(as_csv((("scene", "text", "goes", "voice"), ("a", "b", "a", "best"))), "x.csv")
    assert told.scenes[0].options[0].fields == {}
    what = "a rating is stronger, workable or weaker; it is a gap now."
    assert Loss(2, "column 'voice'", Verdict.REFUSED, what) in told.losses


def test_a_way_to_no_scene_is_a_gap_with_a_guess() -> None:
    told = rows(("corridor", "Go", "coridor"), ("end", "", ""))
    what = "no row has the scene 'coridor'. Did you mean 'corridor'? It is a gap."
    assert Loss(2, "goes of 'go'", Verdict.REFUSED, what) in told.losses
    assert Loss(2, "option 'go'", Verdict.KEPT, "its words are kept.") in told.losses
    empty = Loss(2, "goes of 'go'", Verdict.REFUSED, "it is empty. It is a gap.")
    assert empty in rows(("corridor", "Go", "")).losses


def test_no_column_of_a_row_is_kept_and_refused_at_once() -> None:
    told = draft_of_csv(
        as_csv(
            (
                ("scene", "scene title", "text", "goes", "because"),
                ("a", "One", "Go", "a", "Why"),
                ("", "Two", "Stay", "a", "Why"),
                ("b", "One", "", "", "Why"),
            )
        ),
        "x.csv",
    )
    verdicts = {(line, name): verdict for line, name, verdict, _ in map(_as_tuple, told.losses)}
    assert len(verdicts) == len(told.losses)
    refused = {place for place, verdict in verdicts.items() if verdict is Verdict.REFUSED}
    assert refused == {(3, "column 'scene title'"), (4, "column 'because'")}


def _as_tuple(loss: Loss) -> tuple[int, str, Verdict, str]:
    return loss.line, loss.construct, loss.verdict, loss.what


def test_a_row_whose_scene_is_not_read_is_told_to_count_for_the_scene_above() -> None:
    def broken(sheet: Worksheet) -> None:
        sheet["A3"] = "#REF!"

    told = rows(("a", "Go", "a"), ("=A1", "Stay", "a"))
    assert [option.text for option in told.scenes[0].options] == ["Go", "Stay"]
    what = "its cell is not read, so the row counts as one of the scene above, 'a'."
    assert Loss(3, "scene of this row", Verdict.APPROXIMATED, what) in told.losses
    workbook = draft_of_xlsx(as_xlsx(broken), "x.xlsx")
    assert (3, "scene of this row") in {(loss.line, loss.construct) for loss in workbook.losses}


def test_ids_are_made_writable_and_said_so() -> None:
    told = rows(("The Bell", "Go", "The End"), ("the end", "", ""))
    assert (told.scenes[0].id, told.scenes[0].options[0].to) == ("the-bell", "the-end")
    assert Loss(2, "scene 'The Bell'", Verdict.APPROXIMATED, "it is 'the-bell' now.") in told.losses


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "x:1: the sheet is empty."),
        (b"scene,text\n", "x:1: the first row needs a column 'goes'."),
        (b"scene,text,goes,text\n", "x:1: the column 'text' stands here twice."),
        (
            b"scene,text,goes,Option Text\n",
            "x:1: the columns 'text' and 'Option Text' mean the same, 'text'; keep one of them.",
        ),
        (b"scene,text,goes\n", "x:1: the sheet has no rows below its first."),
        (b"scene,text,goes\n,a,b\n", "x:2: the first row of a scene needs the scene's id."),
        (b'scene,text,goes\na,"b" c,d\n', "x:2: this is not CSV"),
        (b"scene,text,goes\n\xe4,b,c\n", "x:2: this is not UTF-8 text"),
        (b"a" * 2_000_000, "x:1: the file is too long"),
        (b"scene,text,goes\n" + b"a,b,c\n" * 3_000, "x:2001: the sheet has more than 2000 rows."),
        (b"scene,text,goes\n" + b"a,b,c\n" * 41, "x:42: 'a' has more than 40 options."),
        (b"," * 100, "x:1: this row has more than 60 cells."),
        (b'scene,text,goes\na,"' + b"b" * 200_000 + b'",c', "x:2: this is not CSV"),
    ],
    ids=[
        *("empty", "column", "twice", "same", "bare", "nameless", "quotes"),
        *("latin", "long", "rows", "options", "cells", "cell"),
    ],
)
def test_what_is_no_sheet_is_refused_by_line(raw: bytes, why: str) -> None:
    assert why in refusal(draft_of_csv, raw)


def changed(name: str, pattern: bytes, by: bytes) -> bytes:
    parts = unpacked(as_xlsx())
    parts[name] = re.sub(pattern, by, parts[name], count=1)
    return packed(parts)


FIRST = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK", "not a whole zip archive"),
        (packed({"a.txt": b"a"}), "no XLSX workbook"),
        (
            changed(FIRST, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
            "declares things of its own",
        ),
        (
            changed(
                FIRST,
                b"<sheetData>",
                b"<sheetData>" + "".join(f"<row r='{number}'/>" for number in range(205_000)).encode(),
            ),
            "too many cells",
        ),
        (changed(FIRST, b"</worksheet>", b""), "this workbook is broken"),
        (changed(FIRST, b"<sheetData>", b"<sheetData>" + b" " * 9_000_000), "meant as harm"),
    ],
    ids=["cut", "other", "entities", "crowded", "open", "bomb"],
)
def test_what_is_no_workbook_is_refused(raw: bytes, why: str) -> None:
    assert why in refusal(draft_of_xlsx, raw)


def test_a_merge_over_all_cells_there_are_costs_nothing() -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    told = draft_of_xlsx(changed(FIRST, b"</sheetData>", merge), "x.xlsx")
    assert told.scenes == SCENES


def test_a_row_far_below_is_not_walked_to() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    assert draft_of_xlsx(changed(FIRST, b"</sheetData>", far), "x.xlsx").scenes == SCENES


def test_every_mutant_of_a_csv_file_is_answered() -> None:
    chance = random.Random(4180)
    drafts, refused = answers(draft_of_csv, (broken_bytes(as_csv(), chance) for _ in range(MUTANTS)))
    assert drafts > MUTANTS // 20
    assert refused > MUTANTS // 20
    assert drafts + refused == MUTANTS


def test_every_mutant_of_a_workbook_is_answered() -> None:
    chance = random.Random(2007)
    sample = as_xlsx()

    def within(_: str, part: bytes) -> bytes:
        if chance.random() < 0.5:
            return broken_bytes(part, chance)
        cells = re.findall(rb"<[^<>]*>|[^<>]+", part)
        at = chance.randrange(len(cells))
        cells[at] = chance.choice(
            (b"", cells[at] * 2, chance.choice(cells), b"99999999999", b"=1", b"A1:ZZ9")
        )
        return b"".join(cells)

    mutants = (broken_archive(sample, chance, within=within) for _ in range(MUTANTS))
    drafts, refused = answers(draft_of_xlsx, mutants)
    assert drafts > MUTANTS // 20
    assert refused > MUTANTS // 20
    assert drafts + refused == MUTANTS
