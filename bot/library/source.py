"""YAML with line numbers and limits: plain values, and where each of them stands.

Anchors, aliases, tags and duplicate keys are refused: an author does not need them, and they are how YAML surprises.
"""

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from yaml.composer import Composer

from bot.library.faults import Fault, Faults, short
from bot.library.unreadable import UNSEEN, unreadable

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 12
MAX_PARTS: Final = 20_000
MAX_DIGITS: Final = 9

#: Signs without a picture: breaks inside a word, marks of direction. Two texts that read alike must be alike.
_UNSEEN: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")

#: Where a value stands in its file: keys and list positions from the top.
Place = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """A file's plain values, and the line of each."""

    file: str
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: The number of lines in the file; an empty value at its end stands on the last one.
    last: int = MAX_BYTES

    def line(self, place: Place) -> int:
        """The line on which `place` stands, or the nearest line above it that is known."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return self.lines.get((), 1)

    def fault(
        self, place: Place, what: str, *, rule: str = "form", suggestion: str = "", taps: tuple[str, ...] = ()
    ) -> Fault:
        """A fault at `place`."""
        return Fault(self.file, self.line(place), what, rule, suggestion, taps)


def read(path: Path) -> Source:
    """Reads one YAML file. Raises `Faults` if it cannot be read as plain YAML within the limits."""
    file = short(path)
    return parse(_raw(path, file), file)


def parse(raw: bytes, file: str) -> Source:
    """The same for bytes that stand in no file of ours; `file` is what its faults call it. Raises `Faults`."""
    source = Source(file)
    text = _text(raw, file)
    source.last = text.count("\n") + 1
    unseen = _UNSEEN.search(text, 1)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        raise Faults([Fault(file, line, UNSEEN, "yaml")])
    try:
        node = _composed(text)
    except _Refused as error:
        raise Faults([Fault(source.file, _line(error.problem_mark), str(error.problem), "yaml")]) from None
    except yaml.YAMLError as error:
        raise Faults([unreadable(source.file, text, error)]) from None
    if node is None:
        raise Faults([Fault(source.file, 1, "the file is empty.", "yaml")])
    source.value = _value(node, (), source)
    if source.faults:
        raise Faults(source.faults)
    return source


def _raw(path: Path, file: str) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep everybody waiting
            raise Faults([Fault(file, 1, "this file cannot be read.", "yaml")])
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Faults([Fault(file, 1, "this file is missing.", "yaml")]) from None
    except OSError:
        raise Faults([Fault(file, 1, "this file cannot be read.", "yaml")]) from None


def _text(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise Faults(
            [Fault(file, 1, f"the file is too long; at most {MAX_BYTES // 1024} KB are read.", "yaml")]
        )
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([Fault(file, line, "this is not UTF-8 text; save the file as UTF-8.", "yaml")]) from None


class _Refused(yaml.MarkedYAMLError):
    """It is YAML, and it is not wanted."""


def _composed(text: str) -> yaml.Node | None:
    """The file's nodes, by libyaml; where that stumbles, the slower reader has the better words for what is wrong.

    libyaml lets tabs and byte order marks pass where they mislead a person, so the slower one reads those, too.
    """
    if "\t" in text or "\ufeff" in text:
        return yaml.compose(text, Loader=_Slow)
    try:
        return yaml.compose(text, Loader=_Quick)
    except _Refused:
        raise
    except yaml.YAMLError:
        return yaml.compose(text, Loader=_Slow)


class _Careful(Composer):
    """Looks at every part before it is taken in, so that a hostile file costs little."""

    parts = 0
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[attr-defined]  # the parser, which stands behind this class, has it
        self.parts += 1
        what = _refused(event, parts=self.parts, depth=self.depth)
        if what is not None:
            raise _Refused(None, None, what, event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Quick(_Careful, yaml.CSafeLoader):
    """Written in C."""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)


class _Slow(_Careful, yaml.SafeLoader):
    """Written in Python."""


def _refused(event: yaml.Event, *, parts: int, depth: int) -> str | None:
    if parts > MAX_PARTS:
        return f"the file has more than {MAX_PARTS} parts."
    if depth >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
        return f"the file is nested more than {MAX_DEPTH} deep."
    if getattr(event, "anchor", None):
        return (
            "anchors and aliases (& and *) are not allowed; write it out, or put the text in quotation marks."
        )
    if getattr(event, "tag", None):
        return "tags (!) are not allowed; put the text in quotation marks."
    return None


def _value(node: yaml.Node, place: Place, source: Source) -> object:
    source.lines.setdefault(place, min(_line(node.start_mark), source.last))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, source)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, index), source) for index, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, place: Place, source: Source) -> dict[str, object]:
    found: dict[str, object] = {}
    for key_node, child in node.value:
        line = _line(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            source.faults.append(Fault(source.file, line, "a name was expected here.", "yaml"))
            continue
        key = str(key_node.value)
        if key in found:
            first = source.lines[*place, key]
            what = f"'{key}' stands here a second time; the first is on line {first}."
            source.faults.append(Fault(source.file, line, what, "yaml"))
            continue
        source.lines[*place, key] = line
        found[key] = _value(child, (*place, key), source)
    return found


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    match node.tag.removeprefix("tag:yaml.org,2002:"):
        case "null":
            return None
        case "bool":
            return text.lower() in {"yes", "true", "on"}
        case "int":
            # "+1" is a step, not a number: the sign is kept for the reader of effects.
            return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else text
        case _:
            return text


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else 1
