"""The practice room: Telegram, on this computer, strict enough to be trusted as a test's other end."""

from bot.room.clock import Clock
from bot.room.faults import Fault
from bot.room.people import Phone, UnansweredError
from bot.room.practice_room import PracticeRoom

__all__ = ["Clock", "Fault", "Phone", "PracticeRoom", "UnansweredError"]
