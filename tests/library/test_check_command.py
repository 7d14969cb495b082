"""`bothand check`: what it prints, where, and its exit codes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.library.shelf import CONTENT
from tests.library.authors import STORY, Author, Check, Told


def _program(*arguments: str, cwd: Path) -> Told:
    """The same as a program of its own, started outside the project."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", *arguments],
        capture_output=True,
        cwd=cwd,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_sound_content_exits_with_0(author: Author) -> None:
    sound = "All sound: 1 scenario, 3 variants, 2 skills, 4 nations.\n"
    assert _program("content", cwd=author.folder.parent) == (0, sound, "")


def test_sound_content_is_an_empty_list_for_machines(check: Check) -> None:
    assert check("content", "--json") == (0, "[]\n", "")


def test_faults_are_printed_with_file_line_and_rule_and_exit_with_1(author: Author, check: Check) -> None:
    author.edit(STORY, "minutes: 4", "minutes: 40")
    first = f"content/{STORY}:4: 'minutes' is 40; it must be at most 5. [form]"
    assert check("content") == (1, f"{first}\n", "\n1 fault.\n")
    (author.folder / "skills.yaml").unlink()
    both = f"{first}\ncontent/skills.yaml:1: this file is missing. [yaml]\n"
    assert check("content") == (1, both, "\n2 faults.\n")


def test_a_fault_in_the_story_is_shown_by_the_fewest_taps_with_what_mends_it(
    author: Author, check: Check
) -> None:
    author.edit(STORY, "keeps_quiet: yes", "keeps_quiet: no")
    code, out, err = check("content")
    line = author.line(STORY, "- id: car")
    assert (code, err) == (1, "\n1 fault.\n")
    assert out == (
        f"content/{STORY}:{line}: the override needs an option that keeps quiet (keeps_quiet: yes), so that it is a "
        "decision. Shown by: stop/promise → shelter/ask-him. Mark the option that waits or says nothing with "
        "'keeps_quiet: yes'; let no "
        "'when' hide it. [override-quiet]\n"
    )


def test_faults_as_json_can_be_read_by_machines(author: Author, check: Check) -> None:
    author.edit(STORY, "minutes: 4", "minutes: “four”")
    code, out, err = check("content", "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == [
        {
            "file": f"content/{STORY}",
            "line": 4,
            "rule": "form",
            "what": "'minutes' must be a whole number; here is '“four”'.",
            "suggestion": "See 'A scenario, line by line' in content/README.md, or let your editor complete it: "
            "bothand schema.",
            "severity": "fault",
            "taps": [],
        }
    ]


def test_what_a_reviewer_should_look_at_is_no_fault_and_is_shown_when_asked_for(
    author: Author, check: Check
) -> None:
    (author.folder / "prompts.yaml").write_text(
        "prompts:\n  - rule: a-place\n    ask: Is this a real place?\n    words: [bus]\n"
    )
    code, out, err = check("content")
    assert (code, out) == (0, "All sound: 1 scenario, 3 variants, 2 skills, 4 nations.\n")
    assert err.endswith(" for a reviewer to look at: --prompts shows them.\n")
    code, out, err = check("content", "--prompts")
    assert (code, err) == (0, "")
    *asked, sound = out.splitlines()
    assert sound.startswith("All sound")
    assert all(line.endswith("Is this a real place? [a-place]") for line in asked)
    told = json.loads(check("content", "--json")[1])
    assert {one["severity"] for one in told} == {"prompt"}
    assert len(told) == len(asked)


def test_a_file_of_prompts_that_is_wrong_is_told(author: Author, check: Check) -> None:
    (author.folder / "prompts.yaml").write_text("prompts: none\n")
    code, out, _ = check("content")
    assert code == 1
    assert out.startswith("content/prompts.yaml:1: 'prompts' must be a list")


@pytest.mark.parametrize("named", ["content/scenarios/last-bus", f"content/{STORY}", "content/scenarios"])
def test_a_part_of_a_content_folder_is_told_alone(author: Author, check: Check, named: str) -> None:
    author.edit(STORY, "minutes: 4", "minutes: 40")
    (author.folder / "skills.yaml").unlink()
    code, out, err = check(named)
    assert (code, err) == (1, "\n1 fault.\n")
    assert out.startswith(f"content/{STORY}:4: ")


