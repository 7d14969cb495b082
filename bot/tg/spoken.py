"""What is remembered of people since this start: the screen they saw last, and the scenario they acted in last.

It tells a double tap from one that a crash left unanswered, and spares a look-up. Nothing kept depends on it.
"""

from collections import OrderedDict
from typing import Final, NamedTuple, TypeVar

from bot.core.ids import ScenarioId, Tag

#: People remembered; the longest silent goes first.
MOST: Final = 10_000

Thing = TypeVar("Thing")


class Shown(NamedTuple):
    """A screen of a run."""

    scenario: ScenarioId
    attempt: int
    turn: int


class Spoken:
    """The newest of each, by tag, in bounded memory."""

    def __init__(self) -> None:
        self._shown: OrderedDict[Tag, Shown] = OrderedDict()
        self._acted: OrderedDict[Tag, ScenarioId] = OrderedDict()

    def note(self, tag: Tag, shown: Shown) -> None:
        """This screen has been shown."""
        _keep(self._shown, tag, shown)

    def last(self, tag: Tag) -> Shown | None:
        """The newest screen that is known to have been shown."""
        return self._shown.get(tag)

    def act(self, tag: Tag, scenario: ScenarioId) -> None:
        """They have begun this scenario, or made a choice in it."""
        _keep(self._acted, tag, scenario)

    def acted(self, tag: Tag) -> ScenarioId | None:
        """The scenario that they are known to have acted in last."""
        return self._acted.get(tag)

    def forget(self, tag: Tag) -> None:
        """Nothing is remembered of this person."""
        self._shown.pop(tag, None)
        self._acted.pop(tag, None)


def _keep(remembered: OrderedDict[Tag, Thing], tag: Tag, thing: Thing) -> None:
    remembered[tag] = thing
    remembered.move_to_end(tag)
    if len(remembered) > MOST:
        remembered.popitem(last=False)
