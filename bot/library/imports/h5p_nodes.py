"""The nodes of an H5P Branching Scenario: what each says and where its ways lead, checked before anything is built."""

import re
from dataclasses import dataclass
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Loss, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.html_words import without_markup
from bot.library.imports.naming import one_line

QUESTION: Final = "H5P.BranchingQuestion"
TEXT: Final = "H5P.AdvancedText"
MAX_NODES: Final = 200
MAX_WAYS: Final = 800
#: What the one option of a node without a question says; its author writes it anew.
ONWARD: Final = "Go on."

_NUMBER: Final = re.compile(r"-?[0-9]{1,6}")
_HARMLESS: Final = frozenset({"p", "br", "div", "span"})


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a node: words, the id it leads to, and the feedback on it.

    `goes` is None where the package leads nowhere: to a node that is not there, or to nothing at all.
    """

    text: str
    goes: int | None
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `number` counts from 1, its id in the package from 0."""

    number: int
    library: str
    title: str
    text: str
    ways: tuple[Way, ...]
    verdict: Verdict


def nodes_of(scenario: dict[str, object], file: str, losses: set[Loss]) -> tuple[Node, ...]:
    """Every node of the scenario. Raises `Faults` with all that is wrong; what is left out goes to `losses`."""
    content = scenario.get("content")
    if not isinstance(content, list) or not 0 < len(content) <= MAX_NODES:
        raise Faults([fault(file, 1, f"the scenario has no content, or more than {MAX_NODES} nodes.")])
    reader = _Reader(len(content), losses)
    nodes = tuple(reader.node(number, raw) for number, raw in enumerate(content, start=1))
    if sum(len(node.ways) for node in nodes) > MAX_WAYS:
        raise Faults([fault(file, 1, f"the scenario has more than {MAX_WAYS} alternatives.")])
    return nodes


@dataclass(slots=True)
class _Reader:
    """Reads one node after another."""

    count: int
    losses: set[Loss]

    def node(self, number: int, raw: object) -> Node:
        """The node with this number."""
        entry = _mapping(raw)
        packed = _mapping(entry.get("type"))
        name, _, _version = str(packed.get("library", "")).partition(" ")
        name = one_line(name)[:60] or "node without a library"
        params = _mapping(packed.get("params"))
        title = one_line(str(_mapping(packed.get("metadata")).get("title") or "")) or f"Node {number}"
        if name == QUESTION:
            return self._question(number, title, _mapping(params.get("branchingQuestion")))
        text = self._words(params.get("text"), number, "text") if name == TEXT else ""
        verdict, what = Verdict.APPROXIMATED, "a scene with a single option."
        if name != TEXT:
            verdict, what = Verdict.REFUSED, "only its title is kept; say in words what was shown."
        self.losses.add(Loss(number, f"{name} '{title[:40]}'", verdict, what))
        onward = self._onward(number, entry)
        return Node(number, name, title, text, (self._way(number, entry, onward),), Verdict.APPROXIMATED)

    def _onward(self, number: int, entry: dict[str, object]) -> str:
        """The words of a node's only option: those on its button, if it has any."""
        button = one_line(self._words(entry.get("proceedButtonText"), number, "button"))
        verdict = Verdict.KEPT if button else Verdict.APPROXIMATED
        what = (
            f"its words are the option '{button[:40]}'."
            if button
            else f"it has no words; '{ONWARD}' is put there."
        )
        self.losses.add(Loss(number, "button 'proceedButtonText'", verdict, what))
        return button or ONWARD

    def _question(self, number: int, title: str, question: dict[str, object]) -> Node:
        text = self._words(question.get("question"), number, "question")
        alternatives = question.get("alternatives")
        ways = []
        for raw in alternatives if isinstance(alternatives, list) else []:
            alternative = _mapping(raw)
            words = one_line(self._words(alternative.get("text"), number, "alternative"))
            ways.append(self._way(number, alternative, words))
        if not ways:
            what = "it has no alternatives; it is an ending now, until it has options."
            self.losses.add(Loss(number, f"question '{title[:40]}'", Verdict.REFUSED, what))
        return Node(number, QUESTION, title, text, tuple(ways), Verdict.KEPT)

    def _way(self, number: int, entry: dict[str, object], text: str) -> Way:
        feedback = _mapping(entry.get("feedback"))
        for key, what in (("image", "pictures are left out."), ("endScreenScore", "points are no ratings.")):
            if feedback.get(key):
                self.losses.add(Loss(number, f"feedback's '{key}'", Verdict.REFUSED, what))
        title = one_line(self._words(feedback.get("title"), number, "feedback"))
        subtitle = self._words(feedback.get("subtitle"), number, "feedback")
        return Way(text, self._goes(number, text, entry.get("nextContentId")), title, subtitle)

    def _goes(self, number: int, text: str, raw: object) -> int | None:
        written = str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
        goes = int(written) if len(written) < 9 and _NUMBER.fullmatch(written) else None
        if goes is None or goes >= self.count:
            named = "leads to no node" if goes is None else f"leads to node {goes + 1}, which is not there"
            what = f"'{text[:40]}' {named}; where it goes is a gap."
            self.losses.add(Loss(number, "way that leads nowhere", Verdict.REFUSED, what))
            return None
        return goes

    def _words(self, raw: object, number: int, what: str) -> str:
        if not isinstance(raw, str):
            return ""
        words, tags = without_markup(raw)
        for tag in sorted(tags - _HARMLESS):
            construct = f"<{one_line(tag)[:20]}> in the {what}"
            self.losses.add(
                Loss(number, construct, Verdict.APPROXIMATED, "its words are kept, its markup is not.")
            )
        return words


def _mapping(raw: object) -> dict[str, object]:
    return raw if isinstance(raw, dict) else {}
