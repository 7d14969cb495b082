"""A scenario's folder as a whole: its name, its proofs with their lines, and a sound one compiled."""

import pytest

from bot.core.ids import EndingId, OptionId, ScenarioId, SceneId, SkillId
from bot.core.scenario import (
    Condition,
    Echo,
    Effect,
    Ending,
    Nation,
    Option,
    Rating,
    Resource,
    Role,
    Theme,
    Variable,
    Way,
    YoungPerson,
)
from bot.library.shelf import compile_shelf
from tests.library.authors import STORY, Author

FIRST_OPTION = "        sets: {told: yes, trust: +1}\n        goes: shelter"
SHORT_CUT = "Shown by: stop/say-limits → car/ring-now → after/stay."
ROUND = "Shown by: stop/say-limits → stop/say-limits → stop/say-limits."


def test_a_sound_folder_has_no_fault(author: Author) -> None:
    assert author.told() == []


def test_what_an_author_writes_becomes_values(author: Author) -> None:
    author.edit(STORY, "The last bus has gone. Robin", "The  last bus\n      has gone.\n\n      Robin")
    shelf = compile_shelf(author.folder)
    assert list(shelf.scenarios) == ["last-bus"]
    bus = shelf.scenarios[ScenarioId("last-bus")]
    assert (bus.id, bus.title, bus.minutes) == ("last-bus", "The last bus", 4)
    assert bus.roles == (Role.YOUTH_WORK, Role.POLICE)
    assert bus.skills == ("R1", "E1")
    assert bus.young_person == YoungPerson("Robin", 14, "he/him", "Knows every bus by its engine.")
    assert bus.variables == {"told": Variable(0, 1, 0), "trust": Variable(0, 3, 1)}
    assert [scene.id for scene in bus.scenes] == ["stop", "shelter", "car", "after"]
    assert [scene.override for scene in bus.scenes] == [False, False, True, False]
    assert bus.scenes[0].text == "The last bus has gone.\n\nRobin watches it go."
    assert bus.scenes[0].says == "Are you going to tell?"
    assert bus.scenes[0].options[0] == Option(
        id=OptionId("say-limits"),
        text="“If you are not safe, yes, and you hear it first.”",
        protects=Rating.STRONGER,
        voice=Rating.STRONGER,
        because="He can choose what to say.",
        draws_on=(Resource.VALUE, Resource.SKILL),
        skills=(SkillId("E1"),),
        changes="He nods at the timetable.",
        thinks="Fair enough.",
        goes=(Way(SceneId("shelter")),),
        sets=(Effect("told", 1, relative=False), Effect("trust", 1, relative=True)),
        sources=("PAPER",),
    )
    assert bus.scenes[0].options[2].sets == (Effect("trust", -1, relative=True),)
    assert bus.scenes[1].options[2].when == (Condition("told", 0, 0),)
    assert (bus.scenes[2].options[0].law, bus.scenes[2].options[2].keeps_quiet) == ("reporting", True)
    assert bus.scenes[3].echoes == (
        Echo("You said so at the stop.", (Condition("told", 1, 1), Condition("trust", 2, 3))),
    )
    assert bus.scenes[3].options[0].goes == (
        Way(EndingId("together"), (Condition("trust", 2, 3),)),
        Way(EndingId("safe")),
    )
    assert bus.endings[0] == Ending(
        id=EndingId("together"),
        title="Two torches",
        text="They walk home, and you hear about the engine.",
        afterwards="He stayed until she came.",
        supervision="Whom did you wait for this week?",
        echoes=(Echo("He knew who would hear.", (Condition("told", 1, 1),)),),
    )
    assert {id: (skill.theme, skill.name) for id, skill in shelf.skills.items()} == {
        "R1": (Theme.RELATIONSHIP, "Stick around"),
        "E1": (Theme.ETHICAL, "Say the limits"),
    }
    assert list(shelf.help) == list(Nation)


