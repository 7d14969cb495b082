"""Practising a scenario: begin, choose, go on, finish. Each is one transaction, and safe to ask for twice."""

from dataclasses import dataclass, replace

from bot.app.editions import text_of
from bot.app.means import Means, known
from bot.core import recall
from bot.core.debrief import Debrief, debrief, sound
from bot.core.editions import unchanged_ahead
from bot.core.ids import Day, Edition, OptionId, ScenarioId, TelegramId
from bot.core.moments import Moment
from bot.core.run import Refusal, Run, Taken, begin, choose, stand, steps
from bot.core.scenario import Ending, Nation, Scenario
from bot.store import active
from bot.store import steps as rows
from bot.store.database import Transaction
from bot.store.people import Person
from bot.store.steps import Kept, Level, Practice


class Changed(Exception):
    """A practice changed between loading and saving it; the transaction is undone and may be tried again."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody is known by this number: they start at the beginning."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in a scenario, and by which text."""

    nation: Nation | None
    scenario: Scenario
    run: Run
    repeated: bool = False  #: the very tap that led here had been taken before


@dataclass(frozen=True, slots=True)
class Closed:
    """No run of this scenario is under way; the next attempt would have this number."""

    scenario: Scenario
    attempt: int


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected no, and where the practitioner really is."""

    why: Refusal
    at: Standing | Closed


@dataclass(frozen=True, slots=True)
class Debriefed:
    """A finished run with what it has to say, and when the scenario comes back."""

    standing: Standing
    debrief: Debrief
    due: Day | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The scenario is no longer on the shelf."""


def where(
    tx: Transaction, means: Means, who: TelegramId, scenario: ScenarioId
) -> Standing | Closed | Withdrawn | Stranger:
    """Where somebody is in a scenario."""
    person = known(tx, means, who)
    if person is None:
        return Stranger()
    kept = rows.find(tx, means.keys, person, scenario=scenario)
    return _where(tx, means, person, scenario, kept)


def start(
    tx: Transaction,
    means: Means,
    who: TelegramId,
    *,
    scenario: ScenarioId,
    attempt: int,
    turn: int = 0,
    now: Moment,
) -> Standing | Refused | Withdrawn | Stranger:
    """Begins the attempt of this number. Asked twice, it is begun once and shown twice.

    A run under way is given up for it only as it stood on the screen, `turn` taps in.
    """
    person = known(tx, means, who)
    if person is None:
        return Stranger()
    kept = rows.find(tx, means.keys, person, scenario=scenario)
    at = _where(tx, means, person, scenario, kept)
    if isinstance(at, Withdrawn) or scenario not in means.shelf.scenarios:
        return Withdrawn()
    if isinstance(at, Standing) and at.run.attempt == attempt:
        return at if at.run.turn == 0 else Refused(Refusal.STALE, at)
    if attempt != (kept.practice.attempt if kept else 0) + 1:
        return Refused(Refusal.STALE, at)
    if isinstance(at, Standing) and at.run.turn != turn:
        return Refused(Refusal.STALE, at)
    run = begin(means.shelf.scenarios[scenario], edition=means.shelf.editions[scenario], attempt=attempt)
    practice = replace(_practice(run, kept, now), told=False, order=_next_order(tx, means, person))
    _save(tx, means, person, kept, practice)
    active.mark(tx, means.keys, person, week=now.week)
    return Standing(person.nation, means.shelf.scenarios[scenario], run)


def take(
    tx: Transaction,
    means: Means,
    who: TelegramId,
    *,
    scenario: ScenarioId,
    attempt: int,
    turn: int,
    option: OptionId,
    keep: bool,
    last: bool = True,
    now: Moment,
) -> Standing | Refused | Withdrawn | Stranger:
    """Takes an option, if it stood on the screen of exactly this attempt and turn.

    `last`: this is known to be the scenario that they were in last; otherwise it becomes so.
    """
    person = known(tx, means, who)
    if person is None:
        return Stranger()
    kept = rows.find(tx, means.keys, person, scenario=scenario)
    at = _where(tx, means, person, scenario, kept)
    if isinstance(at, Withdrawn):
        return at
    if isinstance(at, Closed) or kept is None:
        return Refused(Refusal.NOT_BEGUN, at)
    if _was_taken(at.run, attempt, turn, option):
        return replace(at, repeated=True)
    if not keep and edited_ahead(means, at):
        return Refused(Refusal.EDITED, at)
    step = choose(at.scenario, at.run, attempt=attempt, turn=turn, option=option)
    if isinstance(step, Refusal):
        return Refused(step, at)
    practice = _practice(step.run, kept, now)
    if isinstance(step.now.at, Ending):
        practice = _finished(practice, at.scenario, step.run, now)
    if not last:
        practice = replace(practice, order=_next_order(tx, means, person))
    _save(tx, means, person, kept, practice)
    if kept.practice.week != now.week:
        active.mark(tx, means.keys, person, week=now.week)
    return replace(at, run=step.run)


