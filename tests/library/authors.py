"""An author at the desk: edits files, asks for a check, and finds lines by the words on them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.library.checking import check_scenario
from bot.library.faults import Fault, Faults
from bot.library.linking import Known
from bot.library.rules import FILE_RULES, WORD_RULES
from bot.library.shelf import compile_shelf

#: What a check at the terminal comes to: exit code, what is printed, and what is said beside it.
Told = tuple[int, str, str]
Check = Callable[..., Told]

SOUND = Path(__file__).parent / "content"
STORY = "scenarios/last-bus/scenario.yaml"


@dataclass(frozen=True, slots=True)
class Author:
    """Works in one content folder."""

    folder: Path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replaces `old`, which must stand there once."""
        path = self.folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))

    def line(self, file: str, words: str) -> int:
        """The number of the one line that holds `words`."""
        lines = (self.folder / file).read_text().splitlines()
        found = [number for number, line in enumerate(lines, 1) if words in line]
        assert len(found) == 1, f"{words!r} stands on the lines {found} of {file}"
        return found[0]

    def told_of_the_story(self) -> list[str]:
        """What a check says about the one scenario, without the files that it leans on."""
        known = Known({"R1", "E1"}, {"PAPER", "GUIDE"}, {"reporting"})
        folder = self.folder.relative_to(Path.cwd()) / "scenarios/last-bus"
        return [_told(fault) for fault in check_scenario(folder, known)[1]]

    def told(self) -> list[str]:
        """What a check says: nothing, or every fault as `file:line: what`."""
        try:
            compile_shelf(self.folder.relative_to(Path.cwd()))
        except Faults as faults:
            return [_told(fault) for fault in faults.faults]
        return []


def _told(fault: Fault) -> str:
    """A fault as most tests look at it: what rules about files and stories suggest stands in tables of their own."""
    suggested = fault.suggestion if fault.rule in WORD_RULES else ""
    named = "" if fault.rule in FILE_RULES else f"[{fault.rule}]"
    shown = f"Shown by: {' → '.join(fault.taps)}." if fault.taps else ""
    what = " ".join(part for part in (fault.what, shown, suggested, named) if part)
    return f"{fault.file}:{fault.line}: {what}"
