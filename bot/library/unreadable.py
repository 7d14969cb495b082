"""What YAML's parser stumbled over, said in an author's words, with the line on which it can be mended."""

from dataclasses import dataclass

import yaml
from yaml.reader import ReaderError

from bot.library.faults import Fault

UNSEEN = "a character stands here that cannot be seen and may not stand in a text."


@dataclass(frozen=True, slots=True)
class _Words:
    """What to say when the parser says `problem`; with `began`, on the line where it began to look."""

    problem: str
    what: str
    began: bool = False


_WORDS = (
    _Words("found character '\\t'", "a tab stands here; indent with spaces."),
    _Words("cannot start any token", "a text cannot begin with this sign; put it in quotation marks."),
    _Words("expected alphabetic or numeric", "a text cannot begin with * or &; put it in quotation marks."),
    _Words(
        "mapping values are not allowed",
        "a colon stands where none can; put the whole text in quotation marks, or check the indentation.",
    ),
    _Words(
        "sequence entries are not allowed",
        "a '-' stands where no list can begin; give it a line of its own, or put the text in quotation marks.",
    ),
    _Words("unexpected end of stream", "a quotation mark is opened here and never closed.", began=True),
    _Words(
        "could not find expected ':'",
        "this is neither a name with a colon nor a text that is indented like the one it belongs to.",
        began=True,
    ),
    _Words(
        "expected ',' or ']'",
        "the '[' here is never closed with ']', or a text behind it needs quotation marks.",
        began=True,
    ),
    _Words(
        "expected ',' or '}'",
        "the '{' here is never closed with '}', or a text behind it needs quotation marks.",
        began=True,
    ),
    _Words(
        "expected <block end>",
        "this does not fit what stands above it; check the indentation, and put a text that holds quotation marks "
        "on lines of its own after '>-'.",
    ),
    _Words(
        "expected '<document start>'",
        "this begins further left than the lines above it; names at the top begin at the left edge.",
    ),
    _Words("expected the node content", "a value is missing here, or a bracket above is never closed."),
    _Words("found another document", "'---' stands here again; one file holds one thing."),
    _Words(
        "unknown escape character", "a backslash cannot stand in double quotation marks; use single ones."
    ),
    _Words(
        "chomping or indentation", "after '>' comes '-' and nothing else; the text begins on the next line."
    ),
)


def unreadable(file: str, text: str, error: yaml.YAMLError) -> Fault:
    """The fault that stopped the parser in `text`."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Fault(file, line, UNSEEN, "yaml")
    assert isinstance(error, yaml.MarkedYAMLError)
    assert error.problem is not None
    gave_up = error.problem_mark.line + 1 if error.problem_mark else 1
    began = error.context_mark.line + 1 if error.context_mark else gave_up
    for words in _WORDS:
        if words.problem in error.problem:
            return Fault(file, began if words.began else gave_up, words.what, "yaml")
    return Fault(file, gave_up, f"this is not YAML: {error.problem}.", "yaml")
