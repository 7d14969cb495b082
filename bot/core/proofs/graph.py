"""A scenario as a graph whose edges move whole sets of valuations, forwards and backwards."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.proofs.space import Space, Values
from bot.core.scenario import Effect, Ending, Option, Scenario, Scene

#: How much work one search may be, in operations on small numbers: some tenths of a second, counted, not timed.
WORK = 4_000_000
#: So many layers a search may always have, however much work one is: a path has six decisions, this is four times that.
FEWEST_LAYERS = 24

#: The id of a scene or an ending.
Part = SceneId | EndingId


@dataclass(frozen=True, slots=True)
class Road:
    """One way of one option: taken from the valuations in `when`, if they are in `turns` after the effects."""

    option: Option
    to: Part
    when: Values
    turns: Values


@dataclass(frozen=True, slots=True)
class Dead:
    """What is left of an option when none of its ways can be taken: from `when`, if in `turns` after the effects."""

    option: Option
    when: Values
    turns: Values


class Graph:
    """A scenario's scenes and endings, and the roads between them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.space = Space(scenario.variables)
        self.parts: dict[Part, Scene | Ending] = {scene.id: scene for scene in scenario.scenes}
        self.parts |= {ending.id: ending for ending in scenario.endings}
        self.roads: dict[Part, tuple[Road, ...]] = {}
        self.dead: dict[Part, tuple[Dead, ...]] = {}
        self.offers: dict[Part, tuple[tuple[Option, Values], ...]] = {}
        self.leading: dict[Part, list[tuple[Part, Road]]] = {part: [] for part in self.parts}
        for scene in scenario.scenes:
            self._lay(scene)

    @property
    def start(self) -> Part:
        """Where every run begins."""
        return self.scenario.scenes[0].id

    @property
    def most_layers(self) -> int:
        """How many layers a search may have before it is given up: many where each is little work.

        Where a sound scenario ends after six decisions, and one of a thousand situations has no more layers than that,
        nothing is given up; but there could be a hundred thousand layers of one situation each.
        """
        options = (option for scene in self.scenes() for option in scene.options)
        layer = sum(self.space.effort(option.sets, len(option.goes)) for option in options)
        return max(FEWEST_LAYERS, WORK // (layer + 1))

    @property
    def most_roads(self) -> int:
        """How often a search without layers may follow a road before it is given up."""
        return self.most_layers * sum(map(len, self.roads.values()))

    def _lay(self, scene: Scene) -> None:
        roads: list[Road] = []
        dead: list[Dead] = []
        offers: list[tuple[Option, Values]] = []
        for option in scene.options:
            when = self.space.where(option.when)
            offers.append((option, when))
            left = self.space.everything
            for way in option.goes:
                turns = left & self.space.where(way.when)
                left &= ~turns
                if way.to in self.parts:
                    roads.append(Road(option, way.to, when, turns))
                else:
                    dead.append(Dead(option, when, turns))
            if left:
                dead.append(Dead(option, when, left))
        self.roads[scene.id], self.dead[scene.id], self.offers[scene.id] = (
            tuple(roads),
            tuple(dead),
            tuple(offers),
        )
        for road in roads:
            self.leading[road.to].append((scene.id, road))

    def onward(
        self, part: Part, found: Values, may: Callable[[Option], Values]
    ) -> Iterator[tuple[Road, Values]]:
        """Every road that these valuations can take from a part where they `may`, and what they are after it.

        The effects are the same for all ways of an option, so they are applied once.
        """
        option, moved = None, 0
        for road in self.roads.get(part, ()):
            if road.option is not option:
                option = road.option
                moved = self._after(found & road.when & may(option), option.sets)
            arrived = moved & road.turns
            if arrived:
                yield road, arrived

    def before(self, part: Part, found: Mapping[Part, Values]) -> Values:
        """The valuations at a part from which some road leads into `found`."""
        wanted: dict[OptionId, Values] = {}
        last: dict[OptionId, Road] = {}
        for road in self.roads.get(part, ()):
            id = road.option.id
            wanted[id] = wanted.get(id, 0) | found.get(road.to, 0) & road.turns
            last[id] = road
        origin = 0
        for id, road in last.items():
            origin |= self._before(road, wanted[id])
        return origin

    def back(self, road: Road, found: Values) -> Values:
        """The valuations from which this road leads into `found`."""
        return self._before(road, found & road.turns)

    def lost(self, dead: Dead, found: Values) -> Values:
        """Those of these valuations from which the option leads nowhere."""
        sets = dead.option.sets
        return (self.space.before(dead.turns, sets) if sets else dead.turns) & dead.when & found

    def scenes(self) -> Iterator[Scene]:
        """Every scene."""
        return iter(self.scenario.scenes)

    def _before(self, road: Road, wanted: Values) -> Values:
        sets = road.option.sets
        return (self.space.before(wanted, sets) if sets and wanted else wanted) & road.when

    def _after(self, found: Values, sets: tuple[Effect, ...]) -> Values:
        return self.space.after(found, sets) if sets and found else found
