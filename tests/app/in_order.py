"""How practising one scenario should go, as plain values: the taps that count, one after another."""

from dataclasses import dataclass, field

from bot.core import recall
from bot.core.debrief import sound
from bot.core.ids import Day, Edition, OptionId, ScenarioId
from bot.core.run import Run, Taken, begin, choose, offered, stand, steps
from bot.core.run import Step as Stepped
from bot.core.scenario import Ending, Scenario
from bot.store.steps import Level

#: The scenario that these tests practise.
FIRST = ScenarioId("s02-promise")


@dataclass
class InOrder:
    """One person's practice of one scenario when every tap arrives once, in its order."""

    scenario: Scenario
    edition: Edition
    attempt: int = 0
    run: Run | None = None
    level: Level = Level.BEGUN
    rung: int = 0
    due: Day | None = None
    #: Every screen there was: its attempt, its turn, and what stood on it.
    screens: list[tuple[int, int, tuple[OptionId, ...]]] = field(default_factory=list)

    @property
    def options(self) -> tuple[OptionId, ...]:
        """What can be tapped now; nothing without a run, and at its ending."""
        if self.run is None:
            return ()
        position = stand(self.scenario, self.run)
        if isinstance(position.at, Ending):
            return ()
        return tuple(option.id for option in offered(position.at, position.variables))

    @property
    def over(self) -> bool:
        """Whether a run has come to its ending and was not left yet."""
        return self.run is not None and not self.options

    @property
    def kept(self) -> tuple[int, tuple[Taken, ...] | None, Level, int, Day | None]:
        """What should be found in the store."""
        taken = None if self.run is None else self.run.taken
        return self.attempt, taken, self.level, self.rung, self.due

    def begins(self) -> None:
        """The next attempt."""
        self.attempt += 1
        self.run = begin(self.scenario, edition=self.edition, attempt=self.attempt)
        self._show()

    def takes(self, option: OptionId, *, today: Day) -> None:
        """An option of the newest screen."""
        assert self.run is not None
        step = choose(self.scenario, self.run, attempt=self.attempt, turn=self.run.turn, option=option)
        assert isinstance(step, Stepped)
        self.run = step.run
        if self.over:
            well = sound(steps(self.scenario, self.run))
            following = recall.after(self.rung, sound=well, today=today)
            self.level, self.rung, self.due = Level.FINISHED, following.rung, following.due
        else:
            self._show()

    def leaves(self) -> None:
        """ "Next", after the debrief."""
        self.run = None

    def _show(self) -> None:
        assert self.run is not None
        self.screens.append((self.attempt, self.run.turn, self.options))
