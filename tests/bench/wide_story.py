"""A sound story of any size: branches side by side, and every combination of its booleans at every scene of them.

Six decisions of four options lead to 1,365 screens at most, so a larger story needs wider ones: its first two scenes
give the booleans every combination of values, the next two lead into the branches. All other scenes have four options.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Final

from bot.core.ids import EndingId, OptionId, ScenarioId, SceneId, SkillId
from bot.core.scenario import (
    Condition,
    Effect,
    Ending,
    Option,
    PathRule,
    Rating,
    Resource,
    Role,
    Scenario,
    Scene,
    Variable,
    Way,
    YoungPerson,
)

#: Every screen offers at least so many options, rated in turn like these: both rights, a middle way, one, the other.
RATINGS: Final = (
    (Rating.STRONGER, Rating.STRONGER),
    (Rating.WORKABLE, Rating.WORKABLE),
    (Rating.STRONGER, Rating.WEAKER),
    (Rating.WEAKER, Rating.STRONGER),
)
#: Columns of a branch, and scenes of a column: a head, and the two that its first two options lead to.
COLUMNS: Final = 40
COLUMN: Final = 3
BRANCH: Final = 1 + COLUMNS * COLUMN
#: The first scene, the override and the crossroads, which stand before all branches.
BEFORE: Final = 3

_ENDINGS: Final = tuple(EndingId(f"ending-{number}") for number in range(len(RATINGS)))
_OVERRIDE: Final = SceneId("override")
_CROSSROADS: Final = SceneId("crossroads")

Target = SceneId | EndingId


def wide_story(scenes: int, *, booleans: int = 10) -> Scenario:
    """A story with exactly so many scenes (at least 5) and booleans (an even number, at least 4)."""
    assert scenes > BEFORE + 1
    assert booleans >= 4
    assert not booleans % 2
    names = [f"boolean-{number}" for number in range(booleans)]
    sizes = _shared(scenes - BEFORE, most=BRANCH)
    branches = [list(_branch(number, size, names)) for number, size in enumerate(sizes)]
    heads = [branch[0].id for branch in branches]
    before = [
        _setting(SceneId("first"), names[: booleans // 2], _OVERRIDE),
        _setting(_OVERRIDE, names[booleans // 2 :], _CROSSROADS, override=True),
        _leading(_CROSSROADS, heads),
    ]
    return Scenario(
        id=ScenarioId("wide"),
        title="A wide story",
        teaser="One line.",
        minutes=5,
        roles=(Role.HEALTH,),
        skills=(SkillId("R1"),),
        content_note="A note.",
        young_person=YoungPerson("Robin", 14, "they/them", "Likes buses."),
        you_are="You are there.",
        scenes=(*before, *chain.from_iterable(branches)),
        endings=tuple(Ending(id, id, "The end.", "And then.", "What now?") for id in _ENDINGS),
        variables={name: Variable(0, 1, 0) for name in names},
        rules=(PathRule(_CROSSROADS), PathRule("setting", after=_CROSSROADS)),
    )


def every_situation(scenes: int, *, booleans: int = 10) -> int:
    """How many situations such a story has: one at the first scene, some at the second, all others everywhere else."""
    return int(1 + 2 ** (booleans // 2) + 2**booleans * (scenes - 2))


def _shared(count: int, *, most: int) -> list[int]:
    """`count` in as few parts as `most` allows, as even as can be."""
    parts = -(-count // most)
    return [(count + part) // parts for part in range(parts)]


def _branch(number: int, size: int, names: Sequence[str]) -> Iterator[Scene]:
    """A scene that leads to every column, or out after four decisions; then the columns."""
    here = SceneId(f"branch-{number}")
    sizes = _shared(size - 1, most=COLUMN) if size > 1 else []
    columns = [
        list(_column(f"{number}-{column}", length, names, turn=number + column))
        for column, length in enumerate(sizes)
    ]
    yield _leading(here, [*(column[0].id for column in columns), _ENDINGS[number % len(_ENDINGS)]])
    yield from chain.from_iterable(columns)


def _column(name: str, length: int, names: Sequence[str], *, turn: int) -> Iterator[Scene]:
    """A scene that leads on to as many others as `length` allows, and else out after five decisions; then those."""
    after = [SceneId(f"after-{name}-{number}") for number in range(length - 1)]
    yield _deciding(SceneId(f"head-{name}"), [*after, *_ENDINGS[len(after) :]], names, turn=turn)
    for number, here in enumerate(after, 1):
        yield _deciding(here, _ENDINGS, names, turn=turn + number)


def _setting(here: SceneId, names: Sequence[str], to: SceneId, *, override: bool = False) -> Scene:
    """A scene with an option for each combination of values of these booleans."""
    options = [
        _option(number, Way(to), sets=_set(names, values), keeps_quiet=override and number == 3)
        for number, values in enumerate(product((0, 1), repeat=len(names)))
    ]
    return Scene(here, here, "A text.", tuple(options), override=override, tags=("setting",))


def _set(names: Sequence[str], values: Sequence[int]) -> tuple[Effect, ...]:
    return tuple(Effect(name, value, relative=False) for name, value in zip(names, values, strict=True))


def _leading(here: SceneId, targets: Sequence[Target]) -> Scene:
    """A scene with an option for each target; with too few of them several lead to the same."""
    count = max(len(RATINGS), len(targets))
    options = [_option(number, Way(targets[number % len(targets)])) for number in range(count)]
    return Scene(here, here, "A text.", tuple(options))


def _deciding(here: SceneId, targets: Sequence[Target], names: Sequence[str], *, turn: int) -> Scene:
    """A scene that tests two booleans, in options and in ways, and changes a third.

    The first two options cross over, so that every combination gets to the first two targets. They are always offered;
    of the others, one when the boolean holds and one when it does not.
    """
    tested, other, changed = (names[(turn + step) % len(names)] for step in range(3))
    yes, no, also = Condition(tested, 1, 1), Condition(tested, 0, 0), Condition(other, 1, 1)
    fall, rise = Effect(changed, -1, relative=True), Effect(changed, 1, relative=False)
    options = (
        _option(0, Way(targets[0], (yes,)), Way(targets[1])),
        _option(1, Way(targets[1], (yes,)), Way(targets[0])),
        _option(2, Way(targets[2], (also,)), Way(targets[1]), when=(no,), sets=(fall,)),
        _option(3, Way(targets[3], (also,)), Way(targets[0]), when=(yes,), sets=(rise,)),
    )
    return Scene(here, here, "A text.", options)


def _option(
    number: int,
    *goes: Way,
    when: tuple[Condition, ...] = (),
    sets: tuple[Effect, ...] = (),
    keeps_quiet: bool = False,
) -> Option:
    protects, voice = RATINGS[number % len(RATINGS)]
    return Option(
        id=OptionId(f"option-{number}"),
        text="Something is done.",
        protects=protects,
        voice=voice,
        because="For a reason.",
        draws_on=(Resource.SKILL,),
        skills=(SkillId("R1"),),
        changes="Something changes.",
        thinks="Something is thought.",
        goes=goes,
        when=when,
        sets=sets,
        keeps_quiet=keeps_quiet,
    )
