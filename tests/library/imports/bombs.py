"""Files of every kind that can be brought in, made to be slow, deep or large: each is answered all the same."""

import json
import struct
import zipfile
from functools import cache

from tests.library.imports.mutants import packed, unpacked
from tests.library.imports.samples import samples


def _ink(root: str, declared: str = "") -> bytes:
    more = f',{{"global decl":["ev",{declared}"/ev","end",null]}}' if declared else ",null"
    return f'{{"inkVersion":21,"root":[{root}{more}],"listDefs":{{}}}}'.encode()


def _h5p(content: object) -> bytes:
    about = unpacked(samples()["h5p"][0])["h5p.json"]
    return packed({"h5p.json": about, "content/content.json": json.dumps(content).encode()})


def _nodes(count: int, ways: int) -> list[object]:
    """Questions that all lead to one another."""
    alternatives = [{"text": "<b>" * 50 + f"{way}", "nextContentId": way} for way in range(ways)]
    inner = {"branchingQuestion": {"question": "<p>&amp;</p>" * 200, "alternatives": alternatives}}
    return [{"type": {"library": "H5P.BranchingQuestion 1.0", "params": inner}}] * count


def _with(raw: bytes, name: str, part: bytes) -> bytes:
    return packed(unpacked(raw) | {name: part})


def _lying(raw: bytes) -> bytes:
    """An archive whose list of contents says that each file holds one byte."""
    made, at = bytearray(raw), 0
    while (at := made.find(b"PK\x01\x02", at)) >= 0:
        made[at + 24 : at + 28] = struct.pack("<I", 1)
        at += 4
    return bytes(made)


def _many(raw: bytes, count: int) -> bytes:
    return packed(
        unpacked(raw) | {f"content/{number}": b"" for number in range(count)}, how=zipfile.ZIP_STORED
    )


@cache
def bombs(kind: str) -> tuple[bytes, ...]:
    """The bombs of one kind."""
    match kind:
        case "twee":
            pieces = ("[[", "<<a ", "(if: (", "/*", "&", "[[a->b]]", "]<a|", '(link-goto: "')
            return tuple(b":: A\n" + (piece * (200_000 // len(piece))).encode() for piece in pieces)
        case "twine-json":
            story = b'{"name":"A","passages":[{"name":"A","text":"%s"}]}'
            return (
                b"[" * 500_000,
                b'{"a":' * 200_000,
                b'{"passages":[' + b"{}," * 300_000,
                *(
                    story % (piece * (250_000 // len(piece)))
                    for piece in (b"[[", b"<<a ", b"(if: (", b"\\u0026")
                ),
                b'{"passages":' + b"9" * 900_000 + b"}",
            )
        case "twine-html":
            begin = b'<tw-storydata><tw-passagedata name="A">'
            return (
                begin + b"&lt;" * 200_000,
                begin + b"<tw-passagedata " * 60_000,
                begin + b"&" * 250_000,
                b"<tw-storydata>" * 70_000,
                b"<tw-storydata " + b"a='" * 300_000,
                b"<script>" * 500_000,
            )
        case "ink":
            doubling = '{"VAR?":"a"},{"VAR?":"a"},"+",{"VAR=":"a","re":true},' * 40
            return (
                b'{"inkVersion":21,"root":' + b"[" * 500_000,
                _ink("[" * 90 + "]" * 90),
                _ink('"ev",' + "1," * 90_000 + '"/ev","end"'),
                _ink('"^a","\\n",{"->":"0"}'),
                _ink(f'"ev",{doubling}"/ev"', '"str","^ab","/str",{"VAR=":"a"},'),
                _ink('"^' + "a" * 900_000 + '","end"'),
                _ink('{"->":".^"}'),
            )
        case "h5p":
            raw = samples()["h5p"][0]
            return (
                _with(raw, "content/content.json", b"\x00" * 9_000_000),
                _with(raw, "content/content.json", b"[" * 900_000),
                _with(raw, "content/images/a.png", b"\x00" * 12_000_000),
                _lying(_with(raw, "content/content.json", b" " * 9_000_000)),
                _many(raw, 3_000),
                _h5p({"branchingScenario": {"content": _nodes(200, 4)}}),
                _h5p({"branchingScenario": {"content": _nodes(1, 5_000)}}),
                b"PK\x05\x06" + b"\xff" * 18,
                b"PK\x01\x02" * 200_000,
            )
        case "csv":
            return (
                b"scene,text,goes\n" + b"," * 900_000,
                b"scene,text,goes\n" + b"a,b,c\n" * 150_000,
                b"scene,text,goes\n" + b'"' * 900_000,
                b"scene,text,goes\na,b,c\n" + b'a,"' + b"\n" * 900_000,
                b"\x00" * 500_000,
                b"scene,text,goes\n" + b"".join(b"s%d,=1+1,s%d\n" % (n, n + 1) for n in range(1_900)),
            )
        case "xlsx":
            raw = samples()["xlsx"][0]
            sheet = "xl/worksheets/sheet1.xml"
            body = unpacked(raw)[sheet]
            far = (
                b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
            )
            laughs = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
            return (
                _with(raw, sheet, body.replace(b"</sheetData>", far)),
                _with(raw, sheet, laughs + body),
                _with(raw, sheet, b"<a>" * 60_000),
                _with(
                    raw, sheet, body.replace(b"</sheetData>", b"<row><c/></row>" * 60_000 + b"</sheetData>")
                ),
                _with(raw, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 45_000 + b"</sst>"),
                _with(raw, "xl/media/a.png", b"\x00" * 12_000_000),
                _lying(_with(raw, sheet, body + b" " * 9_000_000)),
                _many(raw, 3_000),
            )
        case _:
            raise ValueError(kind)
