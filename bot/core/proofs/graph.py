"""A scenario as a graph whose edges move whole sets of valuations, forwards and backwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.ids import EndingId, SceneId
from bot.core.proofs.space import Space, Values
from bot.core.scenario import Effect, Ending, Option, Scenario, Scene

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

    def along(self, road: Road, found: Values) -> Values:
        """Where these valuations are after this road; none where it cannot be taken."""
        return self._after(found & road.when, road.option.sets) & road.turns

    def back(self, road: Road, found: Values) -> Values:
        """The valuations from which this road leads into `found`."""
        wanted = found & road.turns
        if not wanted:
            return 0
        sets = road.option.sets
        return (self.space.before(wanted, sets) if sets else wanted) & road.when

    def lost(self, dead: Dead, found: Values) -> Values:
        """Those of these valuations from which the option leads nowhere."""
        sets = dead.option.sets
        return (self.space.before(dead.turns, sets) if sets else dead.turns) & dead.when & found

    def scenes(self) -> Iterator[Scene]:
        """Every scene."""
        return iter(self.scenario.scenes)

    def _after(self, found: Values, sets: tuple[Effect, ...]) -> Values:
        return self.space.after(found, sets) if sets and found else found
