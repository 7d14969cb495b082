"""`bothand check`: what it prints, where, and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.authors import STORY, Author


def _check(*arguments: str, cwd: Path) -> tuple[int, str, str]:
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
    home = author.folder.parent
    sound = "All sound: 1 scenario, 2 skills, 4 nations.\n"
    assert _check("content", cwd=home) == (0, sound, "")
    assert _check("content", "--json", cwd=home) == (0, "[]\n", "")


def test_faults_are_printed_with_file_and_line_and_exit_with_1(author: Author) -> None:
    author.edit(STORY, "minutes: 4", "minutes: 40")
    file, what = f"content/{STORY}", "'minutes' is 40; it must be at most 5."
    assert _check("content", cwd=author.folder.parent) == (1, f"{file}:4: {what}\n", "\n1 fault.\n")
    (author.folder / "skills.yaml").unlink()
    code, out, err = _check("content", cwd=author.folder.parent)
    assert (code, out.splitlines()[1:], err) == (
        1,
        ["content/skills.yaml:1: this file is missing."],
        "\n2 faults.\n",
    )


def test_faults_as_json_can_be_read_by_machines(author: Author) -> None:
    author.edit(STORY, "minutes: 4", "minutes: “four”")
    code, out, err = _check("content", "--json", cwd=author.folder.parent)
    what = "'minutes' must be a whole number; here is '“four”'."
    assert (code, json.loads(out), err) == (1, [{"file": f"content/{STORY}", "line": 4, "what": what}], "")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("nowhere", "'nowhere' is not a folder."),
        (f"content/{STORY}", f"'content/{STORY}' is not a folder."),
        ("content/scenarios/last-bus", "'content/scenarios/last-bus' holds no folder 'scenarios'."),
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_path_that_is_no_content_folder_is_wrong_usage_and_exits_with_2(
    author: Author, path: str, what: str, more: list[str]
) -> None:
    hint = " Name a content folder, such as: bothand check content\n"
    assert _check(path, *more, cwd=author.folder.parent) == (2, "", what + hint)


def test_an_option_that_does_not_exist_exits_with_2(author: Author) -> None:
    code, out, err = _check("--jason", cwd=author.folder.parent)
    assert (code, out) == (2, "")
    assert "No such option: --jason" in err
