"""What a finished run has to say: the path, the road not taken, and whether it was sound."""

import pytest

from bot.core.debrief import Debrief, Road, axes, debrief, road_not_taken, sound, worth
from bot.core.ids import SceneId
from bot.core.run import steps
from bot.core.scenario import Rating, Scenario
from tests.core.stories import (
    SCENES,
    STORY,
    K,
    S,
    W,
    ids,
    option,
    run_of,
    scene,
    taps,
    with_option,
    with_scene,
)

BEST = ("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")


@pytest.mark.parametrize(
    ("protects", "voice", "expected"),
    [(S, S, 4), (S, W, 3), (W, S, 3), (S, K, 2), (W, W, 2), (K, S, 2), (W, K, 1), (K, W, 1), (K, K, 0)],
)
def test_both_rights_weigh_alike(protects: Rating, voice: Rating, expected: int) -> None:
    assert worth(option("one", protects, voice, "fair")) == expected


@pytest.mark.parametrize(
    ("protects", "voice", "expected"),
    [(S, S, True), (S, W, True), (W, W, True), (S, K, False), (K, S, False), (K, K, False)],
)
def test_an_option_can_be_defended_when_it_is_weaker_on_neither_right(
    protects: Rating, voice: Rating, *, expected: bool
) -> None:
    assert option("one", protects, voice, "fair").defensible is expected


def test_a_finished_run_is_told_turn_by_turn_with_its_ending() -> None:
    run = run_of("begin/ask", "listen/wait", "danger/say-and-act", "after/go")
    assert debrief(STORY, run) == Debrief(
        scenario=STORY,
        steps=steps(STORY, run),
        ending=STORY.endings[2],
        road=Road(3, STORY.scenes[4], STORY.scenes[4].options[2], STORY.scenes[4].options[0]),
    )


@pytest.mark.parametrize("taken", [(), BEST[:1], BEST[:3]])
def test_a_run_under_way_has_no_debrief_yet(taken: tuple[str, ...]) -> None:
    assert debrief(STORY, run_of(*taken)) is None


def test_turns_stand_where_their_ratings_cross() -> None:
    walked = steps(STORY, run_of("begin/promise", "pause/tea", "danger/act", "after/stay"))
    assert axes(walked) == (
        ((), (2,), (4,)),
        ((), (), ()),
        ((1,), (), (3,)),
    )
    assert axes(()) == (((), (), ()),) * 3


def test_several_turns_may_stand_in_one_place() -> None:
    walked = steps(STORY, run_of(*BEST))
    assert axes(walked) == (((), (), (1, 2, 3, 4)), ((), (), ()), ((), (), ()))


@pytest.mark.parametrize(
    ("taken", "turn", "instead", "stronger"),
    [
        pytest.param(
            ("begin/promise", "pause/tea", "danger/say-and-act", "after/stay"),
            0,
            "limits",
            True,
            id="the weakest",
        ),
        pytest.param(
            ("begin/ask", "listen/wait", "danger/say-and-act", "after/go"),
            3,
            "stay",
            True,
            id="the weakest, late",
        ),
        pytest.param(
            ("begin/ask", "listen/wait", "danger/act", "after/card"),
            2,
            "say-and-act",
            True,
            id="of several as weak, the override",
        ),
        pytest.param(
            ("begin/ask", "listen/write", "pause/tea", "danger/say-and-act", "after/card"),
            0,
            "limits",
            True,
            id="of several as weak, the first",
        ),
        pytest.param(
            ("begin/limits", "listen/guess", "danger/say-and-act", "after/stay"),
            1,
            "wait",
            True,
            id="only what stood on the screen",
        ),
        pytest.param(BEST, 0, "ask", False, id="nothing was stronger: one that a colleague could defend"),
        pytest.param(
            ("begin/promise", "pause/walk", "danger/quiet", "after/go"),
            0,
            "limits",
            True,
            id="the widest gap",
        ),
    ],
)
def test_the_road_not_taken_is_the_one_whose_absence_mattered_most(
    taken: tuple[str, ...], turn: int, instead: str, *, stronger: bool
) -> None:
    story = with_option(STORY, "listen", "guess", when=())
    road = road_not_taken(steps(story, run_of(*taken)))
    assert road is not None
    at, id = taps(*taken)[turn]
    assert (road.turn, road.scene.id, road.taken.id) == (turn, at, id)
    assert (road.instead.id, road.stronger) == (instead, stronger)


def test_keeping_quiet_is_never_held_up_as_the_road_not_taken() -> None:
    """At the override nothing else can be defended, so the road is looked for elsewhere, though it lies further off."""
    options = (option("limits", S, S, "listen"), option("ask", W, W, "listen"), option("no", K, K, "listen"))
    story = with_scene(STORY, "begin", options=options)
    for at in ("listen", "after"):
        story = with_scene(story, at, options=SCENES[SceneId(at)].options[:1])
    road = road_not_taken(steps(story, run_of(*BEST)))
    assert road is not None
    assert (road.scene.id, road.instead.id, road.stronger) == ("begin", "ask", False)


def _only_indefensible() -> Scenario:
    others = (option("act", S, K, "after"), option("quiet", K, S, "after", keeps_quiet=True))
    danger = scene("begin", option("say", S, S, "good"), *others, override=True)
    return with_scene(STORY, "begin", options=danger.options, override=True)


def test_where_nothing_else_is_stronger_or_defensible_there_is_no_road() -> None:
    story = _only_indefensible()
    walked = steps(story, run_of("begin/say"))
    assert ids(walked[0].offered) == ["say", "act", "quiet"]
    assert road_not_taken(walked) is None
    assert debrief(story, run_of("begin/say")) == Debrief(story, walked, STORY.endings[0], None)


def test_of_two_options_that_are_worth_the_same_the_defensible_one_is_shown() -> None:
    options = (option("no", K, K, "listen"), option("act", S, K, "listen"), option("ask", W, W, "listen"))
    story = with_scene(STORY, "begin", options=options)
    road = road_not_taken(steps(story, run_of("begin/no", "listen/wait", "danger/say-and-act", "after/stay")))
    assert road is not None
    assert (road.instead.id, road.stronger) == ("ask", True)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        pytest.param(BEST, True, id="both rights held at every turn"),
        pytest.param(
            ("begin/ask", "listen/write", "pause/tea", "danger/say-and-act", "after/card"),
            True,
            id="workable",
        ),
        pytest.param(
            ("begin/promise", "pause/tea", "danger/say-and-act", "after/card"), True, id="one was weaker"
        ),
        pytest.param(
            ("begin/promise", "pause/form", "danger/say-and-act", "after/card"), False, id="two were weaker"
        ),
        pytest.param(
            ("begin/limits", "listen/wait", "danger/quiet", "after/stay"), False, id="quiet about danger"
        ),
        pytest.param(
            ("begin/limits", "listen/wait", "danger/act", "after/stay"), False, id="acted behind their back"
        ),
        pytest.param(
            ("begin/promise", "pause/form", "danger/quiet", "after/go"), False, id="weaker throughout"
        ),
    ],
)
def test_a_sound_run_holds_both_rights_in_danger_and_slips_once_at_most(
    taken: tuple[str, ...], *, expected: bool
) -> None:
    assert sound(steps(STORY, run_of(*taken))) is expected