def tell(
    tx: Transaction, means: Means, who: TelegramId, *, scenario: ScenarioId, attempt: int
) -> Debriefed | Refused | Withdrawn | Stranger:
    """The debrief of a finished attempt that has not been left yet. From now on nothing of it counts as under way."""
    person = known(tx, means, who)
    if person is None:
        return Stranger()
    kept = rows.find(tx, means.keys, person, scenario=scenario)
    run = None if kept is None else run_of(kept.practice)
    if kept is None or run is None:
        at = _where(tx, means, person, scenario, kept)
        return at if isinstance(at, Withdrawn) else Refused(Refusal.NOT_BEGUN, at)
    at = Standing(person.nation, text_of(tx, means, scenario, run.edition), run)
    found = debrief(at.scenario, run) if run.attempt == attempt else None
    if found is None:
        return Refused(Refusal.STALE, at)
    if not kept.practice.told:
        _save(tx, means, person, kept, replace(kept.practice, told=True))
    return Debriefed(at, found, kept.practice.due)


def leave(tx: Transaction, means: Means, who: TelegramId, *, scenario: ScenarioId, attempt: int) -> None:
    """Leaves a finished attempt: its choices are dropped. An unfinished one stays as it is."""
    person = known(tx, means, who)
    kept = None if person is None else rows.find(tx, means.keys, person, scenario=scenario)
    if person is None or kept is None:
        return
    run = run_of(kept.practice)
    if run is None or run.attempt != attempt:
        return
    if is_over(Standing(person.nation, text_of(tx, means, scenario, run.edition), run)):
        _save(tx, means, person, kept, replace(kept.practice, taken=None))


def edited_ahead(means: Means, at: Standing) -> bool:
    """Whether what lies ahead of a run reads differently on the shelf now."""
    current = means.shelf.scenarios.get(at.run.scenario)
    if current is None or means.shelf.editions[at.run.scenario] == at.run.edition:
        return False
    return not unchanged_ahead(at.scenario, current, at.run)


def is_over(at: Standing) -> bool:
    """Whether a run has reached its ending."""
    return isinstance(stand(at.scenario, at.run).at, Ending)


def _where(
    tx: Transaction, means: Means, person: Person, scenario: ScenarioId, kept: Kept | None
) -> Standing | Closed | Withdrawn:
    run = None if kept is None else run_of(kept.practice)
    if run is not None and kept is not None and not kept.practice.told:
        return Standing(person.nation, text_of(tx, means, scenario, run.edition), run)
    if scenario not in means.shelf.scenarios:
        return Withdrawn()
    return Closed(means.shelf.scenarios[scenario], (kept.practice.attempt if kept else 0) + 1)


def run_of(practice: Practice) -> Run | None:
    """The run that a practice holds, or None if none is under way."""
    if practice.taken is None or practice.edition is None:
        return None
    taken = tuple(Taken(scene, option) for scene, option in practice.taken)
    return Run(practice.scenario, Edition(practice.edition), practice.attempt, taken)


def _next_order(tx: Transaction, means: Means, person: Person) -> int:
    kept = rows.find_all(tx, means.keys, person, scenarios=means.shelf.scenarios)
    return 1 + max((entry.practice.order for entry in kept.values()), default=0)


def _was_taken(run: Run, attempt: int, turn: int, option: OptionId) -> bool:
    return run.attempt == attempt and turn == run.turn - 1 and run.taken[-1].option == option


def _practice(run: Run, kept: Kept | None, now: Moment) -> Practice:
    before = kept.practice if kept else Practice(run.scenario, Level.BEGUN, now.week, 0, None, None, 0, None)
    return replace(before, week=now.week, attempt=run.attempt, edition=run.edition, taken=run.taken)


def _finished(practice: Practice, scenario: Scenario, run: Run, now: Moment) -> Practice:
    following = recall.after(practice.rung, sound=sound(steps(scenario, run)), today=now.day)
    return replace(practice, level=Level.FINISHED, rung=following.rung, due=following.due)


def _save(tx: Transaction, means: Means, person: Person, kept: Kept | None, practice: Practice) -> None:
    if kept is None:
        saved = rows.add(tx, means.keys, person, practice=practice, nonce=means.nonce())
    else:
        saved = rows.replace(tx, means.keys, person, kept=kept, practice=practice, nonce=means.nonce())
    if not saved:
        raise Changed
