"""checklist.yaml: what a review asked of a scenario, item by item, and who signed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from bot.library.authoring import Written
from bot.library.faults import Fault, Faults
from bot.library.source import Source, read
from bot.library.spelling import spelt
from bot.library.wording import Unread, readable

#: Items of a review, numbered from 1.
ITEMS: Final = 33


def _yes_or_no(value: object) -> object:
    """An answer is one of four words, two of which YAML takes for something else."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[
    str, spelt(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a day is written as 2026-11-23")
]
Answer = Annotated[Literal["yes", "no", "partly", "open"], BeforeValidator(_yes_or_no)]


class WrittenItem(Written):
    """One item of a review. `stops`: a no here stops publication."""

    item: int = Field(ge=1, le=ITEMS)
    asks: Text
    stops: bool
    answer: Answer
    note: Text
    changed: Text | None = None


class WrittenSignature(Written):
    """Who signs, in which role, when, and which version; empty until somebody does."""

    name: Text | None
    role: Text | None = None
    date: Day | None
    version: Text | None


class WrittenSignOff(Written):
    """The two who sign, and when they look again."""

    safeguarding_lead: WrittenSignature
    practitioner: WrittenSignature
    next_review: Day | None


class WrittenChecklist(Written):
    """A scenario's checklist.yaml."""

    scenario: str
    review: Text
    reviewed_on: Day
    items: list[WrittenItem]
    sign_off: WrittenSignOff


def checklist_faults(path: Path) -> list[Fault]:
    """What is wrong with the form of a scenario's review: each item must stand there once, with an answer."""
    return _read(path)[1]


def read_checklist(path: Path) -> WrittenChecklist:
    """The checklist at `path`, which stands beside its scenario. Raises `Faults`."""
    written, faults = _read(path)
    if written is None or faults:
        raise Faults(faults)
    return written


def _read(path: Path) -> tuple[WrittenChecklist | None, list[Fault]]:
    try:
        source = read(path)
    except Faults as error:
        return None, list(error.faults)
    reading = readable(source, WrittenChecklist)
    if reading.written is None:
        return None, reading.faults
    found = list(reading.faults)
    scenario, folder = reading.written.scenario, path.parent.name
    if scenario != folder and not reading.unread.at(("scenario",)):
        what = f"this is the checklist of '{scenario}', but the folder is '{folder}'."
        found.append(source.fault(("scenario",), what, rule="review"))
    return reading.written, [*found, *_miscounted(reading.written, source, reading.unread)]


def _miscounted(written: WrittenChecklist, source: Source, unread: Unread) -> Iterator[Fault]:
    """Items that are missing or stand there twice; none is missed while a number cannot be read."""
    seen: Counter[int] = Counter()
    unsure = unread.at(("items",))
    for at, item in enumerate(written.items):
        if unread.at(("items", at, "item")):
            unsure = True
            continue
        seen[item.item] += 1
        if seen[item.item] == 2:
            what = f"the item {item.item} stands here a second time."
            yield source.fault(("items", at, "item"), what, rule="review")
    missing = [str(number) for number in range(1, ITEMS + 1) if number not in seen]
    if missing and not unsure:
        which = f"the item {missing[0]} is" if len(missing) == 1 else f"the items {', '.join(missing)} are"
        what = f"{which} missing; a review answers all {ITEMS}."
        yield source.fault(("items",), what, rule="review")
