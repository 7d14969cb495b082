"""Every screen of every scenario, in every state that can be reached: Telegram takes it, and no label is cut."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from markupsafe import escape

from bot.app.looking import Look, Mine
from bot.core.debrief import debrief
from bot.core.ids import Day, Edition, Salt, ScenarioId, TelegramId, Week
from bot.core.keys import KeyRing
from bot.core.run import Run, Taken, steps
from bot.core.scenario import Ending, Nation, Role, Scenario, Scene
from bot.core.shelf import Shelf
from bot.core.suggest import Suggestion, Why
from bot.room.entities import utf16_length
from bot.room.html_mode import HtmlReader
from bot.room.texts import MOST_ENTITIES
from bot.store.people import Person
from bot.store.steps import Level, Practice
from bot.tg import browsing, markup, pages, screens
from bot.tg.payloads import Browse, By, Exit
from bot.tg.screen import MAX_TEXT, Screen, units
from bot.tg.screens import View
from tests.core.brute import State, States, explore
from tests.shipped import several, shipped

KEYS = KeyRing.from_root(bytes(range(32)))
ANNA = TelegramId(9_999_999_999)
ATTEMPT = 9999
#: Characters of a label that stands beside another one, as those of the four exits do; a longer one would be cut at
#: 375 px. Where it has the row to itself, it may be longer.
LONGEST_EXIT, LONGEST_BESIDE, LONGEST_ALONE = 16, 18, 32
EXIT_ROWS = [["Urgent help", "A child told me"], ["This got to me", "I am under 18"]]


@cache
def shelf() -> Shelf:
    return shipped()


@cache
def states(id: ScenarioId) -> States:
    return explore(shelf().scenarios[id])


each_scenario = pytest.mark.parametrize("id", [scenario.id for scenario in several()])


def run_to(scenario: Scenario, taps: tuple[Taken, ...]) -> Run:
    return Run(scenario.id, Edition("e" * 64), ATTEMPT, taps)


def check_text(text: str) -> None:
    """Telegram reads it, finds it short enough, and keeps all of its markup."""
    read = HtmlReader(text).read()
    assert 0 < utf16_length(read.text) <= MAX_TEXT
    assert utf16_length(read.text) == units(text)
    assert len(read.entities) <= MOST_ENTITIES
    assert "None" not in read.text.split("\n")
    assert "\n\n\n" not in read.text


def check(screen: Screen) -> None:
    """The text, and the keyboard: every payload fits, every label is whole."""
    check_text(screen.text)
    keyboard = markup.keyboard(screen, KEYS, ANNA)["inline_keyboard"]
    assert isinstance(keyboard, list)
    assert [[button["text"] for button in row] for row in keyboard[-2:]] == EXIT_ROWS
    assert all(len(label) <= LONGEST_EXIT for row in EXIT_ROWS for label in row)
    for row in keyboard:
        assert 1 <= len(row) <= 8
        for button in row:
            assert len(button["callback_data"].encode()) <= 64
            assert utf16_length(button["text"]) <= (LONGEST_BESIDE if len(row) > 1 else LONGEST_ALONE)


@each_scenario
def test_wherever_a_run_can_stand_its_screen_fits_in_every_nation(id: str) -> None:
    scenario = shelf().scenarios[ScenarioId(id)]
    found = states(scenario.id)
    assert found.whole
    for taps in found.taps.values():
        run = run_to(scenario, taps)
        for nation in Nation if _says_law(scenario, run) else (Nation.ENGLAND,):
            check(screens.here(View(shelf(), nation), scenario, run, keep=True))


@each_scenario
def test_a_scene_has_a_short_letter_for_each_option_and_an_ending_leads_to_its_debrief(id: str) -> None:
    scenario = shelf().scenarios[ScenarioId(id)]
    found = states(scenario.id)
    for state, taps in found.taps.items():
        (row,) = screens.here(View(shelf(), None), scenario, run_to(scenario, taps)).rows
        labels = [button.label for button in row]
        if isinstance(found.positions[state].at, Ending):
            assert labels == ["Debrief"]
        else:
            assert labels == list(markup.LETTERS[: len(found.edges[state])])
            assert len(labels) >= 3


@each_scenario
def test_whatever_is_taken_the_tapped_screen_reads_so_and_still_fits(id: str) -> None:
    scenario = shelf().scenarios[ScenarioId(id)]
    found = states(scenario.id)
    view = View(shelf(), Nation.ENGLAND)
    for state, edges in found.edges.items():
        for number, edge in enumerate(edges):
            taken = Taken(_scene(found, state).id, edge.option)
            reply = screens.turned(view, scenario, run_to(scenario, (*found.taps[state], taken)))
            assert reply.edit is not None
            check_text(reply.edit)
            assert reply.edit.endswith(f"<b>You took {markup.LETTERS[number]}.</b>")


@each_scenario
def test_the_longest_way_to_every_ending_has_a_debrief_that_fits(id: str) -> None:
    scenario = shelf().scenarios[ScenarioId(id)]
    found = states(scenario.id)
    longest = _longest_ways(scenario, found)
    view = View(shelf(), Nation.NORTHERN_IRELAND)
    for state, position in found.positions.items():
        if isinstance(position.at, Ending):
            run = run_to(scenario, longest[state])
            told = debrief(scenario, run)
            assert told is not None
            reply = screens.debriefed(view, scenario, run, told, due="on 30 September 2026")
            assert reply.edit is not None
            check_text(reply.edit)
            check(*reply.send)


@each_scenario
def test_its_opening_and_what_an_edit_asks_fit(id: str) -> None:
    scenario = shelf().scenarios[ScenarioId(id)]
    check(screens.opening(scenario, attempt=ATTEMPT))
    check(screens.edited(scenario, run_to(scenario, ())))
    for why in Why:
        for waiting in (False, True):
            check(pages.suggestion(shelf(), Suggestion(scenario.id, why), due=Day(20_700), waiting=waiting))


@pytest.mark.parametrize("nation", [None, *Nation])
def test_every_exit_fits_in_every_nation_and_so_do_its_law_and_sources(
    nation: Nation | None,
) -> None:
    whence = ScenarioId("s" * 18)
    for by in Exit:
        for about in (None, whence):
            screen = pages.exit_(by, shelf(), nation, about)
            check(screen)
            assert "Sources: " in screen.text
            assert "Numbers checked on: " in screen.text
    check(pages.law(shelf(), nation))


def everybody() -> Iterator[Person]:
    for nation, role in product(Nation, [None, *Role]):
        yield Person(ANNA, Salt(bytes(16)), Week(2960), nation, role)


def test_the_pages_beside_a_run_fit_whoever_looks() -> None:
    for person in everybody():
        check(pages.back(person))
    for nation in Nation:
        check(pages.roles(nation))
        for deleted in (True, False):
            check(pages.typed(shelf().help[nation], deleted=deleted))
    for screen in (
        pages.welcome(),
        pages.nations(),
        browsing.skills(shelf(), gone=True),
        browsing.ways(),
        pages.privacy(),
        pages.forget(Day(20_780)),
        pages.forgotten(),
        pages.stopped(),
        pages.help_(),
        pages.typed(None, deleted=True),
        pages.unknown_command(),
        pages.wrong_button(),
        pages.sorry(),
        *pages.my_data(None),
    ):
        check(screen)


def test_every_page_of_the_shelf_fits_and_together_they_hold_every_scenario() -> None:
    seen = Look(next(everybody()), _practised())
    for by in By:
        check(browsing.groups(by, shelf()))
        opened = set()
        leading = [button.tap for row in browsing.groups(by, shelf()).rows for button in row]
        for tap in leading:
            if isinstance(tap, Browse):
                opened |= _all_pages(tap, seen)
        assert opened == {scenario.title for scenario in shelf().scenarios.values()}


def test_progress_and_all_that_is_held_fit_with_the_whole_shelf_under_way() -> None:
    person = next(everybody())
    practices = _practised()
    choices = {id: _choices(shelf().scenarios[id]) for id in practices}
    titles = {id: shelf().scenarios[id].title for id in practices}
    check(pages.progress(Look(person, practices), shelf()))
    weeks = tuple(Week(2950 + week) for week in range(15))
    told = pages.my_data(
        Mine(Look(replace(person, unreachable_since=Day(20_700)), practices), titles, choices, weeks)
    )
    for screen in told:
        check(screen)
    everything = "".join(screen.text for screen in told)
    for id in practices:
        assert everything.count(f"<b>{escape(titles[id])}</b>") == 1


def _scene(found: States, state: State) -> Scene:
    at = found.positions[state].at
    assert isinstance(at, Scene)
    return at


def _says_law(scenario: Scenario, run: Run) -> bool:
    """Whether the newest screen holds a legal sentence, and so another one in every nation."""
    walked = steps(scenario, run)
    return bool(walked) and walked[-1].option.law is not None


def _longest_ways(scenario: Scenario, found: States) -> dict[State, tuple[Taken, ...]]:
    """To each state, the way with the most to read in the debrief."""
    longest: dict[State, tuple[int, tuple[Taken, ...]]] = {found.first: (0, ())}
    waiting = [found.first]
    while waiting:
        state = waiting.pop()
        length, taps = longest[state]
        for edge in found.edges[state]:
            scene = _scene(found, state)
            option = next(option for option in scene.options if option.id == edge.option)
            further = length + len(scene.title) + len(option.thinks) + 80
            assert edge.to is not None
            if further > longest.get(edge.to, (0, ()))[0]:
                longest[edge.to] = further, (*taps, Taken(scene.id, option.id))
                waiting.append(edge.to)
    return {state: taps for state, (_, taps) in longest.items()}


def _practised() -> dict[ScenarioId, Practice]:
    """Everything practised, with a run under way that has come as far as it can."""
    return {
        id: Practice(
            id, Level.FINISHED, Week(2960), ATTEMPT, shelf().editions[id], _farthest(scenario), 3, Day(20_800)
        )
        for id, scenario in shelf().scenarios.items()
    }


def _farthest(scenario: Scenario) -> tuple[Taken, ...]:
    return max(states(scenario.id).taps.values(), key=len)


def _choices(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    walked = steps(scenario, run_to(scenario, _farthest(scenario)))
    return tuple((step.scene.title, step.option.text) for step in walked)


def _all_pages(tap: Browse, seen: Look) -> set[str]:
    """The titles on every page of one theme, length or role."""
    titles: set[str] = set()
    page = 0
    while True:
        screen = browsing.page(Browse(tap.by, tap.value, page), shelf(), seen)
        check(screen)
        titles |= {one.title for one in shelf().scenarios.values() if one.title in _plain(screen.text)}
        if not any(button.label.startswith("More") for row in screen.rows for button in row):
            return titles
        page += 1


def _plain(text: str) -> str:
    return HtmlReader(text).read().text
