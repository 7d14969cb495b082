"""checklist.yaml: what a review asked of a scenario, item by item, and who signed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.library.authoring import Written
from bot.library.faults import Fault, Faults
from bot.library.source import Source, read
from bot.library.wording import checked

#: How many items a review has.
ITEMS = 33


def _answer(value: object) -> object:
    """YAML reads yes and no as a truth value."""
    return ("no", "yes")[value] if isinstance(value, bool) else value


Answer = Annotated[Literal["yes", "no", "partly", "open"], BeforeValidator(_answer)]


class WrittenItem(Written):
    """One question. `stops`: a “no” stops publication."""

    item: int = Field(ge=1, le=ITEMS)
    asks: str
    stops: bool
    answer: Answer
    note: str | None = None
    changed: str | None = None


class WrittenSignature(Written):
    """Who signed, when, and which version; empty until somebody does."""

    name: str | None
    role: str | None = None
    date: str | None
    version: str | None


class WrittenSignOff(Written):
    """The two signatures that publication needs."""

    safeguarding_lead: WrittenSignature
    practitioner: WrittenSignature
    next_review: str | None


class WrittenChecklist(Written):
    """checklist.yaml."""

    scenario: str
    review: str
    reviewed_on: str | None = None
    items: list[WrittenItem] = Field(min_length=1, max_length=ITEMS)
    sign_off: WrittenSignOff


def read_checklist(path: Path) -> WrittenChecklist:
    """The checklist at `path`, which stands beside its scenario. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenChecklist)
    if written is None:
        raise Faults(faults)
    found = list(_odd(written, source, folder=path.parent.name))
    if found:
        raise Faults(found)
    return written


def _odd(written: WrittenChecklist, source: Source, *, folder: str) -> Iterator[Fault]:
    if written.scenario != folder:
        what = f"this is the checklist of '{written.scenario}', but the folder is '{folder}'."
        yield source.fault(("scenario",), what)
    numbers = [item.item for item in written.items]
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            yield source.fault(("items", at, "item"), f"item {number} stands here a second time.")
    missing = [str(number) for number in range(1, ITEMS + 1) if number not in numbers]
    if missing:
        yield source.fault(("items",), f"these items are missing: {', '.join(missing)}.")
