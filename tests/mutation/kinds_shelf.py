"""Habits of a whole shelf that betray the strongest option: just over what may be, or just not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.core.scenario import Option, Scenario, Scene
from tests.core.stories import with_scene
from tests.mutation.sound import Original, originals
from tests.mutation.truth import WORTH

#: Hundredths of the decisions that have one strongest option; and how many such decisions make a shelf.
MOST_AT_ONE_PLACE: Final = 45
MOST_OF_ONE_LENGTH: Final = 50
LEAST_SHORTEST: Final = 5
FEWEST: Final = 20
#: From so many on, the strongest must be the shortest now and then.
FEWEST_TO_VARY: Final = 60
Shelf = tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class BetrayingShelf:
    """A shelf that just keeps a rule, the same shelf just breaking it, and words that tell how."""

    kept: Shelf
    broken: Shelf
    words: str


@dataclass(frozen=True, slots=True)
class ShelfKind:
    """One habit: the rule that it breaks, and how it is given to a shelf, so many times over what may be."""

    name: str
    rule: str
    draw: Callable[[Shelf, Random, int], tuple[Shelf, str]]
    fewest: int = FEWEST

    def mutant(self, original: Original, seed: int) -> BetrayingShelf | None:
        """A shelf of this original and some others."""
        chance = Random(f"{self.name}/{original.name}/{seed}")
        others = [one for one in originals() if one is not original]
        shelf: Shelf = ()
        while len(decisions(shelf)) < self.fewest:
            shelf = tuple(
                one.scenario
                for one in (
                    original,
                    *chance.sample(others, chance.randint(self.fewest // 7, self.fewest // 3)),
                )
            )
        kept, _ = self.draw(shelf, Random(seed), 0)
        broken, words = self.draw(shelf, Random(seed), 1)
        return BetrayingShelf(kept, broken, words)


def decisions(shelf: Shelf) -> list[tuple[int, Scene, Option]]:
    """The decisions that have one strongest option: the scenario's number, the scene and the option."""
    found = []
    for number, scenario in enumerate(shelf):
        for scene in scenario.scenes:
            worths = [WORTH[option.protects] + WORTH[option.voice] for option in scene.options]
            if worths.count(max(worths)) == 1:
                found.append((number, scene, scene.options[worths.index(max(worths))]))
    return found


def _places(shelf: Shelf, chance: Random, over: int) -> tuple[Shelf, str]:
    """The strongest stands at one place as often as it may, and `over` times more; elsewhere as evenly as can be."""
    found = decisions(shelf)
    chance.shuffle(found)
    place = chance.randrange(3)
    count = MOST_AT_ONE_PLACE * len(found) // 100 + over
    others = [at for at in range(3) if at != place]
    for turn, (number, scene, best) in enumerate(found):
        options = [option for option in scene.options if option is not best]
        options.insert(place if turn < count else others[turn % 2], best)
        shelf = _with(shelf, number, scene, options)
    return shelf, f"stands at {'ABC'[place]} in {count} of {len(found)} decisions"


def _too_often(how: str, other: str) -> Callable[[Shelf, Random, int], tuple[Shelf, str]]:
    """The strongest is the longest, or the shortest, as often as it may be, and `over` times more."""

    def often(shelf: Shelf, chance: Random, over: int) -> tuple[Shelf, str]:
        count = MOST_OF_ONE_LENGTH * len(decisions(shelf)) // 100 + over
        shelf = _measured(shelf, chance, count, how=how, others=(other, "between"))
        return shelf, f"is the {how} in {count} of {len(decisions(shelf))} decisions"

    return often


def _too_seldom(shelf: Shelf, chance: Random, over: int) -> tuple[Shelf, str]:
    """The strongest is the shortest just as seldom as it may be, and `over` times less."""
    count = -(-LEAST_SHORTEST * len(decisions(shelf)) // 100) - over
    shelf = _measured(shelf, chance, count, how="shortest", others=("longest", "between"))
    return shelf, f"is the shortest in only {count} of {len(decisions(shelf))} decisions"


def _measured(shelf: Shelf, chance: Random, count: int, *, how: str, others: tuple[str, str]) -> Shelf:
    """The strongest is as long so many times, by one letter or beside another; else one and the other by turns."""
    found = decisions(shelf)
    chance.shuffle(found)
    for turn, (number, scene, best) in enumerate(found):
        lengths = {"longest": chance.choice((40, 41)), "shortest": chance.choice((19, 20)), "between": 25}
        length = lengths[how if turn < count else others[turn % 2]]
        rest = iter((40, 20, 30))
        options = [
            replace(option, text="x" * (length if option is best else next(rest))) for option in scene.options
        ]
        shelf = _with(shelf, number, scene, options)
    return shelf


def _with(shelf: Shelf, number: int, scene: Scene, options: list[Option]) -> Shelf:
    changed = with_scene(shelf[number], scene.id, options=tuple(options))
    return (*shelf[:number], changed, *shelf[number + 1 :])


KINDS = (
    ShelfKind("the strongest option at one place", "place-betrays", _places),
    ShelfKind("the strongest option is the longest", "length-betrays", _too_often("longest", "shortest")),
    ShelfKind("the strongest option is the shortest", "length-betrays", _too_often("shortest", "longest")),
    ShelfKind("the strongest option is never the shortest", "length-betrays", _too_seldom, FEWEST_TO_VARY),
)
