"""The state machine of a run: before, input, after."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.run import (
    BrokenRunError,
    Position,
    Refusal,
    Run,
    Step,
    affect,
    at,
    begin,
    choose,
    holds,
    offered,
    stand,
    start,
    steps,
    take,
)
from bot.core.scenario import Condition, Effect, Ending, Way
from tests.core.stories import EDITION, SCENES, STORY, ids, moves, run_of, sets, taps, when, with_option

GOOD = ("begin/limits", "listen/wait", "danger/say-and-act", "after/stay")
ENDED = run_of(*GOOD)


def test_a_run_begins_at_the_first_scene_with_every_variable_at_its_start() -> None:
    run = begin(STORY, edition=EDITION, attempt=2)
    assert run == Run(STORY.id, EDITION, attempt=2, taken=())
    assert run.turn == 0
    assert stand(STORY, run) == start(STORY) == Position(SCENES[SceneId("begin")], {"told": 0, "trust": 1})
    assert steps(STORY, run) == ()


def test_a_tap_leads_to_a_step_that_holds_everything_the_screen_needs() -> None:
    before = run_of("begin/limits")
    assert choose(STORY, before, attempt=1, turn=1, option=OptionId("write")) == Step(
        run=run_of("begin/limits", "listen/write"),
        scene=SCENES[SceneId("listen")],
        option=SCENES[SceneId("listen")].options[1],
        offered=SCENES[SceneId("listen")].options[:2],
        now=Position(SCENES[SceneId("pause")], {"told": 1, "trust": 3}),
    )
    assert before == run_of("begin/limits")


@pytest.mark.parametrize(
    ("run", "attempt", "turn", "option", "refusal"),
    [
        pytest.param(run_of(), 1, 1, "limits", Refusal.STALE, id="a turn that has not come"),
        pytest.param(run_of("begin/ask"), 1, 0, "ask", Refusal.STALE, id="a turn that is past"),
        pytest.param(run_of("begin/ask"), 1, -1, "wait", Refusal.STALE, id="a turn that never was"),
        pytest.param(run_of(attempt=2), 1, 0, "limits", Refusal.STALE, id="an earlier attempt"),
        pytest.param(run_of(), 2, 0, "limits", Refusal.STALE, id="a later attempt"),
        pytest.param(ENDED, 1, 3, "stay", Refusal.STALE, id="the last tap once more"),
        pytest.param(ENDED, 1, 4, "stay", Refusal.OVER, id="after the ending"),
        pytest.param(run_of(), 1, 0, "wait", Refusal.NOT_OFFERED, id="an option of another scene"),
        pytest.param(run_of(), 1, 0, "", Refusal.NOT_OFFERED, id="an option that does not exist"),
        pytest.param(
            run_of("begin/limits"), 1, 1, "guess", Refusal.NOT_OFFERED, id="an option whose condition fails"
        ),
    ],
)
def test_a_tap_that_was_not_on_the_screen_is_refused(
    run: Run, attempt: int, turn: int, option: str, *, refusal: Refusal
) -> None:
    assert choose(STORY, run, attempt=attempt, turn=turn, option=OptionId(option)) is refusal


def test_a_refusal_needs_no_look_at_the_scenario_when_the_tap_is_stale() -> None:
    """A stale tap on a run of a broken edition is still only stale."""
    assert choose(STORY, run_of("begin/gone"), attempt=1, turn=0, option=OptionId("ask")) is Refusal.STALE


@pytest.mark.parametrize(
    ("taken", "scene", "variables"),
    [
        (["begin/ask"], "listen", {"told": 0, "trust": 1}),
        (["begin/limits"], "listen", {"told": 1, "trust": 2}),
        (["begin/promise"], "pause", {"told": 0, "trust": 0}),
        (["begin/limits", "listen/write"], "pause", {"told": 1, "trust": 3}),
        (["begin/limits", "listen/write", "pause/form"], "danger", {"told": 1, "trust": 0}),
        (["begin/ask", "listen/guess", "danger/act"], "after", {"told": 0, "trust": 0}),
        ([*GOOD], "good", {"told": 1, "trust": 2}),
        ([*GOOD[:2], "danger/act", "after/stay"], "fair", {"told": 1, "trust": 1}),
        ([*GOOD[:3], "after/go"], "poor", {"told": 1, "trust": 2}),
    ],
)
def test_where_a_run_stands_follows_from_what_was_taken(
    taken: list[str], scene: str, variables: dict[str, int]
) -> None:
    run = run_of(*taken)
    assert stand(STORY, run) == Position(
        STORY.scene(SceneId(scene)) or STORY.endings[["good", "fair", "poor"].index(scene)], variables
    )
    assert steps(STORY, run)[-1].now == stand(STORY, run)


def test_the_steps_of_a_run_are_those_its_taps_led_to() -> None:
    run, walked = begin(STORY, edition=EDITION, attempt=3), []
    for turn, (_, option) in enumerate(taps(*GOOD)):
        step = choose(STORY, run, attempt=3, turn=turn, option=option)
        assert isinstance(step, Step)
        walked.append(step)
        run = step.run
    assert steps(STORY, run) == tuple(walked)
    assert [ids(step.offered) for step in walked] == [
        ["limits", "ask", "promise"],
        ["wait", "write"],
        ["say-and-act", "act", "quiet"],
        ["stay", "card", "go"],
    ]


@pytest.mark.parametrize(
    "taken",
    [
        pytest.param(["listen/wait"], id="begins elsewhere"),
        pytest.param(["begin/gone"], id="an option that the edition does not have"),
        pytest.param(["begin/ask", "danger/act"], id="a scene left out"),
        pytest.param(["begin/limits", "listen/guess"], id="an option that was not on the screen"),
        pytest.param([*GOOD, "after/stay"], id="goes on after the ending"),
    ],
)
def test_a_stored_run_that_does_not_fit_its_edition_is_broken(taken: list[str]) -> None:
    run = run_of(*taken)
    for look in (stand, steps):
        with pytest.raises(BrokenRunError):
            look(STORY, run)
    with pytest.raises(BrokenRunError):
        choose(STORY, run, attempt=1, turn=run.turn, option=OptionId("ask"))


def test_an_option_of_the_same_name_in_another_scene_is_another_option() -> None:
    story = with_option(STORY, "listen", "wait", id=OptionId("limits"))
    with pytest.raises(BrokenRunError):
        stand(story, run_of("listen/limits"))


@pytest.mark.parametrize(
    "goes", [(), (Way(SceneId("nowhere")),), (Way(SceneId("after"), when("told", 1, 1)),)]
)
def test_an_option_that_leads_nowhere_breaks_the_run(goes: tuple[Way, ...]) -> None:
    dead = with_option(STORY, "begin", "ask", goes=goes)
    with pytest.raises(BrokenRunError):
        choose(dead, run_of(), attempt=1, turn=0, option=OptionId("ask"))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ((), True),
        (when("trust", 1, 1), True),
        (when("trust", 0, 2), True),
        (when("trust", 2, 3), False),
        (when("trust", 0, 0), False),
        ((*when("trust", 1, 3), *when("told", 0, 0)), True),
        ((*when("trust", 1, 3), *when("told", 1, 1)), False),
    ],
)
def test_conditions_hold_together_or_not_at_all(conditions: tuple[Condition, ...], *, expected: bool) -> None:
    assert holds(conditions, {"told": 0, "trust": 1}) is expected


@pytest.mark.parametrize(
    ("effects", "after"),
    [
        ((), {"told": 0, "trust": 1}),
        ((sets("trust", 3),), {"told": 0, "trust": 3}),
        ((sets("trust", 9),), {"told": 0, "trust": 3}),
        ((sets("trust", -9),), {"told": 0, "trust": 0}),
        ((moves("trust", 2),), {"told": 0, "trust": 3}),
        ((moves("trust", 9),), {"told": 0, "trust": 3}),
        ((moves("trust", -9),), {"told": 0, "trust": 0}),
        ((moves("trust", 9), moves("trust", -1)), {"told": 0, "trust": 2}),
        ((sets("told", 1), moves("trust", 1)), {"told": 1, "trust": 2}),
    ],
)
def test_effects_stay_within_bounds(effects: tuple[Effect, ...], after: dict[str, int]) -> None:
    before = {"told": 0, "trust": 1}
    assert affect(STORY, effects, before) == after
    assert before == {"told": 0, "trust": 1}


@pytest.mark.parametrize(("trust", "to"), [(0, "fair"), (1, "fair"), (2, "good"), (3, "good")])
def test_of_several_ways_the_first_whose_conditions_hold_is_gone(trust: int, to: str) -> None:
    stay = SCENES[SceneId("after")].options[0]
    assert take(STORY, stay, {"told": 0, "trust": trust}).at.id == to


def test_the_way_is_chosen_after_the_effects_of_the_option() -> None:
    story = with_option(STORY, "after", "stay", sets=(moves("trust", 1),))
    stay = story.scenes[4].options[0]
    assert take(story, stay, {"told": 0, "trust": 1}) == Position(STORY.endings[0], {"told": 0, "trust": 2})


def test_a_screen_offers_the_options_whose_conditions_hold() -> None:
    listen = SCENES[SceneId("listen")]
    assert ids(offered(listen, {"told": 0})) == ["wait", "write", "guess"]
    assert ids(offered(listen, {"told": 1})) == ["wait", "write"]


def test_a_scene_or_an_ending_is_found_by_its_id() -> None:
    assert at(STORY, SceneId("pause")) == STORY.scenes[2]
    assert at(STORY, EndingId("poor")) == STORY.endings[2]
    assert at(STORY, SceneId("nowhere")) is None


@settings(deadline=None)
@given(picks=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_every_play_ends_and_can_be_replayed(picks: list[int]) -> None:
    run = begin(STORY, edition=EDITION, attempt=1)
    for pick in picks:
        position = stand(STORY, run)
        if isinstance(position.at, Ending):
            break
        choices = offered(position.at, position.variables)
        step = choose(STORY, run, attempt=1, turn=run.turn, option=choices[pick % len(choices)].id)
        assert isinstance(step, Step)
        run = step.run
        assert stand(STORY, replace(run)) == step.now
    assert isinstance(stand(STORY, run).at, Ending)
    assert 4 <= run.turn <= 5
    assert sum(step.scene.override for step in steps(STORY, run)) == 1
