"""The proofs of paths: each rule broken once in a sound scenario, found, and shown by the fewest taps."""

from dataclasses import replace

import pytest

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.run import Position, Taken
from bot.core.scenario import Ending, Scenario, Variable, Way
from tests.core.brute import MOST_STATES, explore
from tests.core.proving import by_scene, found, of, replayed, rules
from tests.core.stories import (
    SCENES,
    STORY,
    S,
    W,
    ending,
    moves,
    option,
    scene,
    taps,
    when,
    with_option,
    with_scene,
)


def test_a_sound_scenario_has_no_finding() -> None:
    assert found(STORY) == []


def test_every_state_is_reached_once_nearest_first() -> None:
    states = explore(STORY)
    lengths = [len(states.taps[state]) for state in states.positions]
    assert states.first == ("begin", (0, 1))
    assert states.taps[states.first] == ()
    assert states.whole
    assert lengths == sorted(lengths)
    assert {replayed(STORY, way).at.id for way in states.taps.values()} == {
        "begin", "listen", "pause", "danger", "after", "good", "fair", "poor"
    }  # fmt: skip
    for state, position in states.positions.items():
        assert replayed(STORY, states.taps[state]) == position


def test_a_scene_that_no_way_leads_to() -> None:
    story = replace(STORY, scenes=(*STORY.scenes, replace(SCENES[SceneId("pause")], id=SceneId("attic"))))
    assert found(story) == [
        Finding("unreached-scene", "no way leads to the scene 'attic'.", SceneId("attic"))
    ]


def test_an_ending_that_no_way_leads_to() -> None:
    story = replace(STORY, endings=(*STORY.endings, ending("dream")))
    assert found(story) == [
        Finding("unreached-ending", "no way leads to the ending 'dream'.", ending("dream").id)
    ]


def test_an_option_that_is_never_offered() -> None:
    story = with_option(STORY, "pause", "form", when=when("trust", 4, 9))
    finding = of(story, "unreached-option")
    assert (finding.scene, finding.option, finding.taps) == ("pause", "form", ())
    assert str(finding) == "the option 'form' is never offered: its 'when' cannot hold here."
    assert rules(story) == ["unreached-option"]


def test_a_screen_on_which_nothing_can_be_tapped() -> None:
    """Told once, though two states of the scene are stuck: the other lies behind two taps."""
    hidden = [replace(one, when=when("trust", 2, 3)) for one in SCENES[SceneId("pause")].options]
    story = with_option(STORY, "listen", "write", sets=())
    story = with_scene(story, "pause", options=tuple(hidden))
    finding = of(story, "no-option")
    assert finding.taps == taps("begin/promise")
    assert replayed(story, finding.taps) == Position(story.scenes[2], {"told": 0, "trust": 0})
    assert (
        str(finding)
        == "nothing can be tapped in 'pause' here: no option's 'when' holds. Shown by: begin/promise."
    )
    assert rules(story) == ["no-option"]


@pytest.mark.parametrize(
    "goes", [(), (Way(SceneId("nowhere")),), (Way(SceneId("after"), when("told", 1, 1)),)]
)
def test_an_option_that_leads_nowhere_is_told_once_where_it_is_nearest(goes: tuple[Way, ...]) -> None:
    story = with_option(STORY, "danger", "act", goes=goes)
    finding = of(story, "dead-end")
    assert (finding.scene, finding.option) == ("danger", "act")
    assert str(finding).startswith("the option 'act' leads nowhere here. Shown by: begin/")
    assert len(finding.taps) == 3
    assert finding.taps[-1] == Taken(*taps("danger/act")[0])
    assert replayed(story, finding.taps[:-1]).at == story.scenes[3]


