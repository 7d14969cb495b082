"""The practice room's clock: real time plus an offset that can be moved, so that weeks pass in a minute."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells an aware UTC time. Everything in the room that has a lifetime is measured by it."""

    def __init__(self, *, reading: Callable[[], datetime] = real_time) -> None:
        self._reading = reading
        self._offset = timedelta(0)
        self._on_moved: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        return self._offset

    def now(self) -> datetime:
        return self._reading() + self._offset

    def unix(self) -> int:
        """The time as Telegram writes it in messages: whole seconds."""
        return int(self.now().timestamp())

    def forward(self, by: timedelta) -> None:
        self._move(self._offset + by)

    def set(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("the room's clock takes aware times only")
        self._move(at - self._reading())

    def reset(self) -> None:
        self._move(timedelta(0))

    def when_moved(self, call: Callable[[], None]) -> None:
        """Call this whenever somebody moves the clock (not when time simply passes)."""
        self._on_moved.append(call)

    def _move(self, offset: timedelta) -> None:
        self._offset = offset
        for call in self._on_moved:
            call()
