"""What is best practised now, and why."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.ids import Day, ScenarioId
from bot.core.scenario import Role
from bot.core.suggest import Standing, Suggestion, Why, best_now
from tests.core.stories import STORY

A, B, C = ScenarioId("a"), ScenarioId("b"), ScenarioId("c")
SHELF = {
    A: replace(STORY, id=A, roles=(Role.POLICE,)),
    B: replace(STORY, id=B, roles=(Role.HEALTH, Role.POLICE)),
    C: replace(STORY, id=C, roles=(Role.HEALTH,)),
}
TODAY = Day(1000)


def running(id: ScenarioId, due: int | None = None) -> Standing:
    return Standing(id, running=True, due=None if due is None else Day(due))


def due(id: ScenarioId, day: int) -> Standing:
    return Standing(id, running=False, due=Day(day))


def left(id: ScenarioId) -> Standing:
    return Standing(id, running=False, due=None)


def test_of_the_new_ones_those_come_first_that_name_the_role_earlier() -> None:
    shelf = {B: replace(SHELF[B], roles=(Role.POLICE, Role.HEALTH)), C: SHELF[C]}
    assert best_now(shelf, [], role=Role.HEALTH, today=TODAY) == Suggestion(C, Why.NEW_FOR_ROLE)
    assert best_now(shelf, [due(C, 1012)], role=Role.HEALTH, today=TODAY) == Suggestion(B, Why.NEW_FOR_ROLE)


@pytest.mark.parametrize(
    ("standings", "role", "expected"),
    [
        pytest.param([], None, Suggestion(A, Why.NEW), id="nothing practised, no role"),
        pytest.param([], Role.EDUCATION, Suggestion(A, Why.NEW), id="nothing for this role"),
        pytest.param([], Role.HEALTH, Suggestion(B, Why.NEW_FOR_ROLE), id="the first for this role"),
        pytest.param([left(A)], None, Suggestion(A, Why.NEW), id="begun once, and neither running nor due"),
        pytest.param([due(A, 1001)], None, Suggestion(B, Why.NEW), id="new comes before ahead"),
        pytest.param(
            [due(B, 1001)], Role.HEALTH, Suggestion(C, Why.NEW_FOR_ROLE), id="the next for this role"
        ),
        pytest.param([due(C, 1000)], Role.HEALTH, Suggestion(C, Why.DUE), id="due today comes before new"),
        pytest.param([due(B, 990), due(C, 980)], None, Suggestion(C, Why.DUE), id="longest due first"),
        pytest.param([due(C, 990), due(B, 990)], None, Suggestion(B, Why.DUE), id="a tie goes by the shelf"),
        pytest.param(
            [due(A, 900), running(C)], None, Suggestion(C, Why.CARRY_ON), id="under way comes first"
        ),
        pytest.param([running(C), running(B)], None, Suggestion(B, Why.CARRY_ON), id="two under way"),
        pytest.param([running(C, 900), running(B, 1200)], None, Suggestion(B, Why.CARRY_ON), id="due or not"),
        pytest.param(
            [due(A, 1090), due(B, 1012), due(C, 1024)],
            Role.POLICE,
            Suggestion(B, Why.AHEAD),
            id="nothing is due: the soonest",
        ),
        pytest.param(
            [due(A, 1012), due(B, 1012), due(C, 1012)],
            Role.HEALTH,
            Suggestion(A, Why.AHEAD),
            id="nothing is due, and a tie",
        ),
        pytest.param([due(ScenarioId("gone"), 1)], None, Suggestion(A, Why.NEW), id="no longer on the shelf"),
    ],
)
def test_the_most_urgent_scenario_is_suggested(
    standings: Sequence[Standing], role: Role | None, expected: Suggestion
) -> None:
    assert best_now(SHELF, standings, role=role, today=TODAY) == expected
    assert best_now(SHELF, reversed(standings), role=role, today=TODAY) == expected


def test_an_empty_shelf_suggests_nothing() -> None:
    assert best_now({}, [due(A, 1)], role=Role.POLICE, today=TODAY) is None
