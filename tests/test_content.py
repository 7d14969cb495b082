"""The shipped content: sound, playable, without blame in the bot's own voice, and without a tell."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.debrief import worth
from bot.core.ids import ScenarioId
from bot.core.scenario import Scenario, Scene, Skill
from bot.library.checking import check_source, reference
from bot.library.reading import SOFT_AGE, SOFT_WORDS, reading_age, sentences, words
from bot.library.remarks import Remark, Severity
from bot.library.source import read
from bot.library.walks import walk_faults
from bot.library.words import blame_in_own_voice, blame_remarks, read_phrases, read_questions, spoken_alike
from tests.shipped import shipped

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
SHELF = shipped()
SCENARIOS = list(SHELF.scenarios.values())

of_each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


def test_the_shipped_shelf_is_sound() -> None:
    """`compile_shelf` refuses anything less: shapes, names, proofs over every state, and each walk replayed."""
    assert len(SHELF.scenarios) == len(list((CONTENT / "scenarios").iterdir()))
    assert len(SHELF.skills) == 23
    assert len(SHELF.help) == 4


def test_the_example_for_authors_is_as_sound_as_what_is_shipped() -> None:
    folder = CONTENT / "example"
    known, *_ = reference(CONTENT)
    phrases = read_phrases(CONTENT / "words.yaml")
    remarks: list[Remark] = []
    scenario, faults = check_source(
        read(folder / "scenario.yaml"), known, id="example", phrases=phrases, remarks=remarks
    )
    assert (faults, remarks) == ([], [])
    walks = sorted((folder / "walks").glob("*.yaml"))
    assert [walk.stem for walk in walks] == ["good", "middling", "poor"]
    assert [fault for walk in walks for fault in walk_faults(scenario, walk)] == []


@pytest.mark.parametrize(
    "walk", sorted(CONTENT.glob("scenarios/*/walks/*.yaml")), ids=lambda walk: f"{walk.parts[-3]}/{walk.stem}"
)
def test_each_walk_replays(walk: Path) -> None:
    assert walk_faults(SHELF.scenarios[ScenarioId(walk.parts[-3])], walk) == []


PHRASES = read_phrases(CONTENT / "words.yaml")
QUESTIONS = read_questions(CONTENT / "prompts.yaml")
_MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize(
    "path", sorted(CONTENT.glob("scenarios/*/scenario.yaml")), ids=lambda path: path.parent.name
)
def test_no_scenario_blames_a_child(path: Path) -> None:
    """Not in the bot's own voice, and in a character's mouth only where it is marked to be challenged."""
    blaming = [remark for remark in blame_remarks(read(path), PHRASES) if remark.severity is Severity.FAULT]
    assert blaming == []


def _texts(value: Any) -> Iterator[str]:
    """Every text that a value holds, however deep."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def test_help_and_skills_blame_nobody() -> None:
    texts = [*_texts(SHELF.help), *_texts(SHELF.skills)]
    assert len(texts) > 200
    assert [found for text in texts for found in blame_in_own_voice(text, PHRASES)] == []


@pytest.mark.parametrize("skill", SHELF.skills.values(), ids=lambda skill: skill.id)
def test_each_skill_is_explained_in_some_eighty_words_that_read_easily(skill: Skill) -> None:
    assert 60 <= len(words(skill.about)) <= 85
    assert (reading_age(skill.about) or 0) <= SOFT_AGE
    assert max(len(words(sentence)) for sentence in sentences(skill.about)) <= SOFT_WORDS
    assert skill.say[0] + skill.say[-1] == "“”"
    assert not re.search(r"""["'`<>*_#]|https?:| - |\.\.\.""", skill.about + skill.say)


def test_no_two_skills_are_explained_alike() -> None:
    skills = SHELF.skills.values()
    for field in ("name", "line", "about", "say"):
        assert len({getattr(skill, field) for skill in skills}) == len(skills)


@pytest.mark.parametrize("path", sorted((ROOT / "bot/tg/texts").glob("*.j2")), ids=lambda path: path.name)
def test_no_screen_blames_anybody(path: Path) -> None:
    assert blame_in_own_voice(_MARKUP.sub(" ", path.read_text()), PHRASES) == []


def test_the_list_of_words_says_what_to_write_instead() -> None:
    listed = yaml.safe_load((CONTENT / "words.yaml").read_text())["phrases"]
    avoided = [phrase.lower() for entry in listed for phrase in entry["avoid"]]
    assert len(avoided) == len(set(avoided))
    for entry in listed:
        for phrase in entry["avoid"]:
            assert PHRASES.phrases[spoken_alike(phrase)] == ("blame", f"Better: {entry['better']}")


def test_each_question_to_a_reviewer_has_words_of_its_own() -> None:
    listed = yaml.safe_load((CONTENT / "prompts.yaml").read_text())["prompts"]
    words = [spoken_alike(word) for entry in listed for word in entry["words"]]
    assert len(words) == len(set(words)) == len(QUESTIONS.phrases)
    assert all("?" in entry["ask"] for entry in listed)


@of_each
def test_texts_are_plain_with_curly_quotation_marks(scenario: Scenario) -> None:
    for text in (text for text in _texts(scenario) if " " in text):
        assert not re.search(r"""["'`<>*_#]|https?:|www\.| - |\.\.\.""", text), text
        assert text.count("“") == text.count("”"), text


def _decisions() -> list[Scene]:
    return [scene for scenario in SCENARIOS for scene in scenario.scenes]


def test_no_letter_holds_the_best_option_in_more_than_half_of_the_decisions() -> None:
    places: Counter[str] = Counter()
    for scene in _decisions():
        most = max(map(worth, scene.options))
        places.update(
            letter for letter, option in zip("ABCD", scene.options, strict=False) if worth(option) == most
        )
    assert max(places.values()) <= len(_decisions()) / 2, places


def test_the_longest_option_is_the_best_in_at_most_three_of_five_decisions() -> None:
    best = [
        scene
        for scene in _decisions()
        if worth(max(scene.options, key=lambda option: len(option.text))) == max(map(worth, scene.options))
    ]
    assert len(best) <= 0.6 * len(_decisions()), f"{len(best)} of {len(_decisions())}"


@of_each
def test_what_a_because_leans_on_is_a_source_with_an_address(scenario: Scenario) -> None:
    sources = yaml.safe_load((CONTENT / "sources.yaml").read_text())["sources"]
    named = {key for scene in scenario.scenes for option in scene.options for key in option.sources}
    assert named <= set(sources)
    assert all(sources[key]["address"] for key in named)


@of_each
def test_every_skill_of_a_scenario_is_trained_by_one_of_its_options(scenario: Scenario) -> None:
    trained = {skill for scene in scenario.scenes for option in scene.options for skill in option.skills}
    assert trained == set(scenario.skills)
