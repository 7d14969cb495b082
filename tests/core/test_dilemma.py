"""The proofs of the dilemma: both rights can be held all the way, and looking at one of them alone is not enough."""

from dataclasses import replace

import pytest

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.scenario import PathRule, Rating, Scenario, Way
from tests.core.proving import found, of, replayed, rules
from tests.core.stories import (
    SCENES,
    STORY,
    K,
    S,
    W,
    ending,
    option,
    scene,
    sets,
    taps,
    when,
    with_option,
    with_scene,
)

#: The taps that are stronger on both all the way, up to the last decision and with it.
BEST = taps("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")

NO_BEST = "no path is stronger on both axes all the way: at '{}' no option is."
ALWAYS = "always taking {} is the best path here, so nothing has to be weighed."

#: Nobody who looks at safety alone comes to an option that costs the young person their say.
PROTECTIVE = with_option(STORY, "danger", "act", protects=W)
#: Nobody who looks at their say alone comes to an option that protects less.
YIELDING = with_option(STORY, "danger", "quiet", voice=W)


def _with_more(
    scenario: Scenario, at: str, id: str, protects: Rating, voice: Rating, **more: object
) -> Scenario:
    """With one more option, which leads where the first one does."""
    here = scenario.scene(SceneId(at))
    assert here is not None
    extra = option(id, protects, voice, here.options[0].goes, **more)
    return with_scene(scenario, at, options=(*here.options, extra))


def test_a_last_decision_that_holds_only_one_right_leaves_no_path_that_holds_both() -> None:
    story = with_option(STORY, "after", "stay", voice=W)
    assert found(story) == [Finding("both-path", NO_BEST.format("after"), SceneId("after"), taps=BEST[:-1])]


def test_a_first_decision_that_holds_only_one_right_needs_no_taps_to_be_shown() -> None:
    story = with_option(STORY, "begin", "limits", voice=W)
    assert found(story) == [Finding("both-path", NO_BEST.format("begin"), SceneId("begin"))]


def test_the_best_path_may_be_closed_by_what_the_best_options_did_before() -> None:
    """Whoever said it at the beginning is not offered to stay."""
    story = _with_more(STORY, "after", "sit", W, S)
    assert found(story) == []
    story = with_option(story, "after", "stay", when=when("told", 0, 0))
    finding = of(story, "both-path")
    assert (finding.scene, finding.taps, rules(story)) == ("after", BEST[:-1], ["both-path"])
    assert replayed(story, finding.taps).variables["told"] == 1


def test_of_two_attempts_the_one_that_comes_furthest_is_told() -> None:
    story = with_option(STORY, "after", "stay", voice=W)
    story = _with_more(story, "begin", "sit-down", S, S)
    story = with_option(story, "begin", "sit-down", goes=SCENES[SceneId("begin")].options[2].goes)
    assert of(story, "both-path").taps == BEST[:-1]


def test_an_attempt_that_comes_back_to_where_a_shorter_one_stopped_stops_there_too() -> None:
    """It goes furthest, but what it meets last has a best option: that one leads where nothing is best."""
    story = replace(
        STORY,
        variables={},
        scenes=(
            scene("begin", option("near", S, S, "stop"), option("far", S, S, "one"), option("ask", W, W, "stop")),
            scene("one", option("on", S, S, "two"), option("ask", W, W, "two")),
            scene("two", option("on", S, S, "stop"), option("ask", W, W, "stop")),
            scene("stop", option("walk", S, W, "danger"), option("tea", W, S, "danger")),
            replace(SCENES[SceneId("danger")], options=(
                option("act", S, S, "after"), option("quiet", K, S, "after", keeps_quiet=True)
            )),
            scene("after", option("stay", S, S, "end"), option("card", W, W, "end")),
        ),
        endings=(ending("end"),),
    )  # fmt: skip
    assert found(story) == [
        Finding("both-path", NO_BEST.format("stop"), SceneId("stop"), taps=taps("begin/near"))
    ]


@pytest.mark.parametrize(
    ("story", "rule", "whoever"),
    [
        (PROTECTIVE, "protect-always", "the most protective option"),
        (YIELDING, "voice-always", "the option that gives most voice"),
    ],
)
def test_looking_at_one_right_alone_must_not_be_enough(story: Scenario, rule: str, whoever: str) -> None:
    """Off that path there is something to weigh ('pause' is a dilemma), but nobody who looks so comes there."""
    assert found(story) == [Finding(rule, ALWAYS.format(whoever), taps=BEST)]
    assert replayed(story, BEST).at == story.endings[0]


def test_both_rights_may_be_enough_each_by_itself() -> None:
    story = with_option(PROTECTIVE, "danger", "quiet", voice=W)
    assert [(finding.rule, finding.taps) for finding in found(story)] == [
        ("protect-always", BEST),
        ("voice-always", BEST),
    ]


def test_of_paths_to_several_endings_the_shortest_is_shown() -> None:
    """Who takes the longer way has too little trust for the good ending, and holds both rights all the same."""
    detour = scene("detour", option("back", S, S, "listen"), option("ask", W, W, "listen"))
    story = _with_more(PROTECTIVE, "begin", "walk-along", S, S, sets=(sets("trust", 0),))
    story = with_option(story, "begin", "walk-along", goes=(Way(SceneId("detour")),))
    for endings in (STORY.endings, STORY.endings[::-1]):
        finding = of(replace(story, scenes=(*story.scenes, detour), endings=endings), "protect-always")
        assert finding.taps == BEST


@pytest.mark.parametrize("at", ["begin", "listen", "after"])
def test_one_option_that_protects_as_much_and_costs_their_say_is_enough_to_weigh(at: str) -> None:
    assert found(_with_more(PROTECTIVE, at, "alone", S, K)) == []


@pytest.mark.parametrize("at", ["begin", "listen", "after"])
def test_one_option_that_gives_as_much_say_and_protects_less_is_enough_to_weigh(at: str) -> None:
    assert found(_with_more(YIELDING, at, "let-be", W, S)) == []


def test_an_option_that_serves_that_right_less_well_does_not_tempt() -> None:
    assert rules(_with_more(PROTECTIVE, "listen", "alone", W, K)) == ["protect-always"]
    assert rules(_with_more(YIELDING, "listen", "let-be", K, W)) == ["voice-always"]


@pytest.mark.parametrize(("told", "broken"), [(0, ["protect-always"]), (1, [])])
def test_only_what_stands_on_the_screen_can_tempt(told: int, broken: list[str]) -> None:
    """On the protective path it has been told: an option for those who did not tell is not seen there."""
    story = _with_more(PROTECTIVE, "listen", "alone", S, K, when=when("told", told, told))
    assert rules(story) == broken


def test_it_is_asked_beside_everything_else_that_is_wrong() -> None:
    story = replace(PROTECTIVE, endings=(*STORY.endings, ending("dream")))
    assert rules(story) == ["unreached-ending", "protect-always"]


def test_it_is_not_asked_while_ways_lead_astray() -> None:
    story = with_option(PROTECTIVE, "danger", "say-and-act", voice=W)
    assert rules(story) == ["override-both"]


def test_rules_of_the_author_s_are_told_beside_it() -> None:
    story = replace(PROTECTIVE, rules=(PathRule("pause", "begin"),))
    assert rules(story) == ["protect-always", "never-after"]
