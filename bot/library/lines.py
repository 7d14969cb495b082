"""The lines of a map: from each option to where it leads, past the boxes that stand between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.core.scenario import Ending, Option, Scene
from bot.library.layout import Layout, Link

Point = tuple[float, float]

#: Pixels between two lines that arrive at one box, and between two that lead back up.
ARRIVAL: Final = 22
LANE: Final = 16


@dataclass(frozen=True, slots=True)
class Chip:
    """An option in its scene's box. `x` is its middle, `y` and `foot` its upper and lower edge."""

    letter: str
    option: Option
    x: float
    y: float
    foot: float
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A scene or an ending where it is drawn. `number` counts the scenes from 1; an ending has none."""

    part: Scene | Ending
    number: int | None
    x: float
    y: float
    width: float
    height: float
    chips: tuple[Chip, ...] = ()

    @property
    def middle(self) -> float:
        """How far right its middle is."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A way as it is drawn: an SVG path, dashed if it depends on something, and what it says in words."""

    path: str
    words: str
    depends: bool
    arrow: bool


def lines(layout: Layout, boxes: Mapping[str, Box], *, margin: float) -> Iterator[Line]:
    """Every line. Options of one scene that lead to the same place meet, and go on as one line."""
    rows = _rows(layout, boxes)
    arrivals = _arrivals(layout, boxes, margin)
    lane = margin + layout.width
    for link in layout.routes:
        points = [
            (margin + layout.x[bend], y) for bend in layout.routes[link] for y in rows[layout.row(bend)]
        ]
        yield from _forward(link, boxes, [*points, arrivals[link]])
    for link in sorted(layout.backward, key=lambda link: (link.source, link.target)):
        lane += LANE
        yield from _back(link, boxes, arrivals[link], lane)


def _forward(link: Link, boxes: Mapping[str, Box], points: Sequence[Point]) -> Iterator[Line]:
    source, target = boxes[link.source], boxes[link.target]
    leaving = list(_leaving(source, target))
    for chip, depends in leaving:
        words = f"{chip.letter} to “{target.part.title}”"
        yield Line(_path([(chip.x, chip.foot), points[0]]), words, depends, arrow=len(points) == 1)
    if len(points) > 1:
        words = f"From “{source.part.title}” to “{target.part.title}”"
        yield Line(_path(points), words, all(depends for _, depends in leaving), arrow=True)


def _back(link: Link, boxes: Mapping[str, Box], arrival: Point, lane: float) -> Iterator[Line]:
    """Round the right side of everything, and in from above."""
    source, target = boxes[link.source], boxes[link.target]
    for chip, depends in _leaving(source, target):
        points = [(chip.x, chip.foot), (lane, source.y), (lane, target.y), arrival]
        first, above = _curve(points[0], (lane, chip.foot), drop=30), arrival[1] - 26
        path = f"M {_at(points[0])}{first} L {_at((lane, above + 20))} C {_at((lane, above - 14))} "
        path += f"{_at((arrival[0], above - 14))} {_at(arrival)}"
        yield Line(path, f"{chip.letter} back to “{target.part.title}”", depends, arrow=True)


def _leaving(source: Box, target: Box) -> Iterator[tuple[Chip, bool]]:
    """The options that can lead from one box to the other, and whether that depends on an earlier choice."""
    for chip in source.chips:
        if any(way.to == target.part.id for way in chip.option.goes):
            yield chip, len(chip.option.goes) > 1 or bool(chip.option.when)


def _rows(layout: Layout, boxes: Mapping[str, Box]) -> dict[int, Point]:
    """The upper and lower edge of every row."""
    found = {}
    for at, row in enumerate(layout.rows):
        here = [boxes[node] for node in row if node in boxes]
        found[at] = min(box.y for box in here), max(box.y + box.height for box in here)
    return found


def _arrivals(layout: Layout, boxes: Mapping[str, Box], margin: float) -> dict[Link, Point]:
    """Where each link arrives on the upper edge of its target: side by side, in the order in which they come."""
    found = {}
    for id, box in boxes.items():
        coming = [link for link in layout.routes if link.target == id]
        coming.sort(key=lambda link: _from(link, layout, boxes, margin))
        coming += [link for link in layout.backward if link.target == id]
        apart = min(ARRIVAL, (box.width - 20) / max(len(coming), 1))
        for at, link in enumerate(coming):
            found[link] = box.middle + (at - (len(coming) - 1) / 2) * apart, box.y
    return found


def _from(link: Link, layout: Layout, boxes: Mapping[str, Box], margin: float) -> float:
    """How far right a link comes from: its last bend, or its source."""
    bends = layout.routes[link]
    return margin + layout.x[bends[-1]] if bends else boxes[link.source].middle + link.port


def _path(points: Sequence[Point]) -> str:
    return f"M {_at(points[0])}" + "".join(_curve(one, other) for one, other in pairwise(points))


def _curve(one: Point, other: Point, *, drop: float | None = None) -> str:
    """A curve that leaves downwards and arrives downwards; `drop` makes it turn back up instead."""
    half = (other[1] - one[1]) / 2 if drop is None else drop
    low = other[1] - half if drop is None else other[1] + half
    return f" C {_at((one[0], one[1] + half))} {_at((other[0], low))} {_at(other)}"


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
