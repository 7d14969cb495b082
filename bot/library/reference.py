"""What scenarios lean on: skills, sources, and help by nation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.core.help import Contact, Exit, Law, NationHelp
from bot.core.ids import SkillId
from bot.core.scenario import Nation, Skill, Theme
from bot.library.authoring import T40, T140, Written
from bot.library.faults import Fault, Faults, did_you_mean, short
from bot.library.source import Source, read
from bot.library.wording import checked

CheckedOn = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
ReadIn = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")] | None


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


class WrittenContact(Written):
    """One contact of a nation."""

    name: str
    purpose: str = Field(alias="for")
    number: str | None
    link: str | None
    note: str | None = None
    sources: list[str]
    read: ReadIn
    checked_on: CheckedOn


class WrittenLaw(Written):
    """One legal sentence of a nation."""

    text: Annotated[str, Field(max_length=300)]
    sources: list[str]
    read: ReadIn
    checked_on: CheckedOn


class WrittenExit(Written):
    """What stands behind one exit."""

    text: str | None = None
    steps: list[str] = Field(default=[])
    after: str | None = None
    contacts: list[str] = Field(default=[])


class WrittenHelp(Written):
    """help/<nation>.yaml."""

    nation: Annotated[Nation, Field(strict=False)]
    law: dict[str, WrittenLaw]
    urgent: WrittenExit
    told: WrittenExit
    got_to_me: WrittenExit
    under_18: WrittenExit
    contacts: dict[str, WrittenContact]


def read_skills(path: Path) -> dict[SkillId, Skill]:
    """The skills by id. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenSkills)
    if written is None:
        raise Faults(faults)
    return {
        SkillId(skill.id): Skill(SkillId(skill.id), skill.theme, skill.name, skill.line)
        for skill in written.skills
    }


def read_sources(path: Path) -> dict[str, str]:
    """Where each key leads that a text may name as its source: the site's name. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenSources)
    if written is None:
        raise Faults(faults)
    return {key: entry.address.partition("/")[0] for key, entry in written.sources.items()}


def read_help(folder: Path, known_sources: Mapping[str, str]) -> dict[Nation, NationHelp]:
    """Help for every nation. Raises `Faults` with all faults of all files."""
    faults: list[Fault] = []
    found: dict[Nation, NationHelp] = {}
    for nation in Nation:
        path = folder / f"{nation}.yaml"
        try:
            found[nation] = _nation(read(path), nation, known_sources)
        except Faults as error:
            faults.extend(error.faults)
    laws = {key for help_ in found.values() for key in help_.law}
    for nation, help_ in found.items():
        file = short(folder / f"{nation}.yaml")
        faults.extend(
            Fault(file, 1, f"the legal sentence '{key}' is missing here.") for key in laws - set(help_.law)
        )
    if faults:
        raise Faults(faults)
    return found


def _nation(source: Source, nation: Nation, known_sources: Mapping[str, str]) -> NationHelp:
    written, faults = checked(source, WrittenHelp)
    if written is None:
        raise Faults(faults)
    if written.nation is not nation:
        faults.append(source.fault(("nation",), f"this file must say 'nation: {nation}'."))
    exits = {
        "urgent": written.urgent,
        "told": written.told,
        "got_to_me": written.got_to_me,
        "under_18": written.under_18,
    }
    for name, exit_ in exits.items():
        for at, key in enumerate(exit_.contacts):
            if key not in written.contacts:
                what = f"'{key}' is not one of this file's contacts.{did_you_mean(key, written.contacts)}"
                faults.append(source.fault((name, "contacts", at), what))
    faults.extend(_unknown_sources(source, written, known_sources))
    if faults:
        raise Faults(faults)
    law = {
        key: Law(entry.text, _sites(entry.sources, known_sources), entry.read, entry.checked_on)
        for key, entry in written.law.items()
    }
    built = {name: _exit(exit_, written.contacts, known_sources) for name, exit_ in exits.items()}
    return NationHelp(written.nation, law, **built)


def _unknown_sources(source: Source, written: WrittenHelp, known: Mapping[str, str]) -> list[Fault]:
    named = [
        (("law", key, "sources", at), name)
        for key, law in written.law.items()
        for at, name in enumerate(law.sources)
    ]
    named += [
        (("contacts", key, "sources", at), name)
        for key, contact in written.contacts.items()
        for at, name in enumerate(contact.sources)
    ]
    return [
        source.fault(place, f"'{name}' is not a source that is known.{did_you_mean(name, known)}")
        for place, name in named
        if name not in known
    ]


def _sites(keys: list[str], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known[key] for key in keys))


def _exit(written: WrittenExit, contacts: dict[str, WrittenContact], known: Mapping[str, str]) -> Exit:
    return Exit(
        text=written.text,
        steps=tuple(written.steps),
        after=written.after,
        contacts=tuple(_contact(contacts[key], known) for key in written.contacts),
    )


def _contact(written: WrittenContact, known: Mapping[str, str]) -> Contact:
    return Contact(
        name=written.name,
        purpose=written.purpose,
        number=written.number,
        link=written.link,
        note=written.note,
        sources=_sites(written.sources, known),
        read=written.read,
        checked_on=written.checked_on,
    )
