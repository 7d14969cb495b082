"""Variants: each leaves one decision of a minute, no two of a skill look alike, and nothing betrays the answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import OptionId, ScenarioId, SkillId
from bot.core.proofs.balance import FEWEST
from bot.core.proofs.variants import (
    MOST_WORDS,
    VARIANT_RULES,
    VariantFinding,
    decision_findings,
    screen_words,
    surface_findings,
    tell_findings,
    variant_findings,
)
from bot.core.scenario import Rating, Resource, Role, Scenario, YoungPerson
from bot.core.variant import Variant, VariantId, VariantOption
from tests.core.stories import STORY, K, S, W

R1, E1 = SkillId("R1"), SkillId("E1")


def option(id: str, protects: Rating, voice: Rating, **more: Any) -> VariantOption:
    """An option; all of them have texts of one length."""
    return VariantOption(
        id=OptionId(id),
        text=more.pop("text", f"{id:-<12}"),
        protects=protects,
        voice=voice,
        because=f"because of {id}",
        draws_on=(Resource.VALUE,),
        thinks=f"{id} is thought of",
        **more,
    )


def variant(id: str, name: str, *options: VariantOption, **more: Any) -> Variant:
    """A variant of R1 with these options, or with three sound ones; title and setting are made from its id."""
    return Variant(
        id=VariantId(id),
        skill=more.pop("skill", R1),
        title=more.pop("title", f"{id} title"),
        setting=more.pop("setting", f"the {id}"),
        roles=(Role.HEALTH,),
        young_person=YoungPerson(name, 14, "they/them", ""),
        text=more.pop("text", "What you see."),
        options=options or (option("wait", W, W), option("stay", S, S), option("go", K, K)),
        question="What next?",
        **more,
    )


SHELTER, LIBRARY, WARD = (
    variant("r1-shelter", "Tamsin"),
    variant("r1-library", "Idris"),
    variant("r1-ward", "Wren", skill=E1),
)


def rules(found: Iterable[VariantFinding]) -> list[str]:
    return [finding.rule for finding in found]


def decided(*options: VariantOption) -> list[str]:
    """What is found in one variant with these options."""
    return rules(decision_findings([variant("r1-shelter", "Tamsin", *options)]))


def test_sound_variants_have_no_finding() -> None:
    assert variant_findings([SHELTER, LIBRARY, WARD], [STORY]) == []


@pytest.mark.parametrize(
    ("ratings", "found"),
    [
        ([(S, S), (W, W), (K, K)], []),
        ([(S, S), (S, W), (W, S), (K, S)], []),
        ([(S, W), (W, S), (K, K)], ["one-strongest"]),
        ([(S, S), (S, S), (K, K)], ["one-strongest"]),
        ([(S, S), (S, K), (K, S)], ["two-to-defend"]),
        ([(S, K), (K, S), (K, K)], ["one-strongest", "two-to-defend"]),
        ([(S, S), (S, S), (S, S)], ["all-alike"]),
        ([(W, W), (W, W), (W, W), (W, W)], ["all-alike"]),
        ([(K, W), (K, W), (K, W)], ["all-alike", "two-to-defend"]),
    ],
)
def test_a_variant_leaves_one_decision(ratings: Sequence[tuple[Rating, Rating]], found: list[str]) -> None:
    assert decided(*(option(f"option-{at}", *rated) for at, rated in enumerate(ratings))) == found


def test_which_options_are_both_stronger_is_told() -> None:
    two = variant("r1-shelter", "Tamsin", option("stay", S, S), option("ring", S, S), option("go", W, W))
    [finding] = decision_findings([SHELTER, two])
    assert (finding.at, finding.part) == (1, ("options",))
    assert "here are 'stay', 'ring'" in finding.what


@pytest.mark.parametrize("options", [3, 4])
def test_whatever_the_ratings_the_stronger_of_a_sound_decision_beats_every_other(options: int) -> None:
    """Then "stronger" means something: on neither right is another better, and on one of them it is worse."""
    worth, sound = {K: 0, W: 1, S: 2}, 0
    for ratings in product(product(Rating, repeat=2), repeat=options):
        one = variant("r1-shelter", "Tamsin", *(option(f"o-{at}", *both) for at, both in enumerate(ratings)))
        if not decided(*one.options):
            best = one.strongest
            assert best is not None
            for other in one.options:
                gains = worth[best.protects] - worth[other.protects], worth[best.voice] - worth[other.voice]
                assert other is best or (min(gains) >= 0 and max(gains) > 0)
            assert len([other for other in one.options if other.defensible]) >= 2
            sound += 1
    assert sound


@pytest.mark.parametrize(("protects", "found"), [(S, True), (W, True), (K, False)])
def test_keeping_quiet_is_never_rated_well(protects: Rating, found: bool) -> None:
    quiet = option("quiet", protects, W, keeps_quiet=True)
    findings = list(
        decision_findings([variant("r1-shelter", "Tamsin", option("say", S, S), option("ask", W, W), quiet)])
    )
    assert rules(findings) == (["quiet-is-weaker"] if found else [])
    assert [finding.part for finding in findings] == ([("options", 2, "protects")] if found else [])


def test_the_answer_is_sound_where_neither_right_is_weaker() -> None:
    assert [one.defensible for one in SHELTER.options] == [True, True, False]
    assert SHELTER.option(OptionId("go")) == option("go", K, K)
    assert SHELTER.option(OptionId("stop")) is None


def test_a_variant_is_read_within_a_minute_options_and_all() -> None:
    longest = replace(SHELTER, text="word " * (MOST_WORDS - screen_words(SHELTER) + 3))
    assert screen_words(longest) == MOST_WORDS
    assert variant_findings([longest], []) == []
    for longer in (
        replace(longest, says="Hm."),
        replace(longest, setting="the r1-shelter outside"),
        replace(longest, options=(*longest.options, option("a b", W, W))),
    ):
        [finding] = variant_findings([LIBRARY, longer], [])
        assert (finding.rule, finding.at, finding.part) == ("one-minute", 1, ("text",))
        assert f"{screen_words(longer)} words" in finding.what


@pytest.mark.parametrize(
    ("rule", "part", "changes"),
    [
        (
            "name-repeats",
            ("young_person", "name"),
            {"young_person": YoungPerson("TAMSIN", 17, "he/him", "x")},
        ),
        ("title-repeats", ("title",), {"title": "R1-shelter  Title"}),
        ("setting-repeats", ("setting",), {"setting": "A r1-shelter."}),
        ("setting-repeats", ("setting",), {"setting": "R1-shelter"}),
    ],
)
def test_the_surface_never_repeats_within_a_skill(
    rule: str, part: tuple[str, ...], changes: dict[str, Any]
) -> None:
    second = replace(LIBRARY, **changes)
    [finding] = surface_findings([WARD, SHELTER, second], [])
    assert (finding.rule, finding.at, finding.part) == (rule, 2, part)
    assert "'r1-shelter'" in finding.what
    assert rules(surface_findings([SHELTER, replace(second, skill=E1)], [])) == []


def test_a_young_person_of_a_scenario_that_trains_the_skill_does_not_come_back() -> None:
    robin = replace(LIBRARY, young_person=YoungPerson("robin", 17, "he/him", ""))
    [finding] = surface_findings([SHELTER, robin], [STORY])
    assert (finding.rule, finding.at, finding.part) == ("name-of-scenario", 1, ("young_person", "name"))
    assert "'story'" in finding.what
    other: Scenario = replace(STORY, id=ScenarioId("other"), skills=(E1,))
    assert rules(surface_findings([robin], [other])) == []
    assert rules(surface_findings([replace(robin, skill=E1)], [STORY, other])) == ["name-of-scenario"]


names = st.sampled_from(["Ada", "ada ", "Bo", "Cy", "The Cy", "Dee"])


@given(st.lists(st.tuples(names, names, names, st.sampled_from([R1, E1])), max_size=8))
def test_without_those_that_are_told_nothing_repeats(drawn: list[tuple[str, str, str, SkillId]]) -> None:
    variants = [
        variant(f"r1-{at}", name, title=title, setting=setting, skill=skill)
        for at, (name, title, setting, skill) in enumerate(drawn)
    ]
    told = {finding.at for finding in surface_findings(variants, [])}
    left = [one for at, one in enumerate(variants) if at not in told]
    assert 0 not in told
    assert list(surface_findings(left, [])) == []
    for surfaces in (
        [(one.skill, one.young_person.name.strip().lower()) for one in left],
        [(one.skill, one.title.strip().lower()) for one in left],
        [(one.skill, one.setting.strip().lower()) for one in left],
    ):
        assert len(set(surfaces)) == len(surfaces)


def placed(at: int, text: str = "stay--------") -> Variant:
    """A variant whose strongest option stands at this place, with this text."""
    others = [option("wait", W, W), option("card", W, S), option("go", K, K)]
    return variant(
        "r1-shelter", "Tamsin", *others[:at], option("stay", S, S, text=text), *others[at:], says="Hm."
    )


def many(count: int, *made: Variant) -> list[Variant]:
    """So many variants: these, again and again."""
    return [made[at % len(made)] for at in range(count)]


SHORT, LONG = "stay", "stay for as long as it takes"


@pytest.mark.parametrize(
    ("variants", "found"),
    [
        pytest.param(many(FEWEST, *map(placed, range(4))), {"variant-length-betrays"}, id="all as long"),
        pytest.param(
            many(FEWEST, *(placed(at, text) for at, text in enumerate((SHORT, LONG, SHORT, LONG)))),
            set(),
            id="spread",
        ),
        pytest.param(
            many(FEWEST, placed(0, SHORT), placed(0, LONG)), {"variant-place-betrays"}, id="always the first"
        ),
        pytest.param(
            many(FEWEST, placed(3, SHORT), placed(1, LONG)),
            {"variant-place-betrays"},
            id="half at each of two",
        ),
        pytest.param(
            many(FEWEST, *(placed(at, LONG) for at in range(4))), {"variant-length-betrays"}, id="longest"
        ),
        pytest.param(
            many(FEWEST, *(placed(at, SHORT) for at in range(4))), {"variant-length-betrays"}, id="shortest"
        ),
        pytest.param(many(FEWEST - 1, placed(0, LONG)), set(), id="too few to tell"),
    ],
)
def test_the_strongest_option_is_betrayed_neither_by_place_nor_by_length(
    variants: list[Variant], found: set[str]
) -> None:
    assert set(rules(tell_findings(variants))) == found


def test_variants_without_one_strongest_tell_nothing_of_place_and_length() -> None:
    none = variant("r1-shelter", "Tamsin", option("stay", S, W), option("ask", W, S), option("go", K, K))
    spread = many(FEWEST, *(placed(at, text) for at, text in enumerate((SHORT, LONG, SHORT, LONG))))
    assert none.strongest is None
    assert list(tell_findings([*spread, *many(50, none)])) == []
    assert rules(tell_findings([*many(FEWEST, placed(0, SHORT), placed(0, LONG)), *many(50, none)])) == [
        "variant-place-betrays"
    ]


def test_a_betrayal_belongs_to_no_one_variant_and_says_how_often() -> None:
    place, longest = tell_findings(many(FEWEST, placed(2, LONG)))
    assert (place.at, longest.at) == (None, None)
    assert f"at C in {FEWEST} of {FEWEST} variants" in place.what
    assert f"the longest in {FEWEST} of {FEWEST}" in longest.what


def test_every_rule_says_what_it_asks_and_how_to_mend_it() -> None:
    for name, rule in VARIANT_RULES.items():
        assert re.fullmatch("[a-z]+(-[a-z]+)+", name)
        assert rule.asks.endswith(".")
        assert rule.mend.endswith(".")
