"""What scenarios lean on: the skills, and the sources that a text may name."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.core.ids import SkillId
from bot.core.scenario import Skill, Theme
from bot.library.authoring import Written
from bot.library.faults import Faults
from bot.library.linking import unknown_sources
from bot.library.source import read
from bot.library.spelling import T40, T140
from bot.library.wording import checked


class WrittenSkill(Written):
    """One skill."""

    id: str
    theme: Annotated[Theme, Field(strict=False)]
    name: T40
    line: T140
    trace: list[str]


class WrittenSkills(Written):
    """skills.yaml."""

    skills: list[WrittenSkill] = Field(min_length=1)


class WrittenSource(Written):
    """One entry of sources.yaml."""

    title: str
    address: str
    read: str


class WrittenSources(Written):
    """sources.yaml."""

    sources: dict[str, WrittenSource]


def read_skills(path: Path, known_sources: Collection[str] | None) -> dict[SkillId, Skill]:
    """The skills by id. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenSkills)
    if written is None:
        raise Faults(faults)
    found: dict[SkillId, Skill] = {}
    for at, skill in enumerate(written.skills):
        id = SkillId(skill.id)
        if id in found:
            faults.append(source.fault(("skills", at, "id"), f"'{id}' is the id of another skill already."))
        faults.extend(unknown_sources(skill.trace, known_sources, ("skills", at, "trace"), source))
        found[id] = Skill(id, skill.theme, skill.name, skill.line)
    if faults:
        raise Faults(faults)
    return found


def read_sources(path: Path) -> dict[str, str]:
    """Where each key leads that a text may name as its source: the site's name. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenSources)
    if written is None:
        raise Faults(faults)
    return {key: entry.address.partition("/")[0] for key, entry in written.sources.items()}
