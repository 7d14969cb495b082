"""Which turn was last shown to whom, since this start: tells a double tap from one that a crash left unanswered."""

from collections import OrderedDict
from typing import Final, NamedTuple

from bot.core.ids import ScenarioId, Tag

#: People remembered; the longest silent goes first. All that depends on it is a toast instead of a screen.
MOST: Final = 10_000


class Shown(NamedTuple):
    """A screen of a run."""

    scenario: ScenarioId
    attempt: int
    turn: int


class Spoken:
    """The newest screen of each person, by tag, in bounded memory."""

    def __init__(self) -> None:
        self._shown: OrderedDict[Tag, Shown] = OrderedDict()

    def note(self, tag: Tag, shown: Shown) -> None:
        """This screen has been shown."""
        self._shown[tag] = shown
        self._shown.move_to_end(tag)
        if len(self._shown) > MOST:
            self._shown.popitem(last=False)

    def last(self, tag: Tag) -> Shown | None:
        """The newest screen that is known to have been shown."""
        return self._shown.get(tag)

    def forget(self, tag: Tag) -> None:
        """Nothing is remembered of this person."""
        self._shown.pop(tag, None)
