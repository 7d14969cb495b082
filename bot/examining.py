"""Everything that `bothand check` tells of a content folder: faults, and what a reviewer is asked to look at.

A content folder is checked as a whole; a scenario that lies on no shelf is checked by itself.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core.editions import canonical, edition_of
from bot.core.help import NationHelp
from bot.core.ids import SkillId
from bot.core.scenario import Nation, Scenario, Skill
from bot.core.shelf import Shelf
from bot.errors import UserError
from bot.library.checking import check_source, reference
from bot.library.faults import Fault, Faults, did_you_mean, folders_in, is_there, short
from bot.library.release import awaiting, release_faults
from bot.library.remarks import Remark, Severity, faults_of
from bot.library.rules import EVERY_RULE
from bot.library.shelf import CONTENT, compile_shelf, describe
from bot.library.source import Source, read
from bot.library.walks import walk_faults
from bot.library.words import Lexicon, prompt_remarks, read_phrases, read_questions
from bot.measuring import sizes

_HINT = "Name a content folder or something in one, such as: bothand check content"
#: What a scenario's file is called.
_NAME = "scenario.yaml"
#: Told of each scenario's folder before it is checked.
Each = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: the shelf, if nothing stops it; every fault; and every prompt, in the order of their places."""

    shelf: Shelf | None
    faults: tuple[Fault, ...]
    prompts: tuple[Remark, ...]
    #: What is sound, for people.
    describes: str = ""
    #: Before a release: every scenario that two named people have not signed yet.
    awaiting: tuple[Remark, ...] = ()

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
            tuple(one for one in self.awaiting if chosen(one.file)),
        )


def examine_paths(
    paths: Sequence[Path], *, each: Each = lambda _: None, release: date | None = None
) -> Examined:
    """Checks whatever these paths name. Raises `UserError` for what is nothing to check.

    `release`: the day on which it is to be released, so that more is asked of a content folder.

    A content folder is checked once, however many of its files are named: a scenario is sound among its neighbours.
    """
    alone: list[Path] = []
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        content = _content(path)
        stories = _outside(path, content)
        alone += stories
        if content is not None and (not stories or path.resolve() == content.resolve()):
            folders.setdefault(content, []).append(path)
        elif not stories:
            lacking = "holds no folder 'scenarios'" if path.is_dir() else "is nothing that is checked"
            raise UserError(f"'{path}' {lacking}. {_HINT}")
    found = [_chosen(content, chosen, each, release) for content, chosen in folders.items()]
    return _together([*found, *map(examine_alone, dict.fromkeys(alone))])


def _outside(path: Path, content: Path | None) -> list[Path]:
    """The scenarios at or below a path that lie on no shelf, such as the example for authors."""
    shelf = None if content is None else (content / "scenarios").resolve()
    if path.is_file():
        found = [path] if path.suffix in {".yaml", ".yml"} and (content is None or path.name == _NAME) else []
    else:
        found = [path / _NAME, *sorted(path.glob(f"*/{_NAME}"))]
    return [file for file in found if is_there(file) and shelf not in file.resolve().parents]


def how_many(paths: Sequence[Path]) -> int:
    """The number of scenarios that will be told of."""
    contents = {content for path in paths if (content := _content(path)) is not None}
    return sum(len(list(content.glob("scenarios/*"))) for content in contents)


def _content(path: Path) -> Path | None:
    """The content folder that this is, or lies in."""
    try:
        if not path.exists():
            raise UserError(f"'{path}' does not exist. {_HINT}")
        here = path if path.is_dir() else path.parent
        around = (here, *here.resolve().parents)
        return next((place for place in around if (place / "scenarios").is_dir()), None)
    except PermissionError:
        raise UserError(f"'{path}' cannot be read; ask for the right to read it.") from None


def _chosen(content: Path, chosen: Sequence[Path], each: Each, release: date | None) -> Examined:
    looked_at = [file.resolve() for file in _files(content)]
    for path in chosen:
        place = path.resolve()
        if not any(place == file or place in file.parents for file in looked_at):
            raise UserError(f"'{path}' is nothing that is checked. {_HINT}")
    found = examine(content, each=each, release=release)
    whole = any(path.resolve() == content.resolve() for path in chosen)
    return found if whole else found.within(chosen)


def _files(content: Path) -> Iterator[Path]:
    """Every file of a content folder that its check reads."""
    for pattern in (
        "*.yaml",
        "help/*.yaml",
        "variants/*.yaml",
        "scenarios/*/*.yaml",
        "scenarios/*/walks/*.yaml",
    ):
        yield from content.glob(pattern)


