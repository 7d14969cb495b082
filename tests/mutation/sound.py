"""Sound scenarios to seed defects in: those shipped, those of other tests, and many drawn in different shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from random import Random
from typing import Any

from bot.core.ids import OptionId, ScenarioId, SceneId, SkillId
from bot.core.scenario import (
    Condition,
    Echo,
    Effect,
    Option,
    PathRule,
    Rating,
    Scenario,
    Scene,
    Variable,
    Way,
)
from bot.library.shelf import compile_shelf
from tests.core.stories import STORY, K, S, W, ending, moves, option, scene, sets, when
from tests.library.authors import SOUND as LAST_BUS
from tests.mutation.look import Look, look
from tests.mutation.truth import truth
from tests.shipped import shipped

DRAWN = 26
#: A drawn scenario has no more situations than this, so that each of many mutants is looked at quickly.
MOST_SITUATIONS = 70
DEFENSIBLE = ((W, W), (S, W), (W, S))
OTHERS = ((S, K), (W, K), (K, S), (K, W), (K, K), (W, W), (S, W), (W, S))
VARIABLES = (
    Variable(0, 1, 0), Variable(0, 1, 1), Variable(0, 2, 0), Variable(0, 3, 1), Variable(1, 3, 2), Variable(2, 4, 4),
)  # fmt: skip
NAMES = ("told", "trust", "calls", "limits")


@dataclass(frozen=True, slots=True)
class Original:
    """A sound scenario, and all of its situations."""

    scenario: Scenario
    seen: Look = field(repr=False)

    @property
    def name(self) -> str:
        """What it is called in a failure."""
        return str(self.scenario.id)


@cache
def originals() -> tuple[Original, ...]:
    """Every sound scenario; the small ones stand in turn with the large."""
    return tuple(Original(scenario, look(scenario)) for scenario in _scenarios())


def _scenarios() -> Iterator[Scenario]:
    yield STORY
    yield from compile_shelf(LAST_BUS).scenarios.values()
    yield from shipped().scenarios.values()
    yield from (drawn(number) for number in range(DRAWN))


def drawn(number: int) -> Scenario:
    """The drawn scenario of this number: the first of its seeds in which nothing is wrong, situation by situation."""
    for attempt in count():
        chance = Random(f"sound/{number}/{attempt}")
        scenario = _Draft(chance, variables=number % 4, echoes=number % 3 > 0).scenario(f"drawn-{number:02}")
        if not truth(scenario) and len(look(scenario).positions) <= MOST_SITUATIONS:
            return scenario
    raise AssertionError


class _Draft:
    """One attempt at a scenario: rows of scenes, each leading to the next, one of them the override."""

    def __init__(self, chance: Random, *, variables: int, echoes: bool) -> None:
        self.chance = chance
        self.echoes = echoes
        names = chance.sample(NAMES, variables)
        self.variables = {name: chance.choice(VARIABLES) for name in names}

    def scenario(self, id: str) -> Scenario:
        """The whole of it."""
        rows, danger = self._rows()
        endings = [f"end-{number}" for number in range(self.chance.randint(3, 4))]
        scenes = [part for at, row in enumerate(rows) for part in self._row(rows, at, danger, endings)]
        first, *others = scenes
        self.chance.shuffle(others)  # an author may write them down in any order
        scenario = replace(
            STORY,
            id=ScenarioId(id),
            title=f"Drawn {id}",
            skills=(SkillId("R1"), SkillId("E1")),
            variables=self.variables,
            scenes=(first, *others),
            endings=tuple(ending(id, echoes=self._echoes(id)) for id in endings),
        )
        return replace(scenario, rules=tuple(self._rules(rows, danger)))

    def _rows(self) -> tuple[list[list[str]], int]:
        """Four or five rows of one or two scenes, and now and then one scene beside them that only some pass."""
        depth = self.chance.choice((4, 4, 5, 5, 6))
        danger = self.chance.randrange(1, depth)
        wide = [0 < at != danger and self.chance.random() < 0.45 for at in range(depth)]
        rows = [[f"s{at}{letter}" for letter in ("ab" if wide[at] else "a")] for at in range(depth)]
        return rows, danger

    def _row(self, rows: Sequence[list[str]], at: int, danger: int, endings: list[str]) -> Iterator[Scene]:
        ahead = rows[at + 1] if at + 1 < len(rows) else endings
        beside = rows[at][1:] if at != danger and self.chance.random() < 0.5 and len(rows) < 6 else []
        for id in rows[at]:
            # From one scene of a row one may pass through the other: such paths are longer by one.
            ways = [*ahead, *beside] if beside and id not in beside else ahead
            options = self._danger(ahead) if at == danger else self._options(ways)
            self.chance.shuffle(options)
            named = [replace(one, id=OptionId(f"{id}-{one.id}")) for one in options]
            yield scene(id, *named, override=at == danger, echoes=self._echoes(id), tags=(f"row-{at}",))

    def _options(self, ahead: Sequence[str]) -> list[Option]:
        first = [
            self._option("both", (S, S), ahead),
            self._option("defended", self.chance.choice(DEFENSIBLE), ahead),
        ]
        hidden = self._conditions() if self.chance.random() < 0.6 else ()
        first.append(self._option("third", self.chance.choice(OTHERS), ahead, when=hidden))
        if self.chance.random() < 0.4:
            hidden = self._conditions() if self.chance.random() < 0.6 else ()
            first.append(self._option("fourth", self.chance.choice((*OTHERS, (S, S))), ahead, when=hidden))
        return first

    def _danger(self, ahead: Sequence[str]) -> list[Option]:
        found = [
            self._option("act-and-say", (S, S), ahead),
            self._option("act-alone", (S, self.chance.choice((K, W))), ahead),
            self._option("quiet", (K, self.chance.choice((S, W))), ahead, keeps_quiet=True),
        ]
        if self.chance.random() < 0.3:
            found.append(self._option("form", (W, K), ahead, when=self._conditions()))
        return found

    def _option(self, id: str, rated: tuple[Rating, Rating], ahead: Sequence[str], **more: Any) -> Option:
        ways = [Way(SceneId(self.chance.choice(ahead)))]
        if self.variables and len(ahead) > 1 and self.chance.random() < 0.5:
            other = self.chance.choice([id for id in ahead if id != ways[0].to])
            ways.insert(0, Way(SceneId(other), self._conditions()))
        tags = (self.chance.choice(("calm", "told-them", "rushed")),) if self.chance.random() < 0.3 else ()
        return option(id, *rated, tuple(ways), sets=self._effects(), tags=tags, **more)

    def _conditions(self) -> tuple[Condition, ...]:
        if not self.variables:
            return ()
        name = self.chance.choice(list(self.variables))
        bounds = self.variables[name]
        low, high = sorted(self.chance.randint(bounds.low, bounds.high) for _ in range(2))
        return when(name, low, high) if (low, high) != (bounds.low, bounds.high) else when(name, low, low)

    def _effects(self) -> tuple[Effect, ...]:
        if not self.variables or self.chance.random() < 0.5:
            return ()
        name = self.chance.choice(list(self.variables))
        bounds = self.variables[name]
        if self.chance.random() < 0.5:
            return (sets(name, self.chance.randint(bounds.low, bounds.high)),)
        return (moves(name, self.chance.choice((-1, 1))),)

    def _echoes(self, id: str) -> tuple[Echo, ...]:
        if not self.echoes or not self.variables or self.chance.random() < 0.5:
            return ()
        return (Echo(f"What was done comes back at {id}.", self._conditions()),)

    def _rules(self, rows: Sequence[list[str]], danger: int) -> Iterator[PathRule]:
        if self.chance.random() < 0.6:
            yield PathRule(rows[danger][0])
        if self.chance.random() < 0.6:
            early, late = sorted(self.chance.sample(range(len(rows)), 2))
            yield PathRule(f"row-{early}", after=f"row-{late}")
