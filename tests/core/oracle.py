"""What must be found in a scenario, told by looking at every situation, one after the other: slow, and easy to trust.

It shares nothing with the proofs but the run itself: what is offered, and where a tap leads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.core.proofs.finding import Finding
from bot.core.scenario import Ending, Option, PathRule, Rating, Scenario, Scene
from tests.core.brute import State, Walked, World

FEWEST, MOST = 4, 6
#: Of more circles than these only the first are told; so small a scenario has fewer.
MOST_TOLD = 10
ORDER = (Rating.WEAKER, Rating.WORKABLE, Rating.STRONGER)

Told = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding that there must be: of what, how few taps show it (None: none can), and whether some taps do.

    Where several ways are equally short, `told` says of what it is told from the way that is shown.
    """

    rule: str
    scene: str | None = None
    option: str | None = None
    least: int | None = None
    shows: Callable[[Walked], bool] = field(default=lambda _: True, repr=False)
    told: Callable[[Walked], Told] | None = field(default=None, repr=False)

    def fits(self, found: Finding, scenario: Scenario) -> bool:
        """Whether this finding is the one, its taps can be tapped, are the fewest, and show what is told."""
        if found.rule != self.rule or len(found.taps) != (self.least or 0):
            return False
        walked = Walked.along(scenario, found.taps)
        told = (self.scene, self.option) if self.told is None else self.told(walked)
        return (found.scene, found.option) == told and (self.least is None or self.shows(walked))


def expected(scenario: Scenario) -> list[Shown]:
    """Every finding that there must be. Whether it is a dilemma is asked unless ways lead astray."""
    world = World(scenario)
    found = [*_ratings(world), *_paths(world)]
    astray = {"no-option", "dead-end", "no-way-out", "loop", "too-many", "override-both"}
    dilemma = [] if astray & {shown.rule for shown in found} else [*_dilemma(world)]
    return [*found, *dilemma, *_authored(world)]


def _best(option: Option) -> bool:
    return option.protects is option.voice is Rating.STRONGER


#: Each rule about what stands on a screen: whether it is asked of the override, and when it is kept.
SCREENS: dict[str, tuple[bool, Callable[[Sequence[Option]], bool]]] = {
    "override-both": (True, lambda options: any(map(_best, options))),
    "override-quiet": (True, lambda options: any(option.keeps_quiet for option in options)),
    "two-defensible": (False, lambda options: sum(option.defensible for option in options) >= 2),
    "no-difference": (False, lambda options: len({(one.protects, one.voice) for one in options}) > 1),
}


def _ratings(world: World) -> Iterator[Shown]:
    overrides = [scene for scene in world.scenario.scenes if scene.override]
    if not overrides:
        yield Shown("one-override")
    elif len(overrides) > 1:
        yield _at(world, "one-override", overrides[1], world.at(overrides[1]))
    for scene in world.scenario.scenes:
        for option in scene.options:
            if option.keeps_quiet and option.protects is not Rating.WEAKER:
                offering = [state for state in world.at(scene) if option in world.screen(state)]
                yield _by(world, "quiet-weaker", scene, option, offering)
        for rule, (of_override, kept) in SCREENS.items():
            broken = [
                state for state in world.at(scene) if world.screen(state) and not kept(world.screen(state))
            ]
            if scene.override is of_override and not kept(scene.options):
                yield _at(world, rule, scene, world.at(scene))
            elif scene.override is of_override and broken:
                yield _at(world, rule, scene, broken)


def _paths(world: World) -> Iterator[Shown]:
    yield from _unreached(world)
    for scene in world.scenario.scenes:
        stuck = [state for state in world.at(scene) if not world.screen(state)]
        if stuck:
            yield _at(world, "no-option", scene, stuck)
        for option in scene.options:
            lost = [state for state in world.at(scene) if (option, None) in world.taps_in(state)]
            if lost:
                yield _by(world, "dead-end", scene, option, lost)
    circles = world.knots()
    yield from _circles(world, circles)
    yield from _too_short(world)
    if not circles:
        yield from _too_long(world)
    overrides = {scene.id for scene in world.scenario.scenes if scene.override}
    if overrides:
        again = any(state[0] in overrides for knot in circles for state in knot)
        yield from _overrides(world, round_again=again)


