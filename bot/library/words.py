"""Phrases that blame a child, and matter that a reviewer looks at: where they stand, and what to write or to ask.

A phrase in the bot's own voice is a fault. In somebody's mouth - inside “…”, or in the young person's own `says`,
`thinks` and `afterwards` - it may stand to be challenged, where the author has marked it: `challenges: [streetwise]`
on the scene, option or ending. A mark holds for the part it stands on and for all that lies inside that part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from bot.library.authoring import Written
from bot.library.faults import Faults, did_you_mean
from bot.library.remarks import Remark, by_place, fault, prompt
from bot.library.source import Place, Source, read
from bot.library.wording import checked

#: Fields that hold the young person's own words, without quotation marks.
OWN_WORDS: Final = frozenset({"says", "thinks", "afterwards"})
#: Fields that hold names, numbers and marks, not sentences.
_NAMES: Final = {
    "id",
    "goes",
    "to",
    "skills",
    "sources",
    "draws_on",
    "roles",
    "pronouns",
    "law",
    "tags",
    "rules",
}
_NO_TEXT: Final = _NAMES | {"when", "sets", "variables", "protects", "voice", "challenges"}
_SPOKEN = re.compile(r"“[^”]*”")
_GAP = r"[\s\-‐‑]+"
_APOSTROPHES = "'’‘ʼ"


class WrittenPhrase(Written):
    """One entry of words.yaml."""

    avoid: list[str] = Field(min_length=1)
    better: str
    basis: Literal["discussed", "general"]


class WrittenPhrases(Written):
    """words.yaml."""

    phrases: list[WrittenPhrase]


class WrittenQuestion(Written):
    """One entry of prompts.yaml: what a reviewer is asked where one of the words stands."""

    rule: str
    ask: str
    words: list[str] = Field(min_length=1)


class WrittenQuestions(Written):
    """prompts.yaml."""

    prompts: list[WrittenQuestion]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase as it stands in a text, from `start` to `end`, and the advice that goes with it."""

    start: int
    end: int
    found: str
    rule: str
    advice: str