def _together(found: Sequence[Examined]) -> Examined:
    if len(found) == 1:
        return found[0]
    return Examined(
        None,
        Faults(fault for one in found for fault in one.faults).faults,
        tuple(sorted({prompt for one in found for prompt in one.prompts})),
        ", ".join(one.describes for one in found),
        tuple(sorted({remark for one in found for remark in one.awaiting})),
    )


def examine(content: Path, *, each: Each = lambda _: None, release: date | None = None) -> Examined:
    """Checks a content folder, and measures every screen if it is sound. `each` is told of every scenario's folder."""
    remarks: list[Remark] = []
    questions, faults = _questions(content / "prompts.yaml")
    unsigned: tuple[Remark, ...] = ()
    if release is not None:
        faults += release_faults(content, today=release)
        unsigned = tuple(awaiting(content))
    try:
        shelf = compile_shelf(content, remarks=remarks, each=each)
    except Faults as error:
        remarks += _sizes_of_the_sound(content)
        told = Faults([*faults, *error.faults, *faults_of(remarks)]).faults
        return Examined(None, told, _prompts(content, remarks, questions), awaiting=unsigned)
    for scenario in shelf.scenarios.values():
        remarks += sizes(shelf, scenario, read(content / "scenarios" / scenario.id / _NAME))
    faults += faults_of(remarks)
    told = Faults(faults).faults
    asked = _prompts(content, remarks, questions)
    return Examined(None if told else shelf, told, asked, describe(shelf), unsigned)


def examine_alone(file: Path) -> Examined:
    """A scenario that lies on no shelf, with the walks beside it.

    What it names is looked for in the content folder that it lies in, or else in this project's own.
    """
    content = _content(file) or CONTENT
    known, skills, help_, _ = reference(content)
    remarks: list[Remark] = []
    try:
        source = read(file)
    except Faults as error:
        return Examined(None, error.faults, ())
    story, faults = check_source(source, known, phrases=_phrases(content), remarks=remarks)
    for walk in sorted(file.parent.glob("walks/*.yaml")):
        faults += walk_faults(story, walk)
    if not faults and isinstance(story, Scenario):
        one = Shelf({story.id: story}, {story.id: edition_of(canonical(story))}, skills, help_)
        remarks += sizes(one, story, source)
    questions, _ = _questions(content / "prompts.yaml")
    if questions is not None:
        remarks += prompt_remarks(source, questions)
    faults += faults_of(remarks)
    prompts = sorted({remark for remark in remarks if remark.severity is Severity.PROMPT})
    return Examined(None, Faults(faults).faults, tuple(prompts), short(file))


@dataclass(frozen=True, slots=True)
class Story:
    """One scenario, with what is wrong with its own file, and what it leans on."""

    scenario: Scenario
    faults: tuple[Fault, ...]
    skills: Mapping[SkillId, Skill]
    help: Mapping[Nation, NationHelp]


def story_of(content: Path, id: str) -> Story:
    """The scenario with this id, sound or not; its walks and its checklist are not looked at.

    Raises `UserError` if there is none, and `Faults` while nobody can tell where its ways lead.
    """
    known, skills, help_, faults = reference(content)
    if faults:
        raise Faults(faults)
    ids = [folder.name for folder in folders_in(content / "scenarios")]
    if id not in ids:
        raise UserError(f"'{id}' is not on the shelf.{did_you_mean(id, ids)}")
    source = read(content / "scenarios" / id / _NAME)
    scenario, found = check_source(source, known, id=id, phrases=_phrases(content))
    if not isinstance(scenario, Scenario):
        raise Faults(found)
    return Story(scenario, Faults(found).faults, skills, help_)


def _sizes_of_the_sound(content: Path) -> list[Remark]:
    """The screens of every story that is sound by itself, whatever its neighbours are like."""
    found: list[Remark] = []
    for folder in content.glob("scenarios/*"):
        try:
            one = story_of(content, folder.name)
        except (Faults, UserError):  # told already
            continue
        if not one.faults:
            id = one.scenario.id
            alone = Shelf({id: one.scenario}, {id: edition_of(canonical(one.scenario))}, one.skills, one.help)
            found += sizes(alone, one.scenario, read(folder / _NAME))
    return found


def _phrases(content: Path) -> Lexicon | None:
    try:
        return read_phrases(content / "words.yaml")
    except Faults:  # told where the content folder is checked
        return None


def as_json(found: Examined) -> str:
    """Faults and prompts for machines: file, line, rule, what, suggestion, severity and taps of each."""
    told: list[tuple[Fault | Remark, Severity, tuple[str, ...]]] = [
        *((fault, Severity.FAULT, fault.taps) for fault in found.faults),
        *((asked, asked.severity, ()) for asked in (*found.prompts, *found.awaiting)),
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


def _questions(path: Path) -> tuple[Lexicon | None, list[Fault]]:
    """What a reviewer is asked about words; an author's own shelf may have no such file."""
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
