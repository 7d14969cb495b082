"""Small scenarios drawn at random: any at all, and such as are sound or fail by one thing only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.core.ids import SceneId
from bot.core.scenario import Condition, Effect, Option, PathRule, Rating, Scenario, Scene, Variable, Way
from tests.core.stories import STORY, K, S, W, ending, option, scene, with_option, with_scene

RATINGS = tuple(product(Rating, Rating))
#: A pair that a good practitioner could defend but that gives one right less than the other, or both.
LESSER = ((S, W), (W, S), (W, W))
TAGS: tuple[tuple[str, ...], ...] = ((), (), (), (), ("calm",), ("told",), ("calm", "told"))
#: Yes and no, and small numbers, that start low, high and in between.
VARIABLES = (
    Variable(0, 1, 0), Variable(0, 1, 1), Variable(0, 2, 1), Variable(0, 3, 0), Variable(1, 3, 3),
)  # fmt: skip

Draw = st.DrawFn
Drawn = TypeVar("Drawn")
Ratings = tuple[Rating, Rating]


@dataclass(frozen=True, slots=True)
class _Words:
    """Everything that can be said of these variables: conditions, and what an option may do to them."""

    variables: dict[str, Variable]

    def conditions(self, draw: Draw, counts: Sequence[int]) -> tuple[Condition, ...]:
        """As many conditions as one of the counts."""
        known = list(self._conditions())
        return tuple(_one(draw, known) for _ in range(_one(draw, counts) if known else 0))

    def effects(self, draw: Draw, counts: Sequence[int]) -> tuple[Effect, ...]:
        """As many effects as one of the counts; two of them may move the same variable."""
        known = list(self._effects())
        return tuple(_one(draw, known) for _ in range(_one(draw, counts) if known else 0))

    def ways(self, draw: Draw, ids: Sequence[str], counts: Sequence[int]) -> tuple[Way, ...]:
        """Ways to some of these. Mostly the last has no condition, so that there always is one."""
        count = _one(draw, counts) if self.variables else 1
        found = [Way(SceneId(_one(draw, ids)), self.conditions(draw, (1, 1, 2))) for _ in range(count - 1)]
        last = self.conditions(draw, (1,)) if draw(st.integers(0, 15)) == 15 else ()
        return (*found, Way(SceneId(_one(draw, ids)), last))

    def _conditions(self) -> Iterator[Condition]:
        for name, variable in self.variables.items():
            values = range(variable.low, variable.high + 1)
            for low, high in product(values, values):
                if low <= high and (low, high) != (variable.low, variable.high):
                    yield Condition(name, low, high)

    def _effects(self) -> Iterator[Effect]:
        for name, variable in self.variables.items():
            yield from (
                Effect(name, value, relative=False) for value in range(variable.low, variable.high + 1)
            )
            yield from (Effect(name, step, relative=True) for step in (-3, -1, 1, 2))


@st.composite
def any_scenarios(draw: Draw) -> Scenario:
    """Two to seven scenes, whatever leads where: every rule is broken by many of them."""
    words = _words(draw)
    scenes = [f"s{number}" for number in range(_one(draw, (2, 3, 4, 5, 6, 6, 7, 7, 7)))]
    endings = [f"e{number}" for number in range(draw(st.integers(1, 3)))]
    overrides = draw(st.sets(st.sampled_from(scenes), max_size=2))
    turning = draw(st.integers(0, 7))
    kept = draw(st.booleans())
    found = []
    for at, id in enumerate(scenes):
        ids = _leading(scenes, endings, at, turning)
        options = [
            _option(
                number,
                _one(draw, (*LESSER, (S, S)) if kept and number < 2 else RATINGS),
                words.ways(draw, ids, (1, 1, 1, 2, 3)),
                keeps_quiet=draw(st.integers(0, 15)) > (7 if id in overrides else 14),
                when=words.conditions(draw, (0, 0, 0, 0, 0, 1, 2)),
                sets=words.effects(draw, (0, 1, 1, 2)),
                tags=_one(draw, TAGS),
            )
            for number in range(draw(st.integers(2, 4)))
        ]
        found.append(scene(id, *options, override=id in overrides, tags=_one(draw, TAGS)))
    return _scenario(draw, words, found, endings)


@st.composite
def likely_sound(draw: Draw) -> Scenario:
    """Four to six decisions on most paths, one override, and two options that always stand: mostly sound."""
    words = _words(draw)
    rows, danger = _rows(draw)
    endings = [f"e{number}" for number in range(draw(st.integers(1, len(rows[-1]) + 1)))]
    # Somewhere a row may be passed over, though never the override, or one more decision may be made in it.
    odd = draw(st.integers(0, len(rows) - 1))
    found = []
    for at, row in enumerate(rows):
        ahead = rows[at + 1] if at + 1 < len(rows) else endings
        further = [*ahead, *_passing(rows, at, danger)] if at == odd else ahead
        for beside, id in enumerate(row):
            options = [
                _standing(draw, words, number, ahead, override=at == danger, turn=number + beside)
                for number in range(2)
            ] + [
                _further(draw, words, number, [*further, *row[beside + 1 :]] if at == odd else further)
                for number in range(2, draw(st.integers(2, 4)))
            ]
            found.append(scene(id, *options, override=at == danger, tags=_one(draw, TAGS)))
    return _scenario(draw, words, found, endings)


@st.composite
def nearly_sound(draw: Draw) -> Scenario:
    """One thing is changed in a scenario that is mostly sound: an option or a scene."""
    drawn = draw(likely_sound())
    words = _Words(dict(drawn.variables))
    at = _one(draw, drawn.scenes)
    id = _one(draw, at.options).id
    ids = [*(scene.id for scene in drawn.scenes), *(ending.id for ending in drawn.endings)]
    match draw(st.integers(0, 5)):
        case 0:
            return with_option(drawn, at.id, id, goes=words.ways(draw, ids, (1, 2, 3)))
        case 1:
            protects, voice = _one(draw, RATINGS)
            return with_option(drawn, at.id, id, protects=protects, voice=voice)
        case 2:
            return with_option(drawn, at.id, id, when=words.conditions(draw, (1, 1, 2)))
        case 3:
            return with_option(drawn, at.id, id, sets=words.effects(draw, (1, 2)))
        case 4:
            return with_option(drawn, at.id, id, keeps_quiet=True)
        case _:
            return with_scene(drawn, at.id, override=not at.override)


def _standing(
    draw: Draw, words: _Words, number: int, ahead: Sequence[str], *, override: bool, turn: int
) -> Option:
    """The first or second option of a scene: always offered, and with the other enough to weigh."""
    best = number == 0 and (override or draw(st.integers(0, 15)) < 15)
    ratings: Ratings = (S, S) if best else _one(draw, LESSER)
    quiet = override and number == 1
    last = Way(SceneId(ahead[turn % len(ahead)]))
    aside = words.ways(draw, ahead, (1,)) if words.variables and draw(st.integers(0, 4)) == 4 else ()
    return _option(
        number,
        (K if quiet else ratings[0], ratings[1]),
        (*(replace(way, when=words.conditions(draw, (1,))) for way in aside), last),
        keeps_quiet=quiet,
        sets=words.effects(draw, (0, 1, 1, 2)),
        tags=_one(draw, TAGS),
    )


def _further(draw: Draw, words: _Words, number: int, ids: Sequence[str]) -> Option:
    """A third or fourth option, rated anyhow, offered always or sometimes."""
    ways = words.ways(draw, ids, (1, 1, 2))
    return _option(
        number,
        _one(draw, (*RATINGS, (S, S), (S, S), (S, S))),
        (*ways[:-1], replace(ways[-1], when=())),
        when=words.conditions(draw, (0, 0, 0, 0, 0, 1)),
        sets=words.effects(draw, (0, 1, 1, 2)),
        tags=_one(draw, TAGS),
    )


def _option(number: int, ratings: Ratings, goes: tuple[Way, ...], **more: Any) -> Option:
    protects, voice = ratings
    return option(f"o{number}", protects, voice, goes, **more)


def _rows(draw: Draw) -> tuple[list[list[str]], int]:
    """The scenes by how many decisions lie before them, at most seven; and which row is the override alone."""
    count = draw(st.integers(4, 6))
    danger = draw(st.integers(0, count - 1))
    rows: list[list[str]] = []
    for at in range(count):
        wide = at != danger and sum(map(len, rows)) + count - at < 7 and draw(st.booleans())
        rows.append([f"s{at}{letter}" for letter in ("ab" if wide and at else "a")])
    return rows, danger


def _leading(scenes: Sequence[str], endings: Sequence[str], at: int, turning: int) -> Sequence[str]:
    """Where a scene may lead: mostly only on, so that what is found where nothing leads round is looked at, too."""
    match turning:
        case 7:  # once in the latter half, there may be no way out of it
            return scenes[len(scenes) // 2 :] if 2 * at >= len(scenes) else [*scenes[at + 1 :], *endings]
        case 6:
            return [*scenes, *endings]
        case _:
            return [*scenes[at + 1 : at + 3], *(endings if at + 2 >= len(scenes) else endings[:1])]


def _passing(rows: Sequence[Sequence[str]], at: int, danger: int) -> Sequence[str]:
    """The row after the next, if the one between may be left out."""
    return rows[at + 2] if at + 2 < len(rows) and at + 1 != danger and len(rows) > 4 else ()


def _words(draw: Draw) -> _Words:
    return _Words({name: _one(draw, VARIABLES) for name in "abc"[: _one(draw, (0, 1, 2, 2, 3, 3))]})


def _scenario(draw: Draw, words: _Words, scenes: Sequence[Scene], endings: Sequence[str]) -> Scenario:
    """The scenario, with up to two rules of its author's. Scenes need not stand in the order of the story."""
    names = ["calm", "told", *endings, *(found.id for found in scenes)]
    names += [f"{found.id}/{taken.id}" for found in scenes for taken in found.options]
    rules = [
        PathRule(_one(draw, names), draw(st.none() | st.sampled_from(names)))
        for _ in range(_one(draw, (0, 0, 0, 1, 2)))
    ]
    return replace(
        STORY,
        variables=words.variables,
        scenes=(scenes[0], *(reversed(scenes[1:]) if draw(st.booleans()) else scenes[1:])),
        endings=tuple(map(ending, endings)),
        rules=tuple(rules),
    )


def _one(draw: Draw, of: Sequence[Drawn]) -> Drawn:
    return of[draw(st.integers(0, len(of) - 1))]
