"""Everything that `bothand check` tells of a content folder: faults, and what a reviewer is asked to look at.

The one place where what authors write meets the screens that the bot makes of it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.debrief import debrief
from bot.core.run import Run, Taken, holds, offered, stand
from bot.core.scenario import Echo, Ending, Nation, Option, Scenario
from bot.core.shelf import Shelf
from bot.errors import UserError
from bot.library.authoring import WrittenScenario
from bot.library.checking import check_source
from bot.library.faults import Fault, Faults, short
from bot.library.linking import Known
from bot.library.remarks import Remark, Severity
from bot.library.rules import EVERY_RULE
from bot.library.shelf import compile_shelf, describe
from bot.library.sizes import SOFT_SCREEN, Render, size_remarks, units
from bot.library.source import Source, read
from bot.library.wording import readable
from bot.library.words import Lexicon, prompt_remarks, read_questions
from bot.tg import screens
from bot.tg.screen import plain

#: Told of each scenario's folder before it is checked.
Each = Callable[[Path], object]

#: Units of a turn's screen that are no text of the author's: headings, ratings, letters, the names of skills.
FRAME = 700
#: The debrief names no day here; any of the bot's has fewer characters than this one.
_SOME_DAY = "30 September 2026"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: the shelf, if nothing stops it; every fault; and every prompt, in the order of their places."""

    shelf: Shelf | None
    faults: tuple[Fault, ...]
    prompts: tuple[Remark, ...]
    #: What is sound, for people.
    describes: str = ""

    def within(self, places: Sequence[Path]) -> "Examined":
        """What of it stands in these files and folders."""
        inside = [place.resolve() for place in places]

        def chosen(file: str) -> bool:
            path = Path(file).resolve()
            return any(path == place or place in path.parents for place in inside)

        return Examined(
            self.shelf,
            tuple(fault for fault in self.faults if chosen(fault.file)),
            tuple(prompt for prompt in self.prompts if chosen(prompt.file)),
            ", ".join(map(short, places)),
        )


def examine_paths(paths: Sequence[Path], *, each: Each = lambda _: None) -> Examined:
    """Checks whatever these paths name. Raises `UserError` for what is nothing to check.

    A content folder is checked once, however many of its files are named: a scenario is sound among its neighbours.
    """
    alone: list[Examined] = []
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        content = _content(path)
        if content is not None:
            folders.setdefault(content, []).append(path)
        elif path.is_file():
            alone.append(examine_alone(path))
        else:
            lacking = "holds no folder 'scenarios'" if path.is_dir() else "does not exist"
            what = f"'{path}' {lacking}."
            raise UserError(
                f"{what} Name a content folder or something in one, such as: bothand check content"
            )
    found = [_chosen(content, chosen, each) for content, chosen in folders.items()]
    return _together([*found, *alone])


def how_many(paths: Sequence[Path]) -> int:
    """The number of scenarios that will be told of."""
    contents = {content for path in paths if (content := _content(path)) is not None}
    return sum(len(list(content.glob("scenarios/*"))) for content in contents)


def _content(path: Path) -> Path | None:
    """The content folder that this is, or lies in."""
    if not path.exists():
        return None
    return next((place for place in (path, *path.absolute().parents) if (place / "scenarios").is_dir()), None)


def _chosen(content: Path, chosen: Sequence[Path], each: Each) -> Examined:
    found = examine(content, each=each)
    whole = any(path.resolve() == content.resolve() for path in chosen)
    return found if whole else found.within(chosen)


def _together(found: Sequence[Examined]) -> Examined:
    if len(found) == 1:
        return found[0]
    return Examined(
        None,
        Faults(fault for one in found for fault in one.faults).faults,
        tuple(sorted({prompt for one in found for prompt in one.prompts})),
        ", ".join(one.describes for one in found),
    )


def examine(content: Path, *, each: Each = lambda _: None) -> Examined:
    """Checks a content folder, and measures every screen if it is sound. `each` is told of every scenario's folder."""
    remarks: list[Remark] = []
    questions, faults = _questions(content / "prompts.yaml")
    try:
        shelf = compile_shelf(content, remarks=remarks, each=each)
    except Faults as error:
        told = Faults([*faults, *error.faults]).faults
        return Examined(None, told, _prompts(content, remarks, questions))
    for scenario in shelf.scenarios.values():
        remarks += _sizes(shelf, scenario, content)
    faults += [_fault(remark) for remark in remarks if remark.severity is Severity.FAULT]
    told = Faults(faults).faults
    asked = _prompts(content, remarks, questions)
    return Examined(None if told else shelf, told, asked, describe(shelf))


