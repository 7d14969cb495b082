"""The words of a piece of HTML, without everything that is not words."""

import re
from html.parser import HTMLParser
from typing import Final

from bot.library.imports.naming import one_line, seen

#: A longer piece of markup is cut: no text of a scenario is a fraction as long.
LENGTH: Final = 20_000
#: The parser reads on from every "<" that is never closed; with more of them the tags are cut out unread.
TAGS: Final = 400

_BLOCKS: Final = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "hr",
    )
)
_UNREAD: Final = frozenset(("script", "style", "template", "noscript", "title"))


class _Reader(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.tags: set[str] = set()
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)
        self._unread += tag in _UNREAD
        self._broken(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0
        self._broken(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.seen.append(" ".join(data.split("\n")))

    def _broken(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.seen.append("\n")


def paragraphs(text: str) -> str:
    """Every line that holds anything, as a paragraph of its own."""
    return "\n\n".join(line for line in map(one_line, seen(text).split("\n")) if line)


def without_markup(markup: str) -> tuple[str, frozenset[str]]:
    """The words of `markup` in paragraphs, and the names of the tags that were left out."""
    reader = _Reader()
    markup = markup[:LENGTH]
    if markup.count("<") > TAGS:
        return _cut(markup), frozenset({"too many tags"})
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # the parser's answer to a declaration that it does not know
        return _cut(markup), frozenset({"!"})
    return paragraphs("".join(reader.seen)), frozenset(reader.tags)


def _cut(markup: str) -> str:
    return paragraphs(re.sub(r"<[^<>]*>", "\n", markup))
