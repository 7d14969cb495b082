"""An author's transcripts: played as a practitioner would, and told where they no longer fit."""

import pytest

from tests.library.authors import Author

FOLDER = "scenarios/last-bus/walks"
GOOD = f"{FOLDER}/good.yaml"


@pytest.mark.parametrize(
    ("old", "new", "words", "what"),
    [
        (
            "reads: Are you going to tell?",
            "reads: Are you going home?",
            "going home",
            "these words do not stand on the screen here, at 'stop'.",
        ),
        (
            "reads: Are you going to tell?",
            "reads: Quiet is good.",
            "Quiet is good",
            "these words do not stand on the screen here, at 'stop'.",
        ),
        (
            "reads: You said so at the stop.",
            "reads: I'm ringing now",
            "I'm ringing",
            "these words do not stand on the screen here, at 'after'.",
        ),
        (
            "reads: He nods at the timetable.",
            "reads: Say nothing for a while.",
            "Say nothing",
            "these words do not stand on the screen here, at 'shelter'.",
        ),
        (
            "choose: ask-him",
            "choose: ask-her",
            "ask-her",
            "'ask-her' is not offered at 'shelter'. Did you mean 'ask-him'?",
        ),
        (
            "choose: ask-him",
            "choose: go",
            "choose: go",
            "'go' is not offered at 'shelter'. Offered: ask-him, fill-form.",
        ),
        (
            "choose: ask-him",
            "choose: wait-with-him",
            "wait-with-him",
            "'wait-with-him' is not offered at 'shelter'. Offered: ask-him, fill-form.",
        ),
        ("ends: together", "ends: safe", "ends: safe", "the walk ends at 'together', not at 'safe'."),
        (
            "  - choose: stay\n",
            "",
            "ends: together",
            "the walk still stands at 'after', not at 'together'.",
        ),
        (
            "  - ends: together\n",
            "  - ends: together\n  - choose: safe\n",
            "choose: safe",
            "the walk has reached the ending 'together'; nothing can be chosen.",
        ),
        (
            "  - choose: stay\n  - ends: together\n",
            "  - reads: It is nearly ten.\n",
            "nearly ten",
            "the walk stops at 'after', before an ending.",
        ),
        (
            "- ends: together",
            "- ends: together\n    reads: torch",
            "ends: together",
            "a step is exactly one of 'reads', 'choose' and 'ends'.",
        ),
        (
            "- ends: together",
            "- {}",
            "- {}",
            "a step is exactly one of 'reads', 'choose' and 'ends'.",
        ),
        ("- ends: together", "- end: together", "end:", "'end' is not known here. Did you mean 'ends'?"),
        ("walk: good", "walk: best", "walk:", "the walk is 'best', but the file is 'good.yaml'."),
        ("steps:", "stairs:", "walk:", "'steps' is missing."),
    ],
)
def test_a_walk_that_no_longer_fits_is_told_at_its_step(
    author: Author, old: str, new: str, words: str, what: str
) -> None:
    author.edit(GOOD, old, new)
    assert f"content/{GOOD}:{author.line(GOOD, words)}: {what}" in author.told()


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("You said so at the stop.", "Afterwards"),
        ("You said so at the stop.", "It is nearly ten."),
        ("You said so at the stop.", "The car drives off."),
        ("You said so at the stop.", "Danger now is never traded."),
        ("You said so at the stop.", "Give him a number to ring."),
        ("Are you going to tell?", "you hear it first.”"),
        ("Are you going to tell?", "The last bus has  gone."),
    ],
)
def test_everything_that_stands_on_the_screen_can_be_read(author: Author, old: str, words: str) -> None:
    author.edit(GOOD, f"reads: {old}", f"reads: {words}")
    assert author.told() == []


@pytest.mark.parametrize(
    "words", ["Two torches", "He knew who would hear.", "He stayed until she came.", "wait for this week?"]
)
def test_an_ending_is_read_like_a_scene(author: Author, words: str) -> None:
    author.edit(GOOD, "  - ends: together", f"  - reads: {words}\n  - ends: together")
    assert author.told() == []


def test_what_only_another_path_would_bring_back_is_not_on_the_screen(author: Author) -> None:
    walk = f"{FOLDER}/middling.yaml"
    author.edit(walk, "  - choose: leave-card", "  - reads: You said so at the stop.\n  - choose: leave-card")
    line = author.line(walk, "You said so")
    assert author.told() == [
        f"content/{walk}:{line}: these words do not stand on the screen here, at 'after'."
    ]


def test_a_straight_apostrophe_is_told_as_the_likely_reason(author: Author) -> None:
    walk = f"{FOLDER}/poor.yaml"
    author.edit(
        walk, "  - choose: wait", "  - reads: I'm ringing now, and you hear every word.\n  - choose: wait"
    )
    line = author.line(walk, "I'm ringing")
    what = "these words do not stand on the screen here, at 'car'. Write ’ for the apostrophe."
    assert author.told() == [f"content/{walk}:{line}: {what}"]


def test_each_scenario_brings_three_walks(author: Author) -> None:
    for name in ("good", "poor"):
        (author.folder / FOLDER / f"{name}.yaml").unlink()
    what = "this walk is missing; every scenario brings good, middling, poor."
    assert author.told() == [
        f"content/{FOLDER}/good.yaml:1: {what}",
        f"content/{FOLDER}/poor.yaml:1: {what}",
    ]


def test_further_walks_are_played_too(author: Author) -> None:
    (author.folder / FOLDER / "short.yaml").write_text(
        "walk: short\nsteps:\n  - choose: promise\n  - ends: alone\n"
    )
    (author.folder / FOLDER / "torn.yaml").write_text("walk: torn\nsteps: []\n---\n")
    assert author.told() == [
        f"content/{FOLDER}/short.yaml:4: the walk still stands at 'shelter', not at 'alone'.",
        f"content/{FOLDER}/short.yaml:4: the walk stops at 'shelter', before an ending.",
        f"content/{FOLDER}/torn.yaml:3: '---' stands here again; one file holds one thing.",
    ]