def test_a_part_that_is_sound_is_sound_whatever_its_neighbours_are(author: Author, check: Check) -> None:
    author.edit(STORY, "minutes: 4", "minutes: 40")
    assert check("content/skills.yaml") == (0, "All sound: content/skills.yaml.\n", "")


def test_several_paths_are_told_together_in_the_order_of_their_places(author: Author, check: Check) -> None:
    author.edit(STORY, "minutes: 4", "minutes: 40")
    (author.folder / "skills.yaml").write_text("skills: none\n")
    code, out, err = check("content/skills.yaml", f"content/{STORY}")
    assert (code, err) == (1, "\n2 faults.\n")
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        f"content/{STORY}",
        "content/skills.yaml",
    ]


def test_a_scenario_that_lies_in_no_content_folder_is_checked_by_itself(author: Author, check: Check) -> None:
    """Its skills, sources and legal sentences, and the words that blame, are those of this project."""
    draft = author.folder.parent / "draft.yaml"
    sound = (CONTENT / "example" / "scenario.yaml").read_text()
    draft.write_text(sound)
    assert check("draft.yaml")[:2] == (0, "All sound: draft.yaml.\n")
    for old, new, rule in (
        ("keeps_quiet: yes", "keeps_quiet: no", "override-quiet"),
        ("title: The borrowed phone", "title: The streetwise phone", "blame"),
        ("skills: [E1, R3, C1]", "skills: [E1, R3, C9]", "name"),
    ):
        draft.write_text(sound.replace(old, new))
        code, out, _ = check("draft.yaml")
        assert (code, out.splitlines()[0].endswith(f"[{rule}]")) == (1, True)


def test_what_lies_beside_the_shelf_is_checked_with_it_and_by_itself(author: Author, check: Check) -> None:
    beside = author.folder / "example"
    shutil.copytree(author.folder / "scenarios/last-bus", beside)
    assert check("content")[1].endswith("4 nations, content/example/scenario.yaml.\n")
    assert check("content/example") == (0, "All sound: content/example/scenario.yaml.\n", "")
    file = beside / "scenario.yaml"
    file.write_text(file.read_text().replace("goes: shelter", "goes: nowhere", 1))
    for named in ("content", "content/example", "content/example/scenario.yaml"):
        code, out, _ = check(named)
        assert code == 1
        assert out.startswith("content/example/scenario.yaml:")
        assert "'nowhere', which does not exist" in out


def test_a_walk_beside_a_scenario_by_itself_is_played(author: Author, check: Check) -> None:
    beside = author.folder / "example"
    shutil.copytree(author.folder / "scenarios/last-bus", beside)
    walk = beside / "walks/good.yaml"
    walk.write_text(walk.read_text().replace("choose: say-limits", "choose: say-nothing"))
    code, out, _ = check("content/example")
    assert (code, out.startswith("content/example/walks/good.yaml:")) == (1, True)


@pytest.mark.parametrize("named", ["content/README.md", "content/notes"])
def test_what_no_check_reads_is_never_called_sound(author: Author, check: Check, named: str) -> None:
    (author.folder / "README.md").write_text("Hello.\n")
    (author.folder / "notes").mkdir()
    hint = "Name a content folder or something in one, such as: bothand check content"
    assert check(named) == (2, "", f"'{named}' is nothing that is checked. {hint}\n")


def test_a_pipe_in_place_of_a_file_is_told_and_not_waited_for(author: Author, check: Check) -> None:
    (author.folder / "skills.yaml").unlink()
    os.mkfifo(author.folder / "skills.yaml")
    code, out, _ = check("content/skills.yaml")
    assert (code, out) == (1, "content/skills.yaml:1: this file cannot be read. [yaml]\n")


@pytest.mark.parametrize(
    ("path", "what"),
    [("nowhere", "'nowhere' does not exist."), ("other", "'other' holds no folder 'scenarios'.")],
)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_path_with_nothing_to_check_is_wrong_usage_and_exits_with_2(
    author: Author, check: Check, path: str, what: str, more: list[str]
) -> None:
    (author.folder.parent / "other").mkdir()
    hint = " Name a content folder or something in one, such as: bothand check content\n"
    assert check(path, *more) == (2, "", what + hint)


def test_an_option_that_does_not_exist_exits_with_2(author: Author) -> None:
    code, out, err = _program("--jason", cwd=author.folder.parent)
    assert (code, out) == (2, "")
    assert "No such option: --jason" in err
