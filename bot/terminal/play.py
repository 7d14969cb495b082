"""Plays a scenario in the terminal: screen by screen, a letter for each choice, then the debrief."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from bot.core.debrief import debrief
from bot.core.editions import canonical, edition_of
from bot.core.help import NationHelp
from bot.core.ids import SkillId
from bot.core.run import Position, Refusal, Run, Step, Taken, begin, choose, holds, offered, stand
from bot.core.scenario import Ending, Option, Scenario, Scene, Skill
from bot.terminal.after import show_debrief
from bot.terminal.words import LETTERS, both_ratings, heading, listed

STOP: Final = frozenset({"q", "quit", "stop", "exit"})
YES: Final = frozenset({"y", "yes"})


class _Left(Exception):
    """The player has gone: they typed q, pressed Ctrl-C, or the input has ended."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where a scenario is played: what is written to and read from, and what feedback may look up."""

    console: Console
    typed: TextIO
    skills: Mapping[SkillId, Skill]
    help: NationHelp | None = None


def play(scenario: Scenario, table: Table, *, again: bool = True) -> tuple[Taken, ...] | None:
    """Plays until the player has had enough; what was taken on the last path that reached its ending, or None.

    `again`: whether another way is offered after the debrief. Nothing is kept.
    """
    finished: tuple[Taken, ...] | None = None
    try:
        _opening(scenario, table)
        attempt = 1
        while True:
            run = _played(
                scenario, table, begin(scenario, edition=edition_of(canonical(scenario)), attempt=attempt)
            )
            finished = run.taken
            found = debrief(scenario, run)
            assert found is not None
            show_debrief(table.console, found)
            if not again or _ask(table, "Another way? y or n: ") not in YES:
                break
            attempt += 1
    except (_Left, KeyboardInterrupt):
        table.console.print()
        _say(table, "Stopped. Nothing was kept.")
        return finished
    return finished


def _played(scenario: Scenario, table: Table, run: Run) -> Run:
    """One path, to its ending."""
    _show(table, stand(scenario, run))
    while not isinstance((position := stand(scenario, run)).at, Ending):
        assert isinstance(position.at, Scene)
        options = offered(position.at, position.variables)
        if not options:
            _say(table, "Nothing can be chosen here: no option’s condition holds. `bothand check` says why.")
            raise _Left
        option = _chosen(table, options)
        step = choose(scenario, run, attempt=run.attempt, turn=run.turn, option=option.id)
        assert not isinstance(step, Refusal)
        _feedback(scenario, table, step)
        _show(table, step.now)
        run = step.run
    return run


def _chosen(table: Table, options: Sequence[Option]) -> Option:
    """Asks until one of the letters is typed."""
    letters = LETTERS[: len(options)]
    while True:
        typed = _ask(table, f"What do you do? {', '.join(letters)} (q stops): ")
        if len(typed) == 1 and typed.upper() in letters:
            return options[letters.index(typed.upper())]
        _say(table, f"Please type one of {', '.join(letters)}, or q to stop.")


def _ask(table: Table, prompt: str) -> str:
    """What is typed, in small letters. Raises `_Left` for q and at the end of the input."""
    table.console.print(Text(prompt, style="bold"), end="")
    line = table.typed.readline()
    if not table.typed.isatty():
        table.console.print()  # nobody pressed Enter here, so the line is still open
    if not line or line.strip().lower() in STOP:
        raise _Left
    return line.strip().lower()


def _opening(scenario: Scenario, table: Table) -> None:
    person = scenario.young_person
    heading(table.console, f"{scenario.title} · {scenario.minutes} minutes")
    _say(table, scenario.you_are)
    _say(table, f"{person.name}, {person.age}, {person.pronouns}. {person.about}")
    _say(table, f"{scenario.content_note} You can stop at any time.", style="italic")
    _say(
        table,
        "Everybody in this story is made up. It is practice for reflection, not procedure.",
        style="italic",
    )


def _show(table: Table, position: Position) -> None:
    """The scene with its options, or the ending."""
    at = position.at
    heading(table.console, at.title if isinstance(at, Scene) else f"Ending: {at.title}")
    for paragraph in at.text.split("\n\n"):
        _say(table, paragraph)
    if isinstance(at, Scene) and at.says:
        table.console.print(Padding(Text(f"“{at.says}”", style="bold"), (0, 4), expand=False))
        table.console.print()
    for echo in at.echoes:
        if holds(echo.when, position.variables):
            _say(table, echo.text, style="italic")
    if isinstance(at, Scene):
        choices = Grid.grid(padding=(0, 1))
        for letter, option in zip(LETTERS, offered(at, position.variables), strict=False):
            choices.add_row(Text(f" {letter}", style="bold"), Text(option.text))
        table.console.print(choices)
        table.console.print()


def _feedback(scenario: Scenario, table: Table, step: Step) -> None:
    """What the choice changes, how it is rated and why."""
    option = step.option
    letter = LETTERS[[choice.id for choice in step.offered].index(option.id)]
    heading(table.console, "What changes")
    _say(table, option.changes)
    heading(table.console, f"{letter}, here and with {scenario.young_person.name}")
    _say(table, both_ratings(option))
    _say(table, option.because)
    if step.scene.override:
        _say(table, "Danger now is never traded: act, say so, stay kind.", style="italic")
    if option.law is not None and table.help is not None:
        _say(table, table.help.law[option.law].text, style="italic")
    trained = "; ".join(
        table.skills[skill].name if skill in table.skills else skill for skill in option.skills
    )
    _say(table, f"Draws on {listed(option.draws_on)}. Trains: {trained}.", style="italic")


def _say(table: Table, text: str, *, style: str = "") -> None:
    """A paragraph, never read as markup, with a blank line after it."""
    table.console.print(Text(text, style=style))
    table.console.print()
