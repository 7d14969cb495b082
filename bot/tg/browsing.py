"""The screens of the shelf: by theme, by minutes, by role, a page at a time; and by skill, with a page for each."""

from collections.abc import Sequence

from bot.app.looking import Look
from bot.core.ids import ScenarioId, SkillId
from bot.core.scenario import Scenario, Theme
from bot.core.shelf import Shelf
from bot.store.steps import Level
from bot.tg import markup
from bot.tg.payloads import Browse, By, Open
from bot.tg.screen import Button, Screen
from bot.tg.texts import say

#: Scenarios on one page of the shelf.
PAGE = 6

THEMES = {
    Theme.RELATIONSHIP: "Relationship-based practice",
    Theme.ETHICAL: "Ethically grounded",
    Theme.CHILD_CENTRED: "Child-centred",
    Theme.SKILLED: "Skilled and knowledgeable",
}
HEADINGS = {By.THEME: "theme", By.MINUTES: "minutes", By.ROLE: "role", By.SKILL: "skill"}

_SKILLS = Button("All skills", Browse(By.SKILL, ""))


def ways() -> Screen:
    """How to browse the shelf."""
    by_what = [
        ("Theme:", "the four of the research"),
        ("Minutes:", "how long it takes"),
        ("Role:", "your profession"),
        ("Skill:", "what each is, and what you might say"),
    ]
    row = tuple(Button(HEADINGS[by].capitalize(), Browse(by, "")) for by in By)
    return Screen(
        say("shelf_by", what="theme, minutes, role or skill", groups=by_what), (row, (markup.PRACTISE,))
    )


def groups(by: By, shelf: Shelf) -> Screen:
    """The themes, lengths, roles or skills to choose from."""
    if by is By.SKILL:
        return skills(shelf)
    found = _groups(by, shelf)
    buttons = [Button(str(number), Browse(by, value)) for number, (value, _) in enumerate(found, 1)]
    named = [(number, name) for number, (_, name) in enumerate(found, 1)]
    return Screen(say("shelf_by", what=HEADINGS[by], groups=named), (tuple(buttons), (markup.SCENARIOS,)))


def skills(shelf: Shelf, *, gone: bool = False) -> Screen:
    """Every skill under its theme; `gone`: the one that was asked for is not there any more."""
    themes = [
        (name, [skill for skill in shelf.skills.values() if skill.theme is theme])
        for theme, name in THEMES.items()
    ]
    rows = [
        markup.sixes(Button(skill.id, Browse(By.SKILL, skill.id)) for skill in trained)
        for _, trained in themes
    ]
    text = say("skills", themes=themes, gone=gone)
    return Screen(text, (*(row for several in rows for row in several), (markup.CARRY_ON, markup.SCENARIOS)))


def page(tap: Browse, shelf: Shelf, seen: Look | None) -> Screen:
    """The scenarios of one theme, length or role, numbered, or a skill's page; a number opens a scenario."""
    if tap.by is By.SKILL:
        return _skill(tap, shelf, seen)
    heading = dict(_groups(tap.by, shelf)).get(tap.value)
    entries, at, pages = _entries(_found(tap, shelf), tap.page, seen)
    text = say("shelf", heading=heading, entries=entries, page=at, pages=pages)
    return Screen(text, (*_rows(tap, entries, at, pages), (markup.SCENARIOS,)))


def _skill(tap: Browse, shelf: Shelf, seen: Look | None) -> Screen:
    """What a skill is, what one might say, and the scenarios that train it."""
    skill = shelf.skills.get(SkillId(tap.value))
    if skill is None:
        return skills(shelf, gone=True)
    entries, at, pages = _entries(_found(tap, shelf), tap.page, seen)
    text = say("skill", skill=skill, entries=entries, page=at, pages=pages)
    return Screen(text, (*_rows(tap, entries, at, pages), (markup.CARRY_ON, _SKILLS)))


#: A number, the scenario that it opens, and how far somebody is with it.
_Entry = tuple[int, Scenario, str | None]


def _entries(found: Sequence[Scenario], wanted: int, seen: Look | None) -> tuple[Sequence[_Entry], int, int]:
    """The entries of a page, which page it is, counted from 0, and how many there are."""
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(wanted, 0), pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    entries = [(number, scenario, _mark(seen, scenario.id)) for number, scenario in enumerate(shown, 1)]
    return entries, at, pages


def _rows(tap: Browse, entries: Sequence[_Entry], at: int, pages: int) -> markup.Rows:
    """A number for each entry, and ways to the pages before and behind."""
    numbers = tuple(Button(str(number), Open(scenario.id)) for number, scenario, _ in entries)
    turning = []
    if at > 0:
        turning.append(Button("◀ Earlier", Browse(tap.by, tap.value, at - 1)))
    if at < pages - 1:
        turning.append(Button("More ▶", Browse(tap.by, tap.value, at + 1)))
    return tuple(row for row in (numbers, tuple(turning)) if row)


def _groups(by: By, shelf: Shelf) -> list[tuple[str, str]]:
    match by:
        case By.THEME:
            return [(theme.value, name) for theme, name in THEMES.items()]
        case By.ROLE:
            return [(role.value, name) for role, name in markup.ROLES.items()]
        case By.MINUTES:
            lengths = sorted({scenario.minutes for scenario in shelf.scenarios.values()})
            return [(str(minutes), f"{minutes} minutes") for minutes in lengths]
        case By.SKILL:
            return [(skill.id, skill.name) for skill in shelf.skills.values()]


def _found(tap: Browse, shelf: Shelf) -> list[Scenario]:
    return [one for one in shelf.scenarios.values() if _belongs(one, tap.by, tap.value, shelf)]


def _belongs(scenario: Scenario, by: By, value: str, shelf: Shelf) -> bool:
    match by:
        case By.THEME:
            return value in {shelf.skills[skill].theme.value for skill in scenario.skills}
        case By.ROLE:
            return value in scenario.roles
        case By.MINUTES:
            return str(scenario.minutes) == value
        case By.SKILL:
            return value in scenario.skills


def _mark(seen: Look | None, scenario: ScenarioId) -> str | None:
    practice = seen.practices.get(scenario) if seen else None
    if seen is None or practice is None:
        return None
    if seen.running(scenario):
        return "under way"
    if seen.waiting(scenario):
        return "debrief waiting"
    return "practised" if practice.level is Level.FINISHED else None
