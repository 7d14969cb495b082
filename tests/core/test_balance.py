"""Whether a whole shelf betrays the strongest option: by its place on the screen, or by its length."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from bot.core.proofs.balance import Balance, balance, balance_findings, strongest
from bot.core.proofs.finding import Finding
from bot.core.scenario import Scenario, Scene
from tests.core.stories import STORY, K, S, W, option, scene


def _decision(at: int, *lengths: int) -> Scene:
    """A scene whose strongest option stands at this place (0 is A), with texts of these lengths."""
    options = [
        replace(option(f"o{place}", S if place == at else K, S, "end"), text="x" * length)
        for place, length in enumerate(lengths)
    ]
    return scene(f"s{at}", *options)


def _shelf(scenes: Iterable[Scene]) -> Iterator[Scenario]:
    """Scenarios of up to five decisions each."""
    every = list(scenes)
    for first in range(0, len(every), 5):
        yield replace(STORY, scenes=tuple(every[first : first + 5]))


def _placed(*counts: int) -> Iterator[Scenario]:
    """So many decisions with the strongest at A, at B and so on; never the longest nor the shortest."""
    return _shelf(
        _decision(at, *(9 if place == at else 8 + 2 * (place % 2) for place in range(4)))
        for at, count in enumerate(counts)
        for _ in range(count)
    )


def _long(*, longest: int, of: int) -> Iterator[Scenario]:
    """Places in turn; in the first so many the strongest is the longest."""
    return _shelf(
        _decision(
            number % 4, *(9 if place == number % 4 else 8 + 2 * (number >= longest) for place in range(4))
        )
        for number in range(of)
    )


def test_the_strongest_serves_both_rights_best() -> None:
    best = option("best", S, W, "end")
    assert strongest(scene("one", option("other", W, W, "end"), best, option("third", K, S, "end"))) == best


def test_of_options_that_serve_the_two_rights_alike_none_is_the_strongest() -> None:
    assert strongest(scene("one", option("walk", S, W, "end"), option("tea", W, S, "end"))) is None


def test_places_and_lengths_are_counted_over_all_scenarios() -> None:
    shelf = _shelf(
        [_decision(0, 9, 5, 5), _decision(2, 9, 5, 5), _decision(3, 9, 5, 9, 6), _decision(1, 5, 9, 5)]
    )
    assert balance(shelf) == Balance(decisions=4, places=(1, 1, 1, 1), longest=2, shortest=1)


def test_a_decision_without_one_strongest_option_does_not_count() -> None:
    even = scene("even", option("walk", S, W, "end"), option("tea", W, S, "end"))
    assert balance(_shelf([even, _decision(1, 5, 9)])) == Balance(1, (0, 1, 0, 0), longest=1, shortest=0)
    assert balance([]) == Balance(0, (0, 0, 0, 0), longest=0, shortest=0)


def test_as_long_as_the_longest_betrays_as_much() -> None:
    assert balance(_shelf([_decision(0, 9, 9, 5)])).longest == 1


@pytest.mark.parametrize("counts", [(9, 9, 2, 0), (5, 5, 5, 5), (2, 0, 9, 9), (0, 9, 9, 2)])
def test_a_place_that_is_taken_often_but_not_too_often_says_nothing(counts: tuple[int, ...]) -> None:
    assert list(balance_findings(_placed(*counts))) == []


@pytest.mark.parametrize(
    ("counts", "letter"),
    [((10, 5, 5, 0), "A"), ((5, 10, 5, 0), "B"), ((5, 5, 10, 0), "C"), ((5, 5, 0, 10), "D")],
)
def test_a_place_at_which_the_strongest_stands_too_often_is_told(
    counts: tuple[int, ...], letter: str
) -> None:
    (finding,) = balance_findings(_placed(*counts))
    assert (finding.rule, finding.scene, finding.taps) == ("place-betrays", None, ())
    told = f"the strongest option stands at {letter} in 10 of 20 decisions of the shelf; at most 45% may."
    assert finding.what.startswith(told)


def test_two_places_can_be_taken_too_often_at_once() -> None:
    assert [finding.rule for finding in balance_findings(_placed(20, 0, 0, 20))] == ["place-betrays"] * 2


def test_half_of_the_strongest_may_be_the_longest_and_no_more() -> None:
    assert list(balance_findings(_long(longest=10, of=20))) == []
    (finding,) = balance_findings(_long(longest=11, of=20))
    assert (finding.rule, finding.scene) == ("length-betrays", None)
    told = "the strongest option is the longest in 11 of 20 decisions of the shelf; at most 50% may."
    assert finding.what.startswith(told)


def test_of_a_shelf_so_small_that_chance_may_look_like_a_habit_nothing_is_said() -> None:
    def told(count: int) -> list[Finding]:
        return list(balance_findings(_shelf(_decision(0, 9, 5, 5) for _ in range(count))))

    assert told(19) == []
    assert [finding.rule for finding in told(20)] == ["place-betrays", "length-betrays"]


def _short(*, shortest: int, of: int) -> Iterator[Scenario]:
    """Places in turn; in the first so many the strongest is the shortest, in the others it lies between."""
    return _shelf(
        _decision(
            number % 4,
            *(
                (7 if number < shortest else 9) if place == number % 4 else (8, 10)[(place + number) % 2]
                for place in range(4)
            ),
        )
        for number in range(of)
    )


def test_the_shortest_too_often_betrays_it_too() -> None:
    (finding,) = balance_findings(_short(shortest=13, of=24))
    assert finding == Finding(
        "length-betrays",
        "the strongest option is the shortest in 13 of 24 decisions of the shelf; at most 50% may.",
    )
    assert list(balance_findings(_short(shortest=12, of=24))) == []


def test_never_the_shortest_betrays_it_in_a_large_shelf() -> None:
    assert list(balance_findings(_short(shortest=0, of=59))) == []
    assert list(balance_findings(_short(shortest=3, of=60))) == []
    (finding,) = balance_findings(_short(shortest=2, of=60))
    assert finding.rule == "length-betrays"
    assert finding.what.startswith("the strongest option is the shortest in only 2 of 60 decisions")
