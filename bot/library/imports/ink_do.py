"""What each part of an ink story does when it is its turn."""

from typing import Final

from bot.library.imports.ink_commands import command
from bot.library.imports.ink_counts import ONCE
from bot.library.imports.ink_parts import LIST_WORDS, Part
from bot.library.imports.ink_run import MAX_DEPTH, MAX_OFFERS, Call, Frame, Offer, State
from bot.library.imports.ink_text import Sign
from bot.library.imports.ink_values import (
    ARITY,
    Lost,
    Tagged,
    Target,
    Undefined,
    Value,
    Variable,
    reckoned,
    shown,
)

CONDITION: Final = 1
STARTS: Final = 2
ONLY: Final = 4
INVISIBLE: Final = 8


def do(state: State, part: Part) -> None:
    """Does what `part` says. Raises `Unread` if it cannot be done."""
    try:
        _do(state, part)
    except Undefined as error:
        state.stuck(str(error))


def _do(state: State, part: Part) -> None:
    match part.kind:
        case "text":
            _speak(state, part)
        case "value":
            state.push(part.value)
        case "glue":
            state.pieces.append(Sign.GLUE)
        case "tag":
            state.pieces += [Sign.TAG_BEGINS, str(part.value), Sign.TAG_ENDS]
        case "native":
            values = [state.pop() for _ in range(ARITY[part.name])]
            state.stack.append(reckoned(part.name, values[::-1]))
        case "list":
            for _ in range(LIST_WORDS.get(part.name, 0)):
                state.pop()
            state.push(Lost.LIST)
        case "choice":
            _offer(state, part)
        case "variable" | "read count":
            _look_up(state, part)
        case "global" | "temporary":
            _assign(state, part)
        case "command":
            command(state, part.name)
        case _:
            _divert(state, part)


def _speak(state: State, part: Part) -> None:
    text = str(part.value)
    if state.frame.evaluating:
        state.stack.append(text)
        return
    if state.frame.call is Call.FUNCTION and not text.strip():
        begun = state.pieces[state.frame.began :]
        if not any(isinstance(piece, str) and piece.strip() for piece in begun):
            return
    if text.strip():
        state.spoke = part
    state.say(text)


def _offer(state: State, part: Part) -> None:
    wanted = not part.flags & CONDITION or state.holds(state.pop(), otherwise=True)
    only = _worded(state) if part.flags & ONLY else ("", ())
    starts = _worded(state) if part.flags & STARTS else ("", ())
    assert part.target is not None, "a choice that leads nowhere is refused before"
    if part.flags & ONCE and state.memory.visits.get(part.target.container, 0):
        wanted = False
    if not wanted:
        return
    if len(state.offers) >= MAX_OFFERS:
        state.stuck(f"more than {MAX_OFFERS} choices are offered at once")
    text = " ".join((starts[0] + only[0]).split())
    thread = state.thread.copy()
    state.story.steps += len(thread.frames)
    state.offers.append(Offer(part, text, starts[1] + only[1], thread, hidden=bool(part.flags & INVISIBLE)))


def _worded(state: State) -> tuple[str, tuple[str, ...]]:
    text = shown(state.pop())
    tags: list[str] = []
    while state.stack and isinstance(tag := state.stack[-1], Tagged):
        tags.insert(0, tag.text)
        state.stack.pop()
    return text, tuple(tags)


def _look_up(state: State, part: Part) -> None:
    if part.kind == "read count":
        assert part.target is not None, "a count of nothing is refused before"
        state.push(state.memory.visits.get(part.target.container, 0))
        return
    value: Value = Variable(part.name, -1)
    for _ in range(MAX_DEPTH):
        if not isinstance(value, Variable):
            break
        names = state.context(value)
        if value.name not in names and value.name in state.story.tree.listed:
            state.push(Lost.LIST)
            return
        if value.name not in names:
            state.stuck(f"'{value.name[:40]}' has no value yet")
        value = names[value.name]
    state.push(value)


def _assign(state: State, part: Part) -> None:
    value = state.pop()
    if isinstance(value, Lost):
        state.story.unsure.add(part)
    variable = Variable(part.name, 0 if part.kind == "global" else len(state.thread.frames))
    if part.flags:
        variable = _pointed_at(state, part.name)
    elif isinstance(value, Variable):
        pointed = state.context(value).get(value.name)
        value = pointed if isinstance(pointed, Variable) else value
    state.story.steps += len(value) // 50 if isinstance(value, str) else 0
    state.context(variable)[variable.name] = value


def _pointed_at(state: State, name: str) -> Variable:
    """The variable that a name stands for, through any number of references."""
    variable = Variable(name, 0 if name in state.memory.names else len(state.thread.frames))
    for _ in range(MAX_DEPTH):
        found = state.context(variable).get(variable.name)
        if not isinstance(found, Variable):
            break
        variable = found
    return variable


def _divert(state: State, part: Part) -> None:
    if part.conditional and not state.holds(state.pop(), otherwise=False):
        return
    target = part.target
    if part.kind == "external":
        # A function of the same name in the story is what ink falls back to.
        target = state.story.place(part.name)
        if target is None:
            for _ in range(part.value if isinstance(part.value, int) else 0):
                state.pop()
            state.push(None)
            return
    elif part.kind == "variable divert":
        value = _value_of(state, part.name)
        target = state.story.place(value.path) if isinstance(value, Target) else None
    if target is None:
        state.stuck(f"'{part.name[:40]}' leads nowhere")
    state.jump = target
    if part.flags:
        call = Call.TUNNEL if part.flags == 2 else Call.FUNCTION
        if len(state.thread.frames) >= MAX_DEPTH:
            state.stuck("calls call each other without end")
        state.thread.frames.append(Frame(state.frame.at, call, began=len(state.pieces)))


def _value_of(state: State, name: str) -> Value:
    variable = _pointed_at(state, name)
    return state.context(variable).get(variable.name)
