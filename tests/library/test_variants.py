"""Files of variants: read as values, and every fault told with its line, its rule and what to do."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.core.ids import OptionId, SkillId
from bot.core.proofs.rules import RULES
from bot.core.proofs.variants import FEWEST_VARIANTS, VARIANT_RULES
from bot.core.scenario import Rating, Resource, Role, Scenario, YoungPerson
from bot.core.variant import Variant, VariantOption
from bot.library.faults import Fault
from bot.library.linking import Known
from bot.library.remarks import Remark, Severity
from bot.library.rules import FILE_RULES, WORD_RULES
from bot.library.variant_authoring import WrittenVariantOption
from bot.library.variants import check_variant_files, check_variants
from bot.library.words import read_phrases
from tests.core.stories import STORY
from tests.library.authors import Author

R1 = "variants/r1.yaml"
E1 = "variants/e1.yaml"
KNOWN = Known({"R1", "E1"}, {"PAPER", "GUIDE"}, {"reporting"})
SHIPPED = Path(__file__).parents[2] / "content"
PHRASES = read_phrases(SHIPPED / "words.yaml")


def looked_at(
    known: Known = KNOWN, *, scenarios: Sequence[Scenario] = (), complete: bool = False
) -> tuple[tuple[Variant, ...], list[Fault]]:
    """What a check of the author's folder says."""
    return check_variants(Path("content"), known, PHRASES, scenarios=scenarios, complete=complete)


def told(known: Known = KNOWN, *, scenarios: Sequence[Scenario] = (), complete: bool = False) -> list[str]:
    """Its faults as `file:line: what [rule]`, without the suggestions."""
    faults = looked_at(known, scenarios=scenarios, complete=complete)[1]
    return sorted(f"{fault.file}:{fault.line}: {fault.what} [{fault.rule}]" for fault in faults)


def prompts() -> list[Remark]:
    """What a reviewer is asked about the author's folder."""
    found: list[Remark] = []
    check_variants(Path("content"), KNOWN, PHRASES, remarks=found)
    return found


def for_another_skill(author: Author) -> str:
    """The same variants once more, for E1."""
    text = (author.folder / R1).read_text()
    return text.replace("skill: R1", "skill: E1").replace("id: r1-", "id: e1-")


def test_a_sound_file_has_no_fault_and_asks_a_reviewer_nothing(author: Author) -> None:
    assert told() == []
    assert prompts() == []


def test_what_an_author_writes_becomes_values(author: Author) -> None:
    author.edit(
        R1,
        "draws_on: [value]\n        thinks: Gone,",
        "draws_on: [value]\n        law: reporting\n        thinks: Gone,",
    )
    author.edit(
        R1,
        "voice: workable\n        because: >-\n          It is warm",
        "voice: workable\n        keeps_quiet: yes\n        because: >-\n          It is warm",
    )
    shelter, library, ward = looked_at()[0]
    assert (shelter.id, shelter.skill, shelter.title, shelter.setting) == (
        "r1-bus-shelter",
        "R1",
        "Twenty to five",
        "a bus shelter",
    )
    assert shelter.roles == (Role.YOUTH_WORK, Role.SOCIAL_WORK)
    about = "Knits in public, and dares anybody to mention it."
    assert shelter.young_person == YoungPerson("Tamsin", 15, "she/her", about)
    assert shelter.text.startswith("Tamsin said that she would meet you here at four. At twenty")
    assert shelter.says == "I thought you’d be gone. And I don’t want to talk, by the way."
    assert shelter.question == "Which small promise did you keep this week, and who noticed?"
    assert [one.id for one in shelter.options] == ["how-are-things", "here-till-five", "know-where"]
    assert shelter.strongest == shelter.option(OptionId("here-till-five"))
    assert shelter.options[2] == VariantOption(
        id=OptionId("know-where"),
        text="“No problem. You know where I am if you change your mind.” Go early, so that nobody is late.",
        protects=Rating.WORKABLE,
        voice=Rating.WORKABLE,
        because=(
            "It respects her no, and it leaves the door open. But the next step is all hers, and for somebody who "
            "thought that you would be gone, going early says that she was right."
        ),
        draws_on=(Resource.VALUE,),
        thinks="Gone, then. Like I said.",
        law="reporting",
    )
    assert shelter.options[1].sources == ("PAPER",)
    assert library.young_person == YoungPerson("Idris", 13, "he/him", "")
    assert [one.keeps_quiet for one in ward.options] == [False, True, False, False]


