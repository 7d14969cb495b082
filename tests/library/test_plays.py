"""Every shipped scenario, played at random."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.debrief import debrief
from bot.core.ids import OptionId
from bot.core.proofs.paths import LONGEST, SHORTEST
from bot.core.run import Position, Refusal, Run, Step, begin, choose, offered, stand, steps, take
from bot.core.scenario import Ending, Scenario
from tests.shipped import shipped

CONTENT = Path(__file__).parents[2] / "content"
SHELF = shipped()
SCENARIOS = list(SHELF.scenarios.values())


def _played(scenario: Scenario, picks: list[int]) -> Run:
    run = begin(scenario, edition=SHELF.editions[scenario.id], attempt=1)
    for pick in picks:
        position = stand(scenario, run)
        if isinstance(position.at, Ending):
            break
        choices = offered(position.at, position.variables)
        step = choose(scenario, run, attempt=1, turn=run.turn, option=choices[pick % len(choices)].id)
        assert isinstance(step, Step)
        run = step.run
    return run


scenarios = st.sampled_from(SCENARIOS)
plays = st.lists(st.integers(0, 11), min_size=LONGEST, max_size=LONGEST)


@settings(deadline=None)
@given(scenario=scenarios, picks=plays)
def test_every_play_ends_within_six_decisions_and_meets_the_override_once(
    scenario: Scenario, picks: list[int]
) -> None:
    run = _played(scenario, picks)
    walked = steps(scenario, run)
    assert isinstance(walked[-1].now.at, Ending)
    assert SHORTEST <= run.turn <= LONGEST
    assert sum(step.scene.override for step in walked) == 1
    assert all(2 <= len(step.offered) <= 4 for step in walked)
    found = debrief(scenario, run)
    assert found is not None
    assert found.road is not None
    assert found.road.stronger or found.road.instead.defensible


@settings(deadline=None)
@given(scenario=scenarios, picks=plays, data=st.data())
def test_a_tap_that_was_not_on_the_screen_is_refused_and_changes_nothing(
    scenario: Scenario, picks: list[int], data: st.DataObject
) -> None:
    whole = _played(scenario, picks)
    taken = whole.taken[: data.draw(st.integers(0, whole.turn))]
    run = Run(scenario.id, whole.edition, 1, taken)
    before = stand(scenario, run)
    on_screen = (
        set() if isinstance(before.at, Ending) else {o.id for o in offered(before.at, before.variables)}
    )
    everywhere = [option.id for scene in scenario.scenes for option in scene.options] + [OptionId("")]
    attempt = data.draw(st.sampled_from([1, 1, 1, 0, 2]))
    turn = data.draw(st.just(run.turn) | st.integers(-1, LONGEST + 1))
    option = data.draw(st.sampled_from(everywhere))
    result = choose(scenario, run, attempt=attempt, turn=turn, option=option)
    if (attempt, turn) != (1, run.turn):
        assert result is Refusal.STALE
    elif isinstance(before.at, Ending):
        assert result is Refusal.OVER
    elif option not in on_screen:
        assert result is Refusal.NOT_OFFERED
    else:
        assert isinstance(result, Step)
        assert result.run.taken[:-1] == run.taken
    assert stand(scenario, run) == before


@settings(deadline=None)
@given(scenario=scenarios, picks=plays)
def test_replaying_what_was_taken_gives_the_same_position(scenario: Scenario, picks: list[int]) -> None:
    run = _played(scenario, picks)
    position: Position | None = None
    for step in steps(scenario, run):
        position = step.now
        again = Run(scenario.id, run.edition, 1, step.run.taken)
        assert stand(scenario, again) == position
        assert (
            take(
                scenario,
                step.option,
                stand(scenario, Run(scenario.id, run.edition, 1, step.run.taken[:-1])).variables,
            )
            == position
        )
    assert position == stand(scenario, run)
