"""Words: blame and its mark, what reviewers are asked, how hard and how long a screen is to read."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.core.debrief import debrief
from bot.core.run import Run, Taken, stand
from bot.core.scenario import Ending, Nation, Scenario
from bot.library import sizes
from bot.library.authoring import WrittenScenario
from bot.library.compiling import compiled
from bot.library.faults import Faults
from bot.library.reading import (
    HARD_AGE,
    HARD_WORDS,
    SOFT_AGE,
    SOFT_WORDS,
    reading_age,
    reading_remarks,
    sentences,
    syllables,
    words,
)
from bot.library.remarks import Remark, Severity, as_json
from bot.library.sizes import HARD_SCREEN, MAX_TEXT, SOFT_SCREEN, Render, size_remarks, units
from bot.library.source import Source, parse, read
from bot.library.wording import checked
from bot.library.words import (
    Lexicon,
    blame_in_own_voice,
    blame_remarks,
    prompt_remarks,
    read_phrases,
    read_questions,
)
from bot.tg import screen, screens
from tests.library.authors import STORY, Author
from tests.shipped import several, shipped

CONTENT = Path(__file__).parents[2] / "content"
PHRASES = read_phrases(CONTENT / "words.yaml")
QUESTIONS = read_questions(CONTENT / "prompts.yaml")
SHIPPED = sorted(CONTENT.glob("scenarios/*/scenario.yaml"))

of_each = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)


def _source(text: str) -> Source:
    return parse(text.encode(), "it.yaml")


def _told(text: str) -> list[tuple[int, str, Severity]]:
    return [(remark.line, remark.rule, remark.severity) for remark in blame_remarks(_source(text), PHRASES)]


FAULT, PROMPT = Severity.FAULT, Severity.PROMPT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is streetwise, they say.", ["streetwise"]),
        ("He is “streetwise”, they say.", []),
        ("She won’t engage. She won't engage.", ["won’t engage", "won't engage"]),
        ("PUTTING HERSELF\n  AT RISK", ["PUTTING HERSELF AT RISK"]),
        ("Streetwisely, and unstreetwise.", []),
        ("An attention-seeking attention seeker, attention – seeking.", ["attention-seeking", "attention seeker"]),
        ("Hard‑to‑reach, hard-to reach, hardtoreach.", ["Hard‑to‑reach", "hard-to reach"]),
        ("“Lucky lad,” says Dean. A lucky lad?", ["lucky lad"]),
        ("“He is streetwise” and “lucky” lad", []),
        ("Online friends of an online friend", ["Online friends", "online friend"]),
        ("it is putting-herself-at-risk.", ["putting-herself-at-risk"]),
        ("", []),
    ],
)  # fmt: skip
def test_blame_is_found_whole_in_any_spelling_and_outside_speech(text: str, found: list[str]) -> None:
    assert blame_in_own_voice(text, PHRASES) == found


def test_a_phrase_in_the_bots_own_voice_is_a_fault_with_the_better_wording() -> None:
    source = _source(
        "scenes:\n  - id: door\n    title: Door\n    text: >-\n      She is\n      street-wise.\n"
    )
    assert blame_remarks(source, PHRASES) == [
        Remark(
            file="it.yaml",
            line=4,
            rule="blame",
            what="“street-wise” puts the blame on a child, in the bot's own voice.",
            suggestion="Better: Has had to cope alone; or, say the age and the adult-sized problems.",
            severity=FAULT,
        )
    ]


@pytest.mark.parametrize("field", ["says", "thinks", "afterwards"])
def test_the_young_persons_own_words_about_themselves_are_kept_where_they_are_marked(field: str) -> None:
    part = f"endings:\n  - id: door\n    {field}: I’m streetwise, me.\n"
    [remark] = blame_remarks(_source(part), PHRASES)
    assert (remark.line, remark.rule, remark.severity) == (3, "blame-own-words", FAULT)
    assert "challenges: [streetwise] in 'door'" in remark.suggestion
    assert _told(f"{part}    challenges: [streetwise]\n") == [(3, "blame-challenged", PROMPT)]


def test_what_somebody_says_is_kept_where_it_is_marked() -> None:
    part = "scenes:\n  - id: door\n    text: Dean grins. “Lucky lad!”\n"
    [remark] = blame_remarks(_source(part), PHRASES)
    assert (remark.line, remark.rule, remark.severity) == (3, "blame-spoken", FAULT)
    assert remark.suggestion == (
        "If it stands there to be challenged, write challenges: [lucky lad] in 'door'. "
        "Better: He is a child, and this is abuse."
    )
    assert _told(f"{part}    challenges: [Lucky-Lad]\n") == [(3, "blame-challenged", PROMPT)]


def test_a_mark_is_no_leave_for_the_bots_own_voice() -> None:
    part = (
        "scenes:\n  - id: door\n    text: A lucky lad. “Lucky lad,” says Dean.\n    challenges: [lucky lad]\n"
    )
    assert _told(part) == [(3, "blame", FAULT), (3, "blame-challenged", PROMPT)]


OPTION = (
    "scenes:\n  - id: door\n{scene}    options:\n      - id: say\n"
    "        text: Say “You need to tell me.”\n        voice: {voice}\n{option}"
)
MARK = "challenges: [you need to tell me]\n"


@pytest.mark.parametrize(
    ("scene", "option", "told"),
    [
        ("", "", [(5, "blame-spoken", FAULT)]),
        ("", f"        {MARK}", [(5, "blame-challenged", PROMPT)]),
        (f"    {MARK}", "", [(6, "blame-challenged", PROMPT)]),
    ],
)
def test_a_mark_holds_for_its_part_and_all_inside_it(scene: str, option: str, told: list[object]) -> None:
    assert _told(OPTION.format(scene=scene, option=option, voice="weaker")) == told


def test_a_mark_on_one_option_does_not_hold_for_the_next() -> None:
    part = OPTION.format(scene="", option=f"        {MARK}", voice="weaker")
    other = "      - id: other\n        text: Say “You need to tell me.”\n"
    assert _told(part + other) == [(5, "blame-challenged", PROMPT), (9, "blame-spoken", FAULT)]


def test_an_option_whose_words_blame_is_never_stronger_on_voice() -> None:
    part = OPTION.format(scene="", option=f"        {MARK}", voice="stronger")
    assert _told(part) == [(5, "blame-rewarded", FAULT)]


def test_a_mark_for_what_nobody_says_is_a_fault() -> None:
    part = (
        "scenes:\n  - id: door\n    text: Nothing.\n    challenges:\n      - streetwise\n      - streetwize\n"
    )
    remarks = blame_remarks(_source(part), PHRASES)
    assert [(remark.line, remark.rule, remark.severity) for remark in remarks] == [
        (5, "mark-idle", FAULT),
        (6, "mark-idle", FAULT),
    ]
    assert remarks[0].what == "“streetwise” is marked to be challenged, but nobody says it here."
    assert remarks[1].suggestion == "Take it out of 'challenges'. Did you mean 'streetwise'?"


def test_names_and_ids_are_no_sentences() -> None:
    assert _told("id: streetwise\nskills: [streetwise]\nscenes:\n  - goes: streetwise\n") == []


@pytest.mark.parametrize("text", ["law:\n  a: {text: A lucky lad.}\n", "skills:\n  - line: A lucky lad.\n"])
def test_what_a_name_stands_for_is_read_where_it_is_written(text: str) -> None:
    assert [rule for _, rule, _ in _told(text)] == ["blame"]


@pytest.mark.parametrize(
    "path", [*sorted(CONTENT.glob("help/*.yaml")), CONTENT / "skills.yaml"], ids=lambda path: path.stem
)
def test_no_shipped_help_and_no_skill_blames_a_child(path: Path) -> None:
    assert blame_remarks(read(path), PHRASES) == []


@of_each
def test_no_shipped_scenario_blames_a_child(path: Path) -> None:
    """Where such words stand, they stand to be challenged: a reviewer's checklist says whether they are."""
    assert {remark.rule for remark in blame_remarks(read(path), PHRASES)} <= {"blame-challenged"}


