"""The screens of the shelf: by theme, by minutes, by role, a page at a time."""

from bot.app.looking import Look
from bot.core.ids import ScenarioId
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
HEADINGS = {By.THEME: "theme", By.MINUTES: "minutes", By.ROLE: "role"}


def ways() -> Screen:
    """How to browse the shelf."""
    by_what = [
        ("Theme:", "the four of the research"),
        ("Minutes:", "how long it takes"),
        ("Role:", "your profession"),
    ]
    row = tuple(Button(HEADINGS[by].capitalize(), Browse(by, "")) for by in By)
    return Screen(say("shelf_by", what="theme, minutes or role", groups=by_what), (row, (markup.PRACTISE,)))


def groups(by: By, shelf: Shelf) -> Screen:
    """The themes, lengths or roles to choose from."""
    found = _groups(by, shelf)
    buttons = [Button(str(number), Browse(by, value)) for number, (value, _) in enumerate(found, 1)]
    named = [(number, name) for number, (_, name) in enumerate(found, 1)]
    return Screen(say("shelf_by", what=HEADINGS[by], groups=named), (tuple(buttons), (markup.SCENARIOS,)))


def page(tap: Browse, shelf: Shelf, seen: Look | None) -> Screen:
    """The scenarios of one theme, length or role, numbered; a number opens one."""
    found = [
        scenario for scenario in shelf.scenarios.values() if _belongs(scenario, tap.by, tap.value, shelf)
    ]
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(tap.page, 0), pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    entries = [(number, scenario, _mark(seen, scenario.id)) for number, scenario in enumerate(shown, 1)]
    heading = dict(_groups(tap.by, shelf)).get(tap.value)
    text = say("shelf", heading=heading, entries=entries, page=at, pages=pages)
    numbers = tuple(Button(str(number), Open(scenario.id)) for number, scenario, _ in entries)
    turning = []
    if at > 0:
        turning.append(Button("◀ Earlier", Browse(tap.by, tap.value, at - 1)))
    if at < pages - 1:
        turning.append(Button("More ▶", Browse(tap.by, tap.value, at + 1)))
    rows = [row for row in (numbers, tuple(turning), (markup.SCENARIOS,)) if row]
    return Screen(text, tuple(rows))


def _groups(by: By, shelf: Shelf) -> list[tuple[str, str]]:
    match by:
        case By.THEME:
            return [(theme.value, name) for theme, name in THEMES.items()]
        case By.ROLE:
            return [(role.value, name) for role, name in markup.ROLES.items()]
        case By.MINUTES:
            lengths = sorted({scenario.minutes for scenario in shelf.scenarios.values()})
            return [(str(minutes), f"{minutes} minutes") for minutes in lengths]


def _belongs(scenario: Scenario, by: By, value: str, shelf: Shelf) -> bool:
    match by:
        case By.THEME:
            return value in {shelf.skills[skill].theme.value for skill in scenario.skills}
        case By.ROLE:
            return value in scenario.roles
        case By.MINUTES:
            return str(scenario.minutes) == value


def _mark(seen: Look | None, scenario: ScenarioId) -> str | None:
    practice = seen.practices.get(scenario) if seen else None
    if seen is None or practice is None:
        return None
    if seen.running(scenario):
        return "under way"
    if seen.waiting(scenario):
        return "debrief waiting"
    return "practised" if practice.level is Level.FINISHED else None
