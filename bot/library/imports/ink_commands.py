"""What ink's commands do: reckoning, putting texts together, calls that return, and questions about the story."""

from bot.library.imports.ink_parts import Pointer
from bot.library.imports.ink_run import Call, State, Stop
from bot.library.imports.ink_text import Sign, last_begun
from bot.library.imports.ink_values import LONGEST, Lost, Tagged, Target, reckoned, shown


def command(state: State, name: str) -> None:
    """Does what one of ink's commands asks for. Raises `Unread` or `Undefined`."""
    frame = state.frame
    match name:
        case "ev" | "/ev":
            frame.evaluating = name == "ev"
        case "out":
            value = state.pop()
            if isinstance(value, Lost) and state.here is not None:
                state.story.unsure.add(state.here)
            text = shown(value)
            if text:
                state.say(text)
                state.spoke = state.here
        case "pop":
            state.pop()
        case "du":
            state.stack.append(state.pop())
            state.stack.append(state.stack[-1])
        case "str" | "#":
            state.pieces.append(Sign.TEXT_BEGINS if name == "str" else Sign.TAG_BEGINS)
            frame.evaluating = frame.evaluating and name == "#"
        case "/str" | "/#":
            _collected(state, name)
        case "~ret" | "->->":
            _returned(state, name)
        case "end" | "done":
            _over(state, name)
        case _:
            _told(state, name)


def _collected(state: State, name: str) -> None:
    """A text or a tag is whole; one inside a text that is being put together waits for its choice."""
    begun = last_begun(state.pieces, Sign.TEXT_BEGINS)
    if name == "/#":
        if begun < 0:
            state.pieces.append(Sign.TAG_ENDS)
            return
        tag = last_begun(state.pieces, Sign.TAG_BEGINS)
        if tag < begun:
            state.stuck("a tag ends that never began")
        text = "".join(piece for piece in state.pieces[tag:] if isinstance(piece, str))
        del state.pieces[tag:]
        state.stack.append(Tagged(" ".join(text.split())))
        return
    if begun < 0:
        state.stuck("a text ends that never began")
    text = "".join(piece for piece in state.pieces[begun:] if isinstance(piece, str))
    if len(text) > LONGEST:
        state.stuck("a text grows without end")
    del state.pieces[begun:]
    state.frame.evaluating = True
    state.stack.append(text)


def _returned(state: State, name: str) -> None:
    wanted = Call.FUNCTION if name == "~ret" else Call.TUNNEL
    onward = state.pop() if name == "->->" else None
    if len(state.thread.frames) < 2 or state.frame.call is not wanted:
        state.stuck(f"'{name}' stands where nothing was called")
    state.close()
    if isinstance(onward, Target):
        state.jump = state.story.place(onward.path)


def _over(state: State, name: str) -> None:
    """The story is over, or only the thread that runs."""
    if name == "end":
        del state.threads[1:], state.thread.frames[1:]
        state.offers, state.ended, state.frame.at = [], Stop.ENDED, None
    elif len(state.threads) > 1:
        state.threads.pop()
    else:
        state.ended, state.frame.at = Stop.DONE, None


def _told(state: State, name: str) -> None:
    """What the story asks about itself."""
    memory = state.memory
    match name:
        case "choiceCnt":
            state.push(len(state.offers))
        case "turn":
            state.push(memory.turns)
        case "visit":
            assert state.here is not None
            state.push(max(memory.visits.get(state.here.parent, 0) - 1, 0))
        case "turns" | "readc":
            place = _place(state)
            state.push(memory.since.get(place.container, -1) if name == "turns" else _visits(state, place))
        case "rnd":
            state.pop()
            state.push(state.pop())
        case "srnd":
            state.pop()
            state.push(None)
        case "seq":
            number, count = state.pop(), state.pop()
            state.push(reckoned("%", [count, number]))


def _place(state: State) -> Pointer:
    value = state.pop()
    place = state.story.place(value.path) if isinstance(value, Target) else None
    if place is None:
        state.stuck("a place is asked for that is nowhere")
    return place


def _visits(state: State, place: Pointer) -> int:
    return state.memory.visits.get(place.container, 0)
