"""Remarks about words: faults that stop a scenario, and prompts that a reviewer answers."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.library.faults import Fault
from bot.library.source import Place, Source


class Severity(StrEnum):
    """Whether a remark stops the scenario, or asks a person to look."""

    FAULT = "fault"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One remark at one line of one file: the rule's name, what was found, and what to do. Lines count from 1."""

    file: str
    line: int
    rule: str
    what: str
    suggestion: str
    severity: Severity

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.suggestion} [{self.rule}]"


def fault(source: Source, place: Place, rule: str, *, what: str, suggestion: str) -> Remark:
    """A remark at `place` that stops the scenario."""
    return Remark(source.file, source.line(place), rule, what, suggestion, Severity.FAULT)


def prompt(source: Source, place: Place, rule: str, *, what: str, suggestion: str) -> Remark:
    """A remark at `place` that a reviewer answers."""
    return Remark(source.file, source.line(place), rule, what, suggestion, Severity.PROMPT)


def faults_of(remarks: Iterable[Remark]) -> list[Fault]:
    """Those that stop the scenario, as faults."""
    return [
        Fault(remark.file, remark.line, remark.what, remark.rule, remark.suggestion)
        for remark in remarks
        if remark.severity is Severity.FAULT
    ]


def by_place(remarks: Iterable[Remark]) -> list[Remark]:
    """Each remark once, in the order of the places."""
    return sorted(set(remarks))


def as_json(remarks: Iterable[Remark]) -> str:
    """The remarks for machines: a list of objects with file, line, rule, what, suggestion and severity."""
    return json.dumps([asdict(remark) for remark in by_place(remarks)], ensure_ascii=False)