def test_variants_are_kept_whole_in_the_compiled_shelf(author: Author) -> None:
    variants = looked_at()[0]
    kept = TypeAdapter(tuple[Variant, ...])
    assert kept.validate_json(kept.dump_json(variants)) == variants


def test_without_a_folder_of_variants_nothing_is_wrong(author: Author) -> None:
    (author.folder / R1).rename(author.folder / "r1.txt")
    assert looked_at() == ((), [])
    (author.folder / "variants").rmdir()
    assert looked_at() == ((), [])


def test_before_a_release_every_skill_needs_its_file(author: Author) -> None:
    missing = "content/variants/e1.yaml:1: the skill E1 has no variants yet. [no-variants]"
    assert told() == []
    assert told(complete=True) == [missing]
    (author.folder / E1).write_text(for_another_skill(author))
    assert told(complete=True) == []
    assert [variant.skill for variant in looked_at()[0]] == ["E1"] * 3 + ["R1"] * 3


BOTH = "        protects: stronger\n        voice: stronger\n        because: >-\n          A small"


@pytest.mark.parametrize(
    ("old", "new", "words", "what"),
    [
        ("skill: R1", "skill: R2", "skill:", "'R2' is not a skill. Did you mean 'R1'? [name]"),
        ("skill: R1", "skill: r1", "skill:", "'r1' is not a skill. Did you mean 'R1'? [name]"),
        (
            "skill: R1",
            "skill: E1",
            "skill:",
            "the skill is 'E1', but the file is 'r1.yaml'. [skill-file]",
        ),
        (
            "id: r1-library",
            "id: library",
            "id: library",
            "the id of a variant of R1 begins with 'r1-'; here is 'library'. [variant-id]",
        ),
        (
            "id: r1-library",
            "id: r1-bus-shelter",
            "- id: r1-bus-shelter\n    title: The third",
            "'r1-bus-shelter' is the id of another variant already, at content/variants/r1.yaml:3. [id]",
        ),
        (
            "id: another-note",
            "id: ten-minutes",
            "id: ten-minutes\n        text: >-\n          Smile",
            "'ten-minutes' is the id of another option of 'r1-library' already. [id]",
        ),
        ("[PAPER]", "[PAPERS]", "[PAPERS]", "'PAPERS' is not a source. Did you mean 'PAPER'? [name]"),
        (
            "thinks: Ten. ",
            "law: report\n        thinks: Ten. ",
            "law:",
            "'report' is not a legal sentence. Did you mean 'reporting'? [name]",
        ),
        (
            BOTH,
            BOTH.replace("voice: stronger", "voice: workable"),
            "options:",
            "exactly one option must be stronger on both rights; here is none. [one-strongest]",
        ),
        (
            "protects: weaker\n        voice: workable",
            "protects: workable\n        voice: workable\n        keeps_quiet: yes",
            "protects: workable\n        voice: workable\n        keeps_quiet",
            "'every-day' keeps quiet, so it must be rated weaker on protects. [quiet-is-weaker]",
        ),
        (
            "name: Idris",
            "name: Wren",
            "name: Wren, age: 16",
            "the name 'Wren' is that of 'r1-library' already, for the same skill. [name-repeats]",
        ),
        (
            "setting: a school library",
            "setting: The bus shelter",
            "setting: The bus",
            "the setting 'The bus shelter' is that of 'r1-bus-shelter' already, for the same skill. [setting-repeats]",
        ),
        (
            "title: The third no",
            "title: twenty to five",
            "title: twenty",
            "the title 'twenty to five' is that of 'r1-bus-shelter' already, for the same skill. [title-repeats]",
        ),
        (
            "thinks: You won’t, though.",
            "thinks: Told you I’m streetwise.",
            "thinks: Told you",
            "“streetwise” stands in the young person's own words, where it blames them. [blame-own-words]",
        ),
        (
            "question: Which promise of yours was too large",
            "question: Which streetwise promise was too large",
            "question: Which streetwise",
            "“streetwise” puts the blame on a child, in the bot's own voice. [blame]",
        ),
        (
            "You name what it was like and",
            f"You name {'what it was and ' * 6}",
            "because: >-\n          You name",
            "a sentence has 42 words, from “You name what it …”; at most 35 read well. [long-sentence]",
        ),
        (
            "title: The third no",
            f"title: {'no ' * 14}",
            "title: no",
            "'title' has 41 characters; at most 40 fit. [form]",
        ),
        (
            "Twice this term",
            f"{'Often. ' * 20}Twice this term",
            "text: >-\n      Often",
            "'text' has 313 characters; at most 300 fit. [form]",
        ),
        (
            "thinks: You won’t, though.",
            "thinks: You won’t, though.\n        goes: home",
            "goes:",
            f"'goes' is not known here. Known here: {', '.join(WrittenVariantOption.model_fields)}. [form]",
        ),
        ("age: 13", "age: 9", "age: 9", "'age' is 9; it must be at least 10. [form]"),
        (
            "roles: [education, health]",
            "roles: [education, healthy]",
            "healthy",
            f"an entry of 'roles' must be one of {', '.join(Role)}; here is 'healthy'. Did you mean 'health'? [form]",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_its_rule(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(R1, old, new)
    text = (author.folder / R1).read_text()
    line = text[: text.index(words)].count("\n") + 1
    assert told() == [f"content/{R1}:{line}: {what}"]
    assert looked_at()[0] == ()


def test_a_fault_says_what_to_do(author: Author) -> None:
    author.edit(R1, BOTH, BOTH.replace("voice: stronger", "voice: workable"))
    [fault] = looked_at()[1]
    assert fault.suggestion == VARIANT_RULES["one-strongest"].mend
    assert str(fault).endswith(f"here is none. {fault.suggestion} [one-strongest]")


def test_no_rule_about_variants_has_the_name_of_another() -> None:
    assert set(VARIANT_RULES) & {*FILE_RULES, *RULES, *WORD_RULES} == set()


def test_two_variants_are_too_few_for_a_skill(author: Author) -> None:
    text = (author.folder / R1).read_text()
    (author.folder / R1).write_text(text[: text.index("  - id: r1-ward")])
    assert told() == [
        f"content/{R1}:2: 'variants' has 2; at least {FEWEST_VARIANTS} are needed. [three-variants]"
    ]


def test_one_option_alone_that_can_be_defended_is_no_decision(author: Author) -> None:
    author.edit(
        R1,
        "stronger\n        because: >-\n          He can take",
        "weaker\n        because: >-\n          He can take",
    )
    line = author.line(R1, "id: hello-on-tuesdays") - 1
    what = "at least two options must be ones that can be defended: weaker neither on protects nor on voice."
    assert told() == [f"content/{R1}:{line}: {what} [two-to-defend]"]


def test_a_whole_file_of_options_rated_alike_is_told_for_each_variant(author: Author) -> None:
    text = (author.folder / R1).read_text()
    (author.folder / R1).write_text(
        text.replace(": stronger\n", ": workable\n").replace(": weaker\n", ": workable\n")
    )
    alike = "every option is rated alike, so there is nothing to weigh. [all-alike]"
    lines = [at for at, line in enumerate(text.splitlines(), 1) if line == "    options:"]
    assert told() == sorted(f"content/{R1}:{at}: {alike}" for at in lines)


def test_a_variant_that_takes_longer_than_a_minute_is_told(author: Author) -> None:
    author.edit(R1, "Your next meeting", f"{'So. ' * 25}Your next meeting")
    author.edit(R1, "says: I thought", f"says: {'No. ' * 36}I thought")
    author.edit(R1, "“I’ve waited forty", f"{'Oh. ' * 10}“I’ve waited forty")
    author.edit(R1, "“No problem.", f"{'Oh. ' * 10}“No problem.")
    line = author.line(R1, "Tamsin said that she would") - 1
    what = "this decision has 200 words to read, its options with them; at most 200 fit a minute."
    assert told() == []
    author.edit(R1, "“No problem.", "Oh. “No problem.")
    assert told() == [f"content/{R1}:{line}: {what.replace('200 words', '201 words')} [one-minute]"]


def test_a_screen_too_hard_to_read_is_told(author: Author) -> None:
    hard = "Multidisciplinary organisations necessitate accountability. "
    author.edit(R1, "says: It’s fine. People say stuff.", f"says: {hard * 3}")
    author.edit(R1, "with a dead phone and a shrug.", hard * 2)
    author.edit(R1, "“Sorry. It’s late, I know.”", hard)
    line = author.line(R1, "After lunch, you said") - 1
    [fault] = told()
    assert fault.startswith(f"content/{R1}:{line}: this screen asks for a reading age of ")
    assert fault.endswith("[reading-age]")


def test_a_reviewer_is_asked_about_what_is_challenged_and_what_reads_heavily(author: Author) -> None:
    author.edit(
        R1, "thinks: You won’t, though.", "challenges: [streetwise]\n        thinks: Call me streetwise."
    )
    author.edit(
        R1,
        "question: Which small promise did you keep",
        f"question: Which promise {'or hope ' * 11}did you keep",
    )
    assert told() == []
    assert [(one.rule, one.line) for one in sorted(prompts())] == [
        ("long-sentence", author.line(R1, "question: Which promise or")),
        ("blame-challenged", author.line(R1, "Call me streetwise")),
    ]
    assert {one.severity for one in prompts()} == {Severity.PROMPT}


def test_a_young_person_of_a_scenario_for_the_same_skill_is_told(author: Author) -> None:
    author.edit(R1, "name: Idris", "name: Robin")
    what = "'Robin' is the young person of the scenario 'story', which trains R1 too. [name-of-scenario]"
    assert told(scenarios=[STORY]) == [f"content/{R1}:{author.line(R1, 'name: Robin')}: {what}"]
    assert told(scenarios=[replace(STORY, skills=(SkillId("E1"),))]) == []


def test_an_id_is_unique_over_all_files(author: Author) -> None:
    (author.folder / E1).write_text(for_another_skill(author).replace("id: e1-ward", "id: r1-ward"))
    at, first = author.line(E1, "id: r1-ward"), f"content/{E1}:{author.line(E1, 'id: r1-ward')}"
    assert told() == [
        f"content/{E1}:{at}: the id of a variant of E1 begins with 'e1-'; here is 'r1-ward'. [variant-id]",
        f"content/{R1}:{at}: 'r1-ward' is the id of another variant already, at {first}. [id]",
    ]


@pytest.mark.parametrize("name", ["R1.yaml", "r1.yml", "stick-around.yaml"])
def test_a_file_is_named_after_its_skill(author: Author, name: str) -> None:
    (author.folder / R1).rename(author.folder / "variants" / name)
    what = f"the skill is 'R1', but the file is '{name}'. [skill-file]"
    assert told() == [f"content/variants/{name}:1: {what}"]


def test_over_all_files_place_and_length_betray_nothing(author: Author) -> None:
    skills = [f"R{number}" for number in range(1, 9)]
    known = Known(skills, KNOWN.sources, KNOWN.laws)

    def copied() -> None:
        text = (author.folder / R1).read_text()
        for skill in skills[1:]:
            written = text.replace("skill: R1", f"skill: {skill}").replace("id: r1-", f"id: {skill.lower()}-")
            (author.folder / f"variants/{skill.lower()}.yaml").write_text(written)

    copied()
    assert told(known) == []
    author.edit(R1, "Who’s winning?”", "Who’s winning, you or the other you? Don’t tell me.”")
    copied()
    variants, [fault] = looked_at(known)
    assert len(variants) == 24
    assert str(fault) == (
        "content/variants:1: the strongest option is the longest in 16 of 24 variants; at most 50% may. "
        f"{VARIANT_RULES['variant-length-betrays'].mend} [variant-length-betrays]"
    )
    files = (author.folder / "variants").iterdir()
    assert check_variant_files(files, known, PHRASES) == (variants, [])
    author.edit(R1, "skill: R1", "skill: R9")
    assert told(known) == [f"content/{R1}:1: 'R9' is not a skill. Did you mean 'R1'? [name]"]


def test_all_faults_of_all_files_are_told_at_once(author: Author) -> None:
    (author.folder / E1).write_text("skill: E1\nvariants:\n- x\n- id: e1-a\n  title: [\n")
    author.edit(R1, "    title: The third no\n", "")
    author.edit(R1, "        protects: weaker\n", "        protect: weaker\n")
    author.edit(R1, "name: Idris", "name: Tamsin")
    author.edit(R1, "[PAPER]", "[PAPR]")
    author.edit(
        R1,
        "voice: workable\n        because: >-\n          It respects",
        "voice: weaker\n        because: >-\n          It respects",
    )
    found = [fault.rpartition(" [")[2] for fault in told()]
    assert sorted(found) == ["form]", "form]", "name-repeats]", "name]", "two-to-defend]", "yaml]"]


VOICE = "voice: stronger\n        because: >-\n          He can take it"


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param({"skill: R1": "skill: 1"}, id="the skill"),
        pytest.param({"id: r1-library": "id: R1 Library"}, id="an id"),
        pytest.param({"id: r1-library": "id: 1", "id: r1-ward": "id: 2"}, id="two ids"),
        pytest.param({"id: ten-minutes": "id: 1", "id: another-note": "id: 2"}, id="two options' ids"),
        pytest.param({"name: Idris": "name: 1", "name: Wren": "name: 2"}, id="two names"),
        pytest.param({"setting: a bus": "setting: 1 #", "setting: a school": "setting: 2 #"}, id="settings"),
        pytest.param({"title: Twenty to five": "title: 1", "title: The third no": "title: 2"}, id="two titles"),
        pytest.param({"[PAPER]": "[1]"}, id="a source"),
        pytest.param({"thinks: Ten. We": "law: 1\n        thinks: Ten. We"}, id="a legal sentence"),
        pytest.param(
            {f"workable\n        {VOICE}": f"fair\n        {VOICE}"},
            id="a rating, which may be any",
        ),
    ],
)  # fmt: skip
def test_nothing_is_held_against_what_could_not_be_read(author: Author, edits: dict[str, str]) -> None:
    for old, new in edits.items():
        author.edit(R1, old, new)
    assert [fault.rpartition(" ")[2] for fault in told()] == ["[form]"] * len(edits)


def test_a_file_without_a_list_of_variants_is_one_fault(author: Author) -> None:
    (author.folder / R1).write_text("skill: R1\nvariants: none\n")
    [fault] = told()
    assert fault.startswith(f"content/{R1}:2: 'variants' must be a list")


def test_while_skills_sources_and_laws_cannot_be_read_nothing_is_held_against_them(author: Author) -> None:
    author.edit(R1, "skill: R1", "skill: X9")
    author.edit(R1, "[PAPER]", "[PAPR]")
    assert all("[skill-file]" in fault for fault in told(Known(None, None, None), complete=True))
