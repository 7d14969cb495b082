"""What lies beside the stories for people: a review of each scenario, and the words to avoid."""

import pytest

from tests.library.authors import Author

CHECKLIST = "scenarios/last-bus/checklist.yaml"
ITEM = "  - item: 7\n    asks: Is the question 7 answered?\n    stops: no\n    answer: no\n    note: It is.\n"
DAY = "a day is written as 2026-11-23"
SIGNED = "{name: null, role: null, date: null, version: null}"


@pytest.mark.parametrize(
    ("old", "new", "words", "what"),
    [
        (
            "scenario: last-bus",
            "scenario: first-bus",
            "scenario:",
            "this is the checklist of 'first-bus', but the folder is 'last-bus'.",
        ),
        ("scenario: last-bus\n", "", "review:", "'scenario' is missing."),
        ("review: project", "review:", "review:", "'review' is empty."),
        ("review: project", "review: ''", "review:", "'review' is empty."),
        (
            "reviewed_on: 2026-11-23",
            "reviewed_on: November",
            "reviewed_on:",
            f"'reviewed_on': {DAY}; here is 'November'.",
        ),
        (ITEM, "", "items:", "the item 7 is missing; a review answers all 33."),
        (
            ITEM,
            ITEM.replace("item: 7", "item: 6"),
            "- item: 6\n    asks: Is the question 7",
            "the item 6 stands here a second time.",
        ),
        (ITEM, ITEM.replace("item: 7", "item: 34"), "- item: 34", "'item' is 34; it must be at most 33."),
        (ITEM, ITEM.replace("item: 7", "item: 0"), "- item: 0", "'item' is 0; it must be at least 1."),
        (ITEM, ITEM.replace("    answer: no\n", ""), "- item: 7", "'answer' is missing under 'items'."),
        (
            ITEM,
            ITEM.replace("answer: no", "answer:"),
            "answer:\n",
            "'answer' is empty.",
        ),
        (
            ITEM,
            ITEM.replace("answer: no", "answer: opne"),
            "answer: opne",
            "'answer' must be one of yes, no, partly, open; here is 'opne'. Did you mean 'open'?",
        ),
        (ITEM, ITEM.replace("note: It is.", "note:"), "note:\n", "'note' is empty."),
        (ITEM, ITEM.replace("stops", "stop"), "stop:", "'stop' is not known here. Did you mean 'stops'?"),
        (
            ITEM,
            ITEM.replace("stops: no", "stops: maybe"),
            "stops: maybe",
            "'stops' must be yes or no; here is 'maybe'.",
        ),
        (f"practitioner: {SIGNED}", "practitioner: Jo", "practitioner:", None),
        (
            f"practitioner: {SIGNED}",
            f"practitioner: {SIGNED.replace('version: null', 'version: 2')}",
            "practitioner:",
            "'version' must be text; put it in quotation marks.",
        ),
        ("next_review: null", "next_review: soon", "next_review:", f"'next_review': {DAY}; here is 'soon'."),
        ("items:\n", "items: {\n", "items:", None),
    ],
)
def test_a_fault_in_a_review_is_told_with_its_line(
    author: Author, old: str, new: str, words: str, what: str | None
) -> None:
    author.edit(CHECKLIST, old, new)
    line = (author.folder / CHECKLIST).read_text().partition(words)[0].count("\n") + 1
    told = author.told()
    assert all(fault.startswith(f"content/{CHECKLIST}:") for fault in told)
    if what is None:
        assert len(told) == 1
    else:
        assert f"content/{CHECKLIST}:{line}: {what}" in told


def test_every_item_that_is_missing_is_named_in_one_fault(author: Author) -> None:
    path = author.folder / CHECKLIST
    text = path.read_text()
    path.write_text(text[: text.index("  - item: 3\n")] + text[text.index("  - item: 32\n") :])
    missing = ", ".join(map(str, range(3, 32)))
    assert author.told() == [
        f"content/{CHECKLIST}:4: the items {missing} are missing; a review answers all 33."
    ]


def test_no_item_is_missed_while_a_number_cannot_be_read(author: Author) -> None:
    author.edit(CHECKLIST, "item: 7\n", "item: seven\n")
    line = author.line(CHECKLIST, "item: seven")
    assert author.told() == [f"content/{CHECKLIST}:{line}: 'item' must be a whole number; here is 'seven'."]


def test_each_scenario_brings_its_review(author: Author) -> None:
    (author.folder / CHECKLIST).unlink()
    assert author.told() == [f"content/{CHECKLIST}:1: this file is missing."]


@pytest.mark.parametrize("answer", ["yes", "no", "partly", "open"])
def test_an_answer_is_one_of_four_words(author: Author, answer: str) -> None:
    author.edit(CHECKLIST, ITEM, ITEM.replace("answer: no", f"answer: {answer}"))
    assert author.told() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("phrases:", "phrases: [", 1, None),
        ("phrases:", "phrase:", 1, "'phrase' is not known here. Did you mean 'phrases'?"),
        ("    basis: general\n", "", 2, "'basis' is missing under 'phrases'."),
        ("better: Say", "better: [Say]\n    # Say", 3, "'better' must be text; here is a list."),
        ("avoid: [he missed it again, always late]", "avoid: []", 2, "'avoid' is empty."),
    ],
)
def test_a_fault_in_the_words_to_avoid_is_told_with_its_line(
    author: Author, old: str, new: str, line: int, what: str | None
) -> None:
    author.edit("words.yaml", old, new)
    told = author.told()
    assert all(fault.startswith("content/words.yaml:") for fault in told)
    assert told
    assert what is None or f"content/words.yaml:{line}: {what}" in told


def test_words_that_are_missing_are_told(author: Author) -> None:
    (author.folder / "words.yaml").unlink()
    assert author.told() == ["content/words.yaml:1: this file is missing."]
