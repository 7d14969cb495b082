"""YAML with line numbers and limits: plain values, and where each of them stands.

Anchors, aliases, tags and duplicate keys are refused: an author does not need them, and they are how YAML surprises.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from bot.library.faults import Fault, Faults, short

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 12
MAX_EVENTS: Final = 20_000

#: Where a value stands in its file: keys and list positions from the top.
Place = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """A file's plain values, and the line of each."""

    file: str
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line on which `place` stands, or the nearest line above it that is known."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def fault(self, place: Place, what: str) -> Fault:
        """A fault at `place`."""
        return Fault(self.file, self.line(place), what)


def read(path: Path) -> Source:
    """Reads one YAML file. Raises `Faults` if it cannot be read as plain YAML within the limits."""
    source = Source(short(path))
    text = _text(path, source.file)
    try:
        _scan(text, source)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Faults([Fault(source.file, line, f"this is not YAML: {error.problem}.")]) from None
    except yaml.YAMLError:
        raise Faults(
            [Fault(source.file, 1, "this is not YAML: it holds a character that YAML does not allow.")]
        ) from None
    if node is None:
        raise Faults([Fault(source.file, 1, "the file is empty.")])
    source.value = _value(node, (), source)
    if source.faults:
        raise Faults(source.faults)
    return source


def _text(path: Path, file: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise Faults([Fault(file, 1, "the file cannot be read.")]) from None
    if len(raw) > MAX_BYTES:
        raise Faults([Fault(file, 1, f"the file has {len(raw)} bytes; at most {MAX_BYTES} are allowed.")])
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Faults([Fault(file, line, "the file is not UTF-8 text.")]) from None


def _scan(text: str, source: Source) -> None:
    """Looks at the events before anything is built, so that a hostile file costs little."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if count > MAX_EVENTS:
            raise Faults([Fault(source.file, line, f"the file has more than {MAX_EVENTS} parts.")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Faults([Fault(source.file, line, f"the file is nested more than {MAX_DEPTH} deep.")])
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Faults(
                [Fault(source.file, line, "anchors and aliases (& and *) are not allowed; write it out.")]
            )


def _value(node: yaml.Node, place: Place, source: Source) -> object:
    source.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, source)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, index), source) for index, child in enumerate(node.value)]
    return _scalar(node, source)


def _mapping(node: yaml.MappingNode, place: Place, source: Source) -> dict[str, object]:
    found: dict[str, object] = {}
    for key_node, child in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            source.faults.append(Fault(source.file, line, "a name was expected here."))
            continue
        key = str(key_node.value)
        if key in found:
            source.faults.append(Fault(source.file, line, f"'{key}' stands here twice."))
        source.lines[*place, key] = line
        found[key] = _value(child, (*place, key), source)
    return found


def _scalar(node: yaml.Node, source: Source) -> object:
    text = str(node.value)
    match node.tag.removeprefix("tag:yaml.org,2002:"):
        case "str" | "timestamp" | "float":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() in {"yes", "true", "on"}
        case "int":
            # "+1" is a step, not a number: the sign is kept for the reader of effects.
            return text if text.startswith(("+", "-")) or not text.isdecimal() else int(text)
        case _:
            source.faults.append(
                Fault(source.file, node.start_mark.line + 1, "tags (!) are not allowed; write a plain value.")
            )
            return None
