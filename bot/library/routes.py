"""Every way through a scenario: what is tapped, how it is rated, and how much there is to read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.core.run import Position, holds, offered, start, take
from bot.core.scenario import Echo, Ending, Option, Rating, Scenario, Scene

LETTERS: Final = "ABCD"
#: No more ways than this are listed. Six decisions of four options are 4,096.
MOST: Final = 10_000
#: Words a minute: unhurried reading on a phone, slower than most adults read to themselves.
WORDS_A_MINUTE: Final = 200

_State = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to an ending: scenes by number and options by letter, as they stand in the file."""

    taps: tuple[str, ...]
    options: tuple[Option, ...]
    ending: Ending
    words: int

    @property
    def protects(self) -> tuple[Rating, ...]:
        """How each choice protects."""
        return tuple(option.protects for option in self.options)

    @property
    def voice(self) -> tuple[Rating, ...]:
        """How each choice gives the young person a say."""
        return tuple(option.voice for option in self.options)

    @property
    def defensible(self) -> bool:
        """Whether every choice can be defended."""
        return all(option.defensible for option in self.options)


@dataclass(frozen=True, slots=True)
class Routes:
    """The ways, in the order of the file. `whole`: these are all; otherwise there are too many, or a circle."""

    found: tuple[Route, ...]
    whole: bool

    def to(self, ending: Ending) -> tuple[Route, ...]:
        """Those that come to this ending."""
        return tuple(route for route in self.found if route.ending == ending)


def routes(scenario: Scenario, *, most: int = MOST) -> Routes:
    """Every way through `scenario`, `most` at most. A way that comes round in a circle is left out."""
    circles: list[_State] = []
    found = tuple(islice(_routes(scenario, circles), most + 1))
    return Routes(found[:most], whole=len(found) <= most and not circles)


def minutes(words: int) -> str:
    """How long the words take to read: 6½ minutes, to the nearest half."""
    halves = max(1, round(2 * words / WORDS_A_MINUTE))
    number = f"{halves // 2 or ''}{'½' if halves % 2 else ''}"
    return f"{number} minute{'' if halves <= 2 else 's'}"


def _routes(scenario: Scenario, circles: list[_State]) -> Iterator[Route]:
    """Depth first, without recursion: each entry is a way so far, where it stands and where it has been."""
    here = start(scenario)
    first = Route((), (), scenario.endings[0], _opening(scenario) + _words(here))
    waiting = [(first, here, frozenset({_state(here)}))]
    while waiting:
        so_far, position, been = waiting.pop()
        if isinstance(position.at, Ending):
            yield Route(so_far.taps, so_far.options, position.at, so_far.words)
            continue
        following = []
        for option in offered(position.at, position.variables):
            after = take(scenario, option, position.variables)
            if _state(after) in been:
                circles.append(_state(after))
                continue
            following.append(
                (_tapped(scenario, so_far, (position.at, option, after)), after, been | {_state(after)})
            )
        waiting.extend(reversed(following))


def _tapped(scenario: Scenario, so_far: Route, tap: tuple[Scene, Option, Position]) -> Route:
    scene, option, after = tap
    tapped = f"{scenario.scenes.index(scene) + 1}{LETTERS[scene.options.index(option)]}"
    words = so_far.words + _count(option.changes, option.because) + _words(after)
    return Route((*so_far.taps, tapped), (*so_far.options, option), so_far.ending, words)


def _state(position: Position) -> _State:
    return position.at.id, tuple(position.variables.values())


def _opening(scenario: Scenario) -> int:
    person = scenario.young_person
    return _count(scenario.title, scenario.you_are, person.name, person.about, scenario.content_note)


def _words(position: Position) -> int:
    """The words of the scene or ending that stand on this screen."""
    at = position.at
    words = _count(at.title, at.text) + _echoes(at.echoes, position.variables)
    if isinstance(at, Scene):
        words += _count(at.says or "", *(option.text for option in offered(at, position.variables)))
    return words


def _echoes(echoes: tuple[Echo, ...], variables: Mapping[str, int]) -> int:
    return _count(*(echo.text for echo in echoes if holds(echo.when, variables)))


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
