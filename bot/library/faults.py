"""Faults in content: each with its place, what is wrong, and a guess at what was meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.errors import ContentError

#: Rules whose faults say themselves what is wanted: "it must be at most 5", "save the file as UTF-8".
SAID_ALREADY = frozenset({"form", "yaml", "limits", "import"})
#: Taps that a person reads to the end; of more, only so many are shown.
MOST_SHOWN, FIRST_SHOWN = 16, 8


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, at one line of one file. Lines count from 1.

    `rule` is the name of what is broken; `taps` are the fewest that show it, each as ``scene/option``; `suggestion`
    says what to do, where `what` leaves that open.
    """

    file: str
    line: int
    what: str
    rule: str = "form"
    suggestion: str = ""
    taps: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """All of it but the place."""
        shown = f"Shown by: {_in_short(self.taps)}." if self.taps else ""
        return " ".join(part for part in (self.what, shown, self._mend, f"[{self.rule}]") if part)

    @property
    def _mend(self) -> str:
        """What to do, said aloud where the sentence before leaves it open."""
        if self.suggestion or self.rule in SAID_ALREADY or "Did you mean" in self.what:
            return self.suggestion
        from bot.library.rules import EVERY_RULE  # noqa: PLC0415 - a warm start of the bot needs no rules

        rule = EVERY_RULE.get(self.rule)
        return rule.mend if rule else ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.told}"


def _in_short(taps: tuple[str, ...]) -> str:
    """Taps in a row; of very many the first ones, and their number. For machines all of them are there."""
    if len(taps) <= MOST_SHOWN:
        return " → ".join(taps)
    return f"{' → '.join(taps[:FIRST_SHOWN])} → … ({len(taps)} taps in all)"


class Faults(ContentError):
    """Every fault that was found, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, if any is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to put behind a message, or nothing if no known word is near."""
    near = nearest(word, known)
    return "" if near is None else f" Did you mean '{near}'?"


def short(path: Path) -> str:
    """The path as the reader at the terminal would type it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def is_there(path: Path) -> bool:
    """Whether there is such a file. One that this account may not even look for is not there."""
    try:
        return path.is_file()
    except OSError:
        return False


def folders_in(folder: Path) -> list[Path]:
    """The folders in a folder, by name. Raises `Faults` if it cannot be looked into."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except FileNotFoundError:
        return []
    except OSError:
        raise Faults([Fault(short(folder), 1, "this folder cannot be read.", "yaml")]) from None