def test_every_phrase_has_one_advice() -> None:
    assert len(PHRASES.phrases) > 200
    assert all(advice.startswith("Better: ") for _, advice in PHRASES.phrases.values())


@pytest.mark.parametrize("reading", [read_phrases, read_questions])
def test_a_list_of_words_of_another_shape_is_refused(
    tmp_path: Path, reading: Callable[[Path], Lexicon]
) -> None:
    (tmp_path / "words.yaml").write_text("phrases: no\nprompts: no\n")
    with pytest.raises(Faults):
        reading(tmp_path / "words.yaml")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("“He kissed me,” she says.", "sexual-detail"),
        ("He gave her a phone.", "technique"),
        ("Two Polish men, she says.", "identity-clue"),
        ("A white man in a van.", "identity-clue"),
    ],
)
def test_banned_matter_is_a_question_to_the_reviewer_whoever_speaks(text: str, rule: str) -> None:
    source = _source(f"a: 1\ntext: {text}\n")
    [remark] = prompt_remarks(source, QUESTIONS)
    assert (remark.line, remark.rule, remark.severity) == (2, rule, PROMPT)
    assert "?" in remark.suggestion


def test_harmless_words_ask_nothing() -> None:
    text = "Three boxes stay white. Polish the shoes. A black coffee, a lift to the station, and she is grounded."
    assert prompt_remarks(_source(f"text: {text}\n"), QUESTIONS) == []


