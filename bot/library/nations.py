"""Help by nation: the legal sentences, what stands behind the four exits, and whom to ring."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.core.help import Contact, Exit, Law, NationHelp
from bot.core.scenario import Nation
from bot.library.authoring import Written
from bot.library.faults import Fault, Faults, did_you_mean
from bot.library.linking import unknown_sources
from bot.library.source import Source, read
from bot.library.spelling import spelt
from bot.library.wording import checked

_MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
_DAY = r"-(0[1-9]|[12][0-9]|3[01])"
CheckedOn = Annotated[str, spelt(_MONTH + _DAY, "a day is written as 2026-11-23")] | None
ReadIn = (
    Annotated[str, spelt(f"{_MONTH}({_DAY})?", "a month is written as 2026-11, a day as 2026-11-23")] | None
)


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

    def exits(self) -> dict[str, WrittenExit]:
        """The four exits, by name."""
        return {
            "urgent": self.urgent,
            "told": self.told,
            "got_to_me": self.got_to_me,
            "under_18": self.under_18,
        }


def read_help(folder: Path, known: Mapping[str, str] | None) -> dict[Nation, NationHelp]:
    """Help for every nation; `known` leads from a source's key to its site, None if that could not be read.

    Raises `Faults` with all faults of all files.
    """
    faults: list[Fault] = []
    read_ones: list[tuple[Source, WrittenHelp]] = []
    for nation in Nation:
        try:
            source = read(folder / f"{nation}.yaml")
        except Faults as error:
            faults.extend(error.faults)
            continue
        written, found = checked(source, WrittenHelp)
        faults.extend(found)
        if written is not None:
            read_ones.append((source, written))
            faults.extend(_unlinked(source, written, nation, known))
    faults.extend(_without_a_law(read_ones))
    if faults:
        raise Faults(faults)
    return {written.nation: _help(written, known or {}) for _, written in read_ones}


def _unlinked(
    source: Source, written: WrittenHelp, nation: Nation, known: Mapping[str, str] | None
) -> Iterator[Fault]:
    if written.nation is not nation:
        yield source.fault(("nation",), f"this file must say 'nation: {nation}'.", rule="help")
    for name, exit_ in written.exits().items():
        if not (exit_.text or exit_.steps):
            yield source.fault((name,), f"'{name}' needs a text or steps.", rule="help")
        for at, key in enumerate(exit_.contacts):
            if key not in written.contacts:
                what = f"'{key}' is not one of this file's contacts.{did_you_mean(key, written.contacts)}"
                yield source.fault((name, "contacts", at), what, rule="name")
    for key, law in written.law.items():
        yield from unknown_sources(law.sources, known, ("law", key, "sources"), source)
    for key, contact in written.contacts.items():
        yield from unknown_sources(contact.sources, known, ("contacts", key, "sources"), source)
        if not (contact.number or contact.link):
            yield source.fault(("contacts", key), f"'{key}' needs a number or a link.", rule="help")


def _without_a_law(read_ones: list[tuple[Source, WrittenHelp]]) -> Iterator[Fault]:
    """A scenario may name any legal sentence, so each nation has all of them."""
    every = {key for _, written in read_ones for key in written.law}
    for source, written in read_ones:
        for key in every - set(written.law):
            what = f"the legal sentence '{key}' is missing; another nation has it."
            yield source.fault(("law",), what, rule="help")


def _help(written: WrittenHelp, known: Mapping[str, str]) -> NationHelp:
    law = {
        key: Law(entry.text, _sites(entry.sources, known), entry.read, entry.checked_on)
        for key, entry in written.law.items()
    }
    exits = {name: _exit(exit_, written.contacts, known) for name, exit_ in written.exits().items()}
    return NationHelp(written.nation, law, **exits)


def _sites(keys: list[str], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known[key] for key in keys if key in known))


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
