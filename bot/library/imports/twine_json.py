"""Twine 2 JSON (version 1.0): a story as one object with its passages."""

import re
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.naming import one_line, seen
from bot.library.imports.reading import decoded
from bot.library.imports.story import MAX_PASSAGES, Passage, Story, drafted
from bot.library.imports.storydata import note_own, parsed, plain_place, plain_tags, with_ifid
from bot.library.imports.wash import Lines

#: Words outside English may take six bytes a letter in JSON; the passages themselves may hold 256 KB.
MAX_BYTES: Final = 1024 * 1024

_PART: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_PASSAGE_DEPTH: Final = 3


def draft_of_twine_json(raw: bytes, file: str) -> Draft:
    """The draft of a Twine 2 JSON file's bytes. Raises `Faults` if they cannot be read."""
    return twine_json_draft(decoded(raw, file, most=MAX_BYTES), file)


def twine_json_draft(text: str, file: str) -> Draft:
    """The draft of a Twine 2 JSON text. Raises `Faults` if it is not of that kind."""
    try:
        facts = parsed(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise Faults([fault(file, line, "this is not JSON that can be read.")]) from None
    passages = facts.get("passages") if isinstance(facts, dict) else None
    if not isinstance(facts, dict) or not isinstance(passages, list):
        raise Faults([fault(file, 1, "there is no list 'passages'; is this Twine 2 JSON?")])
    if len(passages) > MAX_PASSAGES:
        raise Faults([fault(file, 1, f"the story has more than {MAX_PASSAGES} passages.")])
    story = Story(file, "twine-json", title=_text(facts.get("name")))
    start = facts.get("start")
    story.start = one_line(start) if isinstance(start, str) else None
    for name in ("script", "style"):
        if _text(facts.get(name)).strip():
            story.note(1, f"story's {name}", Verdict.REFUSED, "is code; nothing of it is run or kept.")
    lines = _passage_lines(text)
    for number, written in enumerate(passages):
        _passage(story, written, lines[number] if number < len(lines) else 1)
    note_own(story, facts, 1)
    with_ifid(story, 1)
    return drafted(story)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _passage(story: Story, written: object, line: int) -> None:
    if not isinstance(written, dict) or not isinstance(written.get("name"), str):
        story.note(line, "passage without a name", Verdict.REFUSED, "no link can lead to it.")
        return
    if not isinstance(written.get("text"), str):
        story.note(line, "passage without a text", Verdict.APPROXIMATED, "is kept as an empty one.")
    tags = written.get("tags")
    metadata = written.get("metadata")
    for name in written:
        if name not in {"name", "tags", "metadata", "text", "pid", "id"}:
            story.note(line, f"passage's '{one_line(name)[:40]}'", Verdict.REFUSED, "is left out.")
    story.passages.append(
        Passage(
            name=written["name"],
            text=seen(_text(written.get("text"))).rstrip(),
            line=line,
            text_line=None,
            tags=plain_tags(tags) if isinstance(tags, list) else (),
            place=plain_place(story, metadata, line) if isinstance(metadata, dict) else None,
        )
    )


def _passage_lines(text: str) -> list[int]:
    """The line on which each object of the list 'passages' begins, in a text that is known to be JSON."""
    lines, found, depth, last, inside = Lines(text, 1), [], 0, "", False
    for part in _PART.finditer(text):
        sign = part[0]
        if sign in "{[":
            depth += 1
            if depth == _PASSAGE_DEPTH - 1:
                inside = last == '"passages"' and sign == "["
            elif depth == _PASSAGE_DEPTH and inside:
                found.append(lines.at(part.start()))
        elif sign in "}]":
            depth -= 1
        elif depth == 1:
            last = sign
    return found
