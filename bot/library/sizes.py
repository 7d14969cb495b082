"""How long screens are once rendered: Telegram's limit, and how much one phone shows. The renderer is an argument."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.core.ids import EndingId, SceneId
from bot.core.run import BrokenRunError, Position, Taken, holds, offered, start, take
from bot.core.scenario import Ending, Scenario
from bot.library.authoring import WrittenScenario
from bot.library.remarks import Remark, Severity, by_place, prompt
from bot.library.source import Place, Source

#: Telegram's limit for a text after its markup, in UTF-16 units.
MAX_TEXT: Final = 4096
#: UTF-16 units of the screen of a turn, the feedback above it included: a phone shows about 700 at once, so this is
#: three thumbs' way, and four. The shipped scenarios reach 1,943.
SOFT_SCREEN: Final = 2200
HARD_SCREEN: Final = 2800
#: Situations looked at one by one; six decisions of four options reach 5,461 at most.
MOST_SITUATIONS: Final = 20_000
#: The debrief grows with every turn; it is measured for ways of up to this many.
MOST_TURNS: Final = 12

#: From the taps of a run to every text that may then stand on the screen, as read, without markup: its name ("turn",
#: "debrief", …) and the text. Only a "turn" has the limits of a phone; all have Telegram's.
Render = Callable[[tuple[Taken, ...]], Iterable[tuple[str, str]]]


#: Situations reached by the same number of taps: the most that a debrief can hold there, and the taps.
_Layer = dict[tuple[object, ...], tuple[int, Position, tuple[Taken, ...]]]


def units(text: str) -> int:
    """How long a text without markup is for Telegram."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size_remarks(
    scenario: Scenario, written: WrittenScenario, source: Source, *, render: Render
) -> list[Remark]:
    """The longest screen of each scene and ending, where it is too long, with taps that show it."""
    longest: dict[tuple[SceneId | EndingId, str], tuple[int, tuple[Taken, ...]]] = {}
    situations: set[object] = set()
    for at, taps in (*_looks(scenario, situations), *_heaviest(scenario)):
        for name, text in render(taps):
            size = units(text)
            if size > longest.get((at, name), (0, ()))[0]:
                longest[at, name] = size, taps
    found = [
        remark
        for (at, name), (size, taps) in longest.items()
        for remark in _too_long(source, _place(written, at), name, size=size, taps=taps)
    ]
    if len(situations) >= MOST_SITUATIONS:
        what = f"there are more than {MOST_SITUATIONS} situations; the screens of the others have not been measured."
        suggestion = "Fewer variables, or smaller ones."
        found.append(prompt(source, ("variables",), "screens-unseen", what=what, suggestion=suggestion))
    return by_place(found)


def _too_long(
    source: Source, place: Place, name: str, *, size: int, taps: tuple[Taken, ...]
) -> Iterator[Remark]:
    limits = [(MAX_TEXT, "telegram-limit", Severity.FAULT)]
    if name == "turn":
        limits.append((HARD_SCREEN, "screen-length", Severity.FAULT))
        limits.append((SOFT_SCREEN, "screen-length", Severity.PROMPT))
    for most, rule, severity in limits:
        if size > most:
            shown = f" Shown by: {' → '.join(map('/'.join, taps))}." if taps else ""
            what = f"the {name} here has {size} characters on the screen; at most {most} fit.{shown}"
            suggestion = "Shorten its texts, or the because and the change of the option before it."
            yield Remark(source.file, source.line(place), rule, what, suggestion, severity)
            return


def _looks(scenario: Scenario, known: set[object]) -> Iterator[tuple[SceneId | EndingId, tuple[Taken, ...]]]:
    """Fewest taps to every way that a screen can look: the option before it, its echoes and its options.

    Puts the situations that it went through into `known`.
    """
    first = start(scenario)
    yield first.at.id, ()
    waiting: deque[tuple[Position, tuple[Taken, ...]]] = deque([(first, ())])
    known.add(_situation(first))
    looks: set[tuple[object, ...]] = set()
    while waiting:
        position, taps = waiting.popleft()
        for taken, after in _taps(scenario, position):
            way = (*taps, taken)
            look = (taken, _shown(position)[1], after.at.id, _shown(after))
            if look not in looks:
                looks.add(look)
                yield after.at.id, way
            if _situation(after) not in known and len(known) < MOST_SITUATIONS:
                known.add(_situation(after))
                waiting.append((after, way))


def _heaviest(scenario: Scenario) -> Iterator[tuple[SceneId | EndingId, tuple[Taken, ...]]]:
    """To each ending, the way whose titles and thoughts fill its debrief most."""
    first = start(scenario)
    layer: _Layer = {_situation(first): (0, first, ())}
    best: dict[SceneId | EndingId, tuple[int, tuple[Taken, ...]]] = {}
    for _ in range(MOST_TURNS):
        following: _Layer = {}
        for weight, position, taps in layer.values():
            for taken, after in _taps(scenario, position):
                heavier = weight + _weight(position, taken)
                way = (*taps, taken)
                if isinstance(after.at, Ending):
                    best[after.at.id] = max(best.get(after.at.id, (0, ())), (heavier, way))
                elif (
                    heavier > following.get(_situation(after), (-1,))[0] and len(following) < MOST_SITUATIONS
                ):
                    following[_situation(after)] = heavier, after, way
        layer = following
    yield from ((ending, taps) for ending, (_, taps) in best.items())


def _taps(scenario: Scenario, position: Position) -> Iterator[tuple[Taken, Position]]:
    if isinstance(position.at, Ending):
        return
    for option in offered(position.at, position.variables):
        try:
            yield Taken(position.at.id, option.id), take(scenario, option, position.variables)
        except BrokenRunError:
            continue  # leads nowhere: the proofs tell of it


def _situation(position: Position) -> tuple[object, ...]:
    return position.at.id, *(position.variables[name] for name in sorted(position.variables))


def _shown(position: Position) -> tuple[object, ...]:
    """What of a scene or an ending the variables bring on the screen."""
    at, variables = position.at, position.variables
    echoes = tuple(holds(echo.when, variables) for echo in at.echoes)
    options = () if isinstance(at, Ending) else tuple(option.id for option in offered(at, variables))
    return echoes, options


def _weight(position: Position, taken: Taken) -> int:
    """What a turn adds to the debrief."""
    assert not isinstance(position.at, Ending)
    thinks = next(option.thinks for option in position.at.options if option.id == taken.option)
    return units(position.at.title) + units(thinks) + 60


def _place(written: WrittenScenario, at: SceneId | EndingId) -> Place:
    for name, ids in (
        ("scenes", [scene.id for scene in written.scenes]),
        ("endings", [ending.id for ending in written.endings]),
    ):
        if at in ids:
            return name, ids.index(at), "text"
    return ()
