"""What an ink story says, from the pieces it is said in: glue, line breaks, spaces and tags put right."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple


class Sign(Enum):
    """A piece that is no text."""

    GLUE = auto()
    TEXT_BEGINS = auto()
    TAG_BEGINS = auto()
    TAG_ENDS = auto()


Piece = str | Sign


class Said(NamedTuple):
    """The lines of a turn, and its tags in their order."""

    lines: tuple[str, ...]
    tags: tuple[str, ...]


def said(pieces: Sequence[Piece]) -> Said:
    """What a reader sees of these pieces."""
    text = ""
    tag: list[str] | None = None
    tags: list[str] = []
    gluing = False
    for piece in pieces:
        match piece:
            case Sign.TAG_BEGINS:
                tag = []
            case Sign.TAG_ENDS:
                tags.append(" ".join("".join(tag or []).split()))
                tag = None
            case Sign.GLUE:
                text, gluing = _unbroken(text), True
            case str() if tag is not None:
                tag.append(piece)
            case str():
                text += piece.lstrip("\n") if gluing else piece
                gluing = gluing and not piece.strip()
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return Said(tuple(line for line in lines if line), tuple(filter(None, tags)))


def _unbroken(text: str) -> str:
    """The text without the line breaks at its end."""
    words = text.rstrip()
    return words + text[len(words) :].partition("\n")[0]


def last_begun(pieces: Sequence[Piece], sign: Sign) -> int:
    """Where the last of these signs stands, or -1."""
    return next((place for place in range(len(pieces) - 1, -1, -1) if pieces[place] is sign), -1)
