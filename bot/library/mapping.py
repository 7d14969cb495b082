"""A map: a picture of a scenario's scenes, options and endings, and of where each option leads."""

from collections.abc import Iterator
from typing import Final

from bot.core.ids import EndingId, SceneId
from bot.core.scenario import Ending, Option, Rating, Scenario, Scene
from bot.library.conditions import in_words
from bot.library.layout import Layout, Link, arranged
from bot.library.lines import LANE, Box, Chip, lines
from bot.library.texts import drawn

LETTERS: Final = "ABCD"
MARKS: Final = {Rating.STRONGER: "●●●", Rating.WORKABLE: "●●○", Rating.WEAKER: "●○○"}

#: Sizes in pixels. `LETTER` is how wide a letter of a title is taken to be, on the safe side.
CHIP: Final = 62
CHIP_HEIGHT: Final = 52
HEAD: Final = 32
BADGE: Final = 20
FOOT: Final = 6
LETTER: Final = 7.8
ENDING: Final = 48
GAP: Final = 36
ROW_GAP: Final = 54
MORE_GAP: Final = 5
MOST_GAP: Final = 130
MARGIN: Final = 24
LEGEND: Final = 176
NARROWEST: Final = 560


def svg(scenario: Scenario) -> str:
    """The map as one SVG element that loads nothing and reads the same every time."""
    widths: dict[str, float] = {part.id: _width(part) for part in parts(scenario)}
    layout = arranged(
        widths,
        list(_links(scenario)),
        last={ending.id for ending in scenario.endings},
        gap=GAP,
    )
    boxes: dict[str, Box] = {box.part.id: box for box in _boxes(scenario, layout)}
    foot = max(box.y + box.height for box in boxes.values()) + MARGIN
    back = MARGIN * 2 + len(layout.backward) * LANE
    return drawn(
        "map.svg",
        scenario=scenario,
        boxes=list(boxes.values()),
        lines=list(lines(layout, boxes, margin=MARGIN)),
        words=list(described(scenario)),
        reached={link.target for link in layout.routes} | {scenario.scenes[0].id},
        marks=MARKS,
        chip={"width": CHIP - 6, "height": CHIP_HEIGHT},
        width=round(max(layout.width + back, NARROWEST)),
        height=round(foot + LEGEND),
        legend=round(foot),
    )


def parts(scenario: Scenario) -> tuple[Scene | Ending, ...]:
    """All that an option can lead to: the scenes, then the endings."""
    return (*scenario.scenes, *scenario.endings)


def described(scenario: Scenario) -> Iterator[str]:
    """The whole map in words: one sentence for each scene, option and ending."""
    for number, scene in enumerate(scenario.scenes, 1):
        yield f"Scene {number}{', the override' if scene.override else ''}: {scene.title}."
        for letter, option in zip(LETTERS, scene.options, strict=False):
            yield f"{_rated(scenario, option, letter)}. It leads to {leads(scenario, option)}."
    for ending in scenario.endings:
        yield f"Ending: {ending.title}."


def leads(scenario: Scenario, option: Option) -> str:
    """Where an option leads, in words, with what each way depends on."""
    titles = {part.id: part.title for part in parts(scenario)}
    ways: list[str] = []
    for way in option.goes:
        only = f" if {in_words(way.when, scenario.variables)}" if way.when else ""
        ways.append(f"{'otherwise ' if ways and not only else ''}“{titles[way.to]}”{only}")
    return "; ".join(ways)


def _rated(scenario: Scenario, option: Option, letter: str) -> str:
    only = f", offered only if {in_words(option.when, scenario.variables)}" if option.when else ""
    quiet = ", keeps quiet" if option.keeps_quiet else ""
    return f"{letter} ({option.id}): protects {option.protects}, voice {option.voice}{quiet}{only}"


def _links(scenario: Scenario) -> Iterator[Link]:
    """One link from a scene to each part that its options lead to, leaving from the middle of their chips."""
    for scene in scenario.scenes:
        targets: dict[SceneId | EndingId, list[float]] = {}
        for at, option in enumerate(scene.options):
            for to in dict.fromkeys(way.to for way in option.goes):
                targets.setdefault(to, []).append(_port(scene, at))
        for to, ports in targets.items():
            yield Link(scene.id, to, sum(ports) / len(ports))


def _port(scene: Scene, at: int) -> float:
    """How far right of the middle of its box an option's chip stands."""
    return (at - (len(scene.options) - 1) / 2) * CHIP


def _width(part: Scene | Ending) -> float:
    title = len(part.title) * LETTER + 56
    if isinstance(part, Ending):
        return title
    return max(title, len(part.options) * CHIP + 10)


def _height(part: Scene | Ending) -> float:
    if isinstance(part, Ending):
        return ENDING
    return HEAD + CHIP_HEIGHT + FOOT + (BADGE if part.override else 0)


def _boxes(scenario: Scenario, layout: Layout) -> Iterator[Box]:
    """Row by row, each as high as its highest box."""
    known: dict[str, Scene | Ending] = {part.id: part for part in parts(scenario)}
    top = float(MARGIN + 18)
    for row in layout.rows:
        here = [known[node] for node in row if node in known]
        for part in here:
            yield _box(scenario, part, MARGIN + layout.x[part.id], top)
        leaving = sum(len(box.options) for box in here if isinstance(box, Scene))
        top += max(map(_height, here), default=0) + min(ROW_GAP + leaving * MORE_GAP, MOST_GAP)


def _box(scenario: Scenario, part: Scene | Ending, middle: float, top: float) -> Box:
    width, height = _width(part), _height(part)
    if isinstance(part, Ending):
        return Box(part, None, middle - width / 2, top, width, height)
    foot = top + height - FOOT
    chips = tuple(
        Chip(
            letter,
            option,
            middle + _port(part, at),
            foot - CHIP_HEIGHT,
            foot,
            _rated(scenario, option, letter),
        )
        for at, (letter, option) in enumerate(zip(LETTERS, part.options, strict=False))
    )
    return Box(part, scenario.scenes.index(part) + 1, middle - width / 2, top, width, height, chips)
