"""What is best practised now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.core.ids import Day, ScenarioId
from bot.core.scenario import Role, Scenario


class Why(Enum):
    """The reason for a suggestion, in order of urgency."""

    CARRY_ON = auto()  #: a run is under way
    DUE = auto()  #: it was practised, and its day has come
    NEW_FOR_ROLE = auto()  #: not practised yet, written for this role
    NEW = auto()  #: not practised yet
    AHEAD = auto()  #: nothing is due; this one is due soonest


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with one scenario."""

    scenario: ScenarioId
    running: bool  #: or its debrief is waiting
    due: Day | None
    order: int = 0  #: the highest number is what they were in last


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario and why it comes next."""

    scenario: ScenarioId
    why: Why


def best_now(
    scenarios: Mapping[ScenarioId, Scenario], standings: Iterable[Standing], *, role: Role | None, today: Day
) -> Suggestion | None:
    """The scenario to practise now, or None when the shelf is empty. Ties go by the order of the shelf."""
    held = {standing.scenario: standing for standing in standings}
    ranked = [
        (_rank(scenario, held.get(id), role, today), order, id)
        for order, (id, scenario) in enumerate(scenarios.items())
    ]
    if not ranked:
        return None
    (why, _), _, id = min(ranked, key=lambda entry: (entry[0][0].value, entry[0][1], entry[1]))
    return Suggestion(id, why)


def _rank(scenario: Scenario, standing: Standing | None, role: Role | None, today: Day) -> tuple[Why, int]:
    if standing is None or (not standing.running and standing.due is None):
        # Where several are new, those come first that name the role earlier: an author's way to keep a heavy one back.
        return (Why.NEW_FOR_ROLE, scenario.roles.index(role)) if role in scenario.roles else (Why.NEW, 0)
    if standing.running:
        return Why.CARRY_ON, -standing.order
    assert standing.due is not None
    return (Why.DUE if standing.due <= today else Why.AHEAD), standing.due
