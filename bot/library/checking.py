"""Everything that is checked about one scenario's folder, and about what all scenarios lean on."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.core.help import NationHelp
from bot.core.ids import SkillId
from bot.core.proofs.finding import Finding
from bot.core.proofs.paths import path_findings
from bot.core.proofs.ratings import rating_findings
from bot.core.proofs.states import explore
from bot.core.scenario import Nation, Scenario, Skill
from bot.library.authoring import WrittenScenario
from bot.library.compiling import compiled
from bot.library.faults import Fault, Faults, short
from bot.library.linking import Known, unlinked
from bot.library.nations import read_help
from bot.library.reference import read_skills, read_sources
from bot.library.source import Place, Source, read
from bot.library.walks import walk_faults
from bot.library.wording import checked

Found = TypeVar("Found")

#: Walks that every scenario brings.
WALKS = ("good", "middling", "poor")


def reference(content: Path) -> tuple[Known, dict[SkillId, Skill], dict[Nation, NationHelp], list[Fault]]:
    """What scenarios may name, with every fault found on the way; what could not be read is empty."""
    faults: list[Fault] = []
    sources = _tried(lambda: read_sources(content / "sources.yaml"), faults)
    skills = _tried(lambda: read_skills(content / "skills.yaml", sources), faults)
    nations = _tried(lambda: read_help(content / "help", sources), faults)
    laws = None if nations is None else {key for help_ in nations.values() for key in help_.law}
    return Known(skills, sources, laws), skills or {}, nations or {}, faults


def _tried(reading: Callable[[], Found], faults: list[Fault]) -> Found | None:
    try:
        return reading()
    except Faults as error:
        faults.extend(error.faults)
        return None


def check_scenario(folder: Path, known: Known) -> tuple[Scenario | None, list[Fault]]:
    """The scenario in `folder`, or every fault that stands in its way."""
    try:
        source = read(folder / "scenario.yaml")
    except Faults as error:
        return None, list(error.faults)
    written, faults = checked(source, WrittenScenario)
    if written is None:
        return None, faults
    faults = unlinked(written, source, known)
    if written.id != folder.name:
        faults.append(source.fault(("id",), f"the id is '{written.id}', but the folder is '{folder.name}'."))
    if faults:
        return None, faults
    scenario = compiled(written)
    faults = [*_proved(scenario, written, source), *_walked(scenario, folder)]
    return (None, faults) if faults else (scenario, [])


def _proved(scenario: Scenario, written: WrittenScenario, source: Source) -> list[Fault]:
    states = explore(scenario)
    findings = [*rating_findings(scenario, states), *path_findings(scenario, states)]
    return [source.fault(_place(finding, written), str(finding)) for finding in findings]


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


def _walked(scenario: Scenario, folder: Path) -> list[Fault]:
    walks = folder / "walks"
    faults = [
        Fault(
            short(walks / f"{name}.yaml"),
            1,
            f"this walk is missing; every scenario brings {', '.join(WALKS)}.",
        )
        for name in WALKS
        if not (walks / f"{name}.yaml").is_file()
    ]
    for path in sorted(walks.glob("*.yaml")):
        faults += walk_faults(scenario, path)
    return faults
