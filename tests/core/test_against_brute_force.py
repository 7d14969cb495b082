"""The proofs look at whole sets of situations at once; here they are held against looking at each, one by one."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.core.proofs.prove import prove
from bot.core.proofs.rules import RULES
from bot.core.scenario import Scenario
from tests.core.brute import Walked
from tests.core.drawn_scenarios import any_scenarios, likely_sound, nearly_sound
from tests.core.oracle import SCREENS, expected
from tests.thorough import examples

EXAMPLES = examples(ordinary=50, thorough=1000)

#: What is drawn is large: a search for the parts of it that do not matter would take longer than a test may.
PHASES = [phase for phase in Phase if phase is not Phase.explain]

#: Rules of a whole shelf, and of variables too many for anybody to look at one by one.
ELSEWHERE = {"place-betrays", "length-betrays", "too-many"}

likely = st.one_of(likely_sound(), nearly_sound())


def _disagreement(scenario: Scenario) -> list[str]:
    """What is found though it is not so, or shown badly; and what is so though it is not found."""
    findings = prove(scenario)
    missed = []
    for shown in expected(scenario):
        fitting = next((found for found in findings if shown.fits(found, scenario)), None)
        if fitting is None:
            missed.append(f"not found so: {shown}")
        else:
            findings.remove(fitting)
    return [*(f"found wrongly: {found}" for found in findings), *missed]


@pytest.mark.thorough
@settings(max_examples=EXAMPLES, phases=PHASES)
@given(scenario=any_scenarios())
def test_all_that_is_wrong_is_found_and_shown_by_the_fewest_taps_and_nothing_else(scenario: Scenario) -> None:
    assert _disagreement(scenario) == []


@pytest.mark.thorough
@settings(max_examples=EXAMPLES, phases=PHASES)
@given(scenario=likely)
def test_where_little_is_wrong_or_nothing_the_proofs_agree_with_brute_force_too(scenario: Scenario) -> None:
    assert _disagreement(scenario) == []


@pytest.mark.thorough
@given(scenario=any_scenarios())
def test_what_is_told_to_stand_on_a_screen_stands_there_after_those_taps(scenario: Scenario) -> None:
    for found in prove(scenario):
        _, only, listed = found.what.partition(" Only these are offered here: ")
        if found.rule in SCREENS and only:
            screen = Walked.along(scenario, found.taps).screen
            assert listed == f"{', '.join(option.id for option in screen)}."


@pytest.mark.thorough
def test_among_what_is_drawn_every_rule_is_broken_and_some_of_it_is_sound() -> None:
    """Otherwise the two could agree only because there was nothing to find. Few drawn break a few of them only."""
    broken: set[str] = set()

    @settings(max_examples=examples(ordinary=40, thorough=1000), database=None, phases=[Phase.generate])
    @given(scenario=st.one_of(any_scenarios(), likely))
    def look(scenario: Scenario) -> None:
        broken.update([finding.rule for finding in prove(scenario)] or ["nothing"])

    look()
    wanted = {*RULES, "nothing"} - ELSEWHERE
    assert broken <= wanted
    assert len(broken) >= examples(ordinary=5, thorough=len(wanted))
