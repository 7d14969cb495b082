"""The ladder: when a scenario is due again.

Leaving gaps is what helps; the exact gaps matter little (a meta-analysis of 29 studies, doi
10.1007/s10648-020-09572-8), so the ladder is fixed and can be explained. Every scenario holds an override, and an
override never retires.
"""

from dataclasses import dataclass

from bot.core.ids import Day

#: Days until a scenario returns, by how many sound runs in a row lie behind.
LADDER = (3, 12, 24)
#: Days between returns once the ladder is climbed.
OVERRIDE_EVERY = 90


@dataclass(frozen=True, slots=True)
class Recall:
    """How many sound runs in a row, and the day on which the scenario is due again."""

    rung: int
    due: Day


def after(rung: int, *, sound: bool, today: Day) -> Recall:
    """The next recall after a run that was `sound` or not."""
    climbed = min(rung + 1, len(LADDER)) if sound else 0
    gap = LADDER[climbed] if climbed < len(LADDER) else OVERRIDE_EVERY
    return Recall(climbed, Day(today + gap))
