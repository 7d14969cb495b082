"""Everything that must be true of a scenario, over all situations that can be reached."""

from typing import Final

from bot.core.proofs.authored import authored_findings
from bot.core.proofs.dilemma import dilemma_findings
from bot.core.proofs.finding import Finding
from bot.core.proofs.graph import Graph
from bot.core.proofs.paths import path_findings
from bot.core.proofs.ratings import rating_findings
from bot.core.proofs.space import MOST
from bot.core.proofs.walking import everything
from bot.core.scenario import Scenario

#: While one of these is broken, some way leads nowhere or never ends, or the override itself lets nobody hold both
#: rights: what could be said of the whole as a dilemma would only follow from it.
ASTRAY: Final = frozenset({"no-option", "dead-end", "no-way-out", "loop", "too-many", "override-both"})


def prove(scenario: Scenario) -> list[Finding]:
    """Every finding; none means that the scenario is sound."""
    try:
        graph = Graph(scenario)
    except OverflowError:
        what = f"the variables have more than {MOST} combinations of values; use fewer, or smaller ones."
        return [Finding("too-many", what)]
    reached = everything(graph)
    found = [*rating_findings(graph, reached), *path_findings(graph, reached)]
    if not ASTRAY & {finding.rule for finding in found}:
        found += dilemma_findings(graph)
    return [*found, *authored_findings(graph)]
