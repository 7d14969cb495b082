"""What must be true before people use it: numbers and law checked lately, reviews, variants; and who has to sign."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.scenario import Nation
from bot.library.faults import Faults
from bot.library.release import LASTS, awaiting, release_faults, unsigned
from bot.library.rules import EVERY_RULE
from bot.library.shelf import compile_shelf
from tests.library.authors import Author, Check
from tests.library.test_variants import E1, for_another_skill

CONTENT = Path("content")
CHECKED = date(2026, 11, 23)
WALES = "help/wales.yaml"
REVIEW = "scenarios/last-bus/checklist.yaml"
NUMBER = "    sources: [PAPER, GUIDE, PAPER]\n    read: 2026-11\n"


def told(today: date = CHECKED) -> list[str]:
    """What stops a release on this day, as `file:line: what [rule]`, without the suggestions."""
    faults = Faults(release_faults(CONTENT, today=today)).faults
    return [f"{fault.file}:{fault.line}: {fault.what} [{fault.rule}]" for fault in faults]


@pytest.fixture
def ready(author: Author) -> Author:
    """An author whose content could be released on the day on which it was checked."""
    for nation in Nation:
        path = author.folder / "help" / f"{nation}.yaml"
        text = path.read_text()
        assert text.count("checked_on: null\nurgent") == 1
        path.write_text(text.replace("checked_on: null\nurgent", f"checked_on: {CHECKED}\nurgent"))
    (author.folder / E1).write_text(for_another_skill(author))
    return author


def test_what_was_checked_reviewed_and_has_its_variants_can_be_released(ready: Author) -> None:
    assert told() == []


def test_a_number_and_a_legal_sentence_that_were_never_checked_are_told(ready: Author) -> None:
    ready.edit(WALES, f"{NUMBER}    checked_on: 2026-11-23", f"{NUMBER}    checked_on: null")
    ready.edit(WALES, "checked_on: 2026-11-23\nurgent", "checked_on: null\nurgent")
    assert told() == [
        f"content/{WALES}:7: the legal sentence 'reporting' has not been checked live. [checked]",
        f"content/{WALES}:32: the contact 'emergency' has not been checked live. [checked]",
    ]


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (-1, f"was checked on {CHECKED}, a day to come."),
        (0, None),
        (LASTS, None),
        (LASTS + 1, f"was checked {LASTS + 1} days ago; at most {LASTS} are allowed."),
    ],
)
def test_a_check_holds_for_sixty_days_from_its_own(ready: Author, days: int, what: str | None) -> None:
    assert LASTS == 60
    expected = [
        f"content/help/{nation}.yaml:{line}: {entry} {what} [checked]"
        for nation in sorted(Nation)
        for line, entry in ((7, "the legal sentence 'reporting'"), (32, "the contact 'emergency'"))
    ]
    assert told(CHECKED + timedelta(days)) == (expected if what else [])


def test_a_check_on_a_day_that_never_was_is_none(ready: Author) -> None:
    ready.edit(WALES, f"{NUMBER}    checked_on: 2026-11-23", f"{NUMBER}    checked_on: 2026-02-30")
    assert told() == [
        f"content/{WALES}:32: the contact 'emergency' was checked on 2026-02-30, which is no day. [checked]"
    ]


def test_whoever_is_only_named_needs_no_check_until_a_number_stands_there(ready: Author) -> None:
    assert told() == []
    ready.edit(WALES, "number: null", 'number: "0800"')
    assert told() == [f"content/{WALES}:40: the contact 'social_care' has not been checked live. [checked]"]


@pytest.mark.parametrize(
    ("stops", "answer", "stopped"),
    [
        ("yes", "no", True),
        ("yes", "partly", False),
        ("yes", "open", False),
        ("yes", "yes", False),
        ("no", "no", False),
    ],
)
def test_a_no_stops_a_release_where_the_review_says_that_it_does(
    ready: Author, stops: str, answer: str, *, stopped: bool
) -> None:
    asks = "asks: Is the question 2 answered?"
    ready.edit(
        REVIEW,
        f"{asks}\n    stops: yes\n    answer: yes",
        f"{asks}\n    stops: {stops}\n    answer: {answer}",
    )
    no = f"content/{REVIEW}:13: the review answers 'no' to item 2: Is the question 2 answered? [review-no]"
    assert told() == ([no] if stopped else [])


def test_a_review_that_is_missing_stops_a_release(ready: Author) -> None:
    (ready.folder / REVIEW).unlink()
    assert told() == [f"content/{REVIEW}:1: this file is missing. [yaml]"]


def test_every_skill_needs_its_variants(ready: Author) -> None:
    (ready.folder / E1).unlink()
    assert told() == ["content/variants/e1.yaml:1: the skill E1 has no variants yet. [no-variants]"]


def test_what_one_file_hides_is_no_reason_to_pass_over_the_others(ready: Author) -> None:
    (ready.folder / "help/england.yaml").write_text("nation: [\n")
    ready.edit(WALES, "checked_on: 2026-11-23\nurgent", "checked_on: soon\nurgent")
    (ready.folder / "skills.yaml").unlink()
    ready.edit(REVIEW, "- item: 1\n", "- item: one\n")
    scotland = "content/help/scotland.yaml"
    assert [line for line in told(CHECKED + timedelta(61)) if WALES in line or scotland in line] == [
        f"{scotland}:7: the legal sentence 'reporting' was checked 61 days ago; at most 60 are allowed. [checked]",
        f"{scotland}:32: the contact 'emergency' was checked 61 days ago; at most 60 are allowed. [checked]",
        f"content/{WALES}:32: the contact 'emergency' was checked 61 days ago; at most 60 are allowed. [checked]",
    ]


def test_every_fault_says_what_mends_it(author: Author) -> None:
    faults = release_faults(CONTENT, today=CHECKED)
    assert {fault.rule for fault in faults} == {"checked", "no-variants"}
    assert all(fault.suggestion == EVERY_RULE[fault.rule].mend for fault in faults)


# Sign-off

LEAD = "safeguarding_lead: {name: null, date: null, version: null}"
PRACTITIONER = "practitioner: {name: null, role: null, date: null, version: null}"


def test_a_scenario_awaits_sign_off_until_two_have_put_their_names_to_it(ready: Author) -> None:
    def waits() -> bool:
        waiting = [(one.file, one.line, one.what) for one in awaiting(CONTENT)]
        line = ready.line(REVIEW, "sign_off:")
        assert waiting in ([], [(f"content/{REVIEW}", line, "awaiting local sign-off.")])
        assert unsigned(CONTENT) == compile_shelf(CONTENT).unsigned == ("last-bus",) * len(waiting)
        return bool(waiting)

    assert waits()
    ready.edit(REVIEW, LEAD, LEAD.replace("name: null", "name: A. Lead"))
    assert waits()
    ready.edit(REVIEW, PRACTITIONER, PRACTITIONER.replace("name: null", "name: ' '"))
    assert waits()
    ready.edit(REVIEW, "name: ' '", "name: A. Practitioner")
    assert not waits()


# The command


def on_this_day(author: Author) -> None:
    """As `ready`, but checked today: the command looks at the clock."""
    today = datetime.now(UTC).date().isoformat()
    for nation in Nation:
        path = author.folder / "help" / f"{nation}.yaml"
        path.write_text(path.read_text().replace(f"checked_on: {CHECKED}", f"checked_on: {today}"))


def test_the_command_tells_who_has_to_sign_and_that_is_no_fault(ready: Author, check: Check) -> None:
    on_this_day(ready)
    line = ready.line(REVIEW, "sign_off:")
    waiting = f"content/{REVIEW}:{line}: awaiting local sign-off."
    sound = "All sound: 1 scenario, 6 variants, 2 skills, 4 nations."
    code, out, _ = check("content", "--release")
    assert (code, sorted(out.splitlines())) == (0, sorted([sound, waiting]))
    assert "awaiting" not in check("content")[1]


def test_the_command_fails_on_an_old_contact_and_an_ordinary_check_does_not(
    ready: Author, check: Check
) -> None:
    on_this_day(ready)
    old = (datetime.now(UTC).date() - timedelta(LASTS + 1)).isoformat()
    today = datetime.now(UTC).date().isoformat()
    ready.edit(WALES, f"{NUMBER}    checked_on: {today}", f"{NUMBER}    checked_on: {old}")
    code, out, err = check("content", "--release")
    assert (code, err) == (1, "\n1 fault.\n")
    assert out.startswith(f"content/{WALES}:32: the contact 'emergency' was checked ")
    assert check("content")[0] == 0
    assert check(f"content/{REVIEW}", "--release")[0] == 0, "only what is named is told"


def test_for_machines_what_awaits_sign_off_stands_among_the_prompts(ready: Author, check: Check) -> None:
    on_this_day(ready)
    code, out, _ = check("content", "--release", "--json")
    assert (code, out.count('"sign-off"'), out.count('"severity": "fault"')) == (0, 1, 0)


def test_an_ordinary_check_asks_nothing_of_the_clock(ready: Author, check: Check) -> None:
    ready.edit(WALES, f"{NUMBER}    checked_on: 2026-11-23", f"{NUMBER}    checked_on: 1999-01-01")
    assert check("content")[0] == 0
