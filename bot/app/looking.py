"""What a practitioner can look at: what is best now, the shelf, their own picture, and everything held about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.editions import text_of
from bot.app.forgetting import all_weeks
from bot.app.means import Means, known
from bot.app.practising import Standing, is_over, run_of
from bot.core.ids import ScenarioId, TelegramId, Week
from bot.core.moments import Moment
from bot.core.run import steps
from bot.core.scenario import Scenario
from bot.core.suggest import Standing as Held
from bot.core.suggest import Suggestion, best_now
from bot.store import active, editions
from bot.store import steps as rows
from bot.store.database import Transaction
from bot.store.people import Person
from bot.store.steps import Practice


@dataclass(frozen=True, slots=True)
class Look:
    """A person and all their practice. `over`: the runs that have reached their ending."""

    person: Person
    practices: Mapping[ScenarioId, Practice]
    over: frozenset[ScenarioId] = frozenset()

    def running(self, scenario: ScenarioId) -> bool:
        """Whether a run of this scenario waits for its next choice."""
        practice = self.practices.get(scenario)
        return practice is not None and practice.taken is not None and scenario not in self.over

    def waiting(self, scenario: ScenarioId) -> bool:
        """Whether only the debrief of a run is left."""
        return scenario in self.over and not self.practices[scenario].told


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything held about somebody, with the choices of runs under way in words."""

    look: Look
    titles: Mapping[ScenarioId, str]
    choices: Mapping[ScenarioId, tuple[tuple[str, str], ...]]
    #: The weeks in which they were here, as far back as that is kept.
    weeks: tuple[Week, ...] = ()


def look(tx: Transaction, means: Means, who: TelegramId) -> Look | None:
    """A person and their practice of what is on the shelf, or None if nothing is kept of them."""
    person = known(tx, means, who)
    if person is None:
        return None
    kept = rows.find_all(tx, means.keys, person, scenarios=means.shelf.scenarios)
    practices = {id: entry.practice for id, entry in kept.items()}
    over = frozenset(id for id, practice in practices.items() if _over(tx, means, person, practice))
    return Look(person, practices, over)


def suggest(seen: Look, means: Means, now: Moment) -> Suggestion | None:
    """What is best practised now."""
    held = [
        Held(id, seen.running(id) or seen.waiting(id), practice.due, practice.order)
        for id, practice in seen.practices.items()
    ]
    return best_now(means.shelf.scenarios, held, role=seen.person.role, today=now.day)


def mine(tx: Transaction, means: Means, who: TelegramId, *, now: Moment) -> Mine | None:
    """Everything held about somebody, of scenarios no longer on the shelf, too."""
    person = known(tx, means, who)
    if person is None:
        return None
    scenarios = editions.known_scenarios(tx) | set(means.shelf.scenarios)
    kept = rows.find_all(tx, means.keys, person, scenarios=sorted(scenarios))
    practices = {id: kept[id].practice for id in sorted(kept)}
    texts = {id: _text(tx, means, practice) for id, practice in practices.items()}
    titles = {id: text.title if text else id for id, text in texts.items()}
    choices = {id: _choices(texts[id], practice) for id, practice in practices.items()}
    weeks = active.weeks_here(tx, means.keys, person, weeks=all_weeks(now))
    return Mine(Look(person, practices), titles, choices, tuple(weeks))


def _over(tx: Transaction, means: Means, person: Person, practice: Practice) -> bool:
    run = run_of(practice)
    if run is None:
        return False
    return is_over(Standing(person.nation, text_of(tx, means, practice.scenario, run.edition), run))


def _text(tx: Transaction, means: Means, practice: Practice) -> Scenario | None:
    if practice.edition is None:
        return means.shelf.scenarios.get(practice.scenario)
    return text_of(tx, means, practice.scenario, practice.edition)


def _choices(text: Scenario | None, practice: Practice) -> tuple[tuple[str, str], ...]:
    run = run_of(practice)
    if run is None or text is None:
        return ()
    return tuple((step.scene.title, step.option.text) for step in steps(text, run))
