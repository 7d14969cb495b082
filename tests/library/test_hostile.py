"""Files from strangers: whatever they do to the child that reads them, there is an answer, and others are served."""

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.library import aside, hostile
from bot.library.aside import MOST_FAULTS
from bot.library.faults import Fault
from bot.library.hostile import RULE, Bounds, Checked, Ending, Lane, check_in_child
from bot.library.imports.kinds import brought
from bot.library.source import MAX_BYTES, MAX_DEPTH, MAX_PARTS
from tests.library import malformed
from tests.library.imports.bombs import bombs
from tests.library.imports.mutants import packed, unpacked
from tests.library.imports.samples import samples
from tests.thorough import THOROUGH, examples

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
BUS = ROOT / "tests/library/content/scenarios/last-bus/scenario.yaml"
SHIPPED = sorted(ROOT.glob("content/scenarios/*/scenario.yaml"))


@pytest.fixture
def rogue(monkeypatch: pytest.MonkeyPatch) -> str:
    """Puts the rogues among the kinds that a child can read."""
    for name in (
        *("echoes", "prints", "sleeps", "spins", "spends", "hoards", "recurses", "dies", "aborts", "raises"),
        *("is_unsayable", "reaches"),
    ):
        monkeypatch.setitem(hostile.KINDS, name, f"tests.library.rogues:{name}")
    return "the file"


def _said(raw: bytes) -> list[tuple[int, str]]:
    """What the child says of a file: in a child of its own when THOROUGH, by the same function in here otherwise."""
    if not THOROUGH:
        told = aside.answered(aside.scenario, raw, "the file")["faults"]
        return [(fault["line"], fault["what"]) for fault in told]
    found = check_in_child(raw, "scenario")
    assert found.ended is Ending.ANSWERED
    return [(fault.line, fault.what) for fault in found.faults]


@pytest.mark.parametrize(
    "path", [BUS, *(SHIPPED if THOROUGH else SHIPPED[:2])], ids=lambda path: path.parent.name
)
def test_a_sound_scenario_passes(path: Path) -> None:
    assert check_in_child(path, "scenario") == Checked(Ending.ANSWERED, ())


def test_it_passes_by_its_bytes_as_well() -> None:
    assert check_in_child(BUS.read_bytes(), "scenario") == Checked(Ending.ANSWERED, ())


def test_an_unsound_scenario_is_told_as_in_any_check_under_the_name_given() -> None:
    raw = BUS.read_bytes().replace(b"minutes: 4", b"minutes: 40")
    found = check_in_child(raw, "scenario", name="your file")
    assert found.ended is Ending.ANSWERED
    assert [(fault.file, fault.what) for fault in found.faults] == [
        ("your file", "'minutes' is 40; it must be at most 5.")
    ]


