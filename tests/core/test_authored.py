"""The proofs of an author's own rules: what every path passes, and what is never met after something else."""

from dataclasses import replace

import pytest

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.proofs.finding import Finding
from bot.core.scenario import PathRule, Scenario
from tests.core.proving import found, replayed
from tests.core.stories import STORY, ending, taps, with_option, with_scene

#: Tags on a scene and on options of two scenes.
TAGGED = with_scene(STORY, "listen", tags=("heard",))
TAGGED = with_option(TAGGED, "begin", "limits", tags=("honest",))
TAGGED = with_option(TAGGED, "danger", "say-and-act", tags=("honest", "act-now"))
TAGGED = with_option(TAGGED, "danger", "act", tags=("act-now",))

AFTER_PROMISE = ("begin/promise", "pause/walk", "danger/say-and-act")


def _ruled(tag: str, after: str | None = None, scenario: Scenario = TAGGED) -> Scenario:
    return replace(scenario, rules=(PathRule(tag, after),))


def _passing(tag: str) -> list[tuple[str, int]]:
    """The endings that can be reached without it, each with the number of taps that show it."""
    return [(str(finding.scene), len(finding.taps)) for finding in found(_ruled(tag))]


@pytest.mark.parametrize("tag", ["begin", "danger", "after"])
def test_what_every_path_passes_breaks_no_rule(tag: str) -> None:
    assert found(_ruled(tag)) == []


@pytest.mark.parametrize(
    ("tag", "without"),
    [
        ("heard", [("fair", 4), ("poor", 4)]),
        ("listen", [("fair", 4), ("poor", 4)]),
        ("pause", [("good", 4), ("fair", 4), ("poor", 4)]),
        ("honest", [("good", 5), ("fair", 4), ("poor", 4)]),
        ("act-now", [("good", 4), ("fair", 4), ("poor", 4)]),
        ("danger/quiet", [("good", 4), ("fair", 4), ("poor", 4)]),
        ("begin/promise", [("good", 4), ("fair", 4), ("poor", 4)]),
        ("good", [("fair", 4), ("poor", 4)]),
        ("fair", [("good", 4), ("poor", 4)]),
    ],
)
def test_each_ending_that_is_reached_without_it_is_told(tag: str, without: list[tuple[str, int]]) -> None:
    """A scene or its tag, an option or its tag, an ending: whatever a rule may name. 'good' asks for trust."""
    assert _passing(tag) == without


def test_a_path_that_does_not_pass_is_shown_by_the_shortest_such() -> None:
    story = _ruled("pause")
    findings = {finding.scene: finding for finding in found(story)}
    for id, finding in findings.items():
        assert finding.what == f"'{id}' can be reached without passing 'pause'."
        assert (finding.rule, finding.option) == ("passes", None)
        assert replayed(story, finding.taps).at.id == id
        assert "pause" not in {tap.scene for tap in finding.taps}
    assert findings[EndingId("good")].taps[:2] == taps("begin/limits", "listen/wait")


def test_any_of_several_with_the_tag_is_enough_to_pass() -> None:
    story = _ruled("act-now")
    assert {finding.taps[-2].option for finding in found(story)} == {"quiet"}
    assert found(with_option(story, "danger", "quiet", tags=("act-now",))) == []


def test_what_comes_after_what_it_must_not_is_shown_up_to_there() -> None:
    assert found(_ruled("pause", "heard")) == [
        Finding(
            "never-after",
            "'pause' can be met after 'heard'.",
            SceneId("listen"),
            OptionId("write"),
            taps("begin/ask", "listen/write"),
        )
    ]


@pytest.mark.parametrize(
    ("never", "after", "tapped"),
    [
        ("danger/quiet", "begin/promise", ["begin/promise", "pause/walk", "danger/quiet"]),
        ("danger/quiet", "danger", [*AFTER_PROMISE[:2], "danger/quiet"]),
        ("poor", "begin/promise", [*AFTER_PROMISE, "after/go"]),
        ("poor", "after", [*AFTER_PROMISE, "after/go"]),
        ("honest", "honest", ["begin/limits", "listen/wait", "danger/say-and-act"]),
        ("act-now", "begin", [*AFTER_PROMISE]),
        ("begin/limits", "begin", ["begin/limits"]),
        ("listen", "begin/ask", ["begin/ask"]),
    ],
)
def test_scenes_endings_options_and_tags_may_all_be_forbidden_after_another(
    never: str, after: str, tapped: list[str]
) -> None:
    (finding,) = found(_ruled(never, after))
    assert (finding.scene, finding.option) == finding.taps[-1]
    assert (len(finding.taps), finding.taps[-1]) == (len(tapped), taps(tapped[-1])[0])
    if after not in ("begin", "danger", "after"):
        assert set(taps(*(tap for tap in tapped if tap == after))) <= set(finding.taps)


@pytest.mark.parametrize(
    ("never", "after"),
    [
        ("listen", "pause"),
        ("begin", "begin"),
        ("danger", "danger"),
        ("danger", "danger/quiet"),
        ("good", "good"),
        ("begin", "listen"),
        ("honest", "act-now"),
    ],
)
def test_what_comes_only_before_or_but_once_is_not_after(never: str, after: str) -> None:
    assert found(_ruled(never, after)) == []


def test_ways_that_the_variables_close_are_no_ways() -> None:
    """After the promise there is never trust enough for the good ending, though ways lead there on paper."""
    assert found(_ruled("good", "begin/promise")) == []
    hasty = with_option(TAGGED, "begin", "promise", sets=())
    hasty = with_option(hasty, "danger", "say-and-act", sets=TAGGED.scenes[0].options[0].sets)
    assert [finding.scene for finding in found(_ruled("good", "begin/promise", hasty))] == ["after"]


def test_two_names_of_one_and_the_same_tap_are_not_after_each_other() -> None:
    story = with_option(STORY, "danger", "act", tags=("one", "other"))
    assert found(_ruled("one", "other", story)) == []
    story = with_option(story, "after", "go", tags=("one",))
    (finding,) = found(_ruled("one", "other", story))
    assert finding.taps[-2:] == taps("danger/act", "after/go")


def test_the_nearest_breach_is_told_in_whatever_order_the_scenes_stand() -> None:
    first, *others = STORY.scenes
    turned = replace(STORY, scenes=(first, *reversed(others)))
    for story in (STORY, turned):
        (finding,) = found(_ruled("pause", "begin", story))
        assert finding.taps == taps("begin/promise")
        assert (finding.scene, finding.option) == ("begin", "promise")


def test_every_rule_is_held_and_told_of_by_itself() -> None:
    story = replace(TAGGED, rules=(PathRule("good"), PathRule("danger"), PathRule("pause", "listen")))
    assert [(finding.rule, finding.scene) for finding in found(story)] == [
        ("passes", "fair"),
        ("passes", "poor"),
        ("never-after", "listen"),
    ]


def test_rules_are_held_though_something_else_is_wrong() -> None:
    story = replace(_ruled("pause", "listen"), endings=(*STORY.endings, ending("dream")))
    assert [finding.rule for finding in found(story)] == ["unreached-ending", "never-after"]
