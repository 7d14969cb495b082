"""Everything that is checked about one scenario's folder, and about what all scenarios lean on."""

from pathlib import Path
from typing import Final

from bot.core.help import NationHelp
from bot.core.ids import SkillId
from bot.core.proofs.finding import Finding
from bot.core.proofs.prove import prove
from bot.core.proofs.rules import RULES
from bot.core.scenario import Nation, Scenario, Skill
from bot.library.authoring import WrittenScenario
from bot.library.checklist import checklist_faults
from bot.library.compiling import compiled
from bot.library.faults import Fault, Faults, is_there, short
from bot.library.linking import Known, loose_ends, places_of_ids, unknown_names
from bot.library.nations import read_help
from bot.library.reading import reading_remarks
from bot.library.reference import read_skills, read_sources, words_faults
from bot.library.remarks import Remark, Severity, faults_of
from bot.library.ruling import unruly
from bot.library.source import Place, Source, read
from bot.library.walks import Names, walk_faults
from bot.library.wording import Reading, Unread, readable
from bot.library.words import Lexicon, blame_remarks, read_phrases

#: Walks that every scenario brings.
WALKS: Final = ("good", "middling", "poor")
#: Names in scenes and endings on which no way depends: what is read, and what is rated.
_READ: Final = (
    *("title", "text", "says", "afterwards", "supervision"),
    *("because", "draws_on", "skills", "sources", "changes", "thinks", "law"),
)
_RATED: Final = ("protects", "voice", "keeps_quiet", "override")


def reference(content: Path) -> tuple[Known, dict[SkillId, Skill], dict[Nation, NationHelp], list[Fault]]:
    """What scenarios may name, with every fault found on the way; what could not be read is empty."""
    sources, faults = read_sources(_file(content, "sources"))
    skills, found = read_skills(_file(content, "skills"), sources)
    faults = [*faults, *found, *words_faults(_file(content, "words"))]
    try:
        nations = read_help(content / "help", sources)
    except Faults as error:
        return Known(skills, sources, _laws(content / "help")), skills or {}, {}, [*faults, *error.faults]
    laws = {key for help_ in nations.values() for key in help_.law}
    return Known(skills, sources, laws), skills or {}, nations, faults


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.yaml"


def _laws(folder: Path) -> set[str] | None:
    """The legal sentences that stand in help with faults; None if one of the files cannot tell."""
    found: set[str] = set()
    for nation in Nation:
        try:
            value = read(_file(folder, nation)).value
        except Faults:
            return None
        law = value.get("law") if isinstance(value, dict) else None
        if not isinstance(law, dict):
            return None
        found |= set(law)
    return found


def check_scenario(
    folder: Path, known: Known, *, remarks: list[Remark] | None = None
) -> tuple[Scenario | None, list[Fault]]:
    """The scenario in `folder`, or every fault that stands in its way. What else there is to say goes to `remarks`."""
    story, faults = _story(folder, known, remarks)
    faults += _walked(story, folder)
    faults += checklist_faults(_file(folder, "checklist"))
    return (None, faults) if faults or isinstance(story, Names) else (story, [])


def _story(folder: Path, known: Known, remarks: list[Remark] | None) -> tuple[Scenario | Names, list[Fault]]:
    """The scenario, if it can be played; else what walks may name in it. And what is wrong with its file.

    Nothing is proved or played while a fault leaves open where the ways lead: what it found might not be true.
    """
    try:
        source = read(_file(folder, "scenario"))
    except Faults as error:
        return Names(), list(error.faults)
    try:
        phrases = read_phrases(_file(folder.parents[1], "words"))
    except Faults:  # told where all scenarios' reference is read
        phrases = None
    return check_source(source, known, id=folder.name, phrases=phrases, remarks=remarks)


def check_source(
    source: Source,
    known: Known,
    *,
    id: str | None = None,
    phrases: Lexicon | None = None,
    remarks: list[Remark] | None = None,
) -> tuple[Scenario | Names, list[Fault]]:
    """The same of one file by itself: `id` is what it must be called, `phrases` are those that blame."""
    reading = readable(source, WrittenScenario)
    written = reading.written
    if written is None:
        return Names(), reading.faults
    loose = [*loose_ends(written, source, reading.unread), *unruly(written, source, reading.unread)]
    unknown = unknown_names(written, source, known, unread=reading.unread)
    faults = [*reading.faults, *loose, *unknown]
    if id is not None and written.id != id and not reading.unread.at(("id",)):
        faults.append(
            source.fault(("id",), f"the id is '{written.id}', but the folder is '{id}'.", rule="id")
        )
    worded = [*(blame_remarks(source, phrases) if phrases else ()), *reading_remarks(written, source)]
    if remarks is not None:
        remarks += [remark for remark in worded if remark.severity is Severity.PROMPT]
    faults += faults_of(worded)
    if loose or not _sound(reading, beside=(*_READ, *_RATED)):
        return _names(written, reading.unread), faults
    scenario = compiled(written)
    if _sound(reading, beside=_READ):
        faults += _proved(scenario, written, source)
    return scenario, faults


def _sound(reading: Reading[WrittenScenario], *, beside: tuple[str, ...]) -> bool:
    """Whether the story was read without a fault, those `beside` it left out."""
    for place in reading.told:
        name = next((part for part in reversed(place) if isinstance(part, str)), "")
        if place[:1] in {("scenes",), ("endings",), ("variables",), ("rules",)} and name not in beside:
            return False
    return True


def _names(written: WrittenScenario, unread: Unread) -> Names:
    """The ids of options and endings, as far as all of them could be read."""
    ids: dict[Place, str] = {
        ("scenes", at, "options", number, "id"): option.id
        for at, scene in enumerate(written.scenes)
        for number, option in enumerate(scene.options)
    }
    lists = [("scenes",), *(("scenes", at, "options") for at in range(len(written.scenes)))]
    endings = [(place, id) for place, id in places_of_ids(written) if place[0] == "endings"]
    return Names(
        None if any(map(unread.at, [*lists, *ids])) else set(ids.values()),
        None
        if any(map(unread.at, [("endings",), *(place for place, _ in endings)]))
        else {id for _, id in endings},
    )


def _proved(scenario: Scenario, written: WrittenScenario, source: Source) -> list[Fault]:
    return [
        source.fault(
            _place(finding, written),
            finding.what,
            rule=finding.rule,
            suggestion=RULES[finding.rule].mend,
            taps=tuple(map("/".join, finding.taps)),
        )
        for finding in prove(scenario)
    ]


def _place(finding: Finding, written: WrittenScenario) -> Place:
    for at, ending in enumerate(written.endings):
        if ending.id == finding.scene:
            return "endings", at, "id"
    for at, scene in enumerate(written.scenes):
        if scene.id == finding.scene:
            for number, option in enumerate(scene.options):
                if option.id == finding.option:
                    return "scenes", at, "options", number, "id"
            return "scenes", at, "id"
    return ("scenes",)


def _walked(story: Scenario | Names, folder: Path) -> list[Fault]:
    walks = folder / "walks"
    faults = [
        Fault(
            short(_file(walks, name)),
            1,
            f"this walk is missing; every scenario brings {', '.join(WALKS)}.",
            "walk",
        )
        for name in WALKS
        if not is_there(_file(walks, name))
    ]
    for path in sorted(walks.glob("*.yaml")):
        faults += walk_faults(story, path)
    return faults
