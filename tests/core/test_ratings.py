"""The proofs of ratings: each rule broken once in a sound scenario, for a scene and for what is left on a screen."""

from dataclasses import replace

import pytest

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.scenario import Rating
from tests.core.proving import found, of, replayed, rules
from tests.core.stories import (
    SCENES,
    STORY,
    K,
    S,
    W,
    sets,
    taps,
    when,
    with_option,
    with_scene,
)

#: Taps to "danger", and on to "after".
TO_DANGER = ("begin/promise", "pause/walk")
TO_AFTER = (*TO_DANGER, "danger/say-and-act")


@pytest.mark.parametrize(
    ("override", "count", "second", "tapped"),
    [((), 0, None, ()), (("danger", "after"), 2, "after", TO_AFTER)],
)
def test_exactly_one_scene_is_the_override(
    override: tuple[str, ...], count: int, second: str | None, tapped: tuple[str, ...]
) -> None:
    story = STORY
    for id in SCENES:
        story = with_scene(story, id, override=id in override)
    finding = of(story, "one-override")
    assert finding.what == f"exactly one scene must be the override (override: yes); here are {count}."
    assert (finding.scene, finding.option, finding.taps) == (second, None, taps(*tapped))


def test_without_any_override_that_alone_is_told() -> None:
    assert rules(with_scene(STORY, "danger", override=False)) == ["one-override", "two-defensible"]


def test_the_override_has_an_option_that_holds_both_rights() -> None:
    story = with_option(STORY, "danger", "say-and-act", voice=W)
    assert found(story) == [
        Finding(
            "override-both",
            "the override needs an option that is stronger on both, so that acting and honesty go together.",
            SceneId("danger"),
            taps=taps(*TO_DANGER),
        )
    ]


def test_the_override_has_an_option_that_keeps_quiet() -> None:
    story = with_option(STORY, "danger", "quiet", keeps_quiet=False)
    assert found(story) == [
        Finding(
            "override-quiet",
            "the override needs an option that keeps quiet (keeps_quiet: yes), so that it is a decision.",
            SceneId("danger"),
            taps=taps(*TO_DANGER),
        )
    ]


@pytest.mark.parametrize(("at", "id"), [("danger", "quiet"), ("pause", "tea")])
@pytest.mark.parametrize("protects", [W, S])
def test_keeping_quiet_is_never_rated_well(at: str, id: str, protects: Rating) -> None:
    story = with_option(STORY, at, id, keeps_quiet=True, protects=protects)
    finding = of(story, "quiet-weaker")
    assert (finding.scene, finding.option) == (at, id)
    assert finding.what == f"'{id}' keeps quiet, so it must be rated weaker on protects."
    to = TO_DANGER if at == "danger" else TO_DANGER[:1]
    assert finding.taps == taps(*to, f"{at}/{id}")


def test_at_every_decision_two_options_can_be_defended() -> None:
    story = with_option(STORY, "after", "card", voice=K)
    finding = of(story, "two-defensible")
    assert finding.what == (
        "at least two options must be ones that can be defended: weaker neither on protects nor on voice."
    )
    assert (finding.scene, finding.taps, rules(story)) == ("after", taps(*TO_AFTER), ["two-defensible"])


def test_options_that_are_all_rated_alike_leave_nothing_to_weigh() -> None:
    alike = tuple(replace(one, protects=W, voice=W) for one in SCENES[SceneId("after")].options)
    story = with_scene(STORY, "after", options=alike)
    finding = of(story, "no-difference")
    assert finding.what == "every option is rated alike, so there is nothing to weigh."
    assert (finding.scene, finding.taps, rules(story)) == (
        "after",
        taps(*TO_AFTER),
        ["no-difference", "both-path"],
    )


@pytest.mark.parametrize(
    ("at", "hidden", "rule", "tapped"),
    [
        ("listen", ["write", "guess"], "two-defensible", ["begin/limits"]),
        ("danger", ["say-and-act"], "override-both", ["begin/limits", "listen/wait"]),
        ("danger", ["quiet"], "override-quiet", ["begin/limits", "listen/wait"]),
        ("after", ["stay", "go"], "two-defensible", ["begin/limits", "listen/wait", "danger/act"]),
    ],
)
def test_the_rules_hold_for_what_a_condition_leaves_on_the_screen_too(
    at: str, hidden: list[str], rule: str, tapped: list[str]
) -> None:
    """A `when` must not take away the honest way out, or leave nothing to decide."""
    story = STORY
    for id in hidden:
        story = with_option(story, at, id, when=when("told", 0, 0))
    finding = of(story, rule)
    assert (finding.scene, finding.taps) == (at, taps(*tapped))
    left = ", ".join(one.id for one in SCENES[SceneId(at)].options if one.id not in hidden)
    assert f"Only these are offered here: {left}." in finding.what
    assert replayed(story, finding.taps).variables["told"] == 1


def test_what_is_wrong_with_all_options_is_not_told_again_of_fewer() -> None:
    story = with_option(STORY, "listen", "write", voice=K)
    assert [(finding.rule, finding.taps) for finding in found(story)] == [
        ("two-defensible", taps("begin/ask"))
    ]


def test_an_effect_may_close_a_way_that_was_open() -> None:
    """Both ways to 'good' are closed: the proof looks at what can happen, not at what is written."""
    story = with_option(STORY, "danger", "say-and-act", sets=(sets("trust", 0),))
    story = with_option(story, "danger", "quiet", sets=(sets("trust", 0),))
    story = with_option(story, "danger", "act", sets=(sets("trust", 1),))
    assert [str(finding) for finding in found(story)] == ["no way leads to the ending 'good'."]
