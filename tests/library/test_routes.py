"""Every way through a scenario: none left out, none twice, rated and counted as it is read."""

from dataclasses import replace

import pytest

from bot.core.ids import SceneId
from bot.core.run import Position, offered, start, take
from bot.core.scenario import Ending, Rating, Scenario, Way
from bot.library.routes import minutes, routes
from tests.core.stories import STORY, with_option
from tests.library.drawn import twenty
from tests.shipped import several

SHIPPED = several()
S, W, K = Rating.STRONGER, Rating.WORKABLE, Rating.WEAKER


def _count(scenario: Scenario, position: Position) -> int:
    if isinstance(position.at, Ending):
        return 1
    after = (
        take(scenario, option, position.variables) for option in offered(position.at, position.variables)
    )
    return sum(_count(scenario, position) for position in after)


@pytest.mark.parametrize("scenario", [*SHIPPED, STORY, twenty()], ids=lambda scenario: scenario.id)
def test_every_way_is_listed_exactly_once(scenario: Scenario) -> None:
    found = routes(scenario)
    assert found.whole
    assert len(found.found) == _count(scenario, start(scenario))
    assert len({route.taps for route in found.found}) == len(found.found)
    assert sorted(route for ending in scenario.endings for route in map(id, found.to(ending))) == sorted(
        map(id, found.found)
    )


def test_a_way_says_what_is_tapped_how_it_is_rated_and_where_it_ends() -> None:
    first, *_, last = routes(STORY).found
    assert (first.taps, first.ending.id) == (("1A", "2A", "4A", "5A"), "good")
    assert (first.protects, first.voice, first.defensible) == ((S, S, S, S), (S, S, S, S), True)
    assert (last.taps, last.ending.id) == (("1C", "3C", "4C", "5C"), "poor")
    assert (last.protects, last.voice, last.defensible) == ((K, K, K, K), (K, K, S, W), False)


def test_words_are_those_on_the_screens_of_that_very_way() -> None:
    """Robin's story, counted by hand: each scene 4 words and 3 a listed option, each choice 6, each ending 4."""
    by_taps = {route.taps: route.words for route in routes(STORY).found}
    opening = len(["A", "story", "You", "are", "there.", "Robin", "Likes", "buses.", "A", "note."])
    ways = opening + 4 * 6 + 4
    echoes = len(["They", "know.", "They", "heard", "it", "first."])
    assert by_taps["1A", "2A", "4A", "5A"] == ways + (4 + 9) + (4 + 6) + (4 + 9) + (4 + 9) + echoes
    assert by_taps["1B", "2A", "4A", "5C"] == ways + (4 + 9) + (4 + 9) + (4 + 9) + (4 + 9)


def test_a_circle_is_left_out_and_owned_up_to() -> None:
    odd = with_option(STORY, "pause", "form", goes=(Way(SceneId("pause")),), sets=())
    found = routes(odd)
    assert not found.whole
    assert found.found
    assert not any("3C" in route.taps for route in found.found)


def test_more_ways_than_can_be_listed_are_owned_up_to() -> None:
    whole = routes(STORY)
    assert routes(STORY, most=len(whole.found)) == whole
    assert routes(STORY, most=5) == replace(whole, found=whole.found[:5], whole=False)


@pytest.mark.parametrize(
    ("words", "time"),
    [(10, "½ minute"), (190, "1 minute"), (300, "1½ minutes"), (400, "2 minutes"), (1263, "6½ minutes")],
)
def test_reading_time_is_told_to_the_nearest_half_minute(words: int, time: str) -> None:
    assert minutes(words) == time
