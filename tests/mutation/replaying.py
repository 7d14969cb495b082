"""Plays the taps of a finding with the engine, and looks whether they really show what is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.ids import Edition
from bot.core.proofs.finding import Finding
from bot.core.run import BrokenRunError, Position, Run, offered, stand
from bot.core.scenario import Ending, Option, Rating, Scenario, Scene
from tests.mutation.look import look
from tests.mutation.truth import FEWEST_DECISIONS, MOST_DECISIONS, highest, is_both, keeps

#: Findings that no taps can show: that something is never met, or that there is too much or too little of it.
MAY_HAVE_NO_TAPS: Final = frozenset(
    {
        "one-override", "unreached-scene", "unreached-option", "unreached-ending",
        "too-many", "place-betrays", "length-betrays",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Play:
    """What a player who follows the taps goes through. Raises `BrokenRunError` where they cannot be followed."""

    scenario: Scenario
    finding: Finding
    positions: tuple[Position, ...]
    taken: tuple[Option, ...]

    @property
    def last(self) -> Position:
        """Where the taps lead."""
        return self.positions[-1]

    @property
    def screen(self) -> tuple[Option, ...]:
        """What is offered there."""
        return _screen(self.last)

    @property
    def arrives(self) -> bool:
        """Whether that is where the finding says."""
        return self.last.at.id == self.finding.scene

    @property
    def taps_it(self) -> bool:
        """Whether the last tap is the one that the finding names."""
        return bool(self.finding.taps) and self.finding.taps[-1] == (self.finding.scene, self.finding.option)


def replays(scenario: Scenario, finding: Finding) -> bool:
    """Whether the taps of a finding show it; where there are none, whether nothing need be tapped, or can be."""
    if not finding.taps and (finding.rule in MAY_HAVE_NO_TAPS or _unreached(scenario, finding)):
        return True
    dead = finding.rule == "dead-end"
    try:
        play = _played(scenario, finding, len(finding.taps) - dead)
    except BrokenRunError:
        return False
    return _SHOWS[finding.rule](play)


def _unreached(scenario: Scenario, finding: Finding) -> bool:
    """Whether the scene, or the option on it, is never seen, so that what is wrong there can only be read."""
    seen = look(scenario)
    screens = [seen.offered(here) for here in seen.at(finding.scene or "")]
    if finding.option is None:
        return not screens
    return all(option.id != finding.option for screen in screens for option in screen)


def _played(scenario: Scenario, finding: Finding, count: int) -> Play:
    runs = [Run(scenario.id, Edition(""), 1, finding.taps[:taps]) for taps in range(count + 1)]
    positions = tuple(stand(scenario, run) for run in runs)
    taken = tuple(
        next(option for option in _screen(position) if option.id == tap.option)
        for position, tap in zip(positions, finding.taps, strict=False)
    )
    return Play(scenario, finding, positions, taken)


def _screen(position: Position) -> tuple[Option, ...]:
    return offered(position.at, position.variables) if isinstance(position.at, Scene) else ()


def _shows_second_override(play: Play) -> bool:
    scenes = [scene.id for scene in play.scenario.scenes if scene.override]
    return len(scenes) > 1 and play.last.at.id == scenes[1] == play.finding.scene


def _shows_poor_screen(play: Play) -> bool:
    """The screen breaks the rule, and the finding names what stands on it, unless every screen of the scene does."""
    if not isinstance(play.last.at, Scene) or not play.arrives:
        return False
    if not keeps(play.finding.rule, play.last.at.options):
        return True
    named = f"Only these are offered here: {', '.join(option.id for option in play.screen)}."
    return bool(play.screen) and not keeps(play.finding.rule, play.screen) and named in play.finding.what


def _shows_rewarded_quiet(play: Play) -> bool:
    return play.taps_it and play.taken[-1].keeps_quiet and play.taken[-1].protects is not Rating.WEAKER


def _shows_overrides(play: Play) -> bool:
    """The finding says which of the two it is."""
    met = sum(isinstance(position.at, Scene) and position.at.override for position in play.positions)
    said = "without meeting the override" if not met else "through more than one override"
    return _ended(play) and met != 1 and said in play.finding.what


def _ended(play: Play) -> bool:
    return play.arrives and isinstance(play.last.at, Ending)


def _shows_dead_end(play: Play) -> bool:
    """The option is there to be tapped, and the tap breaks."""
    if not play.taps_it or play.finding.option not in {option.id for option in play.screen}:
        return False
    try:
        stand(play.scenario, Run(play.scenario.id, Edition(""), 1, play.finding.taps))
    except BrokenRunError:
        return True
    return False


def _shows_no_way_out(play: Play) -> bool:
    """However it goes on from here, one can go on, and no ending comes."""
    seen = look(play.scenario)
    here = next(number for number, position in enumerate(seen.positions) if position == play.last)
    waiting, beyond = [here], {here}
    while waiting:
        fresh = {to for _, to in seen.onward(waiting.pop())} - beyond
        beyond |= fresh
        waiting += fresh
    return play.arrives and not any(map(seen.ends, beyond)) and any(seen.taps[number] for number in beyond)


def _shows_loop(play: Play) -> bool:
    """The last tap comes back to a situation of before, and none came back earlier."""
    named = f"back to '{play.last.at.id}'" in play.finding.what
    return play.taps_it and play.positions.count(play.last) == 2 and named


def _shows_no_both(play: Play) -> bool:
    """All was stronger on both, and here nothing is."""
    return play.arrives and all(map(is_both, play.taken)) and not any(map(is_both, play.screen))


def _shows_one_axis(play: Play) -> bool:
    """A whole path that looks at one right alone, and is stronger on both all the same."""
    axis = (lambda it: it.protects) if play.finding.rule == "protect-always" else (lambda it: it.voice)
    greedy = all(
        option in highest(_screen(position), axis)
        for position, option in zip(play.positions, play.taken, strict=False)
    )
    return greedy and all(map(is_both, play.taken)) and isinstance(play.last.at, Ending)


def _shows_passed_by(play: Play) -> bool:
    """A rule's name stands between quotation marks: no part of the way bears it."""
    tags = [rule.tag for rule in play.scenario.rules if rule.after is None]
    return _ended(play) and any(
        f"'{tag}'" in play.finding.what and all(tag not in met for met in _met(play)) for tag in tags
    )


