"""Whether the strongest option is betrayed over a whole shelf: by its place on the screen, or by its length."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.debrief import worth
from bot.core.proofs.finding import Finding
from bot.core.scenario import Option, Scenario, Scene

#: Decisions below which chance alone may look like a habit: nothing is said of so small a shelf.
FEWEST = 20
#: The largest share of decisions in which the strongest option may stand at one place, or be the longest.
MOST_AT_ONE_PLACE = 0.45
MOST_LONGEST = 0.5
#: And in which it may be the shortest.
MOST_SHORTEST = 0.5
#: In so large a shelf the strongest is the shortest now and then, or "never the short one" would be a way to win.
FEWEST_TO_VARY = 60
LEAST_SHORTEST = 0.05


@dataclass(frozen=True, slots=True)
class Balance:
    """Over the decisions that have one strongest option: how often it stands where, and how often it is the longest."""

    decisions: int
    places: tuple[int, ...]
    longest: int
    shortest: int


def balance(scenarios: Iterable[Scenario]) -> Balance:
    """Counts over every scene of these scenarios."""
    places: Counter[int] = Counter()
    longest = shortest = decisions = 0
    for scenario in scenarios:
        for scene in scenario.scenes:
            best = strongest(scene)
            if best is None:
                continue
            lengths = [len(option.text) for option in scene.options]
            at = scene.options.index(best)
            decisions += 1
            places[at] += 1
            longest += lengths[at] == max(lengths)
            shortest += lengths[at] == min(lengths)
    return Balance(decisions, tuple(places[at] for at in range(4)), longest, shortest)


def balance_findings(scenarios: Iterable[Scenario]) -> Iterator[Finding]:
    """Every way in which the whole shelf betrays the strongest option. It belongs to no one scenario."""
    found = balance(scenarios)
    if found.decisions < FEWEST:
        return
    for at, count in enumerate(found.places):
        if count > MOST_AT_ONE_PLACE * found.decisions:
            what = (
                f"the strongest option stands at {'ABCD'[at]} in {count} of {found.decisions} decisions of the shelf; "
                f"at most {MOST_AT_ONE_PLACE:.0%} may."
            )
            yield Finding("place-betrays", what)
    for how, count, most in (
        ("longest", found.longest, MOST_LONGEST),
        ("shortest", found.shortest, MOST_SHORTEST),
    ):
        if count > most * found.decisions:
            what = (
                f"the strongest option is the {how} in {count} of {found.decisions} decisions of the shelf; "
                f"at most {most:.0%} may."
            )
            yield Finding("length-betrays", what)
    if found.decisions >= FEWEST_TO_VARY and found.shortest < LEAST_SHORTEST * found.decisions:
        what = (
            f"the strongest option is the shortest in only {found.shortest} of {found.decisions} decisions of the "
            f"shelf; at least {LEAST_SHORTEST:.0%} should be, so that a short answer is no sign of a weaker one."
        )
        yield Finding("length-betrays", what)


def strongest(scene: Scene) -> Option | None:
    """The one option that serves both rights best, or None where several do."""
    best = max(map(worth, scene.options))
    found = [option for option in scene.options if worth(option) == best]
    return found[0] if len(found) == 1 else None
