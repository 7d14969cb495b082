"""Files of sound scenarios, to seed what goes wrong while one writes: each fault has its line and its words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache
from random import Random
from typing import Final

from bot.core.ids import SkillId
from bot.core.scenario import Echo, Scenario
from bot.library.checking import check_source, reference
from bot.library.faults import Fault, Faults
from bot.library.linking import Known
from bot.library.shelf import CONTENT
from bot.library.source import Place, Source, parse
from bot.library.words import Lexicon, read_phrases
from tests.core.stories import when
from tests.library.authors import SOUND, STORY
from tests.mutation.sound import originals
from tests.mutation.written import written

FILE: Final = "scenario.yaml"
TRIES: Final = 12
SHIPPED: Final = 2
#: How many characters fit, as the handbook for authors says.
LIMITS: Final[Mapping[str, int]] = {
    "because": 330, "changes": 260, "thinks": 150, "says": 220, "afterwards": 220, "supervision": 200,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """An author's file: its lines, what it says, and where each thing stands."""

    name: str
    text: str = field(repr=False)
    known: Known = field(repr=False)

    @property
    def lines(self) -> list[str]:
        """Its lines, numbered from 0; `Source` counts from 1."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a check must say: a rule, the line, and words that stand in it."""

    rule: str
    line: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A file with a fault in it, and what must be said of it."""

    text: str
    expected: Expected


class Page:
    """One file, open to be edited: finds places in it, and changes single lines."""

    def __init__(self, text: Text, chance: Random) -> None:
        self.file = text
        self.known = text.known
        self.chance = chance
        self.source = _parsed(text)
        self.lines = text.lines

    def places(self, *names: str) -> list[Place]:
        """Every place that a name of these leads to."""
        return [place for place, _ in _walk(self.source.value) if place and place[-1] in names]

    def at(self, place: Place) -> object:
        """What stands at a place."""
        value = self.source.value
        for part in place:
            value = value[part]  # type: ignore[index]
        return value

    def line(self, place: Place) -> int:
        """The line of a place, from 1."""
        return self.source.line(place)

    def one(self, places: list[Place]) -> Place | None:
        """One of these places."""
        return self.chance.choice(places) if places else None

    def swap(self, line: int, old: str, new: str) -> str | None:
        """The file with one word of a line replaced; None unless it stands there once."""
        pattern = rf"(?<![\w/-]){re.escape(old)}(?![\w/-])"
        if len(re.findall(pattern, self.lines[line - 1])) != 1:
            return None
        return self.edited(line, re.sub(pattern, lambda _: new, self.lines[line - 1]))

    def edited(self, line: int, *instead: str) -> str:
        """The file with other lines in the place of one."""
        return "\n".join([*self.lines[: line - 1], *instead, *self.lines[line:]]) + "\n"

    def told(self, *names: str) -> list[Place]:
        """The texts of scenes and endings under these names, as far as they stand on one line."""
        return [
            place for place in self.places(*names) if place[0] in {"scenes", "endings"} and self.plain(place)
        ]

    def indent(self, line: int) -> str:
        """The blanks before a line."""
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip())]

    def plain(self, place: Place) -> bool:
        """Whether a text stands on the line of its name, between quotation marks or without."""
        value = self.at(place)
        return isinstance(value, str) and value in self.lines[self.line(place) - 1].replace('\\"', '"')

    def rewritten(self, place: Place, value: str) -> str:
        """The file with another text there; the old one must stand on one line."""
        name, _, _ = self.lines[self.line(place) - 1].partition(": ")
        return self.edited(self.line(place), f'{name}: "{value}"')

    def typo(self, name: str, known: Iterable[str]) -> str | None:
        """The name with one slip, that nothing else here is called and nothing else is nearer to."""
        at = self.chance.randrange(len(name))
        slips = [name[:at] + name[at] + name[at:], name[:at] + name[at + 1 :]]
        if at + 1 < len(name):
            slips.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
        slip = self.chance.choice(slips)
        others = {other for other in known if other != name}
        nearest = max((SequenceMatcher(None, other, slip).ratio() for other in others), default=0.0)
        clear = SequenceMatcher(None, name, slip).ratio() > max(nearest, 0.6)
        spelt = re.fullmatch(r"[A-Za-z0-9]+([_/-][A-Za-z0-9]+)*", slip) and not slip[0].isdigit()
        return slip if slip not in others | {name} and clear and spelt else None


@cache
def texts() -> tuple[Text, ...]:
    """The files: those drawn, the tests' own, and some of the shipped ones, which are long."""
    shipped = reference(CONTENT)[0]
    assert shipped.sources is not None
    assert shipped.laws is not None
    sources, laws = sorted(shipped.sources), sorted(shipped.laws)
    found = [
        Text(one.name, written(_furnished(one.scenario, sources, laws)), shipped)
        for one in originals()
        if one.name == "story" or one.name.startswith("drawn")
    ]
    own = Known({"R1", "E1"}, {"PAPER", "GUIDE"}, {"reporting"})
    found.append(Text("last-bus", (SOUND / STORY).read_text(), own))
    names = sorted(path for path in CONTENT.glob("scenarios/*/scenario.yaml"))[:SHIPPED]
    return (*found, *(Text(path.parent.name, path.read_text(), shipped) for path in names))


def _furnished(scenario: Scenario, sources: list[str], laws: list[str]) -> Scenario:
    """With everything that a file may name: sources, a legal sentence, and an echo, where there are variables."""
    first, *scenes = scenario.scenes
    one, *others = first.options
    one = replace(one, sources=tuple(sources[:2]), law=laws[0])
    echoes = tuple(
        Echo("It comes back.", when(name, bounds.high, bounds.high))
        for name, bounds in scenario.variables.items()
    )
    first = replace(first, options=(one, *others), echoes=echoes[:1], says="Are you there?")
    return replace(scenario, skills=(SkillId("R1"), SkillId("E1")), scenes=(first, *scenes))


@cache
def phrases() -> Lexicon:
    """The phrases that blame, as they are shipped."""
    return read_phrases(CONTENT / "words.yaml")


@cache
def _parsed(text: Text) -> Source:
    return parse(text.text.encode(), FILE)


def _walk(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    yield place, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from _walk(child, (*place, name))


def checked(text: str, known: Known) -> list[Fault]:
    """What a check says about a file."""
    try:
        source = parse(text.encode(), FILE)
    except Faults as faults:
        return list(faults.faults)
    return check_source(source, known, phrases=phrases())[1]


def says(fault: Fault, expected: Expected) -> bool:
    """Whether a fault is what was expected, at its line and in these words."""
    told = str(fault)
    where = (fault.rule, fault.line) == (expected.rule, expected.line)
    return where and all(words in told for words in expected.words)


@dataclass(frozen=True, slots=True)
class TextKind:
    """One kind of fault in a file. `alone`: nothing else must be said of the file."""

    name: str
    edit: Callable[[Page], Edit | None]
    alone: bool = True

    def mutant(self, text: Text, seed: int) -> Edit | None:
        """The file with such a fault, or None if it does not lend itself to it."""
        page = Page(text, Random(f"{self.name}/{text.name}/{seed}"))
        return next((found for _ in range(TRIES) if (found := self.edit(page)) is not None), None)


def edit(text: str | None, rule: str, line: int, *words: str) -> Edit | None:
    """What an edit comes to; nothing if it could not be made."""
    return None if text is None else Edit(text, Expected(rule, line, words))
