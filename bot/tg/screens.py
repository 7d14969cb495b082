"""The screens of a run: from where it stands to a text and buttons. Pure: the same run always reads the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

from bot.core.debrief import Debrief, axes
from bot.core.ids import Edition, OptionId
from bot.core.run import Run, Step, Taken, holds, offered, stand, start, steps
from bot.core.scenario import Echo, Ending, Nation, Option, Scenario, Scene
from bot.core.shelf import Shelf
from bot.tg import markup, payloads
from bot.tg.screen import Button, Reply, Screen
from bot.tg.texts import say


@dataclass(frozen=True, slots=True)
class View:
    """What every screen may look at beside the run itself."""

    shelf: Shelf
    nation: Nation | None


def opening(scenario: Scenario, *, attempt: int) -> Screen:
    """Whom the scenario is about and who you are in it; the first attempt is number 1."""
    row = (markup.begin(scenario.id, attempt), markup.SCENARIOS)
    return Screen(say("opening", scenario=scenario), (row,), scenario.id)


def here(view: View, scenario: Scenario, run: Run, *, keep: bool = False) -> Screen:
    """Where the run stands: what the last choice changed, then the scene with its options, or the ending."""
    position = stand(scenario, run)
    text = _text(_cue(view, scenario, run, run.turn))
    if isinstance(position.at, Ending):
        debrief = payloads.Debrief(scenario.id, run.attempt)
        return Screen(text, ((Button("Debrief", debrief),),), scenario.id)
    options = offered(position.at, position.variables)
    row = markup.choices(scenario, options, attempt=run.attempt, turn=run.turn, keep=keep)
    return Screen(text, (row,), scenario.id)


def turned(view: View, scenario: Scenario, run: Run, *, keep: bool = False) -> Reply:
    """After a tap: the tapped message shows what was taken and loses its buttons; what comes next is sent."""
    edit = past(view, scenario, run, run.turn - 1)
    return Reply(edit=edit, send=(here(view, scenario, run, keep=keep),))


def past(view: View, scenario: Scenario, run: Run, turn: int) -> str | None:
    """An earlier screen of this run as it reads now: with what was taken, and without buttons."""
    if not 0 <= turn < run.turn:
        return None
    return _text(_cue(view, scenario, run, turn, taken=run.taken[turn].option))


def debriefed(view: View, scenario: Scenario, run: Run, found: Debrief, *, due: str | None) -> Reply:
    """The ending without its button, and the debrief."""
    walked = found.steps
    edit = _text(_cue(view, scenario, run, run.turn, taken=walked[-1].option.id))
    path = [
        {"scene": step.scene, "option": step.option, "letter": letter(step.offered, step.option)}
        for step in walked
    ]
    text = say(
        "debrief",
        scenario=scenario,
        name=scenario.young_person.name,
        path=path,
        axes=[[_together(cell) for cell in row] for row in axes(walked)],
        road=found.road,
        ending=found.ending,
        due=due,
    )
    again = Button("Try another way", payloads.Begin(scenario.id, run.attempt + 1, run.turn))
    following = Button("Next", payloads.Done(scenario.id, run.attempt))
    return Reply(edit=edit, send=(Screen(text, ((again, following),), scenario.id),))


def edited(scenario: Scenario, run: Run) -> Screen:
    """What lies ahead was edited: the practitioner chooses."""
    keep = Button("Finish my version", payloads.Keep(scenario.id, run.attempt))
    again = Button("Start again", payloads.Begin(scenario.id, run.attempt + 1, run.turn))
    return Screen(
        say("edited", title=scenario.title),
        ((keep, again),),
        scenario.id,
    )


def letter(options: Sequence[Option], option: Option) -> str:
    """A, B, C or D, as the option stood on its screen."""
    return markup.LETTERS[[choice.id for choice in options].index(option.id)]


def _together(turns: Sequence[int]) -> str:
    """Turns that fell into one cell of the chart, which has room for six characters."""
    return ("," if len(turns) <= 3 else "").join(map(str, turns))


@dataclass(frozen=True, slots=True)
class _Cue:
    """All that the text of a screen depends on: choices, and the texts they go by, decide the rest."""

    edition: Edition
    nation: Nation | None
    before: tuple[Taken, ...]
    taken: OptionId | None
    shelf: int
    view: View = field(compare=False)
    scenario: Scenario = field(compare=False)


def _cue(view: View, scenario: Scenario, run: Run, turn: int, *, taken: OptionId | None = None) -> _Cue:
    return _Cue(run.edition, view.nation, run.taken[:turn], taken, id(view.shelf), view, scenario)


@lru_cache(maxsize=1024)
def _text(cue: _Cue) -> str:
    """The text of a screen. Many people pass the same few screens, so rendering each once saves a quarter of a turn.

    1,024 texts are about 3 MB. They hold nobody's data: only content, and the choices that lead to it.
    """
    view, scenario, taken = cue.view, cue.scenario, cue.taken
    walked = steps(scenario, Run(scenario.id, cue.edition, attempt=1, taken=cue.before))
    position = walked[-1].now if walked else start(scenario)
    feedback = _feedback(view, scenario, walked[-1]) if walked else None
    said = _said(position.at.echoes, position.variables)
    if isinstance(position.at, Ending):
        return say(
            "ending",
            ending=position.at,
            feedback=feedback,
            said=said,
            name=scenario.young_person.name,
            taken=taken is not None,
        )
    return _scene(position.at, position.variables, feedback=feedback, said=said, taken=taken)


def _scene(
    scene: Scene,
    variables: Mapping[str, int],
    *,
    feedback: str | None,
    said: Sequence[str],
    taken: OptionId | None,
) -> str:
    options = list(zip(markup.LETTERS, offered(scene, variables), strict=False))
    mark = next((letter for letter, option in options if option.id == taken), None)
    return say("turn", scene=scene, options=options, feedback=feedback, said=said, taken=mark)


def _feedback(view: View, scenario: Scenario, step: Step) -> str:
    law = None
    if step.option.law is not None and view.nation is not None:
        # An older edition may name a legal sentence, or a skill, that the shelf no longer has: it goes without.
        law = view.shelf.help[view.nation].law.get(step.option.law)
    text = say(
        "feedback",
        step=step,
        letter=letter(step.offered, step.option),
        name=scenario.young_person.name,
        skills=[view.shelf.skills[skill] for skill in step.option.skills if skill in view.shelf.skills],
        law=law.text if law else None,
        nation=markup.NATIONS[view.nation] if view.nation else None,
    )
    return Markup(text)  # noqa: S704 - rendered just above, with every value escaped


def _said(echoes: Sequence[Echo], variables: Mapping[str, int]) -> list[str]:
    return [echo.text for echo in echoes if holds(echo.when, variables)]
