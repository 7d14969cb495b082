"""Files as they are read: plain values with their lines, limits, and what is not read at all."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.library import source
from bot.library.faults import Faults
from bot.library.shelf import CONTENT
from bot.library.source import MAX_BYTES, MAX_DEPTH, MAX_PARTS, read


def _read(folder: Path, text: str | bytes) -> object:
    path = folder / "it.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path).value


def _told(folder: Path, text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(Faults) as caught:
        _read(folder, text)
    assert {fault.file for fault in caught.value.faults} == {str(folder / "it.yaml")}
    return [(fault.line, fault.what) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", True),
        ("no", False),
        ("On", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("4", 4),
        ("007", 7),
        ("+1", "+1"),
        ("-1", "-1"),
        ("999999999", 999_999_999),
        ("9999999999", "9999999999"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("4.5", "4.5"),
        ("2..", "2.."),
        ("2026-11-23", "2026-11-23"),
        ("=", "="),
        ("<<", "<<"),
        ("'4'", "4"),
        ('"yes"', "yes"),
        ("one\n  two", "one two"),
        (">-\n  one\n  two\n\n  three", "one two\nthree"),
        ("[a, 1, {b: no}]", ["a", 1, {"b": False}]),
    ],
)
def test_a_value_is_read_plainly(tmp_path: Path, written: str, value: object) -> None:
    assert _read(tmp_path, f"it: {written}\n") == {"it": value}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(
        "# a note\na: 1\nb:\n  c: >-\n    one\n    two\n  d:\n    - e: 2\n      f: 3\n    -\n    - g\n"
    )
    source = read(path)
    assert source.lines == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 4,
        ("b", "d"): 7,
        ("b", "d", 0): 8,
        ("b", "d", 0, "e"): 8,
        ("b", "d", 0, "f"): 9,
        ("b", "d", 1): 10,
        ("b", "d", 2): 11,
    }
    assert source.line(("b", "d", 0, "missing", "deeper")) == 8
    assert source.line(("nowhere",)) == 2


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeffa: eins\r\nb: zwei\r\n") == {"a": "eins", "b": "zwei"}


UNFIT = (
    "this does not fit what stands above it; check the indentation, and put a text that holds quotation marks on "
    "lines of its own after '>-'."
)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "the file is empty."),
        ("# only a note\n", 1, "the file is empty."),
        (b"a: 1\nb: caf\xe9\n", 2, "this is not UTF-8 text; save the file as UTF-8."),
        ("a: 1\n".encode("utf-16"), 1, "this is not UTF-8 text; save the file as UTF-8."),
        ("a: 1\nb: \x07\n", 2, "a character stands here that cannot be seen and may not stand in a text."),
        ("a: 1\n\tb: 2\n", 2, "a tab stands here; indent with spaces."),
        ("a: @home\n", 1, "a text cannot begin with this sign; put it in quotation marks."),
        ("a: 50\nb: %50\n", 2, "a text cannot begin with this sign; put it in quotation marks."),
        ("a: * \n", 1, "a text cannot begin with * or &; put it in quotation marks."),
        (
            "a: 1\nb: Look: there\n",
            2,
            "a colon stands where none can; put the whole text in quotation marks, or check the indentation.",
        ),
        (
            "a: - b\n",
            1,
            "a '-' stands where no list can begin; give it a line of its own, or put the text in quotation marks.",
        ),
        (
            'a: 1\nb: "never closed\nc: 2\nd: 3\n',
            2,
            "a quotation mark is opened here and never closed.",
        ),
        (
            "a: 1\nb: >-\nno indent at all\nc: 2\n",
            3,
            "this is neither a name with a colon nor a text that is indented like the one it belongs to.",
        ),
        (
            "a: 1\nb: [one, two\nc: 2\n",
            2,
            "the '[' here is never closed with ']', or a text behind it needs quotation marks.",
        ),
        (
            "a: 1\nb: {c: 1\nd: 2\n",
            2,
            "the '{' here is never closed with '}', or a text behind it needs quotation marks.",
        ),
        (
            'a: 1\nb: "Yes" he says\n',
            2,
            UNFIT,
        ),
        (
            "a:\n  - b: 1\n   c: 2\n",
            3,
            UNFIT,
        ),
        (
            "  a: 1\nb: 2\n",
            2,
            "this begins further left than the lines above it; names at the top begin at the left edge.",
        ),
        ("a: 1\n---\nb: 2\n", 2, "'---' stands here again; one file holds one thing."),
        ("a: [\n", 2, "a value is missing here, or a bracket above is never closed."),
        ('a: "\\q"\n', 1, "a backslash cannot stand in double quotation marks; use single ones."),
        ("a: >x\n  b\n", 1, "after '>' comes '-' and nothing else; the text begins on the next line."),
        (
            "%YAML 3.0\n---\na: 1\n",
            1,
            "this is not YAML: found incompatible YAML document (version 1.* is required).",
        ),
    ],
)
def test_a_file_that_is_not_readable_says_what_to_mend_and_where(
    tmp_path: Path, text: str | bytes, line: int, what: str
) -> None:
    assert _told(tmp_path, text) == [(line, what)]


ANCHORS = "anchors and aliases (& and *) are not allowed; write it out, or put the text in quotation marks."
TAGS = "tags (!) are not allowed; put the text in quotation marks."


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &one x\nb: 1\n", 1, ANCHORS),
        ("a: 1\nb: *one\n", 2, ANCHORS),
        ("a: 1\nb: &two {c: 1}\n", 2, ANCHORS),
        ("a: 1\nb: !loud x\n", 2, TAGS),
        ("a: 1\nb: !!python/object:os.system x\n", 2, TAGS),
        ("a: 1\nb: !!str 5\n", 2, TAGS),
        ("a: 1\nb: !!set {c: 1}\n", 2, TAGS),
        ("a: 1\nb: ! c\n", 2, TAGS),
    ],
)
def test_what_makes_yaml_surprising_is_refused(tmp_path: Path, text: str, line: int, what: str) -> None:
    assert _told(tmp_path, text) == [(line, what)]


def test_a_name_that_stands_twice_is_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    assert _told(tmp_path, "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n") == [
        (5, "'c' stands here a second time; the first is on line 3."),
        (6, "'a' stands here a second time; the first is on line 1."),
    ]


def test_a_list_cannot_be_a_name(tmp_path: Path) -> None:
    assert _told(tmp_path, "a: 1\n? [b, c]\n: 2\n") == [(2, "a name was expected here.")]


def test_a_file_may_be_nested_to_the_limit_and_no_deeper(tmp_path: Path) -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert isinstance(_read(tmp_path, deepest), list)
    what = f"the file is nested more than {MAX_DEPTH} deep."
    assert _told(tmp_path, f"\n[{deepest}]\n") == [(2, what)]
    assert _told(tmp_path, "[" * (MAX_BYTES - 1)) == [(1, what)]


def test_a_file_may_have_as_many_parts_as_the_limit_and_no_more(tmp_path: Path) -> None:
    parts = [f"- {number}" for number in range(MAX_PARTS - 1)]  # and the list itself
    assert _read(tmp_path, "\n".join(parts)) == list(range(len(parts)))
    assert _told(tmp_path, "\n".join([*parts, "- x", "- y"])) == [
        (MAX_PARTS, f"the file has more than {MAX_PARTS} parts.")
    ]


def test_a_file_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    longest = "a: 1\n" + "#" * (MAX_BYTES - 5)
    assert _read(tmp_path, longest) == {"a": 1}
    assert _told(tmp_path, f"{longest}#") == [(1, "the file is too long; at most 256 KB are read.")]


def test_a_missing_file_and_one_that_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name, what in (
        ("none.yaml", "this file is missing."),
        ("folder.yaml", "this file cannot be read."),
    ):
        with pytest.raises(Faults) as caught:
            read(tmp_path / name)
        assert str(caught.value) == f"{tmp_path / name}:1: {what} [yaml]"


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u202e", "\u2066", "\ufeff", "\u061c"])
def test_signs_that_nobody_sees_stand_in_no_text(tmp_path: Path, sign: str) -> None:
    """“street·wise” with a sign in it that has no picture reads like the word, and is not the word."""
    assert _told(tmp_path, f"a: b\nc: street{sign}wise\n") == [
        (2, "a character stands here that cannot be seen and may not stand in a text.")
    ]


def test_a_byte_order_mark_at_the_very_beginning_is_no_text(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeffa: b\n") == {"a": "b"}


def test_a_path_is_told_as_it_would_be_typed_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Faults, match=r"^below/none\.yaml:1: "):
        read(tmp_path / "below" / "none.yaml")


def _nodes(text: str, loader: type[source._Quick] | type[source._Slow]) -> object:
    try:
        return _plain(yaml.compose(text, Loader=loader), text.count("\n"))
    except yaml.MarkedYAMLError as error:
        return isinstance(error, source._Refused) and (error.problem, source._line(error.problem_mark))


def _plain(node: yaml.Node | None, last: int) -> object:
    """A node with its tag and line, whoever read it; an empty one after the last line stands on it."""
    if node is None:
        return None
    line = min(node.start_mark.line, last)
    if isinstance(node, yaml.MappingNode):
        return node.tag, line, [(_plain(key, last), _plain(value, last)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return node.tag, line, [_plain(value, last) for value in node.value]
    return node.tag, line, node.value


SHIPPED = {path.name: path.read_text() for path in sorted(CONTENT.rglob("*.yaml"))}
LINES = [line for text in SHIPPED.values() for line in text.splitlines()]
SIGNS = (
    ": ",
    "- ",
    "#",
    '"',
    "'",
    "\n",
    "  ",
    "[",
    "{",
    "]",
    "}",
    "|",
    ">-",
    "é",
    "😀",
    "!",
    "&a",
    "*a",
    "%",
    "---",
    ", ",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_quick_reader_reads_what_is_shipped_as_the_slow_one_does(name: str) -> None:
    assert _nodes(SHIPPED[name], source._Quick) == _nodes(SHIPPED[name], source._Slow) != False  # noqa: E712


@given(
    first=st.integers(0, len(LINES) - 1),
    many=st.integers(1, 15),
    signs=st.lists(st.tuples(st.integers(0), st.sampled_from(SIGNS)), max_size=3),
)
def test_what_the_quick_reader_reads_it_reads_as_the_slow_one_does(
    first: int, many: int, signs: list[tuple[int, str]]
) -> None:
    text = "\n".join(LINES[first : first + many])
    for place, sign in signs:
        at = place % (len(text) + 1)
        text = text[:at] + sign + text[at:]
    quick, slow = _nodes(text, source._Quick), _nodes(text, source._Slow)
    # libyaml is the milder one: a '!' or '?' inside a word between brackets is no more than a sign to it.
    assert quick == slow or not (quick and slow)