def _shows_after(play: Play) -> bool:
    """The last tap, or what it leads to, is what must not come after something that was met before it."""
    return play.taps_it and any(
        f"'{rule.tag}'" in play.finding.what
        and f"'{rule.after}'" in play.finding.what
        and _follows(play, rule.tag, rule.after)
        for rule in play.scenario.rules
        if rule.after is not None
    )


def _follows(play: Play, tag: str, after: str) -> bool:
    met = _met(play)
    first = next((number for number, names in enumerate(met) if after in names), len(met))
    later = [number for number, names in enumerate(met) if number > first and tag in names]
    return bool(later) and later[0] >= len(met) - 2


def _met(play: Play) -> list[set[str]]:
    """The names that are met on the way, one after the other: each arrival, each option."""
    found: list[set[str]] = []
    for number, position in enumerate(play.positions):
        at = position.at
        found.append({at.id, *(at.tags if isinstance(at, Scene) else ())})
        if number < len(play.taken):
            option = play.taken[number]
            found.append({*option.tags, f"{at.id}/{option.id}"})
    return found


_SHOWS: Final[Mapping[str, Callable[[Play], bool]]] = {
    "one-override": _shows_second_override,
    "override-both": _shows_poor_screen,
    "override-quiet": _shows_poor_screen,
    "two-defensible": _shows_poor_screen,
    "no-difference": _shows_poor_screen,
    "quiet-weaker": _shows_rewarded_quiet,
    "override": _shows_overrides,
    "no-option": lambda play: play.arrives and not _ended(play) and not play.screen,
    "dead-end": _shows_dead_end,
    "no-way-out": _shows_no_way_out,
    "loop": _shows_loop,
    "too-short": lambda play: _ended(play) and len(play.taken) < FEWEST_DECISIONS,
    "too-long": lambda play: _ended(play) and len(play.taken) > MOST_DECISIONS,
    "both-path": _shows_no_both,
    "protect-always": _shows_one_axis,
    "voice-always": _shows_one_axis,
    "passes": _shows_passed_by,
    "never-after": _shows_after,
}
