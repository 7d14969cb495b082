"""What stands beside the stories: skills, sources, the words to avoid, and the review of each scenario."""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from bot.core.ids import SkillId
from bot.core.scenario import Skill, Theme
from bot.library.authoring import Written, sized
from bot.library.faults import Fault, Faults
from bot.library.linking import unknown_sources
from bot.library.source import Source, read
from bot.library.spelling import T40, T140, spelt
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


class WrittenSkill(Written):
    """One skill."""

    id: str
    theme: Annotated[Theme, Field(strict=False)]
    name: T40
    line: T140
    trace: list[str]


class WrittenSkills(Written):
    """The file of skills."""

    skills: Annotated[list[WrittenSkill], *sized(1)]


class WrittenSource(Written):
    """One entry of the file of sources."""

    title: str
    address: str
    read: str


class WrittenSources(Written):
    """The file of sources."""

    sources: dict[str, WrittenSource]


class WrittenPhrase(Written):
    """Phrases that blame a child, and what to write in their place."""

    avoid: Annotated[list[Text], *sized(1)]
    better: Text
    basis: Literal["discussed", "general"]


class WrittenWords(Written):
    """The file of words."""

    phrases: Annotated[list[WrittenPhrase], *sized(1)]


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


def read_skills(
    path: Path, known_sources: Collection[str] | None
) -> tuple[dict[SkillId, Skill] | None, list[Fault]]:
    """The skills by id, None if one of them cannot be known, and every fault."""
    try:
        source = read(path)
    except Faults as error:
        return None, list(error.faults)
    reading = readable(source, WrittenSkills)
    if reading.written is None:
        return None, reading.faults
    faults, unread, sure = list(reading.faults), reading.unread, True
    found: dict[SkillId, Skill] = {}
    for at, skill in enumerate(reading.written.skills):
        id, is_read = SkillId(skill.id), not unread.at(("skills", at, "id"))
        if id in found and is_read:
            faults.append(source.fault(("skills", at, "id"), f"'{id}' is the id of another skill already."))
        place = ("skills", at, "trace")
        faults.extend(unknown_sources(skill.trace, known_sources, place, source, unread=unread))
        sure = sure and is_read and id not in found
        found[id] = Skill(id, skill.theme, skill.name, skill.line)
    return (found if sure and not unread.at(("skills",)) else None), faults


def read_sources(path: Path) -> tuple[dict[str, str] | None, list[Fault]]:
    """Where each key leads that a text may name as its source: the site's name; and every fault.

    None if not all keys can be read.
    """
    try:
        source = read(path)
    except Faults as error:
        return None, list(error.faults)
    reading = readable(source, WrittenSources)
    if reading.written is None or reading.unread.at(("sources",)):
        return None, reading.faults
    found = {key: entry.address.partition("/")[0] for key, entry in reading.written.sources.items()}
    return found, reading.faults


def words_faults(path: Path) -> list[Fault]:
    """What is wrong with the form of the file of words."""
    try:
        return readable(read(path), WrittenWords).faults
    except Faults as error:
        return list(error.faults)


def checklist_faults(path: Path) -> list[Fault]:
    """What is wrong with the form of a scenario's review: each item must stand there once, with an answer."""
    try:
        source = read(path)
    except Faults as error:
        return list(error.faults)
    reading = readable(source, WrittenChecklist)
    if reading.written is None:
        return reading.faults
    found = list(reading.faults)
    scenario, folder = reading.written.scenario, path.parent.name
    if scenario != folder and not reading.unread.at(("scenario",)):
        what = f"this is the checklist of '{scenario}', but the folder is '{folder}'."
        found.append(source.fault(("scenario",), what))
    return [*found, *_miscounted(reading.written, source, reading.unread)]


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
            yield source.fault(("items", at, "item"), f"the item {item.item} stands here a second time.")
    missing = [str(number) for number in range(1, ITEMS + 1) if number not in seen]
    if missing and not unsure:
        which = f"the item {missing[0]} is" if len(missing) == 1 else f"the items {', '.join(missing)} are"
        yield source.fault(("items",), f"{which} missing; a review answers all {ITEMS}.")
