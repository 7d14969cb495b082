"""Words under washing: constructs are taken out one kind after another, each with its line and its loss."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.library.imports.draft import Loss, Verdict

#: A link stands in the words as its number between two signs that no source may hold.
OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
PLACED: Final = re.compile(f"{OPEN}([0-9]+){CLOSE}")

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A way out of a passage: the words to choose, and the name of the passage that it leads to."""

    label: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of one construct: its name, the verdict, a sentence, and what stands in its place.

    Without a name there is nothing to tell yet.
    """

    construct: str
    verdict: Verdict
    what: str
    instead: str = ""


@dataclass(slots=True)
class Wash:
    """One passage's words. Line breaks are never removed, so that every line keeps its number."""

    text: str
    line: int
    story_format: str = ""
    losses: list[Loss] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def sub(self, pattern: re.Pattern[str], removed: Callable[[re.Match[str]], Removed | None]) -> None:
        """Takes out every construct of one kind; None leaves it. Links and line breaks inside it stay."""
        lines = Lines(self.text, self.line)

        def taken(match: re.Match[str]) -> str:
            gone = removed(match)
            if gone is None:
                return match[0]
            self.note(lines.at(match.start()), gone)
            return gone.instead + held(match[0], gone.instead)

        self.text = pattern.sub(taken, self.text)

    def between(self, opening: re.Pattern[str], closing: re.Pattern[str], construct: str, what: str) -> None:
        """Takes out everything from an opening to its closing; one that is never closed stays."""
        lines, kept, at = Lines(self.text, self.line), [], 0
        while (begin := opening.search(self.text, at)) and (end := closing.search(self.text, begin.end())):
            whole = self.text[begin.start() : end.end()]
            self.note(lines.at(begin.start()), Removed(construct, Verdict.REFUSED, f"{shown(whole)} {what}"))
            kept += [self.text[at : begin.start()], held(whole)]
            at = end.end()
        self.text = "".join(kept) + self.text[at:]

    def place(self, label: str, target: str, line: int) -> str:
        """Takes a link in, and gives the signs that stand for it in the words."""
        self.links.append(Link(label, target, line))
        return f"{OPEN}{len(self.links) - 1}{CLOSE}"

    def note(self, line: int, gone: Removed) -> None:
        """Writes down what became of a construct."""
        if gone.construct:
            self.losses.append(Loss(line, gone.construct, gone.verdict, gone.what))


class Lines:
    """The line of every place in a text whose first line has the number `first`."""

    def __init__(self, text: str, first: int) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._first = first

    def at(self, place: int) -> int:
        """The line on which the sign at `place` stands."""
        return self._first + bisect_left(self._breaks, place)


def held(whole: str, instead: str = "") -> str:
    """The links and line breaks of `whole` that `instead` does not hold: they are never lost with a construct."""
    placed = set(PLACED.findall(instead))
    links = [f"{OPEN}{number}{CLOSE}" for number in PLACED.findall(whole) if number not in placed]
    return "".join(links) + "\n" * (whole.count("\n") - instead.count("\n"))


def shown(source: str) -> str:
    """A construct as a message shows it: on one line, cut where it gets long."""
    text = " ".join(PLACED.sub("[[…]]", source[: _SHOWN * 4]).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
