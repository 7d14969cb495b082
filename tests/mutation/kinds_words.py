"""Faults in a file's words: what blames a child, and what is hard to read."""

from collections.abc import Callable
from random import Random
from typing import Final

from tests.mutation.texts import LIMITS, Edit, Page, TextKind, edit, phrases

#: Words of one syllable and of three, for sentences that are long, and texts that are hard.
SHORT: Final = ("we", "go", "by", "the", "bus", "to", "tea", "and", "on", "up")
LONG: Final = ("holiday", "animal", "hospital", "banana", "capital", "family", "remember", "tomato")


def _spoken(phrase: str, chance: Random) -> str:
    """The phrase as somebody else might write it: another case, a hyphen, another apostrophe."""
    match chance.randrange(4):
        case 0:
            return phrase.upper()
        case 1:
            return phrase.replace("'", "’")
        case 2:
            return phrase.replace(" ", "-", 1)
        case _:
            return phrase.capitalize()


def _blames(names: tuple[str, ...], rule: str, before: str, behind: str) -> Callable[[Page], Edit | None]:
    """A phrase that blames stands at the end of a text."""

    def blaming(page: Page) -> Edit | None:
        place = page.one(page.told(*names))
        if place is None:
            return None
        phrase = _spoken(page.chance.choice(sorted(phrases().phrases)), page.chance)
        value = f"{page.at(place)} {before}{phrase}{behind}"
        if len(value) > LIMITS[str(place[-1])]:
            return None
        return edit(page.rewritten(place, value), rule, page.line(place), f"“{phrase}”")

    return blaming


def _idle_mark(page: Page) -> Edit | None:
    """What is marked to be challenged is said by nobody."""
    place = page.one(page.told("thinks"))
    if place is None:
        return None
    line, phrase = page.line(place), page.chance.choice(sorted(phrases().phrases))
    if len(phrase) > 40:
        return None
    text = page.edited(line, page.lines[line - 1], f'{page.indent(line)}challenges: ["{phrase}"]')
    return edit(
        text, "mark-idle", line + 1, f"“{phrase}” is marked to be challenged, but nobody says it here."
    )


def _rewarded(page: Page) -> Edit | None:
    """The practitioner says it, marked, in an option that is stronger on voice."""
    options = [place[:-1] for place in page.places("voice") if page.at(place) == "stronger"]
    at = page.one(
        [place for place in options if page.plain((*place, "text")) and page.plain((*place, "thinks"))]
    )
    phrase = page.chance.choice(sorted(phrases().phrases))
    if at is None or len(phrase) > 40:
        return None
    line, last = page.line((*at, "text")), page.line((*at, "thinks"))
    if last < line:
        return None
    lines = list(page.lines)
    lines[line - 1] = f'{page.indent(line)}text: "One says: “{phrase}.”"'
    lines[last - 1] += f'\n{page.indent(last)}challenges: ["{phrase}"]'
    return edit("\n".join(lines) + "\n", "blame-rewarded", line, f"“{phrase}” is said by the practitioner")


def _long_sentence(page: Page) -> Edit | None:
    """One word more than the 35 that a sentence may have, or a few."""
    place = page.one(page.told("because", "changes"))
    if place is None:
        return None
    count = page.chance.randint(36, 40)
    sentence = " ".join(page.chance.choice(SHORT) for _ in range(count)).capitalize()
    value = page.chance.choice(("{}.", "So it is. {}.", "{}. So it is.")).format(sentence)
    return edit(
        page.rewritten(place, value), "long-sentence", page.line(place), f"a sentence has {count} words"
    )


def _hard_to_read(page: Page) -> Edit | None:
    """Sentences that are not too long, of words that are."""
    place = page.one(page.told("because"))
    if place is None:
        return None
    parts = (" ".join(page.chance.choice(LONG) for _ in range(20)).capitalize() for _ in range(2))
    value = ". ".join(parts) + "."
    if len(value) > LIMITS["because"]:
        return None
    return edit(page.rewritten(place, value), "reading-age", page.line(place), "asks for a reading age of")


_OWN = ("says", "thinks", "afterwards")
_TOLD = ("because", "changes", "supervision")
KINDS = (
    TextKind("a phrase that blames, in the bot's own voice", _blames(_TOLD, "blame", "", ".")),
    TextKind("a phrase that blames, in somebody's mouth", _blames(_TOLD, "blame-spoken", "“", ".”")),
    TextKind("a phrase that blames, in the young person's words", _blames(_OWN, "blame-own-words", "", ".")),
    TextKind("a mark for what nobody says", _idle_mark),
    TextKind("a phrase that blames, rewarded", _rewarded),
    TextKind("a sentence that is too long", _long_sentence),
    TextKind("a text that is too hard", _hard_to_read),
)