def examine_alone(file: Path) -> Examined:
    """A scenario file that lies in no content folder: what it names outside itself is not held against it."""
    remarks: list[Remark] = []
    try:
        _, faults = check_source(read(file), Known(None, None, None), remarks=remarks)
    except Faults as error:
        return Examined(None, error.faults, ())
    prompts = sorted({remark for remark in remarks if remark.severity is Severity.PROMPT})
    return Examined(None, Faults(faults).faults, tuple(prompts), short(file))


def as_json(found: Examined) -> str:
    """Faults and prompts for machines: file, line, rule, what, suggestion, severity and taps of each."""
    told: list[tuple[Fault | Remark, Severity, tuple[str, ...]]] = [
        *((fault, Severity.FAULT, fault.taps) for fault in found.faults),
        *((prompt, prompt.severity, ()) for prompt in found.prompts),
    ]
    told.sort(key=lambda one: (one[0].file, one[0].line, one[0].rule, one[0].what))
    return json.dumps(
        [
            {
                "file": one.file,
                "line": one.line,
                "rule": one.rule,
                "what": one.what,
                "suggestion": one.suggestion or EVERY_RULE[one.rule].mend,
                "severity": severity,
                "taps": taps,
            }
            for one, severity, taps in told
        ],
        ensure_ascii=False,
        indent=2,
    )


def _fault(remark: Remark) -> Fault:
    return Fault(remark.file, remark.line, remark.what, remark.rule, remark.suggestion)


def _questions(path: Path) -> tuple[Lexicon | None, list[Fault]]:
    """The words at which a reviewer is asked to look twice; an author's own shelf may have none."""
    if not path.is_file():
        return None, []
    try:
        return read_questions(path), []
    except Faults as error:
        return None, list(error.faults)


def _prompts(content: Path, remarks: Sequence[Remark], questions: Lexicon | None) -> tuple[Remark, ...]:
    """What the check itself asks, and the questions about words."""
    found = {remark for remark in remarks if remark.severity is Severity.PROMPT}
    if questions is not None:
        for source in _sources(content):
            found.update(prompt_remarks(source, questions))
    return tuple(sorted(found))


def _sources(content: Path) -> Iterator[Source]:
    for file in sorted([*content.glob("scenarios/*/scenario.yaml"), *content.glob("variants/*.yaml")]):
        try:
            yield read(file)
        except Faults:  # told among the faults
            continue


def _sizes(shelf: Shelf, scenario: Scenario, content: Path) -> list[Remark]:
    source = read(content / "scenarios" / scenario.id / "scenario.yaml")
    written = readable(source, WrittenScenario).written
    assert written is not None, f"{short(content)} was sound a moment ago"
    return size_remarks(scenario, written, source, render=renders(shelf, scenario))


def renders(shelf: Shelf, scenario: Scenario) -> Render:
    """The bot's own screens as they are read. What cannot be too long, whatever the frame, is left out."""
    edition = shelf.editions[scenario.id]

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        run = Run(scenario.id, edition, 1, taps)
        if at_most(shelf, scenario, run) > SOFT_SCREEN:
            for nation in Nation:
                view = screens.View(shelf, nation)
                yield "turn", plain(screens.here(view, scenario, run).text)
        if isinstance(stand(scenario, run).at, Ending):
            found = debrief(scenario, run)
            assert found is not None
            view = screens.View(shelf, None)
            reply = screens.debriefed(view, scenario, run, found, due=_SOME_DAY)
            yield from (("debrief", plain(sent.text)) for sent in reply.send)

    return render


def at_most(shelf: Shelf, scenario: Scenario, run: Run) -> int:
    """More units than the screen of this turn can have, without rendering it."""
    now = stand(scenario, run)
    size = FRAME + units(now.at.title) + units(now.at.text) + _echoed(now.at.echoes, now.variables)
    if run.taken:
        scene, option = run.taken[-1]
        at = scenario.scene(scene)
        assert at is not None
        taken = next(each for each in at.options if each.id == option)
        size += units(taken.changes) + units(taken.because) + _law(shelf, taken)
    if isinstance(now.at, Ending):
        return size
    said = units(now.at.says or "")
    return size + said + sum(units(option.text) for option in offered(now.at, now.variables))


def _echoed(echoes: Sequence[Echo], variables: Mapping[str, int]) -> int:
    return sum(units(echo.text) for echo in echoes if holds(echo.when, variables))


def _law(shelf: Shelf, option: Option) -> int:
    """The longest that any nation's legal sentence is."""
    if option.law is None:
        return 0
    laws = (nation.law[option.law].text for nation in shelf.help.values() if option.law in nation.law)
    return max(map(units, laws), default=0)
