"""H5P Branching Scenario packages become drafts: questions are scenes, alternatives are options, negative ids are ends.

The content of a node is kept where it is text. Videos, pictures, presentations and scores are lost by name.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, DraftOption, DraftScene, Loss, Verdict, lead_on
from bot.library.imports.faulty import fault
from bot.library.imports.h5p_nodes import QUESTION, Node, Way, nodes_of
from bot.library.imports.html_words import without_markup
from bot.library.imports.json_in import read_json
from bot.library.imports.naming import Names, one_line
from bot.library.imports.zips import unpack

PACKAGE: Final = "h5p.json"
CONTENT: Final = "content/content.json"
LIBRARY: Final = "H5P.BranchingScenario"
MAJOR: Final = 1
MINOR: Final = 10
_MEDIA: Final = re.compile(r"content/(images|videos|audios|files)/")


@dataclass(slots=True)
class _Building:
    """Ids given, endings made, and the account, while a package is turned into scenes."""

    nodes: tuple[Node, ...]
    screens: dict[int, tuple[str, str]]
    losses: set[Loss]
    names: Names = field(default_factory=lambda: Names("scene"))
    ids: list[str] = field(default_factory=list)
    endings: dict[tuple[int, str, str], DraftScene] = field(default_factory=dict)
    gap: str = ""

    def nowhere(self) -> str:
        """The id that no scene has: where it stands, the author fills in a gap."""
        self.gap = self.gap or self.names.id("nowhere")
        return self.gap


def draft_of_h5p(raw: bytes, file: str) -> Draft:
    """The draft of a `.h5p` package with a Branching Scenario, 1.10. Raises `Faults`.

    `line` is the node's number in the package, counted from 1.
    """
    parts, names = unpack(raw, file, wanted=lambda name: name in {PACKAGE, CONTENT}, libraries=True)
    for name in (PACKAGE, CONTENT):
        if name not in parts:
            raise Faults([fault(file, 1, f"this is no H5P package: it holds no {name}.")])
    losses: set[Loss] = set()
    title = _package(read_json(parts[PACKAGE], f"{file}/{PACKAGE}"), file, losses)
    content = read_json(parts[CONTENT], f"{file}/{CONTENT}")
    scenario = content.get("branchingScenario") if isinstance(content, dict) else None
    if not isinstance(scenario, dict):
        raise Faults([fault(file, 1, "the package's content holds no 'branchingScenario'.")])
    for name in names:
        if _MEDIA.match(name):
            what = "pictures, sounds and videos are left out."
            losses.add(Loss(1, f"file '{one_line(name)[:80]}'", Verdict.REFUSED, what))
    building = _Building(nodes_of(scenario, file, losses), _screens(scenario, losses), losses)
    scenes = _scenes(building)
    named = one_line(scenario["title"]) if isinstance(scenario.get("title"), str) else ""
    title = named or title or one_line(PurePath(file).stem)
    return Draft(title, scenes, tuple(sorted(losses)), f"{LIBRARY} {MAJOR}.{MINOR}", unit="node")


def _package(value: object, file: str, losses: set[Loss]) -> str:
    """The package's title, after its main library was found to be the one that is read."""
    package = value if isinstance(value, dict) else {}
    if package.get("mainLibrary") != LIBRARY:
        raise Faults([fault(file, 1, f"only packages whose main library is {LIBRARY} are read.")])
    listed = package.get("preloadedDependencies")
    for library in listed if isinstance(listed, list) else []:
        if isinstance(library, dict) and library.get("machineName") == LIBRARY:
            _version(library, file, losses)
    for key in ("authors", "source", "license", "licenseExtras", "changes"):
        if package.get(key) not in (None, "", "U", []):
            what = "it is not carried over; see that you may use the text."
            losses.add(Loss(1, f"package '{key}'", Verdict.REFUSED, what))
    title = package.get("title")
    return one_line(title) if isinstance(title, str) else ""


