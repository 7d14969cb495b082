"""One small sound scenario for the tables of the core, and ways to change a single thing in it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.core.ids import Edition, EndingId, OptionId, ScenarioId, SceneId, SkillId
from bot.core.run import Run, Taken
from bot.core.scenario import (
    Condition,
    Echo,
    Effect,
    Ending,
    Option,
    Rating,
    Resource,
    Role,
    Scenario,
    Scene,
    Variable,
    Way,
    YoungPerson,
)

S, W, K = Rating.STRONGER, Rating.WORKABLE, Rating.WEAKER

EDITION = Edition("0" * 64)


def option(id: str, protects: Rating, voice: Rating, to: str | tuple[Way, ...], **more: Any) -> Option:
    """An option that leads to one scene or ending, or several ways."""
    return Option(
        id=OptionId(id),
        text=f"{id} is done",
        protects=protects,
        voice=voice,
        because=f"because of {id}",
        draws_on=(Resource.SKILL,),
        skills=(SkillId("R1"),),
        changes=f"{id} changes this",
        thinks=f"{id} is thought of",
        goes=to if isinstance(to, tuple) else (Way(SceneId(to)),),
        **more,
    )


def scene(id: str, *options: Option, **more: Any) -> Scene:
    """A scene with these options."""
    return Scene(SceneId(id), title=f"{id} title", text=f"{id} text", options=options, **more)


def ending(id: str, **more: Any) -> Ending:
    """An ending."""
    return Ending(EndingId(id), f"{id} title", f"{id} text", f"{id} afterwards", f"{id} question", **more)


def when(variable: str, low: int, high: int) -> tuple[Condition, ...]:
    """One condition."""
    return (Condition(variable, low, high),)


def sets(variable: str, value: int) -> Effect:
    """Sets a variable."""
    return Effect(variable, value, relative=False)


def moves(variable: str, value: int) -> Effect:
    """Moves a variable."""
    return Effect(variable, value, relative=True)


#: Four or five decisions, one override ("danger"), three endings; every rule of the proofs is kept.
STORY = Scenario(
    id=ScenarioId("story"),
    title="A story",
    teaser="One line.",
    minutes=4,
    roles=(Role.HEALTH,),
    skills=(SkillId("R1"),),
    content_note="A note.",
    young_person=YoungPerson("Robin", 14, "they/them", "Likes buses."),
    you_are="You are there.",
    variables={"told": Variable(0, 1, 0), "trust": Variable(0, 3, 1)},
    scenes=(
        scene(
            "begin",
            option("limits", S, S, "listen", sets=(sets("told", 1), moves("trust", 1))),
            option("ask", W, W, "listen"),
            option("promise", K, K, "pause", sets=(moves("trust", -2),)),
        ),
        scene(
            "listen",
            option("wait", S, S, "danger"),
            option("write", W, W, "pause", sets=(moves("trust", 1),)),
            option("guess", W, K, "danger", when=when("told", 0, 0)),
        ),
        scene(
            "pause",
            option("walk", S, W, "danger"),
            option("tea", W, S, "danger"),
            option("form", K, K, "danger", sets=(sets("trust", 0),)),
        ),
        scene(
            "danger",
            option("say-and-act", S, S, "after"),
            option("act", S, K, "after", sets=(moves("trust", -1),)),
            option("quiet", K, S, "after", keeps_quiet=True),
            override=True,
        ),
        scene(
            "after",
            option("stay", S, S, (Way(EndingId("good"), when("trust", 2, 3)), Way(EndingId("fair")))),
            option("card", W, W, "fair"),
            option("go", K, W, "poor"),
            echoes=(Echo("They know.", when("told", 1, 1)),),
        ),
    ),
    endings=(
        ending("good", echoes=(Echo("They heard it first.", when("told", 1, 1)),)),
        ending("fair"),
        ending("poor"),
    ),
)

SCENES = {part.id: part for part in STORY.scenes}


def with_scene(scenario: Scenario, id: str, **changes: Any) -> Scenario:
    """The scenario with one scene changed."""
    assert scenario.scene(SceneId(id)) is not None
    return replace(
        scenario,
        scenes=tuple(replace(part, **changes) if part.id == id else part for part in scenario.scenes),
    )


def with_option(scenario: Scenario, at: str, id: str, /, **changes: Any) -> Scenario:
    """The scenario with one option changed."""
    old = scenario.scene(SceneId(at))
    assert old is not None
    assert OptionId(id) in [one.id for one in old.options]
    options = tuple(replace(one, **changes) if one.id == id else one for one in old.options)
    return with_scene(scenario, at, options=options)


def with_ending(scenario: Scenario, id: str, **changes: Any) -> Scenario:
    """The scenario with one ending changed."""
    assert scenario.ending(EndingId(id)) is not None
    return replace(
        scenario,
        endings=tuple(replace(part, **changes) if part.id == id else part for part in scenario.endings),
    )


def taps(*written: str) -> tuple[Taken, ...]:
    """Taps as `scene/option`."""
    return tuple(Taken(SceneId(at), OptionId(id)) for at, id in (tap.split("/") for tap in written))


def run_of(*written: str, attempt: int = 1) -> Run:
    """A run of the story, after these taps."""
    return Run(STORY.id, EDITION, attempt, taps(*written))


def ids(options: Iterable[Option]) -> list[str]:
    """The options' ids."""
    return [one.id for one in options]
