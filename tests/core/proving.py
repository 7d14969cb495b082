"""What the proofs find in a scenario, and the replay of the taps they show."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.proofs.finding import Finding
from bot.core.proofs.prove import prove
from bot.core.run import Position, Taken, stand
from bot.core.scenario import Scenario
from tests.core.stories import (
    run_of,
)


def found(scenario: Scenario) -> list[Finding]:
    """Every finding."""
    return prove(scenario)


def rules(scenario: Scenario) -> list[str]:
    """The rules that are broken."""
    return [finding.rule for finding in found(scenario)]


def by_scene(scenario: Scenario, rule: str) -> list[Finding]:
    """All findings of a rule, by the ids of their scenes."""
    return sorted(
        (one for one in found(scenario) if one.rule == rule), key=lambda finding: str(finding.scene)
    )


def of(scenario: Scenario, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = [finding for finding in found(scenario) if finding.rule == rule]
    return finding


def replayed(scenario: Scenario, tapped: Sequence[Taken]) -> Position:
    """Where these taps lead."""
    return stand(scenario, replace(run_of(), taken=tuple(tapped)))
