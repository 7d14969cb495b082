"""The updates that Telegram will give out again until they are acknowledged, in Telegram's order."""


class Window:
    """What has been received and not been acknowledged, with the time since when, or None once it is finished.

    Updates are known by their numbers one by one, not by "all up to": after a week without any, Telegram's numbers
    begin anew, anywhere. Times are seconds of a clock that only goes forward.
    """

    __slots__ = ("_next", "_updates", "unfinished")

    def __init__(self) -> None:
        self._updates: dict[int, float | None] = {}
        self._next: int | None = None
        self.unfinished = 0

    def __len__(self) -> int:
        return len(self._updates)

    def add(self, number: int, *, at: float) -> bool:
        """Note an update received at this time; False if it is known already."""
        if number in self._updates:
            return False
        self._updates[number] = at
        self.unfinished += 1
        return True

    def finish(self, number: int) -> bool:
        """Note that an update is finished; True if it was the first unfinished one."""
        if self._updates.get(number) is None:  # acknowledged before it was finished
            return False
        first = next(known for known, since in self._updates.items() if since is not None)
        self._updates[number] = None
        self.unfinished -= 1
        return number == first

    @property
    def first_is_finished(self) -> bool:
        """Whether there is something to acknowledge."""
        return next(iter(self._updates.values()), 0.0) is None

    @property
    def oldest(self) -> float:
        """Since when the first unfinished update is here; there must be one."""
        return next(since for since in self._updates.values() if since is not None)

    def offset(self, *, since: float) -> int | None:
        """What to ask Telegram for: the first update that is not finished and not here since `since` or before.

        None if Telegram has given out nothing yet: then everything is wanted.
        """
        last = None
        for number, at in self._updates.items():
            if at is not None and at > since:
                return number
            last = number
        return self._next if last is None else last + 1

    def acknowledged(self, offset: int | None) -> None:
        """Telegram was asked for this offset and has answered: what stands before it will not come again."""
        for number in list(self._updates):
            if number == offset:
                break
            self.unfinished -= self._updates.pop(number) is not None
        self._next = offset

    def skip(self) -> None:
        """Pass over one update whose number nobody knows: nothing that could be read stands before it."""
        if not self._updates and self._next is not None:
            self._next += 1
