"""Twine 2 HTML, published or archived: the passages in `<tw-storydata>`, read as text; nothing in it is run."""

import html
import re
from html.parser import HTMLParser
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.naming import one_line, seen
from bot.library.imports.reading import decoded
from bot.library.imports.story import MAX_PASSAGES, Passage, Story, drafted
from bot.library.imports.storydata import note_own, plain_place, plain_tags, with_ifid
from bot.library.imports.wash import Lines, shown

#: A published file carries its story format, a program of up to some megabytes, which is skipped unread.
MAX_BYTES: Final = 4 * 1024 * 1024
#: The story itself: 256 KB of words, and room for the six signs that HTML writes for a quotation mark.
MAX_STORY: Final = 1024 * 1024

#: A start tag with a name of a hundred words and twenty tags is shorter than this.
MAX_TAG: Final = 4_000

_PASSAGE: Final = re.compile(r"</?tw-passagedata\b|</tw-storydata\b", re.IGNORECASE)
_CODE_END: Final = {kind: re.compile(rf"</{kind}\b", re.IGNORECASE) for kind in ("script", "style")}
_BEGIN: Final = re.compile(r"<tw-storydata(?=[\s>])", re.IGNORECASE)
_END: Final = re.compile(r"</tw-storydata\s*>", re.IGNORECASE)
#: The tags that matter. A sign that begins a tag cannot stand in one, so that a broken tag costs no search.
_TAG: Final = re.compile(
    r"<(/?)(tw-storydata|tw-passagedata|tw-tag|script|style)\b((?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*)>",
    re.IGNORECASE,
)


def draft_of_twine_html(raw: bytes, file: str) -> Draft:
    """The draft of a Twine 2 HTML file's bytes. Raises `Faults` if they cannot be read."""
    return twine_html_draft(decoded(raw, file, most=MAX_BYTES), file)


def twine_html_draft(text: str, file: str) -> Draft:
    """The draft of the first story in a Twine 2 HTML text. Raises `Faults` if there is none."""
    begin = _BEGIN.search(text)
    if begin is None:
        raise Faults([fault(file, 1, "there is no <tw-storydata>; is this a story of Twine 2?")])
    first = text.count("\n", 0, begin.start()) + 1
    end = _END.search(text, begin.end())
    section = text[begin.start() : end.end() if end else len(text)]
    if len(section) > MAX_STORY:
        raise Faults([fault(file, first, f"the story is longer than {MAX_STORY // 1024} KB.")])
    reader = _Reader(Story(file, "twine-html"), section, first)
    reader.read()
    if end and _BEGIN.search(text, end.end()):
        line = text.count("\n", 0, end.end()) + 1
        reader.story.note(line, "further story", Verdict.REFUSED, "only the first story of a file is read.")
    return drafted(reader.story)


class _Attributes(HTMLParser):
    """Reads the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - one tag only
        self.found = {name: value or "" for name, value in reversed(attrs)}


def _attributes(tag: str) -> dict[str, str]:
    parser = _Attributes()
    parser.feed(tag[:MAX_TAG])
    return parser.found


class _Reader:
    """Goes from tag to tag and collects passages; code is told and left out."""

    def __init__(self, story: Story, section: str, first: int) -> None:
        self.story = story
        self._section = section
        self._lines = Lines(section, first)
        self._first = first
        self._start = ""
        self._colours: dict[str, object] = {}
        self._names: dict[str, str] = {}

    def read(self) -> None:
        """Takes in the whole story."""
        at = 0
        while tag := _TAG.search(self._section, at):
            at = tag.end()
            if tag[1]:
                continue
            match tag[2].lower():
                case "tw-storydata":
                    self._story(_attributes(tag[0]), self._lines.at(tag.start()))
                case "tw-passagedata":
                    at = self._passage(tag)
                case "tw-tag":
                    facts = _attributes(tag[0])
                    self._colours[facts.get("name", "")] = facts.get("color", "")
                case code:
                    at = self._code(tag, code)
        self.story.start = self._names.get(self._start)
        if self._colours:
            note_own(self.story, {"tag-colors": self._colours}, self._first)
        with_ifid(self.story, self._first)

    def _story(self, facts: dict[str, str], line: int) -> None:
        self.story.title = one_line(facts.pop("name", ""))
        self._start = facts.pop("startnode", "")
        zoom = facts.pop("zoom", None)
        known: dict[str, object] = {
            name: value for name, value in facts.items() if value and name != "hidden"
        }
        if zoom is not None:
            known["zoom"] = _number(zoom)
        note_own(self.story, known, line)

    def _passage(self, tag: re.Match[str]) -> int:
        """Takes in one passage; where its closing tag is missing, it ends where the next begins."""
        end = _PASSAGE.search(self._section, tag.end())
        stop = end.start() if end else len(self._section)
        line, text_line = self._lines.at(tag.start()), self._lines.at(tag.end())
        facts = _attributes(tag[0])
        name = one_line(facts.get("name", ""))
        self._names.setdefault(facts.get("pid", ""), name)
        drawn: dict[str, object] = {key: facts[key] for key in ("position", "size") if key in facts}
        place = plain_place(self.story, drawn, line)
        text = seen(html.unescape(self._section[tag.end() : stop])).rstrip()
        tags = plain_tags(facts.get("tags", "").split())
        if len(self.story.passages) <= MAX_PASSAGES:
            self.story.passages.append(Passage(name, text, line, text_line, tags, place))
        return stop

    def _code(self, tag: re.Match[str], kind: str) -> int:
        end = _CODE_END[kind].search(self._section, tag.end())
        stop = end.start() if end else len(self._section)
        code = self._section[tag.end() : stop]
        if code.strip():
            what = f"{shown(code)} is code; nothing of it is run or kept."
            self.story.note(self._lines.at(tag.end()), f"story's {kind}", Verdict.REFUSED, what)
        return stop


def _number(written: str) -> object:
    try:
        value = float(written)
    except ValueError:
        return written
    return int(value) if value.is_integer() else value
