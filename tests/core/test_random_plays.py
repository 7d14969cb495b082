"""Whoever plays a scenario in which nothing was found, tapping whatever they like, comes to its end."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.debrief import debrief
from bot.core.proofs.paths import LONGEST, SHORTEST
from bot.core.proofs.prove import prove
from bot.core.run import Run, Step, begin, choose, offered, stand
from bot.core.scenario import Ending, Scenario
from tests.core.drawn_scenarios import likely_sound
from tests.core.stories import EDITION
from tests.thorough import examples

#: Plays of each scenario.
PLAYS = 10

# An author's own rules are theirs alone: without them more of what is drawn is sound.
sound = likely_sound().map(lambda drawn: replace(drawn, rules=())).filter(lambda drawn: not prove(drawn))


def _played(scenario: Scenario, chance: Random) -> Run:
    """Taps anything that is offered until there is nothing to tap, or for longer than any play may take."""
    run = begin(scenario, edition=EDITION, attempt=1)
    while run.turn <= LONGEST:
        here = stand(scenario, run)
        screen = () if isinstance(here.at, Ending) else offered(here.at, here.variables)
        if not screen:
            break
        step = choose(scenario, run, attempt=1, turn=run.turn, option=chance.choice(screen).id)
        assert isinstance(step, Step)
        run = step.run
    return run


@pytest.mark.thorough
@settings(max_examples=examples(ordinary=40, thorough=500))
@given(scenario=sound, seed=st.integers(0, 2**32))
def test_every_play_of_a_sound_scenario_ends_in_time_with_one_override_and_a_debrief(
    scenario: Scenario, seed: int
) -> None:
    chance = Random(seed)
    for _ in range(PLAYS):
        run = _played(scenario, chance)
        assert SHORTEST <= run.turn <= LONGEST
        found = debrief(scenario, run)
        assert found is not None
        assert found.ending in scenario.endings
        assert sum(step.scene.override for step in found.steps) == 1
        assert [(step.scene.id, step.option.id) for step in found.steps] == list(run.taken)
