"""Ways that lead round: each told once, with all that does not follow from it; and where looking is given up."""

from dataclasses import replace

import pytest

from bot.core.ids import SceneId
from bot.core.proofs.finding import Finding
from bot.core.scenario import Scenario, Variable, Way
from tests.core.brute import explore
from tests.core.proving import by_scene, found, of, rules
from tests.core.stories import SCENES, STORY, S, W, option, scene, sets, taps, when, with_option, with_scene


def _round_at(scenario: Scenario, *changed: str) -> Scenario:
    """With each of these options leading back to the scene that it is of, and changing nothing."""
    for at, id in taps(*changed):
        scenario = with_option(scenario, at, id, goes=(Way(SceneId(at)),), sets=())
    return scenario


def test_two_circles_that_have_no_option_in_common_are_both_told() -> None:
    story = _round_at(STORY, "listen/write", "pause/tea")
    ways = [finding.taps for finding in found(story) if finding.rule == "loop"]
    assert sorted(way[-1] for way in ways) == [*taps("listen/write", "pause/tea")]
    assert [len(way) for way in ways] == [2, 2]


def test_an_option_that_leads_round_in_many_valuations_is_told_once() -> None:
    story = _round_at(STORY, "danger/act")
    assert len([state for state in explore(story).positions if state[0] == "danger"]) > 1
    assert len(of(story, "loop").taps) == 3


def test_two_scenes_without_a_way_out_are_both_told_and_a_circle_elsewhere_with_them() -> None:
    story = _round_at(STORY, *(f"pause/{id}" for id in ("walk", "tea", "form")), "after/stay")
    pit = scene("pit", option("dig", S, S, "pit"), option("wait", W, W, "pit"))
    story = with_option(replace(story, scenes=(*story.scenes, pit)), "danger", "act", goes=(Way(pit.id),))
    told = [(one.rule, one.scene) for one in found(story) if one.rule in {"no-way-out", "loop"}]
    assert told == [("no-way-out", "pause"), ("no-way-out", "pit"), ("loop", "after")]


def test_of_more_than_ten_circles_the_nearest_are_told() -> None:
    names = [f"extra-{number}" for number in range(14)]
    more = [
        scene(name, option("one", S, S, to), option("two", W, W, name))
        for name, to in zip(names, [*names[1:], "after"], strict=True)
    ]
    story = replace(STORY, scenes=(*STORY.scenes, *reversed(more)))
    for id in ("say-and-act", "act", "quiet"):
        story = with_option(story, "danger", id, goes=(Way(SceneId(names[0])),))
    assert [one.scene for one in found(story) if one.rule == "loop"] == names[:10]


def test_a_way_too_short_and_one_round_the_override_are_told_beside_a_circle() -> None:
    story = _round_at(STORY, "listen/guess")
    story = with_option(story, "pause", "tea", goes=(Way(SceneId("after")),))
    assert {one.rule for one in found(story)} == {"loop", "override", "too-short"}
    assert {one.taps for one in by_scene(story, "too-short")} < {
        one.taps for one in by_scene(story, "override")
    }


def test_only_what_follows_from_a_circle_waits_until_it_is_mended() -> None:
    """Whoever goes round decides more often, and meets the override more often where that is on the way."""
    story = with_option(STORY, "after", "stay", goes=(Way(SceneId("danger")),), sets=())
    assert {"loop"} == {*rules(story)} - {"unreached-ending"}
    story = _round_at(with_scene(STORY, "begin", override=True), "listen/guess")
    assert "through more than one override" in " ".join(one.what for one in found(story))
    assert "too-long" not in rules(story)


def _counting(bits: int, *, for_ever: bool) -> Scenario:
    """As many scenes as bits, which count up by one with every round; full, it begins again or goes on to an end."""
    names = [f"v{at}" for at in range(bits)]
    scenes = []
    for at, name in enumerate(names):
        on = names[at + 1] if at + 1 < bits else "v0" if for_ever else "danger"
        rise = {"when": when(name, 0, 0), "sets": (sets(name, 1),)}
        carry = option("carry", W, W, on, when=when(name, 1, 1), sets=(sets(name, 0),))
        scenes.append(
            scene(name, option("one", S, S, "v0", **rise), option("two", S, W, "v0", **rise), carry)
        )
    out = option("out", W, S, "danger", when=tuple(when(name, 0, 0)[0] for name in names))
    scenes[0] = replace(scenes[0], options=(*scenes[0].options, out))
    variables = {name: Variable(0, 1, 0) for name in names}
    danger, after = (
        replace(at, options=tuple(replace(one, when=(), sets=(), goes=(one.goes[-1],)) for one in at.options))
        for at in (SCENES[SceneId("danger")], SCENES[SceneId("after")])
    )
    return replace(STORY, variables=variables, scenes=(*scenes, danger, after), rules=())


@pytest.mark.parametrize("bits", [1, 2, 3, 5])
def test_a_circle_that_counts_first_is_shown_whole(bits: int) -> None:
    """Every number is counted through, and each carry takes a tap more."""
    assert len(of(_counting(bits, for_ever=True), "loop").taps) == 2 ** (bits + 1) - 2


def test_a_circle_too_long_to_be_shown_is_told_without_taps() -> None:
    """It is one of 131,070 taps, through as many combinations as there may be."""
    findings = found(_counting(16, for_ever=True))
    what = "from 'v0' on one can go on for ever; the way round is too long to be shown here."
    assert [one for one in findings if one.rule == "loop"] == [Finding("loop", what, SceneId("v0"))]
    (given_up,) = [one.what for one in findings if one.rule == "too-many"]
    assert given_up.startswith("not every situation could be looked at: after ")
    assert {len(one.taps) for one in findings if one.rule == "too-short"} == {3}
    assert not any(one.rule.startswith("unreached") for one in findings)


def test_where_it_cannot_be_known_whether_anything_leads_round_that_is_told_and_no_circle() -> None:
    findings = found(_counting(16, for_ever=False))
    assert {"loop", "no-way-out", "unreached-scene"}.isdisjoint(one.rule for one in findings)
    (given_up,) = [one.what for one in findings if one.rule == "too-many"]
    assert given_up.startswith("not every situation could be looked at: after ")


def test_paths_too_many_to_be_followed_are_told_though_every_situation_was_looked_at() -> None:
    """All numbers are reached at once, and each is counted on from."""
    story = _counting(16, for_ever=False)
    names = sorted(story.variables, key=lambda name: int(name[1:]))
    both = [
        (option("one", S, S, to, sets=(sets(name, 1),)), option("two", W, W, to))
        for name, to in zip(names, [*(f"in-{name}" for name in names[1:]), "v0"], strict=True)
    ]
    entry = [scene(f"in-{name}", *options) for name, options in zip(names, both, strict=True)]
    findings = found(replace(story, scenes=(*entry, *story.scenes)))
    (given_up,) = [one.what for one in findings if one.rule == "too-many"]
    assert given_up.startswith("not every path could be followed to its end")
    assert {"loop", "unreached-scene", "unreached-option"}.isdisjoint(one.rule for one in findings)
    assert "too-long" in {one.rule for one in findings}
