"""Twee 3 (specification 3.0.2): headers with tags and metadata, StoryTitle, StoryData, and passages."""

import re
from typing import Final

from bot.library.faults import Faults
from bot.library.imports.draft import Draft, Verdict
from bot.library.imports.faulty import fault
from bot.library.imports.naming import one_line
from bot.library.imports.reading import decoded
from bot.library.imports.story import Passage, Story, drafted
from bot.library.imports.storydata import note_own, parsed, plain_place, plain_tags, with_ifid
from bot.library.imports.wash import shown

#: As much as a scenario file may have: a Twee file holds words and nothing else.
MAX_BYTES: Final = 256 * 1024
MAX_HEADER: Final = 4_000

_ESCAPED: Final = re.compile(r"\\(.)")
_NAME: Final = re.compile(r"(?:[^\\\[{]|\\.)*")
_TAGS: Final = re.compile(r"\[((?:[^\\\]]|\\.)*)\]")


def draft_of_twee(raw: bytes, file: str) -> Draft:
    """The draft of a Twee file's bytes. Raises `Faults` if they cannot be read."""
    return twee_draft(decoded(raw, file, most=MAX_BYTES), file)


def twee_draft(text: str, file: str) -> Draft:
    """The draft of a Twee text. Raises `Faults` if it holds no passage."""
    story = Story(file, "twee")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    heads = [number for number, line in enumerate(lines) if line.startswith("::")]
    if not heads:
        raise Faults([fault(file, 1, "no line begins with '::', so there is no passage; is this Twee?")])
    if any(line.strip() for line in lines[: heads[0]]):
        what = "stand outside every passage and are left out."
        story.note(1, "words before the first passage", Verdict.REFUSED, what)
    data_line = 1
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        passage = _passage(story, lines[head:end], head + 1)
        if passage.name == "StoryData":
            data_line = passage.line
            _story_data(story, passage)
        elif passage.name == "StoryTitle":
            story.title = one_line(passage.text)
            story.note(passage.line, "StoryTitle", Verdict.KEPT, "is the scenario's title.")
        else:
            story.passages.append(passage)
    with_ifid(story, data_line)
    return drafted(story)


def _passage(story: Story, lines: list[str], line: int) -> Passage:
    """One passage: its header is the first line, its text the others without the blank ones at the end."""
    header = lines[0][2:]
    if len(header) > MAX_HEADER:
        raise Faults([fault(story.file, line, f"this header is longer than {MAX_HEADER} characters.")])
    name = _NAME.match(header)
    assert name is not None  # the pattern matches nothing as well
    rest = header[name.end() :].strip()
    tags = _TAGS.match(rest)
    if tags:
        rest = rest[tags.end() :].strip()
    return Passage(
        name=one_line(_plain(name[0])),
        text="\n".join(lines[1:]).rstrip(),
        line=line,
        text_line=line + 1,
        tags=plain_tags(_plain(tag) for tag in tags[1].split()) if tags else (),
        place=_place(story, rest, line),
    )


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _place(story: Story, metadata: str, line: int) -> str | None:
    if not metadata:
        return None
    try:
        facts = parsed(metadata)
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        what = f"cannot be read and is left out: {shown(metadata)}"
        story.note(line, "header's tags or metadata", Verdict.REFUSED, what)
        return None
    return plain_place(story, facts, line)


def _story_data(story: Story, passage: Passage) -> None:
    try:
        facts = parsed(passage.text)
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        what = "is not JSON with names and values, and is left out."
        story.note(passage.line, "StoryData", Verdict.REFUSED, what)
        return
    start = facts.get("start")
    if isinstance(start, str):
        story.start = one_line(start)
    note_own(story, facts, passage.line)
