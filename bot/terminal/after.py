"""The debrief in the terminal: the path on two axes, what was thought, and the road not taken."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.core.debrief import Debrief, Road, axes
from bot.terminal.words import LETTERS, both_ratings, heading


def show_debrief(console: Console, found: Debrief) -> None:
    """The whole debrief. No marks, no total."""
    name = found.scenario.young_person.name
    heading(console, f"Debrief: {found.scenario.title}")
    _axes(console, found)
    for turn, step in enumerate(found.steps, 1):
        letter = LETTERS[[option.id for option in step.offered].index(step.option.id)]
        console.print(Text(f"{turn} · {step.scene.title}: you took {letter}", style="bold"))
        console.print(Text(both_ratings(step.option)))
        console.print(Text(f"{name} thought: {step.option.thinks}", style="italic"))
        console.print()
    if found.road is not None:
        _road(console, found.road)
    heading(console, f"{name}, some time later")
    console.print(Text(found.ending.afterwards))
    heading(console, "For supervision")
    console.print(Text(found.ending.supervision))
    console.print()


def _axes(console: Console, found: Debrief) -> None:
    """Turns by how they protect (to the right) and how they give a say (upwards)."""
    console.print(
        Text("Your path on the two axes: + stronger, o workable, − weaker; the numbers are your turns.")
    )
    chart = Table(show_edge=False, pad_edge=False)
    for head in ("Voice", "−", "o", "+ Protects"):
        chart.add_column(head, justify="left" if head == "Voice" else "center")
    for sign, row in zip("+o−", axes(found.steps), strict=True):
        chart.add_row(sign, *(", ".join(map(str, cell)) for cell in row))
    console.print(chart)
    console.print()


def _road(console: Console, road: Road) -> None:
    heading(console, "The road not taken")
    how = (
        "this would have held both rights further:"
        if road.stronger
        else "a colleague might have taken this, and could defend it:"
    )
    console.print(Text(f"At “{road.scene.title}”, {how}"))
    console.print(Text(road.instead.text, style="italic"))
    console.print(Text(f"{both_ratings(road.instead)}. {road.instead.because}"))
