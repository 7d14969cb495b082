"""People at play: each taps the first button of the newest screen, and every call of the bot is held against that."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from . import canned
from .canned import Keyboard, Said
from .line import Line

#: A tap on one of these also changes the screen it stood on; others only bring a new one.
CHANGES_ITS_SCREEN = frozenset({"A", "B", "C", "D", "Debrief"})
#: Seen on a button, somebody is in the middle of a scenario.
AT_PLAY = "A"


@dataclass(frozen=True, slots=True)
class Screen:
    """The newest message with buttons in a chat."""

    number: int
    message: str
    keyboard: Keyboard


@dataclass(slots=True)
class Turn:
    """One thing a person did, and which calls it is still owed."""

    at: float
    owed: set[str]
    label: str = ""
    query: str = ""
    message: int = 0
    edit: str | None = None


@dataclass(slots=True)
class Chat:
    """One person's chat with the bot."""

    person: int
    screen: Screen | None = None
    turn: Turn | None = None
    left: int = 0
    #: When not None, whatever the bot sends is only listened to.
    heard: list[str] | None = None
    #: When not None, every turn is written down here.
    told: list[tuple[Turn, Said]] | None = None


@dataclass(slots=True)
class Chats:
    """All chats of one bot."""

    line: Line
    chats: dict[int, Chat] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    #: Calls that nobody was owed: an answer, an edit or a message too many, or out of its turn.
    strays: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    #: What happens when a turn has got everything it was owed.
    when_done: Callable[[Chat], None] = lambda _: None
    _queries: dict[str, Chat] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def chat(self, person: int) -> Chat:
        return self.chats.setdefault(person, Chat(person))

    def type(self, chat: Chat, text: str) -> None:
        """Somebody types something that is answered with one message."""
        chat.turn = Turn(_now(), {"sendMessage"}, label=text)
        self.line.put(canned.typed(chat.person, next(self._numbers), text))

    def tap(self, chat: Chat) -> None:
        """Somebody taps the first button of the newest screen."""
        assert chat.screen is not None
        label, query = chat.screen.keyboard.label, str(next(self._numbers))
        owed = {"answerCallbackQuery", "sendMessage"}
        if label in CHANGES_ITS_SCREEN:
            owed.add("editMessageText")
        chat.turn = Turn(_now(), owed, label, query, chat.screen.number)
        self._queries[query] = chat
        self.line.put(canned.tap(chat.person, query, chat.screen.message, chat.screen.keyboard.data))

    def still_owed(self) -> str:
        """What somebody still waits for, in words."""
        waiting = [(chat.turn.label, sorted(chat.turn.owed)) for chat in self.chats.values() if chat.turn]
        return f"{len(waiting)} people wait, such as for {waiting[:3]}; {self.line.pending} updates unacknowledged"

    def called(self, method: str, said: Said) -> bytes:
        """A call of the bot: counted, held against what is owed, and answered."""
        self.calls[method] += 1
        match method:
            case "answerCallbackQuery":
                return self._answered(said)
            case "sendMessage":
                return self._sent(said)
            case "editMessageText":
                return self._edited(said)
            case _:
                self.strays[method] += 1
                return canned.ok("true")

    def _answered(self, said: Said) -> bytes:
        chat = self._queries.pop(said.query, None)
        if chat is None or chat.turn is None or chat.turn.query != said.query:
            self.strays["answerCallbackQuery"] += 1
        else:
            self._paid(chat, chat.turn, "answerCallbackQuery")
        return canned.ok("true")

    def _edited(self, said: Said) -> bytes:
        chat = self.chats.get(said.chat)
        if chat is None or chat.turn is None or chat.turn.message != said.message:
            self.strays["editMessageText"] += 1
        else:
            chat.turn.edit = said.text
            self._paid(chat, chat.turn, "editMessageText")
        return canned.ok(canned.message(said, said.message))

    def _sent(self, said: Said) -> bytes:
        number = next(self._numbers)
        message = canned.message(said, number)
        chat = self.chats.get(said.chat)
        if chat is not None and chat.heard is not None:
            chat.heard.append(said.text)
            self.when_done(chat)
        elif chat is None or chat.turn is None:
            self.strays["sendMessage"] += 1
        else:
            if said.keyboard is not None:
                chat.screen = Screen(number, message, said.keyboard)
            if chat.told is not None:
                chat.told.append((chat.turn, said))
            self._paid(chat, chat.turn, "sendMessage")
        return canned.ok(message)

    def _paid(self, chat: Chat, turn: Turn, method: str) -> None:
        if method not in turn.owed:
            self.strays[method] += 1
            return
        turn.owed.discard(method)
        if not turn.owed:
            chat.turn = None
            self.latencies.append(_now() - turn.at)
            self.when_done(chat)


def _now() -> float:
    return asyncio.get_running_loop().time()
