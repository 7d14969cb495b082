"""Buttons: which stand under which screen, and how they travel."""

from collections.abc import Iterable, Sequence

from bot.core.ids import Day, ScenarioId, TelegramId
from bot.core.keys import KeyRing
from bot.core.scenario import Nation, Option, Role, Scenario
from bot.tg.payloads import Begin, Choose, Exit, Forget, Go, Leave, Open, Page, SetNation, SetRole, pack
from bot.tg.screen import Button, Screen

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

LETTERS = "ABCD"

#: One tap away from every screen, below what the screen is about. Two rows of two: at 375 px no label is cut.
EXITS = (
    (("Urgent help", Exit.URGENT), ("A child told me", Exit.TOLD)),
    (("This got to me", Exit.GOT_TO_ME), ("I am under 18", Exit.UNDER_18)),
)

NATIONS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}

ROLES = {
    Role.SOCIAL_WORK: "Social work",
    Role.POLICE: "Police",
    Role.HEALTH: "Health",
    Role.YOUTH_WORK: "Youth work",
    Role.RESIDENTIAL: "Residential care",
    Role.EDUCATION: "Education",
}

PRACTISE = Button("Practise", Go(Page.PRACTISE))
SCENARIOS = Button("All scenarios", Go(Page.SCENARIOS))
CARRY_ON = Button("Carry on", Go(Page.CARRY_ON))


def choices(scenario: Scenario, options: Sequence[Option], *, attempt: int, turn: int, keep: bool) -> Row:
    """A, B, C, D: short, because long labels are cut on a phone; the options are written out in the message."""
    return tuple(
        Button(letter, Choose(scenario.id, attempt, turn, option.id, keep))
        for letter, option in zip(LETTERS, options, strict=False)
    )


def nations() -> Rows:
    """The four nations, two by two."""
    return pairs(Button(name, SetNation(nation)) for nation, name in NATIONS.items())


def roles() -> Rows:
    """The roles, two by two, and a way past them."""
    return (
        *pairs(Button(name, SetRole(role)) for role, name in ROLES.items()),
        (Button("Skip", SetRole(None)),),
    )


def begin(scenario: ScenarioId, attempt: int) -> Button:
    """Begins a scenario."""
    return Button("Begin", Begin(scenario, attempt))


def go_on(scenario: ScenarioId) -> Button:
    """Goes on where a scenario stands."""
    return Button("Carry on", Open(scenario))


def forget(today: Day) -> Rows:
    """Asks once more before forgetting; one above the other, or the longer label would be cut."""
    yes = Button("Yes, remove everything", Forget(sure=True, day=today))
    return (yes,), (Button("No, keep it", Forget(sure=False, day=today)),)


def exits(whence: ScenarioId | None) -> Rows:
    """The four exits, which remember the scenario that they were taken from."""
    return tuple(tuple(Button(label, Leave(by, whence)) for label, by in row) for row in EXITS)


def pairs(buttons: Iterable[Button]) -> Rows:
    """Buttons in rows of two."""
    row = list(buttons)
    return tuple(tuple(row[at : at + 2]) for at in range(0, len(row), 2))


def sixes(buttons: Iterable[Button]) -> Rows:
    """Buttons of two characters in rows of up to six: a finger still finds each."""
    row = list(buttons)
    return tuple(tuple(row[at : at + 6]) for at in range(0, len(row), 6))


def keyboard(screen: Screen, keys: KeyRing, to: TelegramId) -> dict[str, object]:
    """The screen's buttons and the four exits, as Telegram takes them."""
    return {
        "inline_keyboard": [
            [{"text": button.label, "callback_data": pack(button.tap, keys, to)} for button in row]
            for row in (*screen.rows, *exits(screen.about))
        ]
    }