class Lexicon:
    """Phrases, found whole: any case, ’ or ', hyphen or blank."""

    def __init__(self, entries: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        """Each entry is a rule's name, an advice, and the phrases that it goes with."""
        self.phrases: Mapping[str, tuple[str, str]] = {
            spoken_alike(phrase): (rule, advice) for rule, advice, phrases in entries for phrase in phrases
        }
        longest_first = sorted(self.phrases, key=len, reverse=True)
        # By their first letters: a word that begins like none of them is passed over without trying every phrase.
        alike: dict[str, list[str]] = {}
        for phrase in longest_first:
            alike.setdefault(phrase[:1], []).append(_pattern(phrase))
        groups = (f"(?={_pattern(first)})(?:{'|'.join(some)})" for first, some in alike.items())
        inside = "|".join(groups) or r"(?!)"
        self._any = re.compile(rf"(?<!\w)(?:{inside})(?!\w)", re.IGNORECASE)

    def search(self, text: str) -> Iterator[Hit]:
        """Every phrase in `text`, from left to right."""
        for match in self._any.finditer(text):
            rule, advice = self.phrases[spoken_alike(match.group())]
            yield Hit(*match.span(), " ".join(match.group().split()), rule, advice)


def spoken_alike(phrase: str) -> str:
    """The one spelling of all phrases that sound alike."""
    straight = re.sub(f"[{_APOSTROPHES}]", "'", phrase.lower())
    return re.sub(_GAP, " ", straight).strip()


def _pattern(phrase: str) -> str:
    words = (re.escape(word).replace("'", f"[{_APOSTROPHES}]") for word in phrase.split())
    return _GAP.join(words)


def read_phrases(path: Path) -> Lexicon:
    """words.yaml, read once as long as it stays the same. Raises `Faults`."""
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""  # `read` says what is wrong
    return _phrases(path, raw)


@lru_cache(maxsize=4)
def _phrases(path: Path, _raw: bytes) -> Lexicon:
    source = read(path)
    written, faults = checked(source, WrittenPhrases)
    if written is None:
        raise Faults(faults)
    return Lexicon(("blame", f"Better: {entry.better}", entry.avoid) for entry in written.phrases)


def read_questions(path: Path) -> Lexicon:
    """prompts.yaml. Raises `Faults`."""
    source = read(path)
    written, faults = checked(source, WrittenQuestions)
    if written is None:
        raise Faults(faults)
    return Lexicon((entry.rule, entry.ask, entry.words) for entry in written.prompts)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One phrase under `challenges`."""

    place: Place
    phrase: str


@dataclass(frozen=True, slots=True)
class _Passage:
    """One text of a file, the part it belongs to, and the marks that hold for it."""

    place: Place
    text: str
    part: Mapping[str, object]
    marks: tuple[_Mark, ...]

    def spoken(self, hit: Hit) -> bool:
        """Whether the phrase is in somebody's mouth."""
        return self.own_words or any(
            span.start() < hit.start and hit.end < span.end() for span in _SPOKEN.finditer(self.text)
        )

    @property
    def own_words(self) -> bool:
        """Whether all of the text is the young person's."""
        return bool(self.place) and self.place[-1] in OWN_WORDS


def _passages(
    value: object, place: Place = (), marks: tuple[_Mark, ...] = (), part: Mapping[str, object] | None = None
) -> Iterator[_Passage]:
    match value:
        case str():
            yield _Passage(place, value, part or {}, marks)
        case list():
            for at, child in enumerate(value):
                yield from _passages(child, (*place, at), marks, part)
        case dict():
            marks = (*marks, *_marks(value, place))
            part = value if "id" in value else part
            for name, child in value.items():
                if name not in _NO_TEXT or not _bare(child):
                    yield from _passages(child, (*place, name), marks, part)


def _bare(value: object) -> bool:
    """Whether this is a word or a list of words, with no fields of its own: an id, and not what an id stands for."""
    inside = value if isinstance(value, list) else [value]
    return not any(isinstance(part, dict) for part in inside)


def _marks(part: Mapping[str, object], place: Place) -> Iterator[_Mark]:
    listed = part.get("challenges")
    for at, phrase in enumerate(listed if isinstance(listed, list) else ()):
        yield _Mark((*place, "challenges", at), spoken_alike(str(phrase)))


def blame_remarks(source: Source, phrases: Lexicon) -> list[Remark]:
    """Every blaming phrase of a file that may not stand where it stands; each marked one is a reviewer's prompt."""
    found: list[Remark] = []
    used: set[_Mark] = set()
    every: set[_Mark] = set(_all_marks(source.value))
    for passage in _passages(source.value):
        for hit in phrases.search(passage.text):
            mark = next((mark for mark in passage.marks if mark.phrase == spoken_alike(hit.found)), None)
            if not passage.spoken(hit):
                found.append(_blaming(source, passage, hit))
            elif mark is None:
                found.append(_unmarked(source, passage, hit))
            else:
                used.add(mark)
                found.append(_marked(source, passage, hit))
    found += [_idle(source, mark, phrases) for mark in every - used]
    return by_place(found)


def _all_marks(value: object, place: Place = ()) -> Iterator[_Mark]:
    if isinstance(value, dict):
        yield from _marks(value, place)
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, child in children:
        yield from _all_marks(child, (*place, name))


def _blaming(source: Source, passage: _Passage, hit: Hit) -> Remark:
    what = f"“{hit.found}” puts the blame on a child, in the bot's own voice."
    return fault(source, passage.place, "blame", what=what, suggestion=hit.advice)


def _unmarked(source: Source, passage: _Passage, hit: Hit) -> Remark:
    mark = f"challenges: [{hit.found.lower()}]"
    where = f" in '{passage.part['id']}'" if "id" in passage.part else ""
    if passage.own_words:
        what = f"“{hit.found}” stands in the young person's own words, where it blames them."
        keep = (
            f"If these are their words and somebody answers them kindly, keep them and write {mark}{where}."
        )
        return fault(source, passage.place, "blame-own-words", what=what, suggestion=f"{keep} {hit.advice}")
    what = f"“{hit.found}” stands in somebody's mouth, where it blames a child."
    keep = f"If it stands there to be challenged, write {mark}{where}."
    return fault(source, passage.place, "blame-spoken", what=what, suggestion=f"{keep} {hit.advice}")


def _marked(source: Source, passage: _Passage, hit: Hit) -> Remark:
    if passage.place[-1] == "text" and passage.part.get("voice") == "stronger":
        what = f"“{hit.found}” is said by the practitioner in an option that is stronger on voice."
        suggestion = f"An option whose words blame is not stronger on voice. {hit.advice}"
        return fault(source, passage.place, "blame-rewarded", what=what, suggestion=suggestion)
    what = f"“{hit.found}” stands here to be challenged."
    ask = "Is it challenged, by whom, and not left standing?"
    return prompt(source, passage.place, "blame-challenged", what=what, suggestion=ask)


def _idle(source: Source, mark: _Mark, phrases: Lexicon) -> Remark:
    if mark.phrase in phrases.phrases:
        what = f"“{mark.phrase}” is marked to be challenged, but nobody says it here."
        suggestion = "Take it out of 'challenges', or mark the part in which it is said."
    else:
        what = f"“{mark.phrase}” is marked to be challenged, but is no phrase of words.yaml."
        suggestion = f"Take it out of 'challenges'.{did_you_mean(mark.phrase, phrases.phrases)}"
    return fault(source, mark.place, "mark-idle", what=what, suggestion=suggestion)


def prompt_remarks(source: Source, questions: Lexicon) -> list[Remark]:
    """What a reviewer is asked about a file: each question once for a word and a text, whoever speaks."""
    return by_place(
        prompt(source, passage.place, hit.rule, what=f"“{hit.found}” stands here.", suggestion=hit.advice)
        for passage in _passages(source.value)
        for hit in questions.search(passage.text)
    )


def blame_in_own_voice(text: str, phrases: Lexicon) -> list[str]:
    """The blaming phrases of a text outside “…”, for the screens that no author's file holds."""
    passage = _Passage((), text, {}, ())
    return [hit.found for hit in phrases.search(text) if not passage.spoken(hit)]
