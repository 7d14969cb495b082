"""H5P Branching Scenario packages: questions and ends are kept, everything else is named, bombs stay packed."""

import io
import json
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from bot.library.faults import Faults
from bot.library.imports import zips
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict
from bot.library.imports.h5p import CONTENT, PACKAGE, draft_of_h5p
from bot.library.imports.yaml_out import gaps
from tests.library.imports.mutants import MUTANTS, answers, broken_archive, broken_bytes, broken_json, packed

pytestmark = pytest.mark.thorough

ABOUT = {
    "title": "After the bell",
    "mainLibrary": "H5P.BranchingScenario",
    "license": "CC BY",
    "preloadedDependencies": [
        {"machineName": "H5P.BranchingScenario", "majorVersion": 1, "minorVersion": 10},
        {"machineName": "H5P.Video", "majorVersion": 1, "minorVersion": 6},
    ],
}


def alternative(text: str, goes: object, **feedback: object) -> dict[str, object]:
    return {"text": text, "nextContentId": goes, "feedback": feedback}


def node(library: str, title: str, params: dict[str, object], goes: object = -1) -> dict[str, object]:
    packed_type = {"library": library, "params": params, "metadata": {"title": title}}
    return {"type": packed_type, "nextContentId": goes, "feedback": {}}


def question(title: str, text: str, *alternatives: dict[str, object]) -> dict[str, object]:
    inner = {"question": text, "alternatives": list(alternatives)}
    return node("H5P.BranchingQuestion 1.0", title, {"branchingQuestion": inner})


NODES: list[dict[str, object]] = [
    node(
        "H5P.AdvancedText 1.1", "The bell", {"text": "<p>The bell has gone.</p><p>He <em>stays</em>.</p>"}, 1
    ),
    question(
        "What now?",
        "<p>Samir wants a promise.</p>",
        alternative("<p>Say what you can keep.</p>", 2, title="He nods", subtitle="<p>He looks up.</p>"),
        alternative("Promise", -1, title="He told nobody", subtitle="<p>Nobody knew.</p>", endScreenScore=3),
        alternative("Wait", -1),
    ),
    node("H5P.Video 1.6", "The corridor", {"sources": [{"path": "videos/a.mp4"}]}, "-2"),
]
SCENARIO: dict[str, object] = {
    "title": "",
    "startScreen": {"startScreenTitle": "Welcome"},
    "endScreens": [
        {"contentId": -1, "endScreenTitle": "The end", "endScreenSubtitle": "It is over."},
        {"contentId": -2, "endScreenTitle": "", "endScreenSubtitle": "", "endScreenScore": 5},
    ],
    "content": NODES,
}


def package(content: object = None, about: object = None, **more: bytes) -> bytes:
    inner = {"branchingScenario": SCENARIO} if content is None else content
    parts = {
        PACKAGE: json.dumps(ABOUT if about is None else about).encode(),
        CONTENT: json.dumps(inner).encode(),
    }
    return packed(parts | {name.replace("__", "/"): part for name, part in more.items()})


def of(nodes: list[object]) -> bytes:
    return package({"branchingScenario": {"content": nodes}})


def draft(raw: bytes | None = None) -> Draft:
    return draft_of_h5p(package() if raw is None else raw, "bell.h5p")


def refusal(raw: bytes) -> str:
    with pytest.raises(Faults) as caught:
        draft_of_h5p(raw, "x.h5p")
    return str(caught.value)


def test_nodes_are_scenes_and_negative_ids_are_endings() -> None:
    told = draft()
    assert (told.title, told.source, told.unit) == ("After the bell", "H5P.BranchingScenario 1.10", "node")
    text = "The bell has gone.\n\nHe stays."
    assert told.scenes[:3] == (
        DraftScene("the-bell", "The bell", text, (DraftOption("go-on", "Go on.", "what-now", 1),), 1),
        DraftScene(
            "what-now",
            "What now?",
            "Samir wants a promise.",
            (
                DraftOption(
                    "say-what-you-can",
                    "Say what you can keep.",
                    "the-corridor",
                    2,
                    {"changes": "He nods He looks up."},
                ),
                DraftOption("promise", "Promise", "he-told-nobody", 2),
                DraftOption("wait", "Wait", "the-end", 2),
            ),
            2,
        ),
        DraftScene("the-corridor", "The corridor", "", (DraftOption("go-on", "Go on.", "ending", 3),), 3),
    )
    assert [(ending.id, ending.title, ending.text) for ending in told.scenes[3:]] == [
        ("he-told-nobody", "He told nobody", "Nobody knew."),
        ("the-end", "The end", "It is over."),
        ("ending", "", ""),
    ]


def test_what_is_no_text_is_lost_by_name() -> None:
    losses = draft(package(content__videos__a=b"film")).losses
    refused = {(loss.line, loss.construct) for loss in losses if loss.verdict is Verdict.REFUSED}
    assert refused == {
        (1, "end screen -2, 'endScreenScore'"),
        (1, "file 'content/videos/a'"),
        (1, "package 'license'"),
        (1, "start screen"),
        (2, "feedback's 'endScreenScore'"),
        (3, "H5P.Video 'The corridor'"),
    }
    what = "its words are kept, its markup is not."
    assert Loss(1, "<em> in the text", Verdict.APPROXIMATED, what) in losses


def test_scripts_and_styles_are_no_text() -> None:
    told = draft(of([question("Q", "A<script>alert(1)</script> &amp; <b>B</b>", alternative("C", -1))]))
    assert told.scenes[0].text == "A & B"