ALIASES = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (name, name, b", ".join([b"*%c" % (name - 1)] * 9))
    for name in range(ord("b"), ord("j"))
)
ANCHOR = "anchors and aliases (& and *) are not allowed; write it out, or put the text in quotation marks."
TAG = "tags (!) are not allowed; put the text in quotation marks."
DEEP = f"the file is nested more than {MAX_DEPTH} deep."
LONG = f"the file is too long; at most {MAX_BYTES // 1024} KB are read."
UNSEEN = "a character stands here that cannot be seen and may not stand in a text."


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        pytest.param(ALIASES, 1, ANCHOR, id="billion laughs"),
        pytest.param(b"a: &a\n  b: *a\n", 1, ANCHOR, id="an alias of itself"),
        pytest.param(b"a: {x: 1}\nb:\n  <<: *a\n", 3, ANCHOR, id="a merge"),
        pytest.param(b"[" * 100_000, 1, DEEP, id="100 KB of brackets"),
        pytest.param(b"{a: " * 25_000, 1, DEEP, id="100 KB of braces"),
        pytest.param(b"- " * 50_000, 1, DEEP, id="100 KB of dashes"),
        pytest.param(b"? " * 50_000, 1, DEEP, id="100 KB of question marks"),
        pytest.param(b"".join(b"k%d: v\n" % n for n in range(110_000)), 1, LONG, id="1.2 MB of names"),
        pytest.param(
            b"".join(b"k%d: v\n" % n for n in range(20_000)),
            10_000,
            f"the file has more than {MAX_PARTS} parts.",
            id="20,000 names",
        ),
        pytest.param(b"a: 1\nb: x\x00y\n", 2, UNSEEN, id="NUL"),
        pytest.param(b"\x00" * 100_000, 1, UNSEEN, id="nothing but NUL"),
        pytest.param(b"a: 1\nb: \xc3\x28\n", 2, "this is not UTF-8 text; save the file as UTF-8.", id="not UTF-8"),
        pytest.param(b"a: \xed\xa0\x80\n", 1, "this is not UTF-8 text; save the file as UTF-8.", id="surrogate"),
        pytest.param(b"a: !!python/object/apply:os.system ['true']\n", 1, TAG, id="a Python object"),
        pytest.param(b"a: !!python/name:os.system\n", 1, TAG, id="a Python name"),
        pytest.param(b"!!binary aGk=\n", 1, TAG, id="binary"),
        pytest.param(b"PK\x03\x04" + b"\x14" * 50, 1, UNSEEN, id="a zip"),
        pytest.param(b"", 1, "the file is empty.", id="nothing"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused_in_one_sentence(raw: bytes, line: int, what: str) -> None:
    assert _said(raw) == [(line, what)]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"a: " + b"x" * (MAX_BYTES - 4) + b"\n", id="one long line"),
        pytest.param(b"id: " + b"9" * 200_000 + b"\n", id="a huge number"),
        pytest.param(b"minutes: 0x" + b"f" * 200_000 + b"\n", id="a huge hexadecimal"),
        pytest.param(b"minutes: 1e" + b"9" * 100_000 + b"\n", id="a huge exponent"),
        pytest.param(b"id: " + b'"' + b"\\U0001F6A8" * 20_000 + b'"\n', id="escapes"),
        pytest.param(b"'" * 200_000, id="quotation marks"),
        pytest.param(b"a: |\n" + b" \n" * 100_000, id="blank lines"),
        pytest.param(b"#" * 200_000, id="a note"),
        pytest.param(b"%TAG ! tag:x,2000:\n---\n" * 100, id="directives"),
        pytest.param(b"a: 1\n---\n" * 20_000, id="documents"),
        pytest.param(b": " * 100_000, id="colons"),
        pytest.param(b"\xef\xbb\xbf" * 1000, id="byte order marks"),
        pytest.param(b"scenes: [" + b"{}, " * 9_000 + b"]\n", id="empty scenes"),
    ],
)
def test_a_large_and_strange_file_is_refused_with_its_lines(raw: bytes) -> None:
    found = _said(raw)
    assert found
    assert len(found) <= MOST_FAULTS + 1
    assert all(1 <= line <= raw.count(b"\n") + 1 for line, _ in found)
    assert all(len(what) < 400 for _, what in found), "a fault quotes no more of a file than a person reads"