@pytest.mark.parametrize(
    ("changed", "to", "tapped", "what"),
    [
        (
            "begin/ask",
            "begin",
            ["begin/ask"],
            "the option 'ask' leads round in a circle, back to 'begin'.",
        ),
        (
            "listen/guess",
            "begin",
            ["begin/ask", "listen/guess"],
            "the option 'guess' leads round in a circle, back to 'begin'.",
        ),
        (
            "listen/guess",
            "listen",
            ["begin/ask", "listen/guess"],
            "the option 'guess' leads round in a circle, back to 'listen'.",
        ),
        (
            "pause/tea",
            "begin",
            ["begin/promise", "pause/tea", "begin/promise"],
            "the option 'promise' leads round in a circle, back to 'pause'.",
        ),
    ],
)
def test_a_way_that_comes_round_again_is_shown_by_going_round(
    changed: str, to: str, tapped: list[str], what: str
) -> None:
    ((at, id),) = taps(changed)
    story = with_option(STORY, at, id, goes=(Way(SceneId(to)),))
    assert of(story, "loop") == Finding("loop", what, *taps(tapped[-1])[0], taps(*tapped))
    seen = [replayed(story, taps(*tapped[:count])) for count in range(len(tapped) + 1)]
    assert seen.count(seen[-1]) == 2


def test_of_two_ways_round_the_shorter_is_shown() -> None:
    story = replace(
        STORY,
        scenes=(
            scene("one", option("left", S, S, "two"), option("right", W, W, "three")),
            scene("two", option("home", S, S, "one"), option("out", W, W, "good")),
            scene("three", option("on", S, S, "four"), option("out", W, W, "good")),
            scene("four", option("home", S, S, "one"), option("out", W, W, "good")),
        ),
    )
    assert of(story, "loop").taps == taps("one/left", "two/home")


def test_what_lies_behind_a_circle_is_no_part_of_it() -> None:
    story = with_option(STORY, "begin", "ask", goes=(Way(SceneId("danger")),))
    story = with_option(story, "begin", "promise", sets=())
    story = with_option(story, "pause", "tea", goes=(Way(SceneId("pause")),))
    assert of(story, "loop").taps == taps("begin/promise", "pause/tea")


def test_a_circle_that_ends_after_some_rounds_is_too_long_not_endless() -> None:
    """Going round lowers the trust, and without trust the way back is closed."""
    back = (Way(SceneId("begin"), when("trust", 1, 3)), Way(SceneId("danger")))
    story = with_option(STORY, "listen", "guess", goes=back, sets=(moves("trust", -1),), when=())
    story = replace(story, variables={"told": Variable(0, 1, 0), "trust": Variable(0, 3, 3)})
    story = with_option(story, "begin", "limits", sets=())
    found_rules = rules(story)
    assert "loop" not in found_rules
    assert "too-long" in found_rules


def test_a_path_that_is_too_short() -> None:
    story = with_option(STORY, "begin", "ask", goes=(Way(SceneId("danger")),))
    story = with_option(story, "listen", "guess", when=())
    findings = by_scene(story, "too-short")
    assert [(finding.scene, finding.taps) for finding in findings] == [
        ("fair", taps("begin/ask", "danger/act", "after/stay")),
        ("poor", taps("begin/ask", "danger/act", "after/go")),
    ]
    assert str(findings[0]) == (
        "'fair' is reached after 3 decisions; a scenario has at least 4. "
        "Shown by: begin/ask → danger/act → after/stay."
    )
    for finding in findings:
        assert replayed(story, finding.taps).at.id == finding.scene
    assert len(found(story)) == 2


def test_a_path_of_a_single_decision_is_told_in_the_singular() -> None:
    story = with_option(STORY, "begin", "ask", goes=(Way(STORY.endings[1].id),))
    story = with_option(story, "listen", "guess", when=())
    assert of(story, "too-short").what == "'fair' is reached after 1 decision; a scenario has at least 4."
    assert sorted(rules(story)) == ["override", "too-short"]


def _longer(scenario: Scenario, count: int) -> Scenario:
    """With so many more scenes between the override and the last."""
    names = [f"extra-{number}" for number in range(count)]
    following = [*names[1:], "after"]
    more = tuple(
        scene(name, option("one", S, S, to), option("two", W, W, to))
        for name, to in zip(names, following, strict=True)
    )
    story = replace(scenario, scenes=(*scenario.scenes, *more))
    for id in ("say-and-act", "act", "quiet"):
        story = with_option(story, "danger", id, goes=(Way(SceneId(names[0])),))
    return story


