"""The author's desk, as an author uses it: every command typed, with what it prints, what it writes and how it ends."""

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from bot.__main__ import main
from bot.core.editions import canonical, edition_of
from bot.core.scenario import Scenario
from bot.library import hostile
from bot.library.imports.draft import Draft
from bot.library.imports.twee import twee_draft
from bot.library.imports.twee_out import twee_text
from bot.library.shelf import CONTENT, compile_shelf
from bot.library.source import read
from bot.terminal import play  # noqa: F401 - rich draws a random number when it is imported, which no test may
from tests.library.authors import SOUND
from tests.library.imports.samples import samples
from tests.shipped import shipped

STORY = Path("content/scenarios/last-bus")
#: Letters that lead through `last-bus` to an ending.
LETTERS = "a\na\na\na\n"


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Typing = Callable[..., Said]


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typing:
    """Types a command in a folder that holds a sound folder `content`; `answers` are the lines typed into it."""
    shutil.copytree(SOUND, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def typed(*arguments: str, answers: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["bothand", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, *capsys.readouterr())

    return typed


def _here() -> Scenario:
    """The one scenario in the author's own folder."""
    (scenario,) = compile_shelf(Path("content")).scenarios.values()
    return scenario


OWN = ("--content", "content")


def test_a_scenario_is_played_to_its_debrief_by_letters(types: Typing) -> None:
    code, out, err = types("play", "last-bus", *OWN, answers=f"{LETTERS}n\n")
    assert (code, err) == (0, "")
    order = ["The last bus · 4 minutes", "At the stop", "Ending:", "Debrief: The last bus", "Another way?"]
    places = [out.index(words) for words in order]
    assert places == sorted(places)
    assert sorted(path.name for path in Path().iterdir()) == ["content"]


def test_a_scenario_of_the_project_is_played_without_naming_a_folder(types: Typing) -> None:
    scenario = next(iter(shipped().scenarios.values()))
    code, out, _ = types("play", str(scenario.id), answers="q\n")
    assert code == 0
    assert scenario.title in out
    assert "Stopped. Nothing was kept." in out


def test_a_played_way_is_kept_as_a_walk_that_the_check_replays(types: Typing) -> None:
    code, out, err = types("walk", "last-bus", "--record", "mine", *OWN, answers=LETTERS)
    kept = STORY / "walks/mine.yaml"
    assert (code, err) == (0, "")
    assert out.endswith(f"\n{kept}\n")
    assert "Another way?" not in out
    walk = yaml.safe_load(kept.read_text())
    assert walk["walk"] == "mine"
    taken = [step["choose"] for step in walk["steps"] if "choose" in step]
    assert taken[0] == _here().scenes[0].options[0].id
    assert walk["steps"][-1]["ends"] in {ending.id for ending in _here().endings}
    kept.write_text(kept.read_text().replace(taken[1], "another"))
    assert types("check", "content").code == 1


def test_a_walk_is_written_over_only_when_asked(types: Typing) -> None:
    good = STORY / "walks/good.yaml"
    before = good.read_text()
    code, _, err = types("walk", "last-bus", "--record", "good", *OWN, answers=LETTERS)
    assert (code, good.read_text()) == (2, before)
    assert err == f"'{good}' is there already; choose another name, or write it anew with --anew.\n"
    assert types("walk", "last-bus", "--record", "good", "--anew", *OWN, answers=LETTERS).code == 0
    assert good.read_text() != before
    assert yaml.safe_load(good.read_text())["walk"] == "good"


def test_a_walk_that_came_to_no_ending_is_not_kept(types: Typing) -> None:
    code, _, err = types("walk", "last-bus", "--record", "mine", *OWN, answers="a\nq\n")
    assert (code, err) == (2, "The walk was not played to an ending, so nothing was written.\n")
    assert not (STORY / "walks/mine.yaml").exists()


def test_a_walk_needs_a_name(types: Typing) -> None:
    code, out, err = types("walk", "last-bus", *OWN)
    assert (code, out) == (2, "")
    assert "Missing option '--record'" in err


def test_the_first_walks_are_recorded_before_there_are_any(types: Typing) -> None:
    shutil.rmtree(STORY / "walks")
    (STORY / "checklist.yaml").unlink()
    code, out, err = types("walk", "last-bus", "--record", "good", *OWN, answers=LETTERS)
    assert (code, err) == (0, "")
    assert out.endswith(f"{STORY}/walks/good.yaml\n")
    assert types("play", "last-bus", *OWN, answers=f"{LETTERS}n\n").code == 0


def test_what_strands_people_can_be_drawn_and_is_not_played(types: Typing) -> None:
    written = STORY / "scenario.yaml"
    written.write_text(written.read_text().replace("keeps_quiet: yes", "keeps_quiet: no"))
    assert types("map", "last-bus", *OWN).code == 0
    code, out, err = types("play", "last-bus", *OWN)
    assert (code, out) == (1, "")
    assert err.rstrip().endswith("[override-quiet]")


def test_a_neighbours_faults_are_in_nobodys_way(types: Typing) -> None:
    other = STORY.with_name("other-bus")
    shutil.copytree(STORY, other)
    assert types("check", "content").code == 1, "its id is another's"
    assert types("packet", "last-bus", *OWN).code == 0
    assert types("map", "last-bus", *OWN).code == 0
    assert types("packet", *OWN).code == 1


def test_nothing_is_written_over_a_file_of_another_kind(types: Typing) -> None:
    written = STORY / "scenario.yaml"
    before = written.read_text()
    for command in (("packet", "last-bus"), ("map", "last-bus"), ("schema",), ("export", "last-bus")):
        code, _, err = types(*command, "--to", str(written), *OWN)
        assert (code, written.read_text()) == (2, before)
        assert err.startswith(f"'{written}' is there already and is no .")


def test_a_legal_sentence_that_changes_gives_the_shared_texts_another_hash(types: Typing) -> None:
    before = types("packet", "last-bus", *OWN).out.splitlines()
    page = Path("packet.html").read_text()
    assert [before[1][at : at + 8] in page for at in range(0, 64, 8)] == [True] * 8
    england = Path("content/help/england.yaml")
    first = next(help_ for help_ in (read(england).value,) if isinstance(help_, dict))
    sentence = next(iter(first["law"].values()))["text"]
    assert sentence in england.read_text()
    england.write_text(england.read_text().replace(sentence, f"{sentence} So it is."))
    after = types("packet", "last-bus", *OWN).out.splitlines()
    assert (after[0], after[1] == before[1]) == (before[0], False)


def test_a_map_is_a_picture_on_the_screen_or_in_a_file(types: Typing) -> None:
    code, out, err = types("map", "last-bus", *OWN)
    assert (code, err) == (0, "")
    drawn = " ".join(ElementTree.fromstring(out).itertext())
    assert all(scene.title in drawn for scene in _here().scenes)
    assert types("map", "last-bus", "--to", "map.svg", *OWN) == (0, "", "")
    assert Path("map.svg").read_text() == out


def _hashes(out: str) -> dict[str, str]:
    """The editions that were printed, by scenario; that of the shared texts stands last and by itself."""
    *scenarios, shared = [line.split("  ") for line in out.splitlines()]
    assert shared[1] == "shared texts"
    return {id: edition for edition, id in scenarios}


def test_a_packet_of_one_scenario_shows_the_hash_that_is_printed(types: Typing) -> None:
    code, out, err = types("packet", "last-bus", *OWN)
    assert (code, err) == (0, "")
    edition = edition_of(canonical(_here()))
    assert _hashes(out) == {"last-bus": edition}
    page = Path("packet.html").read_text()
    assert edition in page
    assert "The last bus has gone. Robin watches it go." in page


def test_an_edit_gives_a_packet_another_hash(types: Typing) -> None:
    before = types("packet", "last-bus", *OWN).out
    written = STORY / "scenario.yaml"
    written.write_text(written.read_text().replace("He nods at the timetable.", "He nods, at the timetable."))
    walk = STORY / "walks/good.yaml"
    walk.write_text(walk.read_text().replace("He nods at the timetable.", "He nods, at the timetable."))
    after = types("packet", *OWN)
    assert after.code == 0
    assert _hashes(after.out).keys() == _hashes(before).keys()
    assert _hashes(after.out) != _hashes(before)


def test_a_packet_of_several_holds_these_and_no_other(types: Typing) -> None:
    editions = {str(id): str(edition) for id, edition in shipped().editions.items()}
    titles = {str(id): scenario.title for id, scenario in shipped().scenarios.items()}
    one, two, *rest = list(editions)[:3]
    shutil.copytree(CONTENT, "shelf", ignore=shutil.ignore_patterns("scenarios", "variants", "example"))
    for id in (one, two, *rest):
        shutil.copytree(CONTENT / "scenarios" / id, f"shelf/scenarios/{id}")
    code, out, _ = types("packet", two, one, two, "--to", "two.html", "--content", "shelf")
    assert (code, list(_hashes(out).items())) == (0, [(two, editions[two]), (one, editions[one])])
    page = Path("two.html").read_text()
    assert [titles[id] in page for id in (one, two)] == [True, True]
    assert [id for id in rest if titles[id] in page] == []


def test_the_schema_describes_a_scenario_with_the_skills_that_there_are(types: Typing) -> None:
    code, out, err = types("schema", *OWN)
    assert (code, err) == (0, "")
    assert {"id", "title", "scenes", "endings"} <= set(json.loads(out)["properties"])
    assert types("schema", "--to", "scenario.schema.json", *OWN) == (0, "", "")
    assert Path("scenario.schema.json").read_text() == out


@pytest.mark.parametrize(
    "command",
    [("play",), ("walk", "--record", "mine"), ("map",), ("packet", "last-bus"), ("export",)],
    ids=lambda command: command[0],
)
def test_a_scenario_that_is_not_there_is_told_with_a_guess(types: Typing, command: tuple[str, ...]) -> None:
    code, out, err = types(*command, "last-buss", *OWN)
    assert (code, out, err) == (2, "", "'last-buss' is not on the shelf. Did you mean 'last-bus'?\n")
    assert types(*command, "xyz", *OWN).err == "'xyz' is not on the shelf.\n"
    assert sorted(path.name for path in Path().iterdir()) == ["content"]


@pytest.mark.parametrize("command", [("play", "last-bus"), ("packet",)])
def test_a_scenario_with_faults_is_refused_with_file_and_line(
    types: Typing, command: tuple[str, ...]
) -> None:
    written = STORY / "scenario.yaml"
    written.write_text(written.read_text().replace("minutes: 4\n", "minutes: 40\n"))
    code, out, err = types(*command, *OWN)
    assert (code, out) == (1, "")
    assert err.startswith(f"{written}:4: 'minutes' is 40; it must be at most 5.")


@pytest.mark.parametrize("command", [("play", "last-bus"), ("packet",), ("schema",)])
def test_a_folder_that_holds_no_scenarios_is_wrong_usage(types: Typing, command: tuple[str, ...]) -> None:
    hint = "Name a content folder, such as: --content content\n"
    for folder, lacking in (("nowhere", "is not a folder"), (str(STORY), "holds no folder 'scenarios'")):
        assert types(*command, "--content", folder) == (2, "", f"'{folder}' {lacking}. {hint}")


def test_a_file_that_cannot_be_written_is_told(types: Typing) -> None:
    code, out, err = types("map", "last-bus", "--to", "nowhere/map.svg", *OWN)
    assert (code, out, err) == (2, "", "'nowhere/map.svg' cannot be written (No such file or directory).\n")


def test_a_scenario_goes_out_as_twee_and_comes_in_again_as_the_same_story(types: Typing) -> None:
    code, out, err = types("export", "last-bus", *OWN)
    assert code == 0
    assert "last-bus: scenario's 'minutes': refused: has no place in a Twee file." in err.splitlines()
    assert types("export", "last-bus", "--to", "bus.twee", *OWN) == (0, "", err)
    assert Path("bus.twee").read_text() == out
    assert types("import", "bus.twee", "--to", "back.yaml").code == 0
    back = yaml.safe_load(Path("back.yaml").read_text())
    story = _here()
    assert back["title"] == story.title
    assert [scene["title"] for scene in back["scenes"]] == [scene.title for scene in story.scenes]
    assert [[option["text"] for option in scene["options"] if option] for scene in back["scenes"]] == [
        [option.text for option in scene.options] for scene in story.scenes
    ]
    assert [ending["title"] for ending in back["endings"] if ending] == [e.title for e in story.endings]
    first: Draft = twee_draft(out, "bus.twee")
    assert twee_text(twee_draft(twee_text(first), "bus.twee")) == out


#: Each kind's file, the draft's title and the titles of its scenes, and a line of the account.
BROUGHT = {
    "gate.twee": ("twee", "The gate", ["At the gate"], "gate.twee:1: StoryTitle: kept: "),
    "gate.json": ("twine-json", "The gate", ["At the gate"], "gate.json:1: story's script: refused: "),
    "gate.html": ("twine-html", "The gate", ["At the gate"], "gate.html:4: story's script: refused: "),
    "promise.ink.json": (
        "ink",
        "Promise you won't tell",
        ["Bell", "Corridor"],
        "promise.ink.json, part 250: knot 'attic': refused: ",
    ),
    "bell.h5p": (
        "h5p",
        "After the bell",
        ["The bell", "What now?"],
        "bell.h5p, node 3: H5P.Video 'The corridor': refused: ",
    ),
    "bell.csv": ("csv", "bell", ["After the bell"], "bell.csv:4: option 'promise-and-mean-it': kept: "),
    "bell.xlsx": (
        "xlsx",
        "bell",
        ["After the bell"],
        "bell.xlsx, row 3: option 'promise-and-mean-it': kept: ",
    ),
}


@pytest.mark.parametrize("file", BROUGHT)
def test_a_story_of_every_kind_comes_in_with_its_losses_and_its_gaps(types: Typing, file: str) -> None:
    kind, title, scenes, line = BROUGHT[file]
    Path(file).write_bytes(samples()[kind][0])
    code, out, err = types("import", file)
    assert code == 0
    draft = yaml.safe_load(out)
    assert draft["title"] == title
    assert [scene["title"] for scene in draft["scenes"] if scene][: len(scenes)] == scenes
    told, gaps = err.split(" gaps to fill:\n")
    account, _, summed = told.rpartition("\n")
    assert any(loss.startswith(line) for loss in account.splitlines())
    verdicts = re.fullmatch(r"(\d+) kept, (\d+) approximated, (\d+) refused; (\d+)", summed)
    assert verdicts is not None
    *counts, missing = map(int, verdicts.groups())
    assert sum(counts) == len(account.splitlines())
    *named, last = gaps.splitlines()
    assert missing == len(named) == out.count("# GAP: ") > 0
    assert all(f"# GAP: {gap.strip()}\n" in out for gap in named)
    assert f"scenarios/{draft['id']}/scenario.yaml" in last
    assert "\x1b" not in out + err


def test_what_a_sheet_says_of_ratings_and_reasons_is_kept_and_the_rest_is_a_gap(types: Typing) -> None:
    Path("bell.csv").write_bytes(samples()["csv"][0])
    code, out, err = types("import", "bell.csv")
    assert code == 0
    limits, promise, _ = yaml.safe_load(out)["scenes"][0]["options"]
    assert (limits["protects"], limits["voice"], limits["because"]) == (
        "stronger",
        "workable",
        "It is honest.",
    )
    assert (promise["protects"], promise["because"]) == (None, None)
    assert "  bell/promise-and-mean-it: protects\n" in err
    assert "bell/limits: protects\n" not in err


def test_an_import_for_machines_is_one_json_value_and_nothing_else(types: Typing) -> None:
    Path("bell.h5p").write_bytes(samples()["h5p"][0])
    plain = types("import", "bell.h5p")
    code, out, err = types("import", "bell.h5p", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["draft"] == plain.out
    assert (told["file"], told["name"], told["unit"], told["faults"]) == (
        "bell.h5p",
        "after-the-bell",
        "node",
        [],
    )
    assert told["gaps"] == re.findall("# GAP: (.+)", told["draft"])
    assert {loss["verdict"] for loss in told["losses"]} == {"kept", "approximated", "refused"}
    assert {loss["unit"] for loss in told["losses"]} == {"node"}
    assert {loss["line"] for loss in told["losses"]} == {1, 2, 3}
    assert types("import", "bell.h5p", "--json", "--to", "draft.yaml") == (0, out, "")
    assert Path("draft.yaml").read_text() == told["draft"]


def test_an_import_never_writes_over_a_file(types: Typing) -> None:
    Path("gate.twee").write_bytes(samples()["twee"][0])
    written = STORY / "scenario.yaml"
    before = written.read_text()
    code, out, err = types("import", "gate.twee", "--to", str(written))
    assert (code, out, written.read_text()) == (2, "", before)
    assert err.startswith(f"'{written}' is there already; choose another name")


def test_a_file_with_faults_is_told_line_by_line_and_nothing_is_written(types: Typing) -> None:
    rows = [("scene", "text", "goes"), ("", "Wait", "end"), ("gate", "Wait", "end"), ("", "", "")]
    with Path("gate.csv").open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)
    told = "the first row of a scene needs the scene's id."
    code, out, err = types("import", "gate.csv", "--to", "draft.yaml")
    assert (code, out) == (1, "")
    assert err == f"gate.csv:2: {told} [import]\n"
    assert not Path("draft.yaml").exists()
    code, out, err = types("import", "gate.csv", "--json")
    assert (code, err) == (1, "")
    (fault,) = json.loads(out)["faults"]
    assert (fault["file"], fault["line"], fault["what"], fault["rule"]) == ("gate.csv", 2, told, "import")


def test_a_story_without_an_end_to_its_states_is_refused(types: Typing) -> None:
    shutil.copy(Path(__file__).parent / "library/imports/ink/endless.json", "endless.json")
    code, out, err = types("import", "endless.json")
    assert (code, out) == (1, "")
    assert err.startswith("endless.json:1: the story has more than 2000 states;")


@pytest.mark.parametrize(
    ("rogue", "told"),
    [
        ("hoards", "reading this takes more than 256 MB of memory; it was stopped."),
        ("aborts", "this file cannot be read; nothing of it has been kept."),
    ],
)
def test_whatever_a_file_does_to_its_reader_the_author_gets_an_answer(
    types: Typing, monkeypatch: pytest.MonkeyPatch, rogue: str, told: str
) -> None:
    monkeypatch.setitem(hostile.KINDS, "twee", f"tests.library.rogues:{rogue}")
    Path("story.twee").write_text(":: Start\n")
    code, out, err = types("import", "story.twee")
    assert (code, out) == (1, "")
    assert err.startswith(f"story.twee:1: {told}")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            "story.twe",
            "Files that end with '.twe' are not known. Did you mean '.twee'? Known are .twee, .tw, ",
        ),
        ("story.ink", "Files that end with '.ink' are not known. Compile the story to JSON first;"),
        ("story.ods", "Files that end with '.ods' are not known. Save it as .xlsx or .csv."),
        ("story.PDF", "Files that end with '.pdf' are not known. Known are .twee, .tw, "),
        ("story", "Files without an ending, such as 'story', are not known. Known are .twee, .tw, "),
    ],
)
def test_a_kind_that_is_not_known_is_wrong_usage_and_told_what_to_do(
    types: Typing, file: str, told: str
) -> None:
    Path(file).write_text("words\n")
    code, out, err = types("import", file)
    assert (code, out) == (2, "")
    assert err.startswith(told)


def test_what_is_no_file_is_wrong_usage(types: Typing) -> None:
    assert types("import", "none.twee") == (2, "", "'none.twee' is not a file.\n")
    assert types("import", "content") == (2, "", "'content' is not a file.\n")


def test_a_name_that_would_speak_to_the_terminal_is_told_without_its_signs(types: Typing) -> None:
    name = "bell\x1b[2J\udcff.csv"
    Path(name).write_bytes(b"x,y\n")
    code, _, err = types("import", name)
    assert code == 1
    assert err.startswith("bell[2J.csv:1: the first row needs a column 'goes'.")
    assert "\x1b" not in err