def _unreached(world: World) -> Iterator[Shown]:
    for scene in world.scenario.scenes:
        shown = {option.id for state in world.at(scene) for option in world.screen(state)}
        if not world.at(scene):
            yield Shown("unreached-scene", scene.id)
            continue
        for option in scene.options:
            if option.id not in shown:
                yield Shown("unreached-option", scene.id, option.id)
    for ending in world.scenario.endings:
        if not world.at(ending):
            yield Shown("unreached-ending", ending.id)


def _circles(world: World, knots: Sequence[set[State]]) -> Iterator[Shown]:
    """Told once for all that have an option in common: of the nearest place, where no ending can be reached from it."""
    caught = [knot for knot in knots if not any(map(world.ends, world.behind(min(knot))))]
    found = []
    for group in world.together(caught):
        found.append(Shown("no-way-out", least=world.least(group), shows=_comes_to(group), told=_its_end))
    for group in world.together([knot for knot in knots if knot not in caught]):
        least = min((world.least([state]) or 0) + (world.round(state) or 0) for state in group)
        found.append(Shown("loop", least=least, shows=_comes_back(group), told=_last_tap))
    assert len(found) <= MOST_TOLD
    yield from found


def _too_short(world: World) -> Iterator[Shown]:
    for ending in world.scenario.endings:
        least = world.least(world.at(ending))
        yield from _to(ending, "too-short", [] if least is None or least >= FEWEST else [least])


def _too_long(world: World) -> Iterator[Shown]:
    """Nothing leads round, so that what is reached by ever more taps comes to an end."""
    layers = [{world.first}]
    while layers[-1]:
        layers.append({to for state in layers[-1] for _, to in world.taps_in(state) if to is not None})
    for ending in world.scenario.endings:
        counts = [count for count, layer in enumerate(layers) if layer & {*world.at(ending)}]
        yield from _to(ending, "too-long", [count for count in counts if count > MOST])


def _overrides(world: World, *, round_again: bool) -> Iterator[Shown]:
    """Where a circle comes round to an override, that it can be met twice says nothing more."""
    reached = world.search(lambda count, _, at: min(2, count + _is_override(at)))
    for ending in world.scenario.endings:
        ways = [(count, taps) for (state, count), taps in reached.items() if state in world.at(ending)]
        without = [taps for count, taps in ways if count == 0]
        several = [taps for count, taps in ways if count > 1]
        yield from _to(ending, "override", without, lambda walked: _overrides_met(walked) == 0)
        if not round_again:
            yield from _to(ending, "override", several, lambda walked: _overrides_met(walked) > 1)


def _dilemma(world: World) -> Iterator[Shown]:
    best = world.search(may=lambda _, option: _best(option))
    if not any(world.ends(state) for state, _ in best):
        stops = [taps for (state, _), taps in best.items() if not any(map(_best, world.screen(state)))]
        yield Shown("both-path", least=max(stops), shows=_best_until_here, told=_its_end)
        return
    yield from _one_sided(world, "protect-always", lambda option: ORDER.index(option.protects))
    yield from _one_sided(world, "voice-always", lambda option: ORDER.index(option.voice))


def _one_sided(world: World, rule: str, axis: Callable[[Option], int]) -> Iterator[Shown]:
    """Whether whoever looks at one right alone takes only what is best for both."""

    def highest(screen: Sequence[Option], option: Option) -> bool:
        return axis(option) == max(map(axis, screen))

    reached = world.search(may=highest)
    screens = [world.screen(state) for state, _ in reached]
    if all(_best(option) for screen in screens for option in screen if highest(screen, option)):
        least = min(taps for (state, _), taps in reached.items() if world.ends(state))
        yield Shown(rule, least=least, shows=lambda walked: _best_until_here(walked, ended=True))


