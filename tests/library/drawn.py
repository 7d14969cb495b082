"""Reads a drawn map or packet back: what stands in it, and where."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree

from bot.core.ids import ScenarioId, SceneId
from bot.core.scenario import Rating, Scenario, Way
from tests.core.stories import STORY, ending, option, scene, when

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of a map."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rect") -> bool:
        """Whether the two cover a common place."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def rects(svg: str, *kinds: str) -> list[Rect]:
    """The rectangles of these classes in the map itself, without its key."""
    found = []
    root = ElementTree.fromstring(svg)
    key = root.find(f"{SVG}g[@class='key']")
    assert key is not None
    root.remove(key)
    for group in root.iter(f"{SVG}g"):
        for rect in group.findall(f"{SVG}rect"):
            kind = rect.get("class", "")
            if set(kind.split()) & set(kinds):
                x, y, wide, high = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
                found.append(Rect(kind, x, y, x + wide, y + high))
    return found


def overlapping(boxes: list[Rect]) -> list[tuple[Rect, Rect]]:
    """Every pair of boxes that cover a common place."""
    return [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]


def words_of(svg: str) -> list[str]:
    """Every text of a map that is drawn, in the order in which it stands there."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@dataclass
class Page(HTMLParser):
    """A page as it was parsed: its elements with their attributes, and its text in one line."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.elements.append((tag, dict(attrs)))
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.parts.append(data)

    @property
    def text(self) -> str:
        """All that is read, with single spaces."""
        return " ".join("".join(self.parts).split())

    @property
    def styles(self) -> str:
        """Everything that could load something from a style."""
        return " ".join(re.findall(r"url\([^)]*\)|@import[^;]*", "".join(self.parts)))


def page(html: str) -> Page:
    """The page, parsed."""
    found = Page()
    found.feed(html)
    found.close()
    return found


def twenty() -> Scenario:
    """Twenty scenes in seven rows, with ways that pass a row and ways that depend on something."""
    rows = ((1,), (2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13,), (14, 15, 16, 17), (18, 19, 20))
    ratings = list(Rating)
    scenes = []
    for at, row in enumerate(rows):
        below = [f"s{n}" for n in rows[at + 1]] if at + 1 < len(rows) else ["told", "late", "open"]
        further = [f"s{n}" for n in rows[at + 2]] if at + 2 < len(rows) else ["told"]
        for number in row:
            targets: list[str | tuple[Way, ...]] = [below[(number + turn) % len(below)] for turn in range(3)]
            if number % 5 == 0:
                targets[1] = further[0]
            if number % 4 == 0:
                targets[2] = (Way(SceneId(below[0]), when("told", 1, 1)), Way(SceneId(below[-1])))
            choices = [
                option(f"o{turn}", ratings[(number + turn) % 3], ratings[(number * 2 + turn) % 3], to)
                for turn, to in enumerate(targets)
            ]
            scenes.append(scene(f"s{number}", *choices, override=number == 13))
    return Scenario(
        id=ScenarioId("twenty"),
        title="Twenty scenes",
        teaser=STORY.teaser,
        minutes=5,
        roles=STORY.roles,
        skills=STORY.skills,
        content_note=STORY.content_note,
        young_person=STORY.young_person,
        you_are=STORY.you_are,
        scenes=tuple(scenes),
        endings=(ending("told"), ending("late"), ending("open")),
        variables=STORY.variables,
    )
