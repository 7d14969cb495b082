"""How ratings and lists are written in the terminal; a mark and a word, never colour alone."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from bot.core.scenario import Option, Rating

LETTERS: Final = "ABCD"
MARKS: Final = {Rating.STRONGER: "●●●", Rating.WORKABLE: "●●○", Rating.WEAKER: "●○○"}


def heading(console: Console, text: str) -> None:
    """A heading, with air around it."""
    console.print()
    console.print(Text(text, style="bold underline"))
    console.print()


def both_ratings(option: Option) -> str:
    """Protects: stronger ●●● · Voice: weaker ●○○."""
    protects, voice = option.protects, option.voice
    return f"Protects: {protects} {MARKS[protects]} · Voice: {voice} {MARKS[voice]}"


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