def test_a_path_that_is_too_long_is_shown_by_the_shortest_one_that_is() -> None:
    assert found(_longer(STORY, 1)) == []
    story = _longer(STORY, 2)
    findings = by_scene(story, "too-long")
    assert [(finding.scene, len(finding.taps)) for finding in findings] == [
        ("fair", 7),
        ("good", 7),
        ("poor", 7),
    ]
    assert rules(story) == ["too-long"] * 3
    assert findings[0].what == "'fair' is reached after 7 decisions; a scenario has at most 6."
    for finding in findings:
        assert replayed(story, finding.taps).at.id == finding.scene
    assert {len(finding.taps) for finding in found(_longer(STORY, 4))} == {8}


def test_one_ending_can_be_too_near_and_too_far() -> None:
    story = with_option(_longer(STORY, 2), "begin", "ask", goes=(Way(STORY.endings[2].id),))
    for rule, length in (("too-short", 1), ("too-long", 7)):
        assert [len(one.taps) for one in by_scene(story, rule) if one.scene == "poor"] == [length]


def test_a_branch_that_goes_round_the_override() -> None:
    story = with_option(STORY, "pause", "tea", goes=(Way(SceneId("after")),))
    findings = by_scene(story, "override")
    assert [(finding.scene, finding.taps) for finding in findings] == [
        ("fair", taps("begin/promise", "pause/tea", "after/stay")),
        ("good", taps("begin/ask", "listen/write", "pause/tea", "after/stay")),
        ("poor", taps("begin/promise", "pause/tea", "after/go")),
    ]
    assert str(findings[0]) == (
        "'fair' can be reached without meeting the override. "
        "Shown by: begin/promise → pause/tea → after/stay."
    )
    for finding in findings:
        way = [replayed(story, finding.taps[:count]).at for count in range(len(finding.taps) + 1)]
        assert way[-1].id == finding.scene
        assert not any(not isinstance(part, Ending) and part.override for part in way)


def test_a_path_that_meets_two_overrides() -> None:
    story = with_scene(STORY, "pause", override=True)
    findings = by_scene(story, "override")
    assert [finding.what for finding in findings] == [
        f"'{id}' can be reached through more than one override." for id in ("fair", "good", "poor")
    ]
    assert findings[0].taps == taps("begin/promise", "pause/walk", "danger/say-and-act", "after/stay")
    assert "one-override" in rules(story)


def test_three_overrides_on_one_path_are_more_than_one_too() -> None:
    story = with_scene(with_scene(STORY, "pause", override=True), "begin", override=True)
    assert {finding.what for finding in found(story) if finding.rule == "override"} == {
        f"'{id}' can be reached through more than one override." for id in ("good", "fair", "poor")
    }


def test_a_scenario_that_counts_for_ever_is_given_up() -> None:
    numbers = {f"n{number}": Variable(0, 9, 0) for number in range(5)}
    looping = [
        option(f"more-{name}", S, S, (Way(SceneId("begin")),), sets=(moves(name, 1),)) for name in numbers
    ]
    story = replace(STORY, variables={**STORY.variables, **numbers})
    story = with_scene(story, "begin", options=(*STORY.scenes[0].options, *looping))
    states = explore(story)
    assert not states.whole
    assert len(states.positions) <= MOST_STATES + 10
    assert found(story) == [
        Finding(
            "too-many",
            "the variables have more than 65536 combinations of values; use fewer, or smaller ones.",
        )
    ]


def test_where_every_tap_leads_round_there_is_no_way_out() -> None:
    story = STORY
    for id in ("walk", "tea", "form"):
        story = with_option(story, "pause", id, goes=(Way(SceneId("pause")),), sets=())
    finding = of(story, "no-way-out")
    assert (finding.scene, finding.taps) == ("pause", taps("begin/promise"))
    assert finding.what == (
        "from 'pause' on there is no way out: no tap leads to an ending, however often it is tapped."
    )
    assert "loop" not in rules(story)
