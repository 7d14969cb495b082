"""A passage's words, made plain, with the links in them and everything that was lost on the way."""

from dataclasses import dataclass
from typing import Final

from bot.library.imports.draft import Loss, Verdict
from bot.library.imports.links import take_html_links, take_links
from bot.library.imports.macros import take_code, take_macros
from bot.library.imports.markup import strip_signs, take_markup, take_pictures
from bot.library.imports.naming import linkable, one_line, seen
from bot.library.imports.wash import PLACED, Link, Removed, Wash, shown

#: What is taken out may leave something new behind; after so many rounds every sign goes.
_ROUNDS: Final = 4
_BULLETS: Final = " \t*+-–—•·>,.;:()[]{}"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain paragraphs with a blank line between two; links in their order, with plain labels."""

    text: str
    links: tuple[Link, ...]
    losses: tuple[Loss, ...]


def plain_words(text: str, line: int, story_format: str = "") -> Words:
    """The words of a passage whose text begins on `line`. What comes out goes in again unchanged."""
    wash = Wash(seen(text), line, story_format)
    _until_plain(wash)
    links = [_labelled(link, wash) for link in wash.links]
    order = [int(number) for number in PLACED.findall(wash.text)]
    wash.text = "\n".join(_laid_out(wash, links))
    wash.links.clear()
    before = _tidy(wash.text)
    _round(wash)
    if wash.text != before:
        wash.text = PLACED.sub("", wash.text)
        strip_signs(wash)
    paragraphs = (" ".join(paragraph.split()) for paragraph in wash.text.split("\n"))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Words(text, tuple(links[number] for number in dict.fromkeys(order)), tuple(wash.losses))


def _until_plain(wash: Wash) -> None:
    for _ in range(_ROUNDS):
        before = _tidy(wash.text)
        _round(wash)
        if wash.text == before:
            return
    strip_signs(wash)


def _round(wash: Wash, *, links: bool = True) -> None:
    wash.text = _tidy(wash.text)
    take_code(wash)
    if links:
        take_html_links(wash)
    take_pictures(wash)
    if links:
        take_links(wash)
    take_macros(wash)
    take_markup(wash)
    wash.text = _tidy(wash.text)


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _laid_out(wash: Wash, links: list[Link]) -> list[str]:
    """The lines of the words: a link on a line of its own goes, one inside a sentence leaves its label there."""
    lines = []
    for number, line in enumerate(wash.text.split("\n"), wash.line):
        around = PLACED.sub("", line)
        if around == line or around.strip(_BULLETS):
            for found in PLACED.findall(line):
                what = f"its words '{shown(links[int(found)].label)}' stay in the text, and become an option too."
                wash.note(number, Removed("link in a sentence", Verdict.APPROXIMATED, what))
            lines.append(PLACED.sub(lambda found: links[int(found[1])].label, line))
        else:
            lines.append("")
    return lines


def plain_label(label: str, story_format: str = "") -> str:
    """The words of a link, with nothing in them but words. What comes out goes in again unchanged."""
    return _plain_label(Wash(seen(label), 1, story_format))


def _plain_label(wash: Wash) -> str:
    wash.text = linkable(wash.text)
    for _ in range(_ROUNDS):
        before = wash.text
        _round(wash, links=False)
        wash.text = linkable(wash.text)
        if wash.text == before:
            return wash.text
    strip_signs(wash)
    return one_line(wash.text)


def _labelled(link: Link, wash: Wash) -> Link:
    """The link with plain words to choose."""
    inner = Wash(link.label, link.line, wash.story_format)
    label = _plain_label(inner)
    if label != link.label and not inner.losses:
        what = f"'{shown(link.label)}' becomes '{shown(label)}': its signs have a meaning inside a link."
        wash.note(link.line, Removed("link's words", Verdict.APPROXIMATED, what))
    wash.losses += inner.losses
    return Link(label, link.target, link.line)
