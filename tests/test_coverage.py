"""The shelf as a whole misses no skill, no role and nobody whom it should show; the table of it is true."""

import shutil
from pathlib import Path

from tests.tools import coverage
from tests.tools.coverage import CONTENT, covered

COMMAND = "python -m tests.tools.coverage"


def test_every_skill_role_and_strand_is_covered() -> None:
    assert covered().missing() == []


def test_the_table_says_what_the_files_say() -> None:
    assert coverage.TARGET.read_text(encoding="utf-8") == coverage.written(covered()), COMMAND


def test_a_strand_names_each_scenario_once_and_none_that_nobody_plans() -> None:
    planned = {f"s{number:02}" for number in range(1, 25)}
    for strand, those in covered().strands.items():
        assert len(set(those)) == len(those) > 1, strand
        assert set(those) <= planned, strand


def shelf(folder: Path, *, scenarios: int) -> Path:
    """A small shelf: every scenario trains R1 and is for health; each of the two skills would need two."""
    for name in ("skills.yaml", "strands.yaml"):
        shutil.copy(CONTENT / name, folder / name)
    skills = "skills:\n  - {id: R1, name: Stick around}\n  - {id: E1, name: Speak}\n"
    (folder / "skills.yaml").write_text(skills)
    (folder / "strands.yaml").write_text("strands:\n  Boys: [s01, s02, s09]\n")
    (folder / "variants").mkdir()
    (folder / "variants" / "r1.yaml").write_text("skill: R1\nvariants: [{}, {}, {}]\n")
    for number in range(1, scenarios + 1):
        story = folder / "scenarios" / f"s{number:02}-story"
        story.mkdir(parents=True)
        head = f"id: s{number:02}-story\ntitle: Story {number}\nroles: [health]\nskills: [R1]\n"
        (story / "scenario.yaml").write_text(f"{head}\nscenes:\n  this is: [not read\n")
    return folder


def test_what_is_missing_is_said_exactly(tmp_path: Path) -> None:
    found = covered(shelf(tmp_path, scenarios=8))
    assert found.missing() == [
        "E1 Speak: 0 scenarios of 2",
        "E1 Speak: 0 variants of 3",
        "Social work: 0 scenarios of 8",
        "Police: 0 scenarios of 8",
        "Youth work: 0 scenarios of 8",
        "Residential care: 0 scenarios of 8",
        "Education: 0 scenarios of 8",
        "Boys: s09 not there",
    ]


def test_one_scenario_too_few_is_missed(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "seven").mkdir()
    assert "R1 Stick around: 1 scenarios of 2" in covered(shelf(tmp_path / "one", scenarios=1)).missing()
    assert "Health: 7 scenarios of 8" in covered(shelf(tmp_path / "seven", scenarios=7)).missing()


def test_a_row_of_the_table_lists_its_scenarios_and_counts_them(tmp_path: Path) -> None:
    rows = coverage.written(covered(shelf(tmp_path, scenarios=2))).splitlines()
    assert "| R1 Stick around | s01, s02 | 2 | 3 |" in rows
    assert "| E1 Speak | – | 0 | 0 |" in rows
    assert "| Health | s01, s02 | 2 |" in rows
    assert "| Boys | s01, s02 | 2 |" in rows
    assert "| s02 Story 2 | R1 | health |" in rows
