"""The review beside a scenario: 33 items, each once, and two signatures that nobody has made up."""

from pathlib import Path

import pytest

from bot.library.checklist import ITEMS, read_checklist
from bot.library.faults import Faults

SCENARIOS = sorted((Path(__file__).parents[2] / "content" / "scenarios").iterdir())
FILE = "checklist.yaml"


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_each_shipped_review_answers_every_item_and_is_not_signed_by_the_project(folder: Path) -> None:
    written = read_checklist(folder / FILE)
    assert sorted(item.item for item in written.items) == list(range(1, ITEMS + 1))
    assert written.sign_off.safeguarding_lead.name is None
    assert written.sign_off.practitioner.name is None


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "scenario: s02-promise",
            "scenario: s03-promise",
            ":1: this is the checklist of 's03-promise', but the folder is 's02-promise'.",
        ),
        ("- item: 2\n", "- item: 1\n", "the item 1 stands here a second time."),
        ("- item: 2\n", "- item: 1\n", "the item 2 is missing; a review answers all 33."),
        ("- item: 33\n", "- item: 34\n", "'item' is 34; it must be at most 33."),
        (
            "answer: partly",
            "answer: perhaps",
            "'answer' must be one of yes, no, partly, open; here is 'perhaps'.",
        ),
        ("next_review: null", "next: null", "'next' is not known here."),
    ],
)
def test_what_is_wrong_with_a_review_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    text = next(folder for folder in SCENARIOS if folder.name == "s02-promise").joinpath(FILE).read_text()
    assert old in text
    folder = tmp_path / "s02-promise"
    folder.mkdir()
    (folder / FILE).write_text(text.replace(old, new, 1))
    with pytest.raises(Faults) as told:
        read_checklist(folder / FILE)
    assert [fault for fault in told.value.faults if what in f":{fault.line}: {fault.what}"]
