"""How hard a screen is to read: words a sentence and a reading age, for people between two visits, on a phone.

The reading age is Flesch and Kincaid's grade plus five years. Syllables are counted by Pyphen's hyphenation, which
misses one in ten or so, and so reads about a year too young; the limits allow for that. A formula sees length, not
sense: it finds the screens to look at, and says nothing about the others.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.library.authoring import WrittenScenario
from bot.library.remarks import Remark, by_place, fault, prompt
from bot.library.source import Place, Source

#: Words a sentence. Above 25 the eye loses the verb, and public bodies ask their writers to split; the shipped
#: scenarios stay below 32, and 1 of their sentences in 100 is above 25.
SOFT_WORDS: Final = 25
HARD_WORDS: Final = 35
#: Years. Plain English for everybody aims at 9 to 11; the shipped screens measure 5 to 11, and
#: 7 on average. Up to 14 a professional
#: reads it, but not in a corridor, nor in a second language.
SOFT_AGE: Final = 11.0
HARD_AGE: Final = 14.0
#: With fewer words than this one long name decides, so no age is told.
FEWEST_WORDS: Final = 40

if TYPE_CHECKING:
    from pyphen import Pyphen  # type: ignore[import-untyped]  # it brings no types

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
#: After a full stop and what closes with it; not before a small letter, as in: “Fine?” she says.
_END = re.compile(r"(?<=[.!?…])[”’)]*\s+(?![a-z])|\n+")


def words(text: str) -> list[str]:
    """The words of a text; one with a hyphen or an apostrophe is one."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text that hold at least one word."""
    return [part for part in _END.split(text) if _WORD.search(part)]


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, at least one."""
    return len(_hyphenation().positions(word.lower())) + 1


@cache
def _hyphenation() -> "Pyphen":
    # Its dictionary takes a twentieth of a second, which a start of the bot need not wait for.
    from pyphen import Pyphen  # noqa: PLC0415

    return Pyphen(lang="en_US")


def reading_age(text: str) -> float | None:
    """In years, or None if the text is too short to tell."""
    found = words(text)
    if len(found) < FEWEST_WORDS:
        return None
    grade = 0.39 * len(found) / len(sentences(text)) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
    return grade + 5


def reading_remarks(written: WrittenScenario, source: Source) -> list[Remark]:
    """Every sentence and every screen of a scenario that is hard to read."""
    found: list[Remark] = []
    for parts in _screens(written):
        for place, text in parts:
            found += marked_up(source, place, text)
            found += long_sentences(source, place, text)
        found += hard_screen(source, parts[0][0], "\n".join(text for _, text in parts))
    return by_place(found)


_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|https?://|www\.|(?<!\w)(\*\*|__)\w", re.IGNORECASE)


def marked_up(source: Source, place: Place, text: str) -> Iterator[Remark]:
    """Markup and links: the bot would show them letter by letter."""
    found = _MARKUP.search(text)
    if found:
        what = f"“{found.group()}” stands here; texts are plain, without markup or links."
        yield fault(source, place, "plain-text", what=what, suggestion="Take it out.")


#: Texts that are read together, with their places.
_Screen = list[tuple[Place, str]]


def _screens(written: WrittenScenario) -> Iterator[_Screen]:
    yield [
        (("title",), written.title),
        (("teaser",), written.teaser),
        (("you_are",), written.you_are),
        (("young_person", "about"), written.young_person.about),
        (("content_note",), written.content_note),
    ]
    for at, scene in enumerate(written.scenes):
        here: Place = ("scenes", at)
        yield [
            ((*here, "text"), scene.text),
            *([((*here, "says"), scene.says)] if scene.says else []),
            *(((*here, "echoes", number, "text"), echo.text) for number, echo in enumerate(scene.echoes)),
            *(
                ((*here, "options", number, "text"), option.text)
                for number, option in enumerate(scene.options)
            ),
        ]
        for number, option in enumerate(scene.options):
            there: Place = (*here, "options", number)
            yield [((*there, "because"), option.because), ((*there, "changes"), option.changes)]
            yield [((*there, "thinks"), option.thinks)]
    for at, ending in enumerate(written.endings):
        here = ("endings", at)
        yield [
            ((*here, "text"), ending.text),
            *(((*here, "echoes", number, "text"), echo.text) for number, echo in enumerate(ending.echoes)),
            ((*here, "afterwards"), ending.afterwards),
            ((*here, "supervision"), ending.supervision),
        ]


def long_sentences(source: Source, place: Place, text: str) -> Iterator[Remark]:
    """Every sentence of a text that is too long, and so a fault or a prompt."""
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > SOFT_WORDS:
            remark = fault if count > HARD_WORDS else prompt
            most = HARD_WORDS if count > HARD_WORDS else SOFT_WORDS
            what = f"a sentence has {count} words, from “{_begin(sentence)}”; at most {most} read well."
            yield remark(source, place, "long-sentence", what=what, suggestion="Make it two.")


def _begin(sentence: str) -> str:
    return " ".join(sentence.strip(" “‘").split()[:4]) + " …"


def hard_screen(source: Source, place: Place, text: str) -> Iterator[Remark]:
    """A screen that is hard to read, told at `place`, and so a fault or a prompt."""
    age = reading_age(text)
    if age is not None and age > SOFT_AGE:
        remark = fault if age > HARD_AGE else prompt
        most = HARD_AGE if age > HARD_AGE else SOFT_AGE
        what = f"this screen asks for a reading age of {age:.0f}; at most {most:.0f} is wanted."
        suggestion = "Shorter sentences, and the short word where there is one."
        yield remark(source, place, "reading-age", what=what, suggestion=suggestion)
