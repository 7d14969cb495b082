"""What must be true of variants: each is a decision of one minute, and no two of a skill look alike on the surface.

What stays when skill and surface come apart is what is learnt; so a variant never repeats a name, a place or a title.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.ids import SkillId
from bot.core.proofs.balance import FEWEST, MOST_AT_ONE_PLACE, MOST_LONGEST
from bot.core.proofs.rules import Rule
from bot.core.scenario import Rating, Scenario
from bot.core.variant import Variant

#: A skill returns after 3, 12 and 24 days, each time with a young person who was not met before.
FEWEST_VARIANTS: Final = 3
#: Words read in a minute: on a phone, with care, and weighing one option against another.
WORDS_A_MINUTE: Final = 200
#: Words on the screen on which the decision is made: one minute's.
MOST_WORDS: Final = WORDS_A_MINUTE
#: A setting is the same with another of these before it.
_ARTICLES: Final = ("a ", "an ", "the ", "her ", "his ", "their ", "your ")

VARIANT_RULES: Final[Mapping[str, Rule]] = {
    "three-variants": Rule(
        f"A skill that has variants has at least {FEWEST_VARIANTS} of them.",
        "Write one more, with another young person, in another place.",
    ),
    "skill-file": Rule(
        "A file of variants has the name of its skill, in small letters, and so every skill one file.",
        "Name the file after its skill, such as r1.yaml for R1.",
    ),
    "no-variants": Rule(
        "Before a release, every skill has its file of variants.",
        f"Write the file, with at least {FEWEST_VARIANTS} variants of this skill.",
    ),
    "variant-id": Rule(
        "The id of a variant begins with its skill, in small letters.",
        "Put the skill and a hyphen before it, such as r1-bus-shelter; once it is released it never changes.",
    ),
    "one-strongest": Rule(
        "Exactly one option of a variant is stronger on both rights.",
        "Let one option hold both rights, and rate the others by what they cost.",
    ),
    "two-to-defend": Rule(
        "At least two options of a variant can be defended.",
        "Rate one more of them workable on both, or rewrite it so that a good practitioner could stand behind it.",
    ),
    "all-alike": Rule(
        "The options of a variant are not all rated alike.",
        "Rate each by what it does for each right here; one of them holds both.",
    ),
    "quiet-is-weaker": Rule(
        "An option of a variant that keeps quiet is weaker on protects.",
        "Rate it 'protects: weaker', or take 'keeps_quiet' away if it does not keep quiet.",
    ),
    "one-minute": Rule(
        f"A variant is read within a minute: at most {MOST_WORDS} words, options and all.",
        "Cut what the decision does not need.",
    ),
    "name-repeats": Rule(
        "Each variant of a skill has a young person of another name.",
        "Give the young person a name that no other variant of this skill uses.",
    ),
    "name-of-scenario": Rule(
        "No variant has the name of a young person in a scenario that trains the same skill.",
        "Give the young person of the variant another name.",
    ),
    "setting-repeats": Rule(
        "Each variant of a skill is set in another place.",
        "Set it somewhere else: what repeats should be the skill, not the place.",
    ),
    "title-repeats": Rule(
        "Each variant of a skill has a title of its own.",
        "Give it another title.",
    ),
    "variant-place-betrays": Rule(
        "Over all variants, the strongest option does not stand at one place too often.",
        "Change the order of options in some variants; nothing else depends on it.",
    ),
    "variant-length-betrays": Rule(
        "Over all variants, the strongest option is neither the longest nor the shortest too often.",
        "Shorten or lengthen some of the strongest, or some of the others.",
    ),
}


@dataclass(frozen=True, slots=True)
class VariantFinding:
    """One broken rule. `at` is the place of the variant among those that were looked at, None for all together.

    `part` leads from the variant to what is told: names of fields, and places in lists.
    """

    rule: str
    what: str
    at: int | None = None
    part: tuple[str | int, ...] = ()


def variant_findings(variants: Sequence[Variant], scenarios: Iterable[Scenario]) -> list[VariantFinding]:
    """Every finding about these variants, beside these scenarios; none means that all are sound."""
    return [
        *decision_findings(variants),
        *minute_findings(variants),
        *surface_findings(variants, scenarios),
        *tell_findings(variants),
    ]


def decision_findings(variants: Sequence[Variant]) -> Iterator[VariantFinding]:
    """Every variant that leaves nothing to decide, or rates keeping quiet well."""
    for at, variant in enumerate(variants):
        ratings = {(option.protects, option.voice) for option in variant.options}
        both = [option.id for option in variant.options if option.holds_both]
        if len(ratings) == 1:
            what = "every option is rated alike, so there is nothing to weigh."
            yield VariantFinding("all-alike", what, at, ("options",))
        elif len(both) != 1:
            here = f"here are {', '.join(map(repr, both))}" if both else "here is none"
            what = f"exactly one option must be stronger on both rights; {here}."
            yield VariantFinding("one-strongest", what, at, ("options",))
        if sum(option.defensible for option in variant.options) < 2:
            what = "at least two options must be ones that can be defended: weaker neither on protects nor on voice."
            yield VariantFinding("two-to-defend", what, at, ("options",))
        for number, option in enumerate(variant.options):
            if option.keeps_quiet and option.protects is not Rating.WEAKER:
                what = f"'{option.id}' keeps quiet, so it must be rated weaker on protects."
                yield VariantFinding("quiet-is-weaker", what, at, ("options", number, "protects"))


def screen_words(variant: Variant) -> int:
    """How many words stand on the screen on which the decision is made."""
    texts = (variant.title, variant.setting, variant.text, variant.says or "")
    return sum(len(text.split()) for text in (*texts, *(option.text for option in variant.options)))


def minute_findings(variants: Sequence[Variant]) -> Iterator[VariantFinding]:
    """Every variant that cannot be read within a minute."""
    for at, variant in enumerate(variants):
        count = screen_words(variant)
        if count > MOST_WORDS:
            what = f"this decision has {count} words to read, its options with them; at most {MOST_WORDS} fit a minute."
            yield VariantFinding("one-minute", what, at, ("text",))


#: A part of the surface of a variant: its fields, from the variant on.
Surface = tuple[str, ...]

#: Whose it is, where, and under which title: what it is there, and the name of its rule.
SURFACES: Final[Mapping[Surface, tuple[Callable[[Variant], str], str]]] = {
    ("young_person", "name"): (lambda variant: variant.young_person.name, "name-repeats"),
    ("setting",): (lambda variant: variant.setting, "setting-repeats"),
    ("title",): (lambda variant: variant.title, "title-repeats"),
}


def surface_findings(
    variants: Sequence[Variant], scenarios: Iterable[Scenario], *, parts: Iterable[Surface] = SURFACES
) -> Iterator[VariantFinding]:
    """Every name, setting and title that a skill uses a second time; told at the second of the two.

    `parts` of `SURFACES` may be left out.
    """
    for part in parts:
        yield from _repeats(variants, part)
        if part[-1] == "name":
            yield from _names_of_scenarios(variants, scenarios)


def _repeats(variants: Sequence[Variant], part: Surface) -> Iterator[VariantFinding]:
    shown, rule = SURFACES[part]
    first: dict[tuple[SkillId, str], Variant] = {}
    for at, variant in enumerate(variants):
        surface = shown(variant)
        same = first.setdefault((variant.skill, _alike(surface)), variant)
        if same is not variant:
            what = f"the {part[-1]} '{surface}' is that of '{same.id}' already, for the same skill."
            yield VariantFinding(rule, what, at, part)


def _names_of_scenarios(
    variants: Sequence[Variant], scenarios: Iterable[Scenario]
) -> Iterator[VariantFinding]:
    taken = {
        (skill, _alike(scenario.young_person.name)): scenario
        for scenario in scenarios
        for skill in scenario.skills
    }
    for at, variant in enumerate(variants):
        name = variant.young_person.name
        scenario = taken.get((variant.skill, _alike(name)))
        if scenario is not None:
            what = f"'{name}' is the young person of the scenario '{scenario.id}', which trains {variant.skill} too."
            yield VariantFinding("name-of-scenario", what, at, ("young_person", "name"))


def _alike(surface: str) -> str:
    """The one spelling of everything that a practitioner would take for the same."""
    words = " ".join(surface.casefold().split()).rstrip(".")
    return next((words.removeprefix(word) for word in _ARTICLES if words.startswith(word)), words)


def tell_findings(variants: Iterable[Variant]) -> Iterator[VariantFinding]:
    """Every way in which all variants together betray the strongest option. It belongs to no one variant."""
    places: Counter[int] = Counter()
    longest = shortest = decisions = 0
    for variant in variants:
        best = variant.strongest
        if best is None:
            continue
        lengths = [len(option.text) for option in variant.options]
        decisions += 1
        places[variant.options.index(best)] += 1
        longest += len(best.text) == max(lengths)
        shortest += len(best.text) == min(lengths)
    if decisions < FEWEST:
        return
    for at, count in sorted(places.items()):
        if count > MOST_AT_ONE_PLACE * decisions:
            what = (
                f"the strongest option stands at {'ABCD'[at]} in {count} of {decisions} variants; "
                f"at most {MOST_AT_ONE_PLACE:.0%} may."
            )
            yield VariantFinding("variant-place-betrays", what)
    for how, count in (("longest", longest), ("shortest", shortest)):
        if count > MOST_LONGEST * decisions:
            what = (
                f"the strongest option is the {how} in {count} of {decisions} variants; "
                f"at most {MOST_LONGEST:.0%} may."
            )
            yield VariantFinding("variant-length-betrays", what)
