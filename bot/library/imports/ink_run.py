"""An ink story under way: it runs from a choice to the next ones, and every moment it waits at can be come back to.

What a story may use is a subset of ink's runtime, see `ink_parts`. Chance is not chance here: the first of what may
happen does. All limits are counted, none is timed, so a story is always answered alike.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple, NoReturn

from bot.library.imports.ink_counts import START_ONLY, Counts
from bot.library.imports.ink_parts import Container, Part, Pointer, Tree, Unread
from bot.library.imports.ink_text import Piece, Said
from bot.library.imports.ink_values import Lost, Value, Variable, holds, shown

MAX_STEPS: Final = 20_000
MAX_STEPS_IN_ALL: Final = 500_000
MAX_DEPTH: Final = 60
MAX_THREADS: Final = 30
MAX_OFFERS: Final = 40
MAX_PIECES: Final = 2_000
MAX_SIGNS: Final = 20_000


class Call(Enum):
    """What a frame was opened by."""

    STORY = auto()
    FUNCTION = auto()
    TUNNEL = auto()


@dataclass(slots=True)
class Frame:
    """A call under way. `began` is how much had been said when it was opened."""

    at: Pointer | None
    call: Call
    evaluating: bool = False
    began: int = 0
    names: dict[str, Value] = field(default_factory=dict)

    def key(self) -> object:
        """Equal for frames that will go on alike."""
        return self.at, self.call, self.evaluating, typed(self.names)


@dataclass(slots=True)
class Thread:
    """Calls upon calls, and where the story stood before."""

    frames: list[Frame]
    before: Pointer | None = None

    def copy(self) -> "Thread":
        """A thread that goes its own way from here."""
        frames = [
            Frame(frame.at, frame.call, frame.evaluating, frame.began, dict(frame.names))
            for frame in self.frames
        ]
        return Thread(frames, self.before)

    def key(self) -> object:
        """Equal for threads that will go on alike."""
        return tuple(frame.key() for frame in self.frames), self.before


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice on the table."""

    part: Part
    text: str
    tags: tuple[str, ...]
    thread: Thread
    hidden: bool


class Stop(Enum):
    """Why a turn is over."""

    WAITS = "it waits for a choice"
    ENDED = "END"
    DONE = "DONE"
    RAN_OUT = "nothing more"


@dataclass(slots=True)
class Memory:
    """Everything that outlives a turn. Counts are kept only as far as they matter."""

    names: dict[str, Value] = field(default_factory=dict)
    visits: dict[Container, int] = field(default_factory=dict)
    since: dict[Container, int] = field(default_factory=dict)
    turns: int = 0

    def copy(self) -> "Memory":
        """A memory that goes its own way from here."""
        return Memory(dict(self.names), dict(self.visits), dict(self.since), self.turns)

    def key(self) -> object:
        """Equal for memories that nothing in the story can tell apart."""
        return typed(self.names), frozenset(self.visits.items()), frozenset(self.since.items()), self.turns


class Turn(NamedTuple):
    """What a choice leads to. `where` is the part that the turn is named by."""

    said: Said
    stop: Stop
    offers: tuple[Offer, ...]
    memory: Memory
    where: Part | None

    def key(self) -> object:
        """Equal for turns that read alike and go on alike."""
        if self.stop is not Stop.WAITS:
            return self.said, self.stop
        offers = tuple((offer.part, offer.text, offer.tags, offer.thread.key()) for offer in self.offers)
        return self.said, offers, self.memory.key()


@dataclass(slots=True)
class Story:
    """A tree, what of it is counted, and what every turn together has cost and met so far.

    `unsure` are the parts that asked for a value that is not worked out: texts, choices and ways that hang on a list.
    """

    tree: Tree
    counts: Counts
    steps: int = 0
    met: set[Part] = field(default_factory=set)
    unsure: set[Part] = field(default_factory=set)
    places: dict[str, Pointer | None] = field(default_factory=dict)

    def place(self, path: str) -> Pointer | None:
        """The place that an absolute path names."""
        if path not in self.places:
            self.places[path] = self.tree.find(path)
        return self.places[path]


@dataclass(slots=True)
class State:
    """One turn while it runs."""

    story: Story
    memory: Memory
    threads: list[Thread]
    stack: list[Value] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    jump: Pointer | None = None
    ended: Stop | None = None
    here: Part | None = None
    spoke: Part | None = None
    signs: int = 0

    @property
    def thread(self) -> Thread:
        """The thread that runs."""
        return self.threads[-1]

    @property
    def frame(self) -> Frame:
        """The call that runs."""
        return self.threads[-1].frames[-1]

    def pop(self) -> Value:
        """The value on top."""
        if not self.stack:
            self.stuck("a value is missing")
        return self.stack.pop()

    def stuck(self, what: str) -> NoReturn:
        """The story cannot go on. Raises `Unread` for the part that runs."""
        number, path = (self.here.number, self.here.path) if self.here else (1, "root")
        raise Unread(number, f"{path}: {what}.")

    def say(self, text: str) -> None:
        """Adds to what is said."""
        self.signs += len(text)
        if self.signs > MAX_SIGNS:
            self.stuck("more is said at once than anybody could read")
        self.story.steps += len(text) // 50
        self.pieces.append(text)

    def push(self, value: Value) -> None:
        """Puts a value on the stack, or says it where nothing is being reckoned."""
        if isinstance(value, Variable) and value.context < 0:
            known = value.name in self.memory.names
            value = Variable(value.name, 0 if known else len(self.thread.frames))
        if self.frame.evaluating:
            self.stack.append(value)
        elif value is not None:
            self.say(shown(value))

    def holds(self, value: Value, *, otherwise: bool) -> bool:
        """Whether the condition of the part that runs is met; `otherwise` if it hangs on what is not worked out."""
        if isinstance(value, Lost) and self.here is not None:
            self.story.unsure.add(self.here)
            return otherwise
        return holds(value)

    def close(self) -> None:
        """Leaves a call; a function's last white space is not said."""
        frame = self.thread.frames.pop()
        if frame.call is not Call.FUNCTION:
            return
        while len(self.pieces) > frame.began:
            last = self.pieces[-1]
            if not isinstance(last, str):
                return
            self.pieces.pop()
            if last.strip():
                self.pieces.append(last.rstrip())
                return

    def visit(self, container: Container, *, at_start: bool) -> None:
        """Counts a visit, if it counts and anybody looks."""
        if container.flags & START_ONLY and not at_start:
            return
        count = self.story.counts.visits.get(container)
        if container.flags & 1 and count is not None:
            self.memory.visits[container] = count.after(self.memory.visits.get(container, 0))
        if container.flags & 2 and self.story.counts.turns_since:
            self.memory.since[container] = 0

    def context(self, variable: Variable) -> dict[str, Value]:
        """The names among which a variable stands; -1 is the whole story if it knows the name, else this call."""
        name, context = variable
        if context == 0 or (context < 0 and name in self.memory.names):
            return self.memory.names
        if context < 0:
            return self.frame.names
        if context > len(self.thread.frames):
            self.stuck(f"'{name[:40]}' belongs to a call that is over")
        return self.thread.frames[context - 1].names


def typed(names: dict[str, Value]) -> object:
    """The values with their kinds: ink writes yes and 1 differently, Python takes them for equal."""
    return frozenset((name, type(value), value) for name, value in names.items())
