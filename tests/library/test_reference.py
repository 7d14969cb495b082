"""Skills, sources and help by nation: what scenarios lean on."""

from pathlib import Path

import pytest

from bot.core.help import Contact, Exit, Law, NationHelp
from bot.core.ids import SkillId
from bot.core.scenario import Nation, Skill, Theme
from bot.library.nations import read_help
from bot.library.reference import read_skills, read_sources
from tests.library.authors import SOUND, Author
from tests.library.test_source import UNFIT

SITES = {"PAPER": "example.org", "GUIDE": "example.com"}
EMERGENCY = Contact(
    name="Emergency services",
    purpose="Anyone in danger now",
    number="999",
    link=None,
    note="Free to call.",
    sources=("example.org", "example.com"),
    read="2026-11",
    checked_on="2026-11-23",
)
SOCIAL_CARE = Contact(
    name="Children’s social care",
    purpose="A concern about a child",
    number=None,
    link="Search for: your council",
    note=None,
    sources=(),
    read=None,
    checked_on=None,
)


def test_a_source_leads_to_the_name_of_its_site() -> None:
    assert read_sources(SOUND / "sources.yaml") == (SITES, [])


def test_skills_are_read_by_id() -> None:
    skills = {
        SkillId("R1"): Skill(
            SkillId("R1"),
            Theme.RELATIONSHIP,
            "Stick around",
            "Keep the small promises.",
            "Turn up, and turn up again.",
            "“I shall be here on Tuesday, whatever you decide.”",
        ),
        SkillId("E1"): Skill(
            SkillId("E1"),
            Theme.ETHICAL,
            "Say the limits",
            "Say early what you would pass on.",
            "A limit that comes late feels like a trap.",
            "“There are things I cannot keep to myself.”",
        ),
    }
    assert read_skills(SOUND / "skills.yaml", SITES) == (skills, [])


def test_help_is_read_for_every_nation() -> None:
    found = read_help(SOUND / "help", SITES)
    assert found == {
        nation: NationHelp(
            nation=nation,
            law={"reporting": Law("Tell somebody today.", ("example.com",), "2026-11", None)},
            urgent=Exit(None, ("Ring 999.",), None, (EMERGENCY,)),
            told=Exit(None, ("Listen.",), "Look after yourself.", (EMERGENCY, SOCIAL_CARE)),
            got_to_me=Exit("That makes sense.", (), None, (EMERGENCY,)),
            under_18=Exit("Thank you for saying so.", (), None, (EMERGENCY,)),
        )
        for nation in Nation
    }


WALES = "help/wales.yaml"
THEMES = "relationship, ethical, child-centred, skilled"


@pytest.mark.parametrize(
    ("file", "old", "new", "words", "what"),
    [
        (
            "skills.yaml",
            "id: E1",
            "id: R1",
            "- id: R1\n    theme: ethical",
            "'R1' is the id of another skill already.",
        ),
        (
            "skills.yaml",
            "theme: ethical",
            "theme: ethics",
            "theme: ethics",
            f"'theme' must be one of {THEMES}; here is 'ethics'. Did you mean 'ethical'?",
        ),
        (
            "skills.yaml",
            "trace: [PAPER, GUIDE]",
            "trace: [PAPER, GUIDES]",
            "GUIDES",
            "'GUIDES' is not a source. Did you mean 'GUIDE'?",
        ),
        ("sources.yaml", "    title: A guide\n", "", "GUIDE:", "'title' is missing under 'GUIDE'."),
        (WALES, "nation: wales", "nation: england", "nation:", "this file must say 'nation: wales'."),
        (
            WALES,
            "nation: wales",
            "nation: cymru",
            "nation:",
            "'nation' must be one of england, wales, scotland, northern-ireland; here is 'cymru'.",
        ),
        (
            WALES,
            "contacts: [emergency, social_care]",
            "contacts: [emergency, social_car]",
            "social_car]",
            "'social_car' is not one of this file's contacts. Did you mean 'social_care'?",
        ),
        (
            WALES,
            "  reporting:",
            "  reports:",
            "law:",
            "the legal sentence 'reporting' is missing; another nation has it.",
        ),
        (
            WALES,
            "sources: [GUIDE]",
            "sources: [GUIDANCE]",
            "[GUIDANCE]",
            "'GUIDANCE' is not a source. Did you mean 'GUIDE'?",
        ),
        (WALES, "[PAPER, GUIDE, PAPER]", "[PAPER, OTHER]", "OTHER", "'OTHER' is not a source."),
        (WALES, "  steps:\n    - Ring 999.\n", "", "urgent:", "'urgent' needs a text or steps."),
        (
            WALES,
            'link: "Search for: your council"',
            "link: null",
            "  social_care:",
            "'social_care' needs a number or a link.",
        ),
        (
            WALES,
            'number: "999"',
            "number: 999",
            "number: 999",
            "'number' must be text; put it in quotation marks.",
        ),
        (WALES, "    link: null\n", "", "  emergency:", "'link' is missing under 'emergency'."),
        (
            WALES,
            "checked_on: 2026-11-23",
            "checked_on: 2026-13-23",
            "2026-13",
            "'checked_on': a day is written as 2026-11-23; here is '2026-13-23'.",
        ),
        (
            WALES,
            "read: 2026-11\n    checked_on: null\nurgent",
            "read: November\n    checked_on: null\nurgent",
            "November",
            "'read': a month is written as 2026-11, a day as 2026-11-23; here is 'November'.",
        ),
        (
            WALES,
            "text: Tell somebody today.",
            f"text: Tell {'somebody ' * 40}",
            "text: Tell",
            "'text' has 364 characters; at most 300 fit.",
        ),
    ],
)
def test_a_fault_in_what_scenarios_lean_on_is_told_with_its_line(
    author: Author, file: str, old: str, new: str, words: str, *, what: str
) -> None:
    author.edit(file, old, new)
    line = (author.folder / file).read_text().partition(words)[0].count("\n") + 1
    assert f"content/{file}:{line}: {what}" in author.told()


def test_each_nation_is_needed_and_all_faults_are_told_at_once(author: Author) -> None:
    (author.folder / "help/scotland.yaml").unlink()
    (author.folder / "help/england.yaml").write_text("nation: wales\n- x\n")
    author.edit(WALES, "nation: wales", "nation: scotland")
    author.edit("skills.yaml", "id: E1", "id: R1")
    assert author.told() == [
        f"content/help/england.yaml:2: {UNFIT}",
        "content/help/scotland.yaml:1: this file is missing.",
        f"content/{WALES}:1: this file must say 'nation: wales'.",
        "content/skills.yaml:9: 'R1' is the id of another skill already.",
    ]


def test_an_empty_content_folder_names_every_file_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    assert Author(tmp_path / "content").told() == [
        "content/help/england.yaml:1: this file is missing.",
        "content/help/northern-ireland.yaml:1: this file is missing.",
        "content/help/scotland.yaml:1: this file is missing.",
        "content/help/wales.yaml:1: this file is missing.",
        "content/scenarios:1: there is no scenario here.",
        "content/skills.yaml:1: this file is missing.",
        "content/sources.yaml:1: this file is missing.",
        "content/words.yaml:1: this file is missing.",
    ]