def test_the_shelf_asks_its_reviewers_a_handful_of_questions() -> None:
    """A list that is answered with a shrug is not read; each of these is worth a look."""
    asked = [remark.rule for path in SHIPPED for remark in prompt_remarks(read(path), QUESTIONS)]
    assert len(asked) <= 3 * len(SHIPPED)


def test_remarks_are_for_machines_too_in_the_order_of_their_places() -> None:
    text = "endings:\n  - id: a\n    text: He is streetwise.\nscenes:\n  - id: b\n    text: Promiscuous.\n"
    found = json.loads(as_json(reversed(blame_remarks(_source(text), PHRASES))))
    assert [set(remark) for remark in found] == [
        {"file", "line", "rule", "what", "suggestion", "severity"}
    ] * 2
    assert [(remark["file"], remark["line"], remark["severity"]) for remark in found] == [
        ("it.yaml", 3, "fault"),
        ("it.yaml", 6, "fault"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("“Fine?” she says. “Fine.” He nods.", ["“Fine?” she says.", "“Fine.", "He nods."]),
        ("No end\n\nhere", ["No end", "here"]),
        ("At 4.30 p.m. on Friday", ["At 4.30 p.m. on Friday"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_words_hold_their_hyphens_and_apostrophes() -> None:
    assert words("Nan’s out-of-hours team: 999, isn't it?") == [
        *("Nan’s", "out-of-hours", "team", "999", "isn't", "it")
    ]


@pytest.mark.parametrize(("word", "count"), [("a", 1), ("police", 2), ("Protection", 3), ("safeguarding", 3)])
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


EASY = "She has the key. He has the cup. They sit on the step. " * 4
HARD = (
    "Multidisciplinary safeguarding arrangements necessitate proportionate information-sharing considerations. "
    * 6
)


def test_a_reading_age_tells_a_primer_from_a_policy() -> None:
    easy, hard = reading_age(EASY), reading_age(HARD)
    assert easy is not None
    assert hard is not None
    assert easy < SOFT_AGE < HARD_AGE < hard


def test_a_short_text_has_no_reading_age() -> None:
    assert reading_age("Multidisciplinary safeguarding arrangements.") is None


@pytest.mark.parametrize("count", [SOFT_WORDS, SOFT_WORDS + 1, HARD_WORDS, HARD_WORDS + 1])
def test_a_long_sentence_is_asked_about_and_a_very_long_one_is_a_fault(author: Author, count: int) -> None:
    author.edit(STORY, "The last bus has gone.", f"{'So ' * (count - 1)}on.")
    found = [remark for remark in _reading(author) if remark.rule == "long-sentence"]
    severities = {SOFT_WORDS: [], SOFT_WORDS + 1: [PROMPT], HARD_WORDS: [PROMPT], HARD_WORDS + 1: [FAULT]}
    assert [remark.severity for remark in found] == severities[count]
    assert all(f"has {count} words, from “So So So So …”" in remark.what for remark in found)


def test_a_screen_that_reads_like_a_policy_is_a_fault(author: Author) -> None:
    author.edit(
        STORY, "The last bus has gone.", " ".join(["Multidisciplinary considerations necessitate."] * 8)
    )
    found = [remark for remark in _reading(author) if remark.rule == "reading-age"]
    assert [remark.severity for remark in found] == [FAULT]


def test_reading_asks_nothing_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts the syllables has its dictionary on the disk; some libraries fetch theirs when first asked."""
    reached: list[str] = []
    watching = True

    def hook(event: str, _: tuple[object, ...]) -> None:
        if watching and event.startswith(("socket.", "urllib.")):
            reached.append(event)

    sys.addaudithook(hook)
    syllables.cache_clear()
    assert reading_age(EASY) is not None
    watching = False
    assert reached == []


def _written(path: Path) -> tuple[WrittenScenario, Source]:
    source = read(path)
    written, faults = checked(source, WrittenScenario)
    assert written is not None, faults
    return written, source


def _reading(author: Author) -> list[Remark]:
    return reading_remarks(*_written(author.folder / STORY))


@of_each
def test_every_shipped_screen_reads_well(path: Path) -> None:
    found = reading_remarks(*_written(path))
    assert [str(remark) for remark in found if remark.severity is FAULT] == []
    assert [str(remark) for remark in found if remark.rule == "reading-age"] == []


SHELF = shipped()


def _bots(scenario: Scenario) -> Render:
    """The bot's own screens, as read, in every nation."""
    edition = SHELF.editions[scenario.id]

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        run = Run(scenario.id, edition, 1, taps)
        for nation in Nation:
            view = screens.View(SHELF, nation)
            yield "turn", screen.plain(screens.here(view, scenario, run).text)
            if isinstance(stand(scenario, run).at, Ending):
                found = debrief(scenario, run)
                assert found is not None
                reply = screens.debriefed(view, scenario, run, found, due="in about three weeks")
                yield from (("debrief", screen.plain(sent.text)) for sent in reply.send)

    return render


@pytest.mark.parametrize("path", [CONTENT / "scenarios" / one.id / "scenario.yaml" for one in several()])
def test_every_shipped_screen_fits_a_phone_and_telegram_as_the_bot_renders_it(path: Path) -> None:
    written, source = _written(path)
    scenario = SHELF.scenarios[compiled(written).id]
    seen: list[int] = []

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        for name, text in _bots(scenario)(taps):
            seen.append(units(text))
            yield name, text

    assert size_remarks(scenario, written, source, render=render) == []
    assert len(seen) > 150
    assert 1500 < max(seen) < SOFT_SCREEN


@pytest.mark.parametrize("text", ["a", "é", "🚨", "👩‍👧", "“…”", "a\n\nb"])
def test_length_is_counted_as_telegram_and_the_bot_count_it(text: str) -> None:
    assert units(text) == screen.units(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("turn", SOFT_SCREEN, []),
        ("turn", SOFT_SCREEN + 1, [("screen-length", PROMPT)]),
        ("turn", HARD_SCREEN + 1, [("screen-length", FAULT)]),
        ("turn", MAX_TEXT + 1, [("telegram-limit", FAULT)]),
        ("debrief", MAX_TEXT, []),
        ("debrief", MAX_TEXT + 1, [("telegram-limit", FAULT)]),
    ],
)
def test_the_longest_look_of_each_place_is_told_with_the_taps_that_show_it(
    author: Author, name: str, size: int, told: list[tuple[str, Severity]]
) -> None:
    written, source = _written(author.folder / STORY)
    scenario = compiled(written)
    at_ending: set[str] = set()

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        at = stand(scenario, Run(scenario.id, SHELF.editions[next(iter(SHELF.scenarios))], 1, taps)).at
        if isinstance(at, Ending):
            at_ending.add(at.id)
            yield name, "x" * size
        yield name, "x"

    found = size_remarks(scenario, written, source, render=render)
    assert at_ending == {ending.id for ending in scenario.endings}
    assert [(remark.rule, remark.severity) for remark in found] == told * len(scenario.endings)
    assert all("Shown by: " in remark.what for remark in found)
    lines = {source.line(("endings", at, "text")) for at in range(len(scenario.endings))}
    assert {remark.line for remark in found} == (lines if told else set())


def test_situations_beyond_the_limit_are_not_passed_over_in_silence(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, source = _written(author.folder / STORY)
    monkeypatch.setattr(sizes, "MOST_SITUATIONS", 2)
    found = size_remarks(compiled(written), written, source, render=lambda _: [("turn", "x")])
    assert [(remark.line, remark.rule, remark.severity) for remark in found] == [
        (source.line(("variables",)), "screens-unseen", PROMPT)
    ]


def test_every_way_that_a_screen_can_look_is_rendered(author: Author) -> None:
    """Each option before it, with each set of echoes: all that any run may come to."""
    written, source = _written(author.folder / STORY)
    scenario = compiled(written)
    rendered: set[tuple[Taken, ...]] = set()

    def render(taps: tuple[Taken, ...]) -> Iterator[tuple[str, str]]:
        rendered.add(taps)
        yield "turn", "x"

    assert size_remarks(scenario, written, source, render=render) == []
    assert () in rendered
    last = {taps[-1] for taps in rendered if taps}
    assert last == {Taken(scene.id, option.id) for scene in scenario.scenes for option in scene.options}
