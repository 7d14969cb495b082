"""What the room tells its page as it happens: one queue for each listener."""

import asyncio
from typing import Any

Json = dict[str, Any]

FORGOTTEN_AFTER = (
    10_000  # events a listener may be behind before it is let go; the page then asks for the state anew
)


class Events:
    """Publishes events to every open page; keeps none."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def listen(self) -> asyncio.Queue[Json | None]:
        """A queue of events from now on; ``None`` in it says that no more will come."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        self._listeners.discard(queue)

    def publish(self, kind: str, **more: object) -> None:
        for queue in list(self._listeners):
            queue.put_nowait({"kind": kind, **more})
            if queue.qsize() > FORGOTTEN_AFTER:
                queue.put_nowait(None)
                self.leave(queue)

    @property
    def heard(self) -> bool:
        """Whether anybody listens, so that nobody draws a message for no one."""
        return bool(self._listeners)

    def close(self) -> None:
        for queue in list(self._listeners):
            queue.put_nowait(None)
            self.leave(queue)
