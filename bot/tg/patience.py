"""How often, and after how long, something said to Telegram is said again."""

from enum import Enum, auto
from typing import NamedTuple

#: Seconds before the first repetition; doubled each time, up to the longest.
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
#: How often a message may be sent that may have arrived already: each time could show it once more.
UNSURE_TRIES = 3
#: How often Telegram may fail over one and the same call before it is given up: some calls it never survives.
TROUBLED_TRIES = 10


class Safety(Enum):
    """What may be done when nobody can tell whether a call has arrived."""

    REPEAT = auto()
    """Repeat it for as long as it takes: twice is the same as once."""
    AGAIN = auto()
    """Repeat it a few times: seen twice is better than not at all."""
    ONCE = auto()
    """Leave it: not at all is better than seen twice."""


class Wait(NamedTuple):
    """Say it again after so many seconds."""

    seconds: float
    spare: bool = False
    """For everybody who has something to say in this chat."""


class Tally:
    """What has happened to one saying so far."""

    __slots__ = ("_moved", "_troubled", "_unsure", "_wait")

    def __init__(self) -> None:
        self._wait = FIRST_WAIT
        self._unsure = self._troubled = 0
        self._moved = False

    def wait(self) -> Wait:
        """The next wait, longer than the last one."""
        wait = Wait(self._wait)
        self._wait = min(2 * self._wait, LONGEST_WAIT)
        return wait

    def unsure_enough(self, safety: Safety) -> bool:
        """It may have arrived, once more: whether to leave it at that."""
        self._unsure += 1
        return safety is Safety.ONCE or (safety is Safety.AGAIN and self._unsure >= UNSURE_TRIES)

    def troubled_enough(self) -> bool:
        """Telegram has failed, once more: whether to leave it at that."""
        self._troubled += 1
        return self._troubled >= TROUBLED_TRIES

    def first_move(self) -> bool:
        """Whether the chat has moved for the first time."""
        first, self._moved = not self._moved, True
        return first
