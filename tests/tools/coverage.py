"""Writes content/coverage.md: which skills, roles and strands the scenarios cover, taken from the files themselves.

Usage: python -m tests.tools.coverage
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.core.scenario import Role
from bot.tg.markup import ROLES

CONTENT: Final = Path(__file__).parents[2] / "content"
TARGET: Final = CONTENT / "coverage.md"
#: How many scenarios train each skill and are for each role, at least; and how many variants each skill has.
SKILL_NEEDS, ROLE_NEEDS, VARIANTS_NEEDED = 2, 8, 3

_HEAD: Final = f"""# What the scenarios cover

At least {SKILL_NEEDS} scenarios and {VARIANTS_NEEDED} variants train each skill. Each role has at least {ROLE_NEEDS}
scenarios, and each strand those that `strands.yaml` names for it. A scenario is called by the first part of its id.
This page is written by `python -m tests.tools.coverage` from the files themselves.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a scenario says of itself. `short` is the first part of its id, such as s02."""

    short: str
    title: str
    roles: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """The whole shelf, as far as the tables go: skills with their names, how many variants each has, strands."""

    scenarios: tuple[Told, ...]
    skills: Mapping[str, str]
    variants: Mapping[str, int]
    strands: Mapping[str, tuple[str, ...]]

    def training(self, skill: str) -> list[str]:
        """The scenarios that train it."""
        return [one.short for one in self.scenarios if skill in one.skills]

    def fitting(self, role: Role) -> list[str]:
        """The scenarios for somebody of this role."""
        return [one.short for one in self.scenarios if role in one.roles]

    def carrying(self, strand: str) -> list[str]:
        """The scenarios that are named for it and are there."""
        return [one.short for one in self.scenarios if one.short in self.strands[strand]]

    def missing(self) -> list[str]:
        """Everything that is not covered yet, each in a line."""
        return [
            *(
                f"{skill} {name}: {len(found)} scenarios of {SKILL_NEEDS}"
                for skill, name in self.skills.items()
                if len(found := self.training(skill)) < SKILL_NEEDS
            ),
            *(
                f"{skill} {self.skills[skill]}: {count} variants of {VARIANTS_NEEDED}"
                for skill, count in self.variants.items()
                if count < VARIANTS_NEEDED
            ),
            *(
                f"{ROLES[role]}: {len(found)} scenarios of {ROLE_NEEDS}"
                for role in Role
                if len(found := self.fitting(role)) < ROLE_NEEDS
            ),
            *(
                f"{strand}: {', '.join(absent)} not there"
                for strand, those in self.strands.items()
                if (absent := [short for short in those if short not in self.carrying(strand)])
            ),
        ]


def covered(content: Path = CONTENT) -> Covered:
    """What the files in `content` say."""
    skills = _yaml((content / "skills.yaml").read_text(encoding="utf-8"))["skills"]
    strands = _yaml((content / "strands.yaml").read_text(encoding="utf-8"))["strands"]
    return Covered(
        tuple(_told(path) for path in sorted(content.glob("scenarios/*/scenario.yaml"))),
        {skill["id"]: skill["name"] for skill in skills},
        {skill["id"]: _variants(content / "variants" / f"{skill['id'].lower()}.yaml") for skill in skills},
        {name: tuple(those) for name, those in strands.items()},
    )


def written(found: Covered) -> str:
    """The page."""
    skills = (
        (f"{skill} {name}", *_listed(found.training(skill)), str(found.variants[skill]))
        for skill, name in found.skills.items()
    )
    roles = ((ROLES[role], *_listed(found.fitting(role))) for role in Role)
    strands = ((strand, *_listed(found.carrying(strand))) for strand in found.strands)
    scenarios = (
        (f"{one.short} {one.title}", ", ".join(one.skills), ", ".join(map(_role, one.roles)))
        for one in found.scenarios
    )
    return "\n".join(
        (
            _HEAD,
            _table("Skills", ("Skill", "Scenarios", "How many", "Variants"), skills),
            _table("Roles", ("Role", "Scenarios", "How many"), roles),
            _table("Strands", ("Strand", "Scenarios", "How many"), strands),
            _table("Scenarios", ("Scenario", "Skills", "Roles"), scenarios),
        )
    )


def _listed(those: Sequence[str]) -> tuple[str, str]:
    return ", ".join(those) or "–", str(len(those))


def _role(role: str) -> str:
    return ROLES[Role(role)].lower()


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _told(path: Path) -> Told:
    """Only what stands above the scenes is read: a story is long, and nothing of it counts here."""
    head = _yaml(path.read_text(encoding="utf-8").partition("\nscenes:")[0])
    return Told(head["id"].partition("-")[0], head["title"], tuple(head["roles"]), tuple(head["skills"]))


def _variants(path: Path) -> int:
    return len(_yaml(path.read_text(encoding="utf-8"))["variants"]) if path.is_file() else 0


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    TARGET.write_text(written(covered()), encoding="utf-8")
