"""A scenario in the terminal: letters in, screens out, and a polite end whatever happens."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.core.ids import SkillId
from bot.core.run import Taken
from bot.core.scenario import Nation, Scenario, Skill, Theme
from bot.terminal.play import Table, play
from tests.core.stories import STORY, taps, with_option, with_scene
from tests.shipped import several, shipped

SHELF = shipped()
R1 = Skill(SkillId("R1"), Theme.RELATIONSHIP, "Stick around", "Turn up.", "And again.", "“Hello.”")
SKILLS = {R1.id: R1}


class _Interrupted(io.StringIO):
    """A terminal at which somebody presses Ctrl-C after so many lines."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        line = super().readline(size)
        if not line:
            raise KeyboardInterrupt
        return line


def _played(
    typed: str, *, scenario: Scenario = STORY, again: bool = True, at: type[io.StringIO] = io.StringIO
) -> tuple[tuple[Taken, ...] | None, str]:
    """What came of it, and all that was shown, in one line."""
    shown = io.StringIO()
    table = Table(Console(file=shown, width=80, highlight=False), at(typed), SKILLS)
    taken = play(scenario, table, again=again)
    assert "\x1b" not in shown.getvalue()  # plain where nobody looks at colours
    return taken, " ".join(shown.getvalue().split())


def test_letters_lead_through_the_screens_to_the_debrief() -> None:
    taken, shown = _played("a\nA\n a \na\nn\n")
    assert taken == taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")
    order = [
        "A story · 4 minutes",
        "It is practice for reflection, not procedure.",
        "begin title begin text A limits is done B ask is done C promise is done What do you do? A, B, C",
        "What changes limits changes this A, here and with Robin",
        "Protects: stronger ●●● · Voice: stronger ●●● because of limits",
        "Draws on skill. Trains: Stick around.",
        "danger title",
        "Danger now is never traded: act, say so, stay kind.",
        "after title after text They know.",
        "Ending: good title good text They heard it first.",
        "Debrief: A story",
        "1 · begin title: you took A",
        "Robin thought: limits is thought of",
        "The road not taken",
        "Robin, some time later good afterwards",
        "For supervision good question",
        "Another way? y or n:",
    ]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_only_what_is_offered_stands_on_the_screen_and_letters_follow_it() -> None:
    """After the limits are told, the third option of the next scene is not offered."""
    taken, shown = _played("a\nc\nb\na\na\nc\nn\n")
    assert "What do you do? A, B (q stops): Please type one of A, B, or q to stop." in shown
    assert taken == taps("begin/limits", "listen/write", "pause/walk", "danger/say-and-act", "after/go")


@pytest.mark.parametrize("typed", ["d", "ab", "", "1", "ß", "[red]"])
def test_anything_but_a_letter_of_the_screen_is_asked_again(typed: str) -> None:
    taken, shown = _played(f"{typed}\na\na\na\na\nn\n")
    assert taken == taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")
    assert shown.count("Please type one of A, B, C, or q to stop.") == 1


@pytest.mark.parametrize("typed", ["", "a\n", "a\na\nq\n", "a\nSTOP\n", "a\na\na\nquit\n"])
@pytest.mark.parametrize("at", [io.StringIO, _Interrupted])
def test_leaving_early_ends_politely_and_keeps_nothing(typed: str, at: type[io.StringIO]) -> None:
    taken, shown = _played(typed, at=at)
    assert taken is None
    assert shown.endswith("Stopped. Nothing was kept.")


def test_another_way_begins_again_and_the_last_finished_path_counts() -> None:
    taken, shown = _played("a\na\na\na\ny\nc\na\nc\nc\nn\n")
    assert taken == taps("begin/promise", "pause/walk", "danger/quiet", "after/go")
    assert shown.count("Debrief: A story") == 2
    taken, shown = _played("a\na\na\na\ny\nc\n")
    assert taken == taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")
    assert shown.endswith("Stopped. Nothing was kept.")


def test_a_recording_offers_no_other_way() -> None:
    taken, shown = _played("a\na\na\na\n", again=False)
    assert taken == taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")
    assert "Another way?" not in shown


def test_the_chart_shows_the_turns_on_the_two_axes() -> None:
    shown = io.StringIO()
    play(
        STORY,
        Table(Console(file=shown, width=80, highlight=False), io.StringIO("c\nc\nc\nc\n"), {}),
        again=False,
    )
    rows = [
        [cell.strip() for cell in line.split("│")] for line in shown.getvalue().splitlines() if "│" in line
    ]
    assert rows == [["+", "3", "", ""], ["o", "4", "", ""], ["−", "1, 2", "", ""]]


def test_a_text_with_brackets_is_shown_as_it_stands() -> None:
    odd = with_scene(STORY, "begin", text="[bold]not markup[/bold] :smile: [/]")
    assert "[bold]not markup[/bold] :smile: [/]" in _played("q\n", scenario=odd)[1]


def test_a_screen_without_options_says_so_instead_of_waiting() -> None:
    begin = STORY.scenes[0]
    never = tuple(replace(option, when=STORY.scenes[1].options[2].when) for option in begin.options)
    odd = with_option(with_scene(STORY, "listen", options=never), "begin", "limits")
    taken, shown = _played("a\n", scenario=odd)
    assert taken is None
    assert "Nothing can be chosen here" in shown


@pytest.mark.parametrize("scenario", several(), ids=lambda scenario: scenario.id)
@pytest.mark.parametrize("nation", Nation)
def test_every_shipped_scenario_can_be_played_in_every_nation(scenario: Scenario, nation: Nation) -> None:
    shown = io.StringIO()
    console = Console(file=shown, width=80, highlight=False)
    table = Table(console, io.StringIO("b\n" * 6), SHELF.skills, SHELF.help[nation])
    taken = play(scenario, table, again=False)
    assert taken is not None
    read = " ".join(shown.getvalue().split())
    laws = {
        option.law
        for scene in scenario.scenes
        for option in scene.options
        if option.law and Taken(scene.id, option.id) in taken
    }
    assert laws
    assert all(" ".join(SHELF.help[nation].law[law].text.split()) in read for law in laws)