def _authored(world: World) -> Iterator[Shown]:
    for rule in world.scenario.rules:
        yield from _passes(world, rule) if rule.after is None else _never(world, rule, rule.after)


def _passes(world: World, rule: PathRule) -> Iterator[Shown]:
    reached = world.search(lambda passed, tap, at: passed or int(rule.tag in {*_of_tap(tap), *_of_part(at)}))
    for ending in world.scenario.endings:
        ways = [taps for (state, passed), taps in reached.items() if state in world.at(ending) and not passed]
        yield from _to(
            ending, "passes", ways, lambda walked: not any(rule.tag in names for names in _met(walked))
        )


def _never(world: World, rule: PathRule, after: str) -> Iterator[Shown]:
    def remember(before: int, tap: tuple[Scene, Option] | None, at: Scene | Ending) -> int:
        """0, 1 once `after` was met, 2 once the other was met after it."""
        for names in (_of_tap(tap), _of_part(at)):
            before = 2 if before and rule.tag in names else max(before, int(after in names))
        return before

    def breaks(walked: Walked) -> bool:
        return any(after in one and rule.tag in other for one, other in combinations(_met(walked), 2))

    broken = [taps for (_, before), taps in world.search(remember).items() if before == 2]
    if broken:
        yield Shown("never-after", least=min(broken), shows=breaks, told=_last_tap)


def _at(world: World, rule: str, scene: Scene, states: Iterable[State]) -> Shown:
    """Told of a scene, and shown in one of these states."""
    return Shown(rule, scene.id, None, world.least(states), lambda walked: walked.states[-1] in states)


def _by(world: World, rule: str, scene: Scene, option: Option, states: Sequence[State]) -> Shown:
    """Told of an option, and shown by taking it in one of these states."""
    least = world.least(states)
    return Shown(
        rule,
        scene.id,
        option.id,
        None if least is None else least + 1,
        lambda walked: walked.taps[-1] == (scene, option),
    )


def _to(
    ending: Ending, rule: str, counts: Sequence[int], shows: Callable[[Walked], bool] = lambda _: True
) -> Iterator[Shown]:
    """Told of an ending, and shown by a path to it of the least of these lengths, if there are any."""
    if counts:
        yield Shown(rule, ending.id, None, min(counts), lambda walked: walked.end == ending and shows(walked))


def _is_override(at: Scene | Ending) -> bool:
    return isinstance(at, Scene) and at.override


def _overrides_met(walked: Walked) -> int:
    return sum(_is_override(position.at) for position in walked.positions)


def _comes_to(states: set[State]) -> Callable[[Walked], bool]:
    return lambda walked: walked.states[-1] in states


def _comes_back(states: set[State]) -> Callable[[Walked], bool]:
    return lambda walked: walked.states[-1] in states and walked.states.count(walked.states[-1]) > 1


def _best_until_here(walked: Walked, *, ended: bool = False) -> bool:
    """All that was taken is best for both, and here it stops: at an ending, or because nothing here is."""
    stops = not any(map(_best, walked.screen))
    return all(map(_best, walked.options)) and stops and isinstance(walked.end, Ending) is ended


def _last_tap(walked: Walked) -> Told:
    scene, option = walked.taps[-1]
    return scene.id, option.id


def _its_end(walked: Walked) -> Told:
    return walked.end.id, None


def _of_tap(tap: tuple[Scene, Option] | None) -> set[str]:
    """What a rule may call a tap."""
    return set() if tap is None else {*tap[1].tags, f"{tap[0].id}/{tap[1].id}"}


def _of_part(at: Scene | Ending) -> set[str]:
    """What a rule may call a scene or an ending."""
    return {at.id, *(at.tags if isinstance(at, Scene) else ())}


def _met(walked: Walked) -> list[set[str]]:
    """All that was met, in its order: where it begins, a tap, where that led, a tap, and so on."""
    found = [_of_part(walked.positions[0].at)]
    for tap, position in zip(walked.taps, walked.positions[1:], strict=True):
        found += [_of_tap(tap), _of_part(position.at)]
    return found
