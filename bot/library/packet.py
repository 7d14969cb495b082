"""The reviewer's packet: one HTML file with everything that a scenario can say, to be read and signed off line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Final

from markupsafe import Markup

from bot.core.editions import canonical, edition_of
from bot.core.help import Law, NationHelp
from bot.core.ids import Edition, SkillId
from bot.core.proofs.finding import Finding
from bot.core.scenario import Ending, Nation, PathRule, Rating, Role, Scenario, Skill
from bot.library.checklist import WrittenChecklist
from bot.library.conditions import effects_in_words, in_words, spoken, value
from bot.library.mapping import LETTERS, MARKS, leads, svg
from bot.library.routes import WORDS_A_MINUTE, Route, Routes, minutes, routes
from bot.library.texts import drawn

ROLES: Final = {
    Role.SOCIAL_WORK: "social work",
    Role.POLICE: "police",
    Role.HEALTH: "health",
    Role.YOUTH_WORK: "youth work",
    Role.RESIDENTIAL: "residential care",
    Role.EDUCATION: "education",
}
NATIONS: Final = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
#: What the texts that all scenarios lean on are called beside their hash.
SHARED: Final = "shared texts"
#: As on the debrief's chart.
SIGNS: Final = {Rating.STRONGER: "+", Rating.WORKABLE: "o", Rating.WEAKER: "−"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One scenario, what was found in it, what a person has to judge, and its checklist, if it has one."""

    scenario: Scenario
    findings: Sequence[Finding] = ()
    prompts: Sequence[str] = ()
    checklist: WrittenChecklist | None = None

    @property
    def edition(self) -> Edition:
        """The hash of exactly what is sent."""
        return edition_of(canonical(self.scenario))


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What scenarios lean on. `sources`: a key and its site; `rules`: a rule's name and what it asks."""

    skills: Mapping[SkillId, Skill]
    nations: Mapping[Nation, NationHelp]
    sources: Mapping[str, str]
    rules: Mapping[str, str]

    @property
    def edition(self) -> Edition:
        """The hash of what all scenarios share and show: names of skills, legal sentences, help of every nation."""
        skills = {id: asdict(skill) for id, skill in self.skills.items()}
        nations = {nation: asdict(help_) for nation, help_ in self.nations.items()}
        return edition_of(json.dumps([skills, nations], ensure_ascii=False, sort_keys=True, default=str))


def packet(reviews: Sequence[Review], background: Background) -> str:
    """The packet, an HTML page that loads nothing from anywhere. The same content gives the same page."""
    return drawn("packet.html", parts=[_part(review, background) for review in reviews], rate=WORDS_A_MINUTE)


def hashes(reviews: Sequence[Review], background: Background) -> str:
    """A line for each scenario with its hash, and one for what they share, to compare with a packet made elsewhere."""
    lines = [f"{review.edition}  {review.scenario.id}" for review in reviews]
    return "\n".join([*lines, f"{background.edition}  {SHARED}"])


def _eights(edition: Edition) -> list[str]:
    """A hash in pieces that two people can read to each other."""
    return [edition[at : at + 8] for at in range(0, len(edition), 8)]


def _part(review: Review, background: Background) -> dict[str, object]:
    """All that the page shows of one scenario."""
    scenario = review.scenario
    ways = routes(scenario)
    return {
        "scenario": scenario,
        "edition": _eights(review.edition),
        "shared": _eights(background.edition),
        "map": Markup(svg(scenario)),  # noqa: S704 - drawn from a template that escapes every value
        "roles": [ROLES[role] for role in scenario.roles],
        "skills": background.skills,
        "sources": background.sources,
        "variables": list(_variables(scenario)),
        "when": partial(in_words, variables=scenario.variables),
        "effects": partial(effects_in_words, variables=scenario.variables),
        "leads": partial(leads, scenario),
        "laws": _laws(scenario, background.nations),
        "letters": LETTERS,
        "marks": MARKS,
        "signs": SIGNS,
        "whole": ways.whole,
        "count": len(ways.found),
        "sound": sum(route.defensible for route in ways.found),
        "reading": _reading(ways.found) if ways.found else None,
        "groups": [_group(ways, ending) for ending in scenario.endings],
        "rules": _rules(review.findings, background.rules),
        "broken": len(review.findings),
        "authored": [_authored(rule) for rule in scenario.rules],
        "prompts": review.prompts,
        "checklist": review.checklist,
    }


def _variables(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is remembered, and how it begins."""
    for name, variable in scenario.variables.items():
        span = (
            "yes or no" if (variable.low, variable.high) == (0, 1) else f"{variable.low} to {variable.high}"
        )
        yield spoken(name), f"{span}, beginning with {value(variable.start, variable)}"


def _laws(scenario: Scenario, nations: Mapping[Nation, NationHelp]) -> dict[str, dict[str, Law]]:
    """The legal sentences that the scenario names: by key, then by nation."""
    keys = dict.fromkeys(option.law for scene in scenario.scenes for option in scene.options if option.law)
    return {key: {NATIONS[nation]: help_.law[key] for nation, help_ in nations.items()} for key in keys}


def _reading(found: Sequence[Route]) -> dict[str, object]:
    """The shortest and the longest way, in words and minutes."""
    counts = [route.words for route in found]
    return {
        "shortest": min(counts),
        "longest": max(counts),
        "quick": minutes(min(counts)),
        "slow": minutes(max(counts)),
    }


def _group(ways: Routes, ending: Ending) -> dict[str, object]:
    """The ways that come to one ending, and how many of them have no choice that is weaker."""
    found = ways.to(ending)
    return {
        "ending": ending,
        "ways": found,
        "sound": sum(route.defensible for route in found),
        "reading": _reading(found) if found else None,
    }


def _authored(rule: PathRule) -> str:
    """A rule of the author's, in words."""
    if rule.after is None:
        return f"Every way to an ending meets “{rule.tag}”."
    return f"“{rule.tag}” is never met after “{rule.after}”."


def _rules(findings: Sequence[Finding], rules: Mapping[str, str]) -> list[tuple[str, str, list[Finding]]]:
    """Every rule, known or found, with what it asks and what breaks it."""
    names = dict.fromkeys([*rules, *(finding.rule for finding in findings)])
    return [
        (name, rules.get(name, ""), [finding for finding in findings if finding.rule == name])
        for name in names
    ]
