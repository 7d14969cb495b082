"""The window: what may be acknowledged, whatever the order in which things are finished."""

from hypothesis import given
from hypothesis import strategies as st

from bot.tg.window import Window

NEVER = float("-inf")


def test_before_anything_has_come_everything_is_wanted() -> None:
    window = Window()
    assert window.offset(since=NEVER) is None
    assert not window.first_is_finished
    window.skip()
    assert window.offset(since=NEVER) is None


def test_what_is_acknowledged_is_forgotten_and_the_rest_stays_known() -> None:
    window = Window()
    assert [window.add(number, at=0) for number in (5, 6, 9, 5)] == [True, True, True, False]
    assert (window.finish(6), window.finish(5)) == (False, True)
    assert (window.offset(since=NEVER), window.first_is_finished, window.unfinished) == (9, True, 1)
    window.acknowledged(9)
    assert (len(window), window.offset(since=NEVER), window.first_is_finished) == (1, 9, False)
    assert window.finish(9)
    assert window.offset(since=NEVER) == 10
    window.acknowledged(10)
    assert (len(window), window.unfinished, window.offset(since=NEVER)) == (0, 0, 10)


def test_what_is_here_too_long_is_passed_and_may_finish_later() -> None:
    window = Window()
    window.add(1, at=10)
    window.add(2, at=11)
    assert (window.oldest, window.offset(since=9), window.offset(since=10)) == (10, 1, 2)
    window.acknowledged(2)
    assert (window.oldest, window.unfinished, window.finish(1)) == (11, 1, False)


@given(st.lists(st.integers(1, 40), unique=True).map(sorted), st.data())
def test_the_offset_never_passes_an_unfinished_update(numbers: list[int], data: st.DataObject) -> None:
    window = Window()
    for number in numbers:
        assert window.add(number, at=0)
    finished = data.draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else []
    for number in finished:
        window.finish(number)
    offset = window.offset(since=NEVER)
    unfinished = [number for number in numbers if number not in finished]
    if unfinished:
        assert offset == unfinished[0]
    else:
        assert offset == (numbers[-1] + 1 if numbers else None)
    window.acknowledged(offset)
    assert window.unfinished == len(unfinished)
    assert len(window) == (len(numbers) - numbers.index(unfinished[0]) if unfinished else 0)
