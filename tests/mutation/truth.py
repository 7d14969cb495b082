"""What is wrong with a scenario, worked out situation by situation: the measure that the proofs are held against.

The rules are those of the handbook for authors; how they are looked for is as plain as can be. Nothing here asks the
proofs, and nothing is worked out for many situations at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import NamedTuple

from bot.core.proofs.finding import Finding
from bot.core.scenario import Option, PathRule, Rating, Scenario, Scene
from tests.mutation.look import Look, look
from tests.mutation.rounds import beyond_of, rounds

FEWEST_DECISIONS, MOST_DECISIONS = 4, 6
MOST_COMBINATIONS = 65_536
WORTH = {Rating.STRONGER: 2, Rating.WORKABLE: 1, Rating.WEAKER: 0}
#: Of more circles than these only the nearest are told.
MOST_CIRCLES = 10
#: Rules that are told at whichever place the fewest taps show them: once for the whole scenario, or for each circle.
ONCE = frozenset({"loop", "no-way-out", "never-after", "both-path", "protect-always", "voice-always"})
_AXES: tuple[tuple[str, Callable[[Option], Rating]], ...] = (
    ("protect-always", lambda option: option.protects),
    ("voice-always", lambda option: option.voice),
)


class Told(NamedTuple):
    """One broken rule: where, and by how many taps it is shown at least; 0 where no taps are needed."""

    rule: str
    scene: str | None = None
    option: str | None = None
    taps: int = 0


def truth(scenario: Scenario) -> Counter[Told]:
    """Everything that is wrong with a scenario."""
    if prod(one.high - one.low + 1 for one in scenario.variables.values()) > MOST_COMBINATIONS:
        return Counter([Told("too-many")])
    seen = look(scenario)
    found = [*_ratings(seen), *_stranded(seen), *_paths(seen)]
    astray = {"no-option", "dead-end", "no-way-out", "loop", "too-many", "override-both"}
    if not astray & {told.rule for told in found}:
        found += _dilemma(seen)
    return Counter([*found, *_authored(seen)])


def as_told(finding: Finding) -> Told:
    """A finding of the proofs in the same words."""
    once = finding.rule in ONCE
    return Told(
        finding.rule,
        None if once else finding.scene,
        None if once else finding.option,
        len(finding.taps),
    )


def is_both(option: Option) -> bool:
    """Whether an option is stronger on both rights."""
    return option.protects is option.voice is Rating.STRONGER


def highest(offered: Sequence[Option], axis: Callable[[Option], Rating]) -> list[Option]:
    """The options that nothing else on the screen outdoes on one axis."""
    best = max((WORTH[axis(option)] for option in offered), default=0)
    return [option for option in offered if WORTH[axis(option)] == best]


def keeps(rule: str, offered: Sequence[Option]) -> bool:
    """Whether a screen keeps a rule about ratings."""
    match rule:
        case "override-both":
            return any(map(is_both, offered))
        case "override-quiet":
            return any(option.keeps_quiet for option in offered)
        case "two-defensible":
            return sum(option.defensible for option in offered) >= 2
        case "no-difference":
            return len({(option.protects, option.voice) for option in offered}) > 1
    raise AssertionError(rule)


def rules_of(scene: Scene) -> tuple[str, str]:
    """The rules about ratings that a scene must keep on every screen."""
    return ("override-both", "override-quiet") if scene.override else ("two-defensible", "no-difference")


def _ratings(seen: Look) -> Iterator[Told]:
    overrides = [scene.id for scene in seen.scenario.scenes if scene.override]
    if len(overrides) != 1:
        second = overrides[1] if overrides else None
        yield Told("one-override", second, None, seen.nearest(seen.at(second)) or 0 if second else 0)
    for scene in seen.scenario.scenes:
        here = seen.at(scene.id)
        for option in scene.options:
            if option.keeps_quiet and option.protects is not Rating.WEAKER:
                near = seen.nearest([one for one in here if option in seen.offered(one)])
                yield Told("quiet-weaker", scene.id, option.id, 0 if near is None else near + 1)
        for rule in rules_of(scene):
            wrong = [one for one in here if seen.taps[one] and not keeps(rule, seen.offered(one))]
            if not keeps(rule, scene.options):
                yield Told(rule, scene.id, None, seen.nearest(here) or 0)
            elif wrong:
                yield Told(rule, scene.id, None, seen.nearest(wrong) or 0)


def _stranded(seen: Look) -> Iterator[Told]:
    for scene in seen.scenario.scenes:
        here = seen.at(scene.id)
        if not here:
            yield Told("unreached-scene", scene.id)
            continue
        stuck = [one for one in here if not seen.taps[one]]
        if stuck:
            yield Told("no-option", scene.id, None, seen.nearest(stuck) or 0)
        for option in scene.options:
            offered = [tap for one in here for tap in seen.taps[one] if tap.option is option]
            if not offered:
                yield Told("unreached-option", scene.id, option.id)
            lost = [
                one for one in here if any(tap.option is option and tap.to is None for tap in seen.taps[one])
            ]
            if lost:
                yield Told("dead-end", scene.id, option.id, (seen.nearest(lost) or 0) + 1)
    for ending in seen.scenario.endings:
        if not seen.at(ending.id):
            yield Told("unreached-ending", ending.id)


def _paths(seen: Look) -> Iterator[Told]:
    """Too long is only said where no path goes round: so every path ends, and all of them can be followed."""
    lost, others = rounds(seen)
    circles = [
        *(Told("no-way-out", taps=taps) for taps in lost), *(Told("loop", taps=taps) for taps in others)
    ]  # fmt: skip
    yield from circles[:MOST_CIRCLES]
    for ending in seen.scenario.endings:
        near = seen.nearest(seen.at(ending.id))
        if near is not None and near < FEWEST_DECISIONS:
            yield Told("too-short", ending.id, None, near)
    if not circles:
        yield from _too_long(seen)
    overrides = [here for scene in seen.scenario.scenes if scene.override for here in seen.at(scene.id)]
    if any(scene.override for scene in seen.scenario.scenes):
        again = any(here in beyond_of(seen, here) for here in overrides)
        yield from _overrides(seen, most=1 if again else 2)


def _too_long(seen: Look) -> Iterator[Told]:
    far: dict[str, int] = {}
    front, count = {0}, 0
    while front:
        for here in front:
            if seen.ends(here) and count > MOST_DECISIONS:
                far.setdefault(seen.positions[here].at.id, count)
        front, count = {to for here in front for _, to in seen.onward(here)}, count + 1
    yield from (Told("too-long", id, None, taps) for id, taps in far.items())


def _overrides(seen: Look, *, most: int) -> Iterator[Told]:
    """Met by no way, or twice; where a circle leads back to one, twice says nothing, and `most` is 1."""

    def met(here: int) -> int:
        return not seen.ends(here) and seen.scene(here).override

    found = seen.followed(min(most, met(0)), lambda count, _here, _option, to: min(most, count + met(to)))
    wrong: dict[tuple[str, int], int] = {}
    for (here, count), taps in found.items():
        if seen.ends(here) and count != 1:
            key = seen.positions[here].at.id, count
            wrong[key] = min(taps, wrong.get(key, taps))
    yield from (Told("override", id, None, taps) for (id, _), taps in wrong.items())


def _dilemma(seen: Look) -> Iterator[Told]:
    best = seen.followed(0, lambda _phase, _here, option, _to: 0 if is_both(option) else None)
    if not any(seen.ends(here) for here, _ in best):
        yield Told("both-path", taps=max(taps for (here, _), taps in best.items() if _stops(seen, here)))
        return
    for rule, axis in _AXES:
        follow = _followed_on(seen, axis)
        taken = [option for here in follow for option in highest(seen.offered(here), axis)]
        if all(map(is_both, taken)):
            yield Told(rule, taps=min(taps for here, taps in follow.items() if seen.ends(here)))


def _stops(seen: Look, here: int) -> bool:
    return not any(map(is_both, seen.offered(here)))


def _followed_on(seen: Look, axis: Callable[[Option], Rating]) -> dict[int, int]:
    """Where somebody comes who looks at one right alone, and by how many taps at least."""

    def greedy(_phase: int, here: int, option: Option, _to: int) -> int | None:
        return 0 if option in highest(seen.offered(here), axis) else None

    return {here: taps for (here, _), taps in seen.followed(0, greedy).items()}


def _authored(seen: Look) -> Iterator[Told]:
    for rule in seen.scenario.rules:
        yield from _passes(seen, rule) if rule.after is None else _never(seen, rule.tag, rule.after)


def _passes(seen: Look, rule: PathRule) -> Iterator[Told]:
    """The ways that avoid it, cut off where they would meet it."""
    if rule.tag in met_at(seen, 0):
        return
    without = seen.followed(
        0,
        lambda _phase, here, option, to: (
            None if rule.tag in met_by(seen, here, option) | met_at(seen, to) else 0
        ),
    )
    near: dict[str, int] = {}
    for (here, _), taps in without.items():
        if seen.ends(here):
            near.setdefault(seen.positions[here].at.id, taps)
    yield from (Told("passes", id, None, taps) for id, taps in near.items())


def _never(seen: Look, tag: str, after: str) -> Iterator[Told]:
    def follow(phase: int, here: int, option: Option, to: int) -> int:
        for met in (met_by(seen, here, option), met_at(seen, to)):
            if phase and tag in met:
                return 2
            phase = phase or int(after in met)
        return phase

    found = seen.followed(int(after in met_at(seen, 0)), follow)
    broken = [taps for (_, phase), taps in found.items() if phase == 2]
    if broken:
        yield Told("never-after", taps=min(broken))


def met_by(seen: Look, here: int, option: Option) -> set[str]:
    """Every name that taking an option meets."""
    return {*option.tags, f"{seen.positions[here].at.id}/{option.id}"}


def met_at(seen: Look, here: int) -> set[str]:
    """Every name that arriving somewhere meets."""
    at = seen.positions[here].at
    return {at.id, *(at.tags if isinstance(at, Scene) else ())}