def test_ways_that_lead_nowhere_are_gaps_and_the_rest_is_kept() -> None:
    nodes: list[object] = [
        question("Q", "", alternative("A", 7), alternative("B", None), alternative("C", 1)),
        question("R", ""),
        node("H5P.AdvancedText 1.1", "S", {"text": "Words."}, "x"),
    ]
    told = draft(of(nodes))
    assert [(scene.id, [option.to for option in scene.options]) for scene in told.scenes] == [
        ("q", ["nowhere", "nowhere", "r"]),
        ("r", []),
        ("s", ["nowhere"]),
    ]
    assert {"q/a: goes", "q/b: goes", "s/go-on: goes"} <= set(gaps(told))
    construct = "way that leads nowhere"
    assert [(loss.line, loss.what) for loss in told.losses if loss.construct == construct] == [
        (1, "'A' leads to node 8, which is not there; where it goes is a gap."),
        (1, "'B' leads to no node; where it goes is a gap."),
        (3, "'Go on.' leads to no node; where it goes is a gap."),
    ]
    what = "it has no alternatives; it is an ending now, until it has options."
    assert Loss(2, "question 'R'", Verdict.REFUSED, what) in told.losses
    assert not any(loss.construct == "alternative 'A'" and "leads to" in loss.what for loss in told.losses)


def test_the_words_on_a_button_are_the_option_and_a_button_without_words_is_told() -> None:
    button = "button 'proceedButtonText'"
    knock = node("H5P.AdvancedText 1.1", "Door", {"text": "A door."}) | {"proceedButtonText": "<b>Knock</b>"}
    told = draft(of([knock]))
    assert told.scenes[0].options[0].text == "Knock"
    assert Loss(1, button, Verdict.KEPT, "its words are the option 'Knock'.") in told.losses
    bare = draft(of([node("H5P.AdvancedText 1.1", "Door", {"text": "A door."})]))
    what = "it has no words; 'Go on.' is put there."
    assert Loss(1, button, Verdict.APPROXIMATED, what) in bare.losses


def test_another_minor_version_is_read_and_said_so_and_another_major_one_is_refused() -> None:
    library = {"machineName": "H5P.BranchingScenario", "majorVersion": 1, "minorVersion": 7}
    told = draft(package(about=ABOUT | {"preloadedDependencies": [library]}))
    what = "it is read as if it were 1.10."
    assert Loss(1, "H5P.BranchingScenario 1.7", Verdict.APPROXIMATED, what) in told.losses
    library["majorVersion"] = 2
    assert "1.10 is read" in refusal(package(about=ABOUT | {"preloadedDependencies": [library]}))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK nothing", "not a whole zip archive"),
        (package(about={"mainLibrary": "H5P.Quiz"}), "whose main library is H5P.BranchingScenario"),
        (package(content=[]), "no 'branchingScenario'"),
        (package(content={"branchingScenario": {"content": []}}), "no content"),
        (packed({PACKAGE: b"{}"}), "it holds no content/content.json"),
        (packed({PACKAGE: b"{}", CONTENT: b" " * 2_000_000}), "meant as harm"),
    ],
    ids=["broken", "other", "list", "empty", "half", "ratio"],
)
def test_what_is_no_branching_scenario_is_refused(raw: bytes, why: str) -> None:
    assert why in refusal(raw)


def archive(*more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A sound package with further files."""
    made = io.BytesIO(package())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        for name, part in more:
            opened.writestr(name, part)
    return made.getvalue()


def test_bombs_stay_packed() -> None:
    many = archive(*((f"f{number}", b"") for number in range(zips.MAX_FILES)))
    assert "more than 200 files" in refusal(many)
    heavy = archive(("content/images/a.png", bytes(11 * 1024 * 1024)))
    assert "unpacks to more than 10 MB" in refusal(heavy)
    crowd = archive(*((f"A-1.0/{number}", b"") for number in range(2_000)))
    assert "more than 2000 files" in refusal(crowd)


def test_a_size_that_is_a_lie_is_counted_while_unpacking() -> None:
    raw = bytearray(packed({PACKAGE: json.dumps(ABOUT).encode(), CONTENT: bytes(8 * 1024 * 1024)}))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    assert "x.h5p:1: " in refusal(bytes(raw))


def test_libraries_packed_along_are_neither_opened_nor_counted() -> None:
    raw = archive(*((f"H5P.Video-1.6/{number}.js", b"x") for number in range(500)))
    assert draft(raw).scenes == draft().scenes


def test_links_locks_and_twins_are_refused() -> None:
    link = zipfile.ZipInfo("content/images/a.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "a link" in refusal(archive((link, b"/etc/passwd")))
    locked = bytearray(package())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + place] |= 1
    assert "locked with a password" in refusal(bytes(locked))
    with pytest.warns(UserWarning, match="Duplicate name"):
        twins = archive((CONTENT, b"{}"))
    assert "two files of one name" in refusal(twins)


def test_names_are_never_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert draft(archive(("../../out.txt", b"out"))).scenes == draft().scenes
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []


def test_markup_that_never_closes_is_cut_and_not_waited_for() -> None:
    told = draft(of([question("Q", "<a " * 6_000, alternative("C", -1))]))
    assert any(loss.construct == "<too many tags> in the question" for loss in told.losses)


def test_every_mutant_is_answered() -> None:
    chance = random.Random(110)
    sample = package()

    def within(name: str, part: bytes) -> bytes:
        return broken_json(part, chance) if chance.random() < 0.8 else broken_bytes(part, chance)

    drafts, refused = answers(
        draft_of_h5p, (broken_archive(sample, chance, within=within) for _ in range(MUTANTS))
    )
    assert drafts > MUTANTS // 20
    assert refused > MUTANTS // 20
    assert drafts + refused == MUTANTS
