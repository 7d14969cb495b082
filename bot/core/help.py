"""Real help, by nation: what the four exits say, whom to ring, and the nation's legal sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.scenario import Nation


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to. `sources` are names of sites; `checked_on` is the day (ISO) of a live check, or None."""

    name: str
    purpose: str
    number: str | None
    link: str | None
    note: str | None
    sources: tuple[str, ...]
    read: str | None
    checked_on: str | None


@dataclass(frozen=True, slots=True)
class Law:
    """One legal sentence of one nation: the only place where the law is stated."""

    text: str
    sources: tuple[str, ...]
    read: str | None
    checked_on: str | None


@dataclass(frozen=True, slots=True)
class Exit:
    """What stands behind one of the four exits: a text or steps, a closing word, and contacts."""

    text: str | None
    steps: tuple[str, ...]
    after: str | None
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class NationHelp:
    """Everything that follows the nation."""

    nation: Nation
    law: Mapping[str, Law]
    urgent: Exit
    told: Exit
    got_to_me: Exit
    under_18: Exit
