"""Faults on demand: what a network and a busy Telegram do to a bot, whenever a test wants it."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.room.refusals import BotApiError, deactivated, flooded, migrated

Kind = Literal["flood", "drop-before", "drop-after", "delay", "status", "garbage", "migrate", "deactivated"]
KINDS: tuple[str, ...] = get_args(Kind)

REFUSALS = ("flood", "migrate", "deactivated")


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble for calls of ``method`` ("*" is every method but getUpdates), in one chat or in all.

    ``times`` is how many calls it meets, None until it is taken away. "drop-before": the connection is cut and nothing
    happened. "drop-after": it happened, and the connection is cut. "garbage": it happened, and the answer is torn.
    """

    method: str
    kind: Kind
    times: int | None = 1
    chat: int | None = None
    retry_after: int = 5  # seconds, for "flood"
    seconds: float = 1.0  # for "delay"
    status: int = 502  # for "status"; the body is a page of HTML, as proxies send it
    migrate_to: int = -1_001_000_000_000

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(KINDS)}")

    def meets(self, method: str, chat: int | None) -> bool:
        right_method = self.method == method or (self.method == "*" and method != "getUpdates")
        return right_method and self.chat in (None, chat)

    def refusal(self) -> BotApiError | None:
        """What Telegram says, for the kinds in which it says something."""
        match self.kind:
            case "flood":
                return flooded(self.retry_after)
            case "migrate":
                return migrated(self.migrate_to)
            case "deactivated":
                return deactivated()
            case _:
                return None


@dataclass(slots=True)
class Armed:
    """A fault and how often it will still strike."""

    fault: Fault
    left: int | None


@dataclass(slots=True)
class Faults:
    """The faults that wait for a call, first added first met."""

    armed: list[Armed] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        self.armed.append(Armed(fault, fault.times))

    def clear(self) -> None:
        self.armed.clear()

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, if any; it is used up by meeting it."""
        for armed in self.armed:
            if armed.fault.meets(method, chat):
                if armed.left is not None:
                    armed.left -= 1
                    if armed.left <= 0:
                        self.armed.remove(armed)
                return armed.fault
        return None
