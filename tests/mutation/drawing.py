"""How mutants are drawn: so many of each kind, from all originals in turn, and each another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Generic, Protocol, TypeVar

from tests.mutation import (
    kinds_names,
    kinds_paths,
    kinds_ratings,
    kinds_rounds,
    kinds_rules,
    kinds_shelf,
    kinds_values,
    kinds_walks,
    kinds_words,
)
from tests.mutation.kinds_shelf import BetrayingShelf, ShelfKind
from tests.mutation.kinds_walks import BrokenWalk, WalkKind
from tests.mutation.seeding import Kind, Mutant
from tests.mutation.sound import Original, originals
from tests.mutation.texts import Edit, Text, TextKind, texts
from tests.thorough import examples

PLAYED: Final = (*kinds_paths.KINDS, *kinds_rounds.KINDS, *kinds_ratings.KINDS, *kinds_rules.KINDS)
WRITTEN: Final = (*kinds_names.KINDS, *kinds_values.KINDS, *kinds_words.KINDS)
WALKED: Final = kinds_walks.KINDS
SHELVED: Final = kinds_shelf.KINDS

OF_PLAYED: Final = examples(ordinary=10, thorough=50)
OF_OTHERS: Final = examples(ordinary=8, thorough=40)
#: So many originals are tried for each mutant that is wanted.
TRIES: Final = 8


class _Named(Protocol):
    @property
    def name(self) -> str: ...


From = TypeVar("From", bound=_Named)
Source_contra = TypeVar("Source_contra", contravariant=True)
Made = TypeVar("Made")
Makes_co = TypeVar("Makes_co", covariant=True)


class _Draws(Protocol[Source_contra, Makes_co]):
    @property
    def name(self) -> str: ...

    def mutant(self, original: Source_contra, seed: int) -> Makes_co | None: ...


@dataclass(frozen=True, slots=True)
class Drawn(Generic[From, Made]):
    """One mutant, and what draws it again."""

    kind: str
    original: From
    seed: int
    made: Made

    def __str__(self) -> str:
        return f"kind '{self.kind}', original '{self.original.name}', seed {self.seed}"


@cache
def played(kind: Kind) -> list[Drawn[Original, Mutant]]:
    """Scenarios with a defect of this kind."""
    return _drawn(kind, originals(), PLAYED.index(kind), OF_PLAYED)


@cache
def edited(kind: TextKind) -> list[Drawn[Text, Edit]]:
    """Files with a fault of this kind."""
    return _drawn(kind, texts(), WRITTEN.index(kind), OF_OTHERS)


@cache
def walked(kind: WalkKind) -> list[Drawn[Original, BrokenWalk]]:
    """Walks that do not play."""
    return _drawn(kind, originals(), WALKED.index(kind), OF_OTHERS)


@cache
def shelved(kind: ShelfKind) -> list[Drawn[Original, BetrayingShelf]]:
    """Shelves that betray the strongest option."""
    return _drawn(kind, originals(), SHELVED.index(kind), OF_OTHERS)


def _drawn(
    kind: _Draws[From, Made], pool: Sequence[From], first: int, wanted: int
) -> list[Drawn[From, Made]]:
    """Each kind begins with another original and strides on, so that all of them are shared out."""
    found: list[Drawn[From, Made]] = []
    for seed in range(wanted * TRIES):
        original = pool[(first * 5 + seed * 7) % len(pool)]
        made = kind.mutant(original, seed)
        if made is not None and all(one.made != made for one in found if one.original is original):
            found.append(Drawn(kind.name, original, seed, made))
        if len(found) == wanted:
            break
    return found
