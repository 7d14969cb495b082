"""What must be true before the content is released, beyond that it is sound: contacts checked live, reviews, variants.

Nobody can be rung who was not looked up lately, and nothing goes out against which a review said no. Who signs a
scenario is for the organisation that runs the bot: that it still has to is told, and is no fault.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from bot.core.ids import ScenarioId
from bot.core.scenario import Nation
from bot.library.checklist import WrittenChecklist, WrittenItem
from bot.library.faults import Fault, Faults
from bot.library.linking import Known
from bot.library.nations import WrittenContact, WrittenHelp, WrittenLaw
from bot.library.reference import read_skills
from bot.library.remarks import Remark, prompt
from bot.library.rules import RELEASE_RULES
from bot.library.source import Place, Source, read
from bot.library.variants import missing_variants
from bot.library.wording import Reading, readable

#: Days for which a live check of a contact or of a legal sentence holds.
LASTS: Final = 60


def release_faults(content: Path, *, today: date) -> list[Fault]:
    """Everything in the folder `content` that stops a release on this day. What cannot be read is told elsewhere."""
    faults: list[Fault] = []
    for nation in Nation:
        faults += _help_faults(content / "help" / f"{nation}.yaml", today)
    for checklist in checklists(content):
        faults += _review_faults(checklist)
    skills, _ = read_skills(content / "skills.yaml", None)
    return [*faults, *missing_variants(content, Known(skills, None, None))]


def awaiting(content: Path) -> list[Remark]:
    """Every scenario that two named people have not signed yet, at the place where they would."""
    found = []
    for checklist in checklists(content):
        opened = _opened(checklist)
        if opened is not None and not signed(opened[1]):
            what, suggestion = "awaiting local sign-off.", RELEASE_RULES["sign-off"].mend
            found.append(prompt(opened[0], ("sign_off",), "sign-off", what=what, suggestion=suggestion))
    return found


def unsigned(content: Path) -> tuple[ScenarioId, ...]:
    """The scenarios of which nothing says that two named people have signed them."""
    return tuple(
        ScenarioId(checklist.parent.name)
        for checklist in checklists(content)
        if (opened := _opened(checklist)) is None or not signed(opened[1])
    )


def checklists(content: Path) -> list[Path]:
    """Where each scenario's review stands, or would."""
    folders = sorted(folder for folder in content.glob("scenarios/*") if folder.is_dir())
    return [folder / "checklist.yaml" for folder in folders]


def signed(review: WrittenChecklist) -> bool:
    """Whether both have put their name to it."""
    both = (review.sign_off.safeguarding_lead, review.sign_off.practitioner)
    return all((one.name or "").strip() for one in both)


def _opened(checklist: Path) -> tuple[Source, WrittenChecklist] | None:
    """The review and where its parts stand, or None while it has a fault of its own."""
    try:
        source = read(checklist)
    except Faults:
        return None
    reading = readable(source, WrittenChecklist)
    return None if reading.faults or reading.written is None else (source, reading.written)


def _review_faults(checklist: Path) -> Iterator[Fault]:
    try:
        source = read(checklist)
    except Faults as error:  # a review that is missing stops a release, whatever else is checked
        yield from error.faults
        return
    reading: Reading[WrittenChecklist] = readable(source, WrittenChecklist)
    for at, item in enumerate(reading.written.items if reading.written else ()):
        if not reading.unread.within(("items", at)) and _stops(item):
            what = f"the review answers 'no' to item {item.item}: {item.asks}"
            yield _fault(source, ("items", at, "answer"), "review-no", what)


def _stops(item: WrittenItem) -> bool:
    return item.stops and item.answer == "no"


def _help_faults(path: Path, today: date) -> Iterator[Fault]:
    try:
        source = read(path)
    except Faults:
        return
    reading: Reading[WrittenHelp] = readable(source, WrittenHelp)
    if reading.written is None:
        return
    for key, contact in reading.written.contacts.items():
        place: Place = ("contacts", key)
        # Whom one only looks up by name needs no check of ours: the number is found live.
        if contact.number is not None and not reading.unread.within(place):
            yield from _stale(source, place, contact, f"the contact '{key}'", today)
    for key, law in reading.written.law.items():
        if not reading.unread.within(("law", key)):
            yield from _stale(source, ("law", key), law, f"the legal sentence '{key}'", today)


def _stale(
    source: Source, place: Place, entry: WrittenContact | WrittenLaw, what: str, today: date
) -> Iterator[Fault]:
    here = (*place, "checked_on")
    if entry.checked_on is None:
        yield _fault(source, here, "checked", f"{what} has not been checked live.")
        return
    try:
        days = (today - date.fromisoformat(entry.checked_on)).days
    except ValueError:  # such as 2026-02-30
        yield _fault(source, here, "checked", f"{what} was checked on {entry.checked_on}, which is no day.")
        return
    if days < 0:
        yield _fault(source, here, "checked", f"{what} was checked on {entry.checked_on}, a day to come.")
    elif days > LASTS:
        told = f"{what} was checked {days} days ago; at most {LASTS} are allowed."
        yield _fault(source, here, "checked", told)


def _fault(source: Source, place: Place, rule: str, what: str) -> Fault:
    return source.fault(place, what, rule=rule, suggestion=RELEASE_RULES[rule].mend)
