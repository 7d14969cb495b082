"""The tables of rules: every rule that is told has its sentence, and the sentences have the numbers of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.core.proofs.paths import LONGEST, SHORTEST
from bot.core.proofs.rules import RULES
from bot.core.proofs.variants import VARIANT_RULES
from bot.library.faults import Fault
from bot.library.reading import HARD_AGE, HARD_WORDS, SOFT_AGE, SOFT_WORDS
from bot.library.rules import EVERY_RULE, FILE_RULES, RELEASE_RULES, WORD_RULES
from bot.library.sizes import HARD_SCREEN, MAX_TEXT, SOFT_SCREEN

ROOT = Path(__file__).parents[2]
#: Functions whose first argument, or whose argument `rule`, is the name of a rule.
TELLING = ("Finding", "VariantFinding", "fault", "prompt", "remark", "Fault")


def _named(path: Path) -> Iterator[str]:
    """Every rule that a module tells of by its name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in TELLING:
            continue
        given = [each.value for each in node.keywords if each.arg == "rule"]
        given += (
            node.args[:1]
            if name.endswith("Finding")
            else node.args[2:3]
            if name != "Fault"
            else node.args[3:4]
        )
        yield from (
            each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


def test_every_rule_that_is_told_has_its_sentence() -> None:
    told = {
        name
        for folder in ("bot/core/proofs", "bot/library")
        for path in (ROOT / folder).rglob("*.py")
        for name in _named(path)
        if " " not in name
    }
    assert told - set(EVERY_RULE) == set()
    assert {"dead-end", "walk", "blame", "name"} <= told


def test_no_two_tables_have_the_same_rule() -> None:
    tables = (FILE_RULES, RULES, VARIANT_RULES, WORD_RULES, RELEASE_RULES)
    assert len(EVERY_RULE) == sum(map(len, tables))


def test_every_rule_asks_and_mends_in_whole_sentences() -> None:
    for name, rule in EVERY_RULE.items():
        for sentence in (rule.asks, rule.mend):
            assert sentence[0].isupper(), name
            assert sentence.endswith("."), name


def test_the_sentences_have_the_numbers_of_the_code() -> None:
    words = {4: "four", 6: "six"}
    assert f"fewer than {words[SHORTEST]} decisions" in RULES["too-short"].asks
    assert f"more than {words[LONGEST]} decisions" in RULES["too-long"].asks
    asks = {name: rule.asks for name, rule in WORD_RULES.items()}
    assert (
        asks["long-sentence"]
        == f"A sentence has at most {SOFT_WORDS} words, and never more than {HARD_WORDS}."
    )
    assert (
        f"age of {SOFT_AGE:.0f} years or less, and never for more than {HARD_AGE:.0f}" in asks["reading-age"]
    )
    assert f"at most {SOFT_SCREEN:,} characters" in asks["screen-length"]
    assert f"never more than {HARD_SCREEN:,}" in asks["screen-length"]
    assert f"{MAX_TEXT:,} characters" in asks["telegram-limit"]


def test_of_very_many_taps_the_first_are_shown_and_how_many_there_are() -> None:
    taps = tuple(f"s{number}/o" for number in range(17))
    few = str(Fault("f", 1, "round.", "loop", "Mend it.", taps[:16]))
    assert few == "f:1: round. Shown by: " + " → ".join(taps[:16]) + ". Mend it. [loop]"
    many = str(Fault("f", 1, "round.", "loop", "Mend it.", taps))
    assert many == "f:1: round. Shown by: " + " → ".join(taps[:8]) + " → … (17 taps in all). Mend it. [loop]"


def test_a_fault_that_leaves_open_what_to_do_says_what_mends_it() -> None:
    assert str(Fault("f", 1, "it stops.", "walk")) == f"f:1: it stops. {FILE_RULES['walk'].mend} [walk]"
    assert str(Fault("f", 1, "no skill. Did you mean 'R1'?", "name")).endswith("Did you mean 'R1'? [name]")
    assert str(Fault("f", 1, "it must be at most 5.", "form")) == "f:1: it must be at most 5. [form]"