@pytest.mark.parametrize(
    "written",
    [
        ">-\n      The last bus\n      has gone.\n\n      Robin watches it go.",
        ">\n      The last bus has gone.\n\n\n      Robin watches it go.\n",
        "|\n      The last bus has gone.\n\n      Robin watches  it go.\n",
    ],
)
def test_a_blank_line_in_the_text_of_a_scene_begins_a_paragraph(author: Author, written: str) -> None:
    author.edit(STORY, ">-\n      The last bus has gone. Robin watches it go.", written)
    bus = compile_shelf(author.folder).scenarios[ScenarioId("last-bus")]
    assert bus.scenes[0].text == "The last bus has gone.\n\nRobin watches it go."


def test_an_open_span_reaches_as_far_as_the_variable(author: Author) -> None:
    author.edit(STORY, "when: {trust: 2..}\n            to", "when: {trust: ..3}\n            to")
    author.edit(STORY, "{told: yes, trust: 2..}", "{told: 0..1, trust: 2}")
    bus = compile_shelf(author.folder).scenarios[ScenarioId("last-bus")]
    assert bus.scenes[3].options[0].goes[0].when == (Condition("trust", 0, 3),)
    assert bus.scenes[3].echoes[0].when == (Condition("told", 0, 1), Condition("trust", 2, 2))


def test_the_folder_has_the_name_of_the_scenario(author: Author) -> None:
    author.edit(STORY, "id: last-bus", "id: first-bus")
    assert author.told() == [f"content/{STORY}:1: the id is 'first-bus', but the folder is 'last-bus'."]


def test_a_folder_without_a_scenario_is_told_not_passed_over(author: Author) -> None:
    (author.folder / "scenarios/new-one").mkdir()
    (author.folder / "scenarios/notes.txt").write_text("not a folder, not a scenario")
    new, walk = (
        "content/scenarios/new-one",
        "this walk is missing; every scenario brings good, middling, poor.",
    )
    assert author.told() == [
        f"{new}/checklist.yaml:1: this file is missing.",
        f"{new}/scenario.yaml:1: this file is missing.",
        f"{new}/walks/good.yaml:1: {walk}",
        f"{new}/walks/middling.yaml:1: {walk}",
        f"{new}/walks/poor.yaml:1: {walk}",
    ]


def test_a_content_folder_without_any_scenario_is_a_fault(author: Author) -> None:
    (author.folder / "scenarios").rename(author.folder / "drafts")
    assert author.told() == ["content/scenarios:1: there is no scenario here."]


@pytest.mark.parametrize(
    ("old", "new", "words", "what"),
    [
        (
            "    override: yes\n",
            "",
            "scenes:",
            "exactly one scene must be the override (override: yes); here are 0.",
        ),
        (
            "        protects: weaker\n        voice: workable\n        because: It may come back.",
            "        protects: workable\n        voice: workable\n        because: It may come back.",
            "- id: wait\n",
            "'wait' keeps quiet, so it must be rated weaker on protects.",
        ),
        (
            "        goes: alone",
            "        goes: safe",
            "- id: alone",
            "no way leads to the ending 'alone'.",
        ),
        (
            FIRST_OPTION,
            FIRST_OPTION.replace("shelter", "car"),
            "- id: together",
            f"'together' is reached after 3 decisions; a scenario has at least 4. {SHORT_CUT}",
        ),
        (
            FIRST_OPTION,
            FIRST_OPTION.replace("shelter", "stop"),
            "- id: say-limits",
            f"the option 'say-limits' leads round in a circle, back to 'stop'. {ROUND}",
        ),
    ],
)
def test_a_broken_rule_is_told_at_the_scene_option_or_ending_that_breaks_it(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(STORY, old, new)
    line = (author.folder / STORY).read_text().partition(words)[0].count("\n") + 1
    assert any(told.startswith(f"content/{STORY}:{line}: {what}") for told in author.told())