def test_a_file_of_garbage_is_told_by_its_first_faults_and_the_number_of_the_rest() -> None:
    found = _said(b"".join(b"k%d: v\n" % number for number in range(1000)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1][1].startswith("and ")
    assert found[-1][1].endswith(" more faults.")


NO_ANSWER = "this file cannot be read; nothing of it has been kept."


@pytest.mark.parametrize("kind", ["sleeps", "spins", "spends"])
def test_a_child_that_takes_too_long_is_stopped(rogue: str, kind: str) -> None:
    what = "reading this takes too long; it was stopped after 0.5 s."
    found = check_in_child(b"secret", kind, bounds=Bounds(seconds=0.5))
    assert found == Checked(Ending.OUT_OF_TIME, (Fault(rogue, 1, what, RULE),))


@pytest.mark.parametrize(
    ("kind", "ended", "what"),
    [
        ("hoards", Ending.OUT_OF_MEMORY, "reading this takes more than 256 MB of memory; it was stopped."),
        ("recurses", Ending.BROKEN, NO_ANSWER),
        ("dies", Ending.BROKEN, NO_ANSWER),
        ("aborts", Ending.BROKEN, NO_ANSWER),
        ("raises", Ending.BROKEN, NO_ANSWER),
        ("is_unsayable", Ending.BROKEN, NO_ANSWER),
    ],
)
def test_a_child_that_breaks_is_one_plain_fault_that_quotes_nothing(
    rogue: str, kind: str, ended: Ending, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert check_in_child(b"secret", kind) == Checked(ended, (Fault(rogue, 1, what, RULE),))
    assert capfd.readouterr() == ("", "")


def test_a_child_finds_nothing_to_steal(rogue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "canary")
    monkeypatch.setenv("HTTPS_PROXY", "http://canary")
    found = check_in_child(b"12345", "echoes", name="it")
    assert found.result == {"size": 5, "name": "it", "environment": [], "arguments": 5}


def test_what_a_child_prints_is_not_taken_for_its_answer(rogue: str) -> None:
    assert check_in_child(b"", "prints").result == "true"


def test_a_child_can_neither_talk_nor_write_nor_start_anything(rogue: str) -> None:
    assert check_in_child(b"", "reaches").result == {
        "connect": "PermissionError",
        "look up": "PermissionError",
        "run": "PermissionError",
        "fork": "PermissionError",
        "load": "PermissionError",
        "write": "PermissionError",
        "write below": "PermissionError",
    }


def test_what_is_no_file_or_too_long_is_never_given_to_a_child(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / "pipe"):
        found = check_in_child(path, "scenario", name="it")
        assert found == Checked(Ending.NOT_TRIED, (Fault("it", 1, "this file cannot be read.", RULE),))
    found = check_in_child(b" " * (hostile.MAX_UPLOAD + 1), "scenario", name="it")
    assert found == Checked(
        Ending.NOT_TRIED, (Fault("it", 1, "the file is too long; at most 10 MB are read.", RULE),)
    )


@pytest.fixture
async def lane() -> AsyncIterator[Lane]:
    """A lane with room for one more behind the file being read."""
    lane = Lane(most_waiting=1)
    yield lane
    lane.close()


async def test_others_are_answered_while_a_child_works(rogue: str, lane: Lane) -> None:
    """The child spins for a second; a loop that waited for it would tick hardly at all."""
    answer = asyncio.wrap_future(lane.check(b"", "spins", bounds=Bounds(seconds=1)))
    ticks = 0
    while not answer.done():
        ticks += 1
        await asyncio.sleep(0.01)
    assert (await answer).ended is Ending.OUT_OF_TIME
    assert ticks > 10


async def test_files_are_read_one_at_a_time_and_a_crowd_is_asked_to_come_again(
    rogue: str, lane: Lane
) -> None:
    first = lane.check(b"1", "sleeps", bounds=Bounds(seconds=1))
    second = lane.check(b"22", "echoes", name="second")
    third = lane.check(b"333", "echoes", name="third")
    busy = "several files are being read just now; send it again in a minute."
    assert third.result(timeout=0) == Checked(Ending.NOT_TRIED, (Fault("third", 1, busy, RULE),))
    assert not second.done()
    assert (await asyncio.wrap_future(first)).ended is Ending.OUT_OF_TIME
    assert (await asyncio.wrap_future(second)).ended is Ending.ANSWERED
    assert (await asyncio.wrap_future(lane.check(b"", "echoes"))).ended is Ending.ANSWERED


#: As many malformed files as this are read in every run of the tests; ten thousand by the module itself.
FILES = examples(ordinary=160, thorough=1000)


def test_every_malformed_file_is_answered() -> None:
    """In this process ordinarily, where a crash ends everything; in processes under a child's limits when thorough."""
    found = malformed.run(FILES) if THOROUGH else malformed.read_some(0, FILES)
    told = found["told"]
    assert found.get("broken", []) == []
    assert sum(told.values()) == FILES
    for kind in hostile.KINDS:
        assert told[f"{kind}: refused"] > 0, "most of what is broken can be told to be"


def test_a_malformed_file_is_the_same_each_time_and_unlike_the_others() -> None:
    before = random.getstate()
    files = [malformed.malformed(number) for number in range(64)]
    assert files == [malformed.malformed(number) for number in range(64)]
    assert len(set(files)) > 55
    assert {kind for kind, _ in files} == set(hostile.KINDS)
    assert random.getstate() == before


async def test_malformed_files_are_answered_by_children_of_their_own() -> None:
    """Kind after kind."""
    numbers = range(40 if THOROUGH else 3)
    found = await malformed.in_children(numbers)
    assert found["ended"] == {"answered": len(numbers)}


IMPORTED = [kind for kind in hostile.KINDS if kind != "scenario"]


@pytest.mark.parametrize("kind", IMPORTED if THOROUGH else ["h5p"])
def test_every_bomb_is_answered_by_a_child_of_its_own(kind: str) -> None:
    for bomb in bombs(kind) if THOROUGH else bombs(kind)[:2]:
        assert check_in_child(bomb, kind).ended is Ending.ANSWERED


@pytest.mark.parametrize("kind", IMPORTED)
def test_every_kind_is_told_alike_by_a_child_and_in_here(kind: str) -> None:
    """What a child tells survives the way back, with the file's own name in it."""
    sample = samples()[kind][0]
    here = json.loads(json.dumps(aside.answered(aside.reader(hostile.KINDS[kind]), sample, "mine")))
    if THOROUGH:
        assert check_in_child(sample, kind, name="mine") == Checked(Ending.ANSWERED, (), here["result"])
    story = brought(here["result"])
    assert yaml.safe_load(story.draft)["id"] == (story.name or None)
    assert story.losses
    assert story.draft.count("# GAP: ") == len(story.gaps) > 0


def test_a_fault_inside_an_archive_names_the_part_it_lies_in() -> None:
    spoilt = packed(unpacked(samples()["h5p"][0]) | {"content/content.json": b'{\n"a": }'})
    found = check_in_child(spoilt, "h5p", name="mine.h5p")
    assert [(fault.file, fault.line, fault.rule) for fault in found.faults] == [
        ("mine.h5p/content/content.json", 2, "import")
    ]
