"""A draft as scenario.yaml: every gap has a name, and a check finds each at its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.library.authoring import WrittenScenario
from bot.library.faults import Faults
from bot.library.imports.draft import Draft
from bot.library.imports.twee import twee_draft
from bot.library.imports.yaml_out import gaps, scenario_yaml
from bot.library.source import read
from bot.library.wording import checked
from tests.library.imports.stories import twee_files
from tests.thorough import examples

LONG = "She says that she will not go, and then she says it again. " * 20
STORY = f""":: StoryTitle
Yes

:: At the gate [consult Two-Words]
{LONG}

She looks up: 12:30 # not a comment.

[[Go in->Hall]]
[[Wait->Nowhere]]

:: Hall
- a list, it seems
"""


def _told(draft: Draft, folder: Path) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines of the file, and what its shape lacks."""
    path = folder / "scenario.yaml"
    path.write_text(scenario_yaml(draft))
    source = read(path)
    faults = checked(source, WrittenScenario)[1]
    return path.read_text().splitlines(), [(fault.line, fault.what) for fault in faults]


def test_every_gap_is_found_by_the_check_at_its_line(tmp_path: Path) -> None:
    draft = twee_draft(STORY, "x.twee")
    lines, faults = _told(draft, tmp_path)
    marked = {
        number: line.partition("# GAP: ")[2] for number, line in enumerate(lines, 1) if "# GAP: " in line
    }
    assert list(marked.values()) == gaps(draft)
    told = dict(faults)
    assert [number for number in marked if number not in told] == []
    assert [told[number] for number, name in marked.items() if name == "at-the-gate/wait: goes"] == [
        "'goes': write the id of a scene or an ending, or a list of ways; nothing stands here."
    ]
    assert [told[number] for number, name in marked.items() if name == "at-the-gate/go-in: because"] == [
        "'because' is empty."
    ]


def test_the_names_of_gaps_say_where_and_what() -> None:
    found = gaps(twee_draft(STORY, "x.twee"))
    assert found[:4] == ["scenario: teaser", "scenario: minutes", "scenario: roles", "scenario: skills"]
    assert "young_person: name" in found
    assert [name for name in found if name.startswith("at-the-gate/go-in")] == [
        f"at-the-gate/go-in: {name}"
        for name in ("protects", "voice", "because", "draws_on", "skills", "changes", "thinks")
    ]
    assert "at-the-gate: option 3 of at least 3" in found
    assert found[-2:] == ["scenario: ending 2 of at least 3", "scenario: ending 3 of at least 3"]


def test_texts_are_kept_whole_even_where_they_are_too_long(tmp_path: Path) -> None:
    draft = twee_draft(STORY, "x.twee")
    _, faults = _told(draft, tmp_path)
    value = read(tmp_path / "scenario.yaml").value
    assert isinstance(value, dict)
    scene = value["scenes"][0]
    assert scene["text"] == draft.scenes[0].text.replace("\n\n", "\n")
    assert (scene["title"], value["title"], scene["tags"]) == ("At the gate", "Yes", ["consult", "two-words"])
    assert value["endings"][0]["text"] == "- a list, it seems"
    assert any("'text' has" in what for _, what in faults)


@settings(max_examples=examples(ordinary=150, thorough=300), deadline=None)
@given(text=twee_files())
def test_whatever_comes_in_is_written_as_yaml_with_every_gap_at_its_line(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    try:
        draft = twee_draft(text, "x.twee")
    except Faults:
        return
    lines, faults = _told(draft, tmp_path_factory.mktemp("author"))
    marked = {number for number, line in enumerate(lines, 1) if "  # GAP: " in line}
    assert len(marked) == len(gaps(draft))
    too_many = [what for _, what in faults if "are allowed" in what]
    assert too_many or marked <= {line for line, _ in faults}


def test_a_list_that_is_too_long_is_told_before_the_gaps_inside_it(tmp_path: Path) -> None:
    links = "\n".join(f"[[Way {number}->Hall]]" for number in range(5))
    draft = twee_draft(f":: Start\n{links}\n\n:: Hall\nEnd.\n", "x.twee")
    lines, faults = _told(draft, tmp_path)
    within = lines.index("    options:") + 1
    assert [what for line, what in faults if line == within] == [
        "'options' has 5; at most 4 are allowed.",
    ]
    assert len([name for name in gaps(draft) if name.startswith("start/way-")]) == 5 * 7