def _version(library: dict[str, object], file: str, losses: set[Loss]) -> None:
    major, minor = str(library.get("majorVersion"))[:9], str(library.get("minorVersion"))[:9]
    if major != str(MAJOR):
        what = f"{LIBRARY} {MAJOR}.{MINOR} is read; save it anew with a current H5P."
        raise Faults([fault(file, 1, what)])
    if minor != str(MINOR):
        what = f"it is read as if it were {MAJOR}.{MINOR}."
        losses.add(Loss(1, f"{LIBRARY} {MAJOR}.{one_line(minor)}", Verdict.APPROXIMATED, what))


def _screens(scenario: dict[str, object], losses: set[Loss]) -> dict[int, tuple[str, str]]:
    """The title and text of every end screen, by its negative id."""
    found: dict[int, tuple[str, str]] = {}
    listed = scenario.get("endScreens")
    for screen in listed if isinstance(listed, list) else []:
        number = screen.get("contentId") if isinstance(screen, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and number < 0:
            title, text = screen.get("endScreenTitle"), screen.get("endScreenSubtitle")
            found[number] = _words(title), _words(text)
            for key in ("endScreenImage", "endScreenScore"):
                if screen.get(key):
                    what = "points are no ratings." if key == "endScreenScore" else "pictures are left out."
                    losses.add(Loss(1, f"end screen {number}, '{key}'", Verdict.REFUSED, what))
    start = scenario.get("startScreen")
    if isinstance(start, dict) and any(start.values()):
        what = "a scenario begins with its first scene; its words can go into the teaser."
        losses.add(Loss(1, "start screen", Verdict.REFUSED, what))
    return found


def _words(value: object) -> str:
    return without_markup(value)[0] if isinstance(value, str) else ""


def _scenes(building: _Building) -> tuple[DraftScene, ...]:
    building.ids = [building.names.id(node.title) for node in building.nodes]
    scenes = []
    for node, id in zip(building.nodes, building.ids, strict=True):
        names = Names("option")
        options = tuple(_option(building, node, way, names) for way in node.ways)
        scenes.append(DraftScene(id, node.title, node.text, options, node.number))
        what = lead_on(len(options))
        building.losses.add(Loss(node.number, f"{node.library} '{id}'", node.verdict, what))
    return (*scenes, *building.endings.values())


def _option(building: _Building, node: Node, way: Way, names: Names) -> DraftOption:
    fields: dict[str, object] = {}
    kind = "alternative" if node.library == QUESTION else "button"
    feedback = "\n\n".join(filter(None, (way.title, way.subtitle)))
    if way.goes is None or way.goes >= 0:
        to = building.nowhere() if way.goes is None else building.ids[way.goes]
        if feedback:
            fields["changes"] = one_line(feedback)
            what = "it is what the option changes."
            building.losses.add(
                Loss(node.number, f"feedback of '{way.text[:40]}'", Verdict.APPROXIMATED, what)
            )
    else:
        to = _ending(building, node, way)
    what = "its words are kept." if way.goes is None else f"it leads to '{to}'."
    building.losses.add(Loss(node.number, f"{kind} '{way.text[:40]}'", Verdict.KEPT, what))
    return DraftOption(names.id(way.text), way.text, to, node.number, fields)


def _ending(building: _Building, node: Node, way: Way) -> str:
    """The ending for a negative id: the alternative's own feedback if it has words, else the end screen's."""
    assert way.goes is not None, "a way to nowhere leads to no ending"
    title, text = way.title, way.subtitle
    if not title and not text:
        title, text = building.screens.get(way.goes, ("", ""))
    key = (way.goes, title, text)
    if key not in building.endings:
        id = building.names.id(title or "ending")
        building.endings[key] = DraftScene(id, one_line(title), text, (), node.number)
        verdict = Verdict.KEPT if title or text else Verdict.APPROXIMATED
        what = f"it is the ending '{id}'." if title or text else f"it has no words; '{id}' is to be written."
        building.losses.add(Loss(node.number, f"end screen {way.goes}", verdict, what))
    return building.endings[key].id
