"""What stands beside the stories: skills, sources and the words to avoid."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.core.ids import SkillId
from bot.core.scenario import Skill, Theme
from bot.library.authoring import Written, sized
from bot.library.faults import Fault, Faults
from bot.library.linking import unknown_sources
from bot.library.remarks import Remark, faults_of
from bot.library.source import read
from bot.library.spelling import T40, T140, T160, T600, spelt
from bot.library.wording import readable
from bot.library.words import Lexicon, blame_remarks

Text = Annotated[str, Field(min_length=1)]
#: A skill's id is a command in the chat, too.
_SKILL_ID: Final = re.compile(r"[A-Z][0-9]{1,2}")


class WrittenSkill(Written):
    """One skill."""

    id: str
    theme: Annotated[Theme, Field(strict=False)]
    name: T40
    line: T140
    about: T600
    say: Annotated[T160, spelt("“[^“”]+”", "an example of what to say stands between “ and ”")]
    trace: list[str]


class WrittenSkills(Written):
    """The file of skills."""

    skills: Annotated[list[WrittenSkill], *sized(1)]


class WrittenSource(Written):
    """One entry of the file of sources."""

    title: str
    address: str
    read: str


class WrittenSources(Written):
    """The file of sources."""

    sources: dict[str, WrittenSource]


class WrittenPhrase(Written):
    """Phrases that blame a child, and what to write in their place."""

    avoid: Annotated[list[Text], *sized(1)]
    better: Text
    basis: Literal["discussed", "general"]


class WrittenWords(Written):
    """The file of words."""

    phrases: Annotated[list[WrittenPhrase], *sized(1)]


def read_skills(
    path: Path, known_sources: Collection[str] | None
) -> tuple[dict[SkillId, Skill] | None, list[Fault]]:
    """The skills by id, None if one of them cannot be known, and every fault."""
    try:
        source = read(path)
    except Faults as error:
        return None, list(error.faults)
    reading = readable(source, WrittenSkills)
    if reading.written is None:
        return None, reading.faults
    faults, unread, sure = list(reading.faults), reading.unread, True
    found: dict[SkillId, Skill] = {}
    for at, skill in enumerate(reading.written.skills):
        id, is_read = SkillId(skill.id), not unread.at(("skills", at, "id"))
        if id in found and is_read:
            faults.append(
                source.fault(("skills", at, "id"), f"'{id}' is the id of another skill already.", rule="id")
            )
        if is_read and _SKILL_ID.fullmatch(id) is None:
            what = f"a skill's id is a capital letter and a number, such as R1; here is '{id}'."
            faults.append(source.fault(("skills", at, "id"), what))
        place = ("skills", at, "trace")
        faults.extend(unknown_sources(skill.trace, known_sources, place, source, unread=unread))
        sure = sure and is_read and id not in found
        found[id] = Skill(id, skill.theme, skill.name, skill.line, skill.about, skill.say)
    return (found if sure and not unread.at(("skills",)) else None), faults


def read_sources(path: Path) -> tuple[dict[str, str] | None, list[Fault]]:
    """Where each key leads that a text may name as its source: the site's name; and every fault.

    None if not all keys can be read.
    """
    try:
        source = read(path)
    except Faults as error:
        return None, list(error.faults)
    reading = readable(source, WrittenSources)
    if reading.written is None or reading.unread.at(("sources",)):
        return None, reading.faults
    found = {key: entry.address.partition("/")[0] for key, entry in reading.written.sources.items()}
    return found, reading.faults


def words_faults(path: Path) -> list[Fault]:
    """What is wrong with the form of the file of words."""
    try:
        return readable(read(path), WrittenWords).faults
    except Faults as error:
        return list(error.faults)


def blame_beside(content: Path, phrases: Lexicon) -> list[Fault]:
    """Blaming phrases in what people read beside the stories: skills, and the help of every nation."""
    found: list[Remark] = []
    for file in (content / "skills.yaml", *sorted(content.glob("help/*.yaml"))):
        try:
            found += blame_remarks(read(file), phrases)
        except Faults:  # told where the file is read for what it holds
            continue
    return faults_of(found)
