"""One step of an ink story after another, as ink's own runtime would take them."""

from typing import Final

from bot.library.imports.ink_counts import START_ONLY
from bot.library.imports.ink_do import do
from bot.library.imports.ink_parts import Container, Part, Pointer
from bot.library.imports.ink_run import (
    MAX_PIECES,
    MAX_STEPS,
    MAX_STEPS_IN_ALL,
    MAX_THREADS,
    Call,
    Frame,
    Memory,
    Offer,
    State,
    Stop,
    Story,
    Thread,
    Turn,
)
from bot.library.imports.ink_text import said

_DECLARED: Final = "global decl"


def begin(story: Story) -> Turn:
    """The first turn, after the variables have got their first values. Raises `Unread`."""
    memory = Memory()
    declared = story.tree.root.named.get(_DECLARED)
    if declared is not None:
        memory = _run(State(story, memory, [Thread([Frame(Pointer(declared, 0), Call.STORY)])])).memory
    if not story.tree.root.content:
        return Turn(said(()), Stop.RAN_OUT, (), memory, None)
    return _run(State(story, memory, [Thread([Frame(Pointer(story.tree.root, 0), Call.STORY)])]))


def choose(story: Story, turn: Turn, offer: Offer) -> Turn:
    """The turn that a choice leads to. Raises `Unread`."""
    memory = turn.memory.copy()
    story.steps += len(memory.names) + len(memory.visits) + len(memory.since)
    cap = story.counts.cap
    memory.since = {container: min(ago + 1, cap) for container, ago in memory.since.items()}
    memory.turns = min(memory.turns + 1, cap) if story.counts.turns else 0
    state = State(story, memory, [offer.thread.copy()])
    _follow(state, offer)
    return _run(state)


def _follow(state: State, offer: Offer) -> None:
    target = offer.part.target
    assert target is not None, "a choice that leads nowhere is refused before"
    state.frame.at = Pointer(target.container, max(target.place, 0))
    if not target.container.content:
        state.frame.at = None
    _changed(state)


def _run(state: State) -> Turn:
    steps = 0
    while True:
        while state.frame.at is not None:
            steps += 1
            state.story.steps += len(state.thread.frames)
            if steps > MAX_STEPS or len(state.pieces) > MAX_PIECES:
                state.stuck("the story goes on and on without offering a choice")
            if state.story.steps > MAX_STEPS_IN_ALL:
                state.stuck("the story takes too long to be explored")
            _step(state)
        offers = [offer for offer in state.offers if not offer.hidden]
        if offers or not state.offers:
            break
        followed = state.offers[0]
        state.offers, state.ended = [], None
        state.threads = [followed.thread.copy()]
        _follow(state, followed)
    stop = Stop.WAITS if offers else state.ended or Stop.RAN_OUT
    where = offers[0].part if offers else state.spoke
    return Turn(said(state.pieces), stop, tuple(offers), state.memory, where)


def _step(state: State) -> None:
    pointer = state.frame.at
    assert pointer is not None
    part = _at(pointer)
    while isinstance(part, Container):
        state.visit(part, at_start=True)
        if not part.content:
            break
        pointer = Pointer(part, 0)
        part = part.content[0]
    state.frame.at = pointer
    if isinstance(part, Container):
        _advance(state)
    else:
        _act(state, part)


def _act(state: State, part: Part) -> None:
    state.here = part
    state.story.met.add(part)
    do(state, part)
    if state.frame.at is not None:
        _advance(state)
        if part.name == "thread" and part.kind == "command":
            if len(state.threads) >= MAX_THREADS:
                state.stuck("threads start threads without end")
            state.threads.append(state.thread.copy())


def _at(pointer: Pointer) -> Container | Part:
    beyond = pointer.place >= len(pointer.container.content)
    return pointer.container if beyond else pointer.part


def _advance(state: State) -> None:
    while True:
        state.thread.before = state.frame.at
        if state.jump is not None:
            state.frame.at, state.jump = state.jump, None
            _changed(state)
            return
        state.frame.at = _after(state.frame.at)
        if state.frame.at is not None:
            return
        if len(state.thread.frames) > 1 and state.frame.call is Call.FUNCTION:
            state.close()
            if state.frame.evaluating:
                state.push(None)
        elif len(state.threads) > 1:
            state.threads.pop()
        else:
            return
        if state.frame.at is None:
            return


def _after(pointer: Pointer | None) -> Pointer | None:
    """What comes behind: the next part, or what follows the container."""
    while pointer is not None:
        container, index = pointer.container, pointer.place + 1
        if index < len(container.content):
            return Pointer(container, index)
        pointer = Pointer(container.parent, container.at) if container.parent and container.at >= 0 else None
    return None


def _changed(state: State) -> None:
    """Counts every container that a jump has entered."""
    pointer, before = state.frame.at, state.thread.before
    if pointer is None or pointer.place < 0:
        return
    left: set[Container] = set()
    if before is not None:
        part = _at(before)
        container: Container | None = part if isinstance(part, Container) else before.container
        while container is not None:
            left.add(container)
            container = container.parent
    child: Container | Part = _at(pointer)
    container, at_start = child.parent, True
    while container is not None and (container not in left or container.flags & START_ONLY):
        at_start = at_start and bool(container.content) and container.content[0] is child
        state.visit(container, at_start=at_start)
        child, container = container, container.parent
