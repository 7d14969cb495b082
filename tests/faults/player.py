"""Somebody who plays one scenario over and over, and remembers what they tapped and what the screen confirmed."""

import re
from dataclasses import dataclass, field
from random import Random

from bot.room import Phone
from bot.room.drawing import Shown

LETTERS = ("A", "B", "C", "D")
#: The labels that lead through a scenario.
WAYS = (*LETTERS, "Debrief", "Try another way")

_ATTEMPT = re.compile(r"attempt number (\d+)")


@dataclass(frozen=True)
class Tap:
    """A label on a message, and the option's words beside it where it is one."""

    label: str
    message: int
    option: str = ""


@dataclass
class Player:
    """Plays by what stands on the screen, as a person does."""

    phone: Phone
    chance: Random
    #: The profession, and the scenario that comes first for it.
    role: str
    title: str = ""
    #: The attempt, and the words of every option taken in it, as confirmed on the screen.
    attempt: int = 1
    confirmed: list[str] = field(default_factory=list)
    #: The tap of which nobody knows yet what became of it.
    pending: Tap | None = None

    async def joins(self) -> None:
        """To the first scene of the scenario that comes first for this role."""
        await self.phone.type("/start")
        await self.phone.press("England")
        await self.phone.press(self.role)
        self.title = self.phone.screen.text.splitlines()[0]
        await self.phone.press("Begin")

    async def taps(self) -> None:
        """Taps one of the ways on, and does not wait."""
        game = self.newest()
        assert game is not None
        label = self.chance.choice([label for label in game.labels if label in WAYS])
        option = re.search(rf"^{label}  (.+)$", game.text, re.MULTILINE) if label in LETTERS else None
        self.pending = Tap(label, game.message_id, option[1] if option else "")
        await self.phone.press(label, message_id=game.message_id, wait=False)

    async def taps_again(self) -> None:
        """The very same button, as somebody does who has seen no answer; if it is still there."""
        assert self.pending is not None
        if self.pending.label in self._tapped().labels:
            await self.phone.press(self.pending.label, message_id=self.pending.message, wait=False)

    async def finds_back(self) -> None:
        """By /practise, or by the shelf where the run is over: the way on, when no button leads there."""
        await self.phone.type("/practise")
        if self.phone.screen.text.startswith("You are in the middle of this one."):
            await self.phone.press("Carry on")
            return
        await self.phone.type("/scenarios")
        await self.phone.press("Role")
        await self._presses(self.role)
        await self._presses(self.title)

    async def _presses(self, name: str) -> None:
        """The number that stands before this name, on any page."""
        while (
            found := re.search(rf"^(\d+)  {re.escape(name)}", self.phone.screen.text, re.MULTILINE)
        ) is None:
            await self.phone.press("More ▶")
        await self.phone.press(found[1])

    def newest(self) -> Shown | None:
        """The newest message that leads on; one that stands above a message without buttons was left long ago."""
        theirs = [seen for seen in self.phone.messages if seen.from_bot]
        spent = max((seen.message_id for seen in theirs if not seen.labels), default=0)
        leading = [seen for seen in theirs if seen.message_id > spent and set(WAYS) & set(seen.labels)]
        return leading[-1] if leading else None

    def answered(self) -> bool:
        """Whether the screen shows that the pending tap counted: the next screen is there, or what was taken."""
        if self.pending is None:
            return True
        newest = self.newest()
        taken = self._tapped().text.endswith(f"You took {self.pending.label}.")
        return taken or (newest is not None and newest.message_id > self.pending.message)

    def _tapped(self) -> Shown:
        assert self.pending is not None
        (tapped,) = [seen for seen in self.phone.messages if seen.message_id == self.pending.message]
        return tapped

    def notes(self) -> None:
        """The pending tap counted."""
        self.attempt, self.confirmed = self.should_be_held()
        self.pending = None

    async def reads_what_is_held(self) -> tuple[int, list[str]]:
        """The attempt, and the words of every option taken in it, by /mydata."""
        await self.phone.type("/mydata")
        held = self.phone.screen.text
        attempt = _ATTEMPT.search(held)
        assert attempt is not None
        taken = [line.partition(": ")[2] for line in held.splitlines() if line.startswith("— ")]
        return int(attempt[1]), taken

    def should_be_held(self) -> tuple[int, list[str]]:
        """What should be held once the pending tap has counted, once."""
        match self.pending:
            case Tap("Try another way"):
                return self.attempt + 1, []
            case Tap(option=option) if option:
                return self.attempt, [*self.confirmed, option]
            case _:
                return self.attempt, self.confirmed
