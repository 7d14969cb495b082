"""A compiled ink story as a tree of containers and parts, read from the runtime's JSON format, version 21.

Every container and part has a number, counted in the order of the file from 1: compiled ink has no lines, so this
number and the path are where something stands.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.library.imports.ink_values import ARITY, Target, Value, Variable

COMMANDS: Final = frozenset(
    (
        "ev",
        "/ev",
        "out",
        "du",
        "pop",
        "~ret",
        "->->",
        "str",
        "/str",
        "nop",
        "choiceCnt",
        "turn",
        "turns",
        "readc",
        "rnd",
        "srnd",
        "visit",
        "seq",
        "thread",
        "done",
        "end",
        "#",
        "/#",
    )
)
#: What ink does with lists, and how many values each takes.
LIST_WORDS: Final = {
    "listInt": 2,
    "range": 3,
    "lrnd": 1,
    "L^": 2,
    "LIST_MIN": 1,
    "LIST_MAX": 1,
    "LIST_ALL": 1,
    "LIST_COUNT": 1,
    "LIST_VALUE": 1,
    "LIST_INVERT": 1,
}

#: A path is shown to people only so far.
_SHOWN: Final = 120
_DIVERTS: Final = {"->": "divert", "f()": "function", "->t->": "tunnel", "x()": "external"}


class Unread(Exception):
    """Something of the story that cannot be read, and where."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(what)
        self.number = number
        self.what = what


@dataclass(slots=True, eq=False)
class Container:
    """A list of parts, some of them with names. `at` is its place in its parent, or -1 if it has only a name there."""

    path: str
    number: int
    parent: "Container | None"
    at: int
    flags: int = 0
    content: list["Container | Part"] = field(default_factory=list)
    named: dict[str, "Container"] = field(default_factory=dict)


class Pointer(NamedTuple):
    """A place in a container; -1 is the container itself."""

    container: Container
    place: int

    @property
    def part(self) -> "Container | Part":
        """What stands there."""
        return self.container.content[self.place] if self.place >= 0 else self.container


@dataclass(slots=True, eq=False)
class Part:
    """Anything that is no container. `kind` is the name of its format's construct."""

    kind: str
    number: int
    parent: Container
    at: int
    name: str = ""
    value: Value = 0
    flags: int = 0
    conditional: bool = False
    target: Pointer | None = None

    @property
    def path(self) -> str:
        """The way to it from the root, for people."""
        return f"{self.parent.path}.{self.at}".lstrip(".")


@dataclass(slots=True)
class Tree:
    """The whole story: its containers and parts in the order of the file, and what cannot be read of it.

    `listed` are the names that stand for a list's items.
    """

    root: Container
    parts: list[Part] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    faults: list[Unread] = field(default_factory=list)
    listed: frozenset[str] = frozenset()

    def find(self, path: str, start: Container | None = None) -> Pointer | None:
        """The place that an absolute path names, or a relative one from `start`."""
        steps = path.split(".")
        here: Container | Part = self.root
        if not steps[0]:
            steps, here = steps[2:] if steps[1:2] == ["^"] else steps[1:], start or self.root
        for step in steps:
            if not isinstance(here, Container):
                return None
            following = _step(here, step)
            if following is None:
                return None
            here = following
        if isinstance(here, Container):
            last = steps[-1] if steps else ""
            by_index = last.isdecimal() and here.parent is not None
            return Pointer(here.parent, here.at) if by_index and here.parent else Pointer(here, -1)
        return Pointer(here.parent, here.at)


def _step(here: Container, step: str) -> "Container | Part | None":
    if step == "^":
        return here.parent
    if step.isascii() and step.isdecimal():
        index = int(step[:9])
        return here.content[index] if index < len(here.content) else None
    return here.named.get(step)


def read_tree(root: object, lists: object = None) -> Tree:
    """The tree of a story's root, with the lists that it defines. Its faults are all that nothing can be made of."""
    tree = Tree(Container("", 1, None, -1), listed=_listed(lists))
    tree.containers.append(tree.root)
    _fill(tree, tree.root, root)
    for part in tree.parts:
        if part.kind in {"divert", "function", "tunnel", "choice", "read count"} and part.name:
            part.target = tree.find(part.name, part.parent)
            if part.target is not None and part.target.place < 0 and part.kind in _DIVERTS.values():
                # A divert enters a container at its first part: one that it stands in is not visited anew.
                part.target = Pointer(part.target.container, 0)
            if part.target is None:
                tree.faults.append(Unread(part.number, f"{part.path}: '{part.name[:60]}' leads nowhere."))
        elif isinstance(part.value, Target) and tree.find(part.value.path, part.parent) is None:
            tree.faults.append(Unread(part.number, f"{part.path}: '{part.value.path[:60]}' leads nowhere."))
    return tree


def _listed(lists: object) -> frozenset[str]:
    defined = lists.items() if isinstance(lists, dict) else ()
    return frozenset(
        name
        for list_, items in defined
        if isinstance(items, dict)
        for item in items
        for name in (item, f"{list_}.{item}")
    )


def _fill(tree: Tree, container: Container, raw: object) -> None:
    if not isinstance(raw, list) or not raw:
        tree.faults.append(
            Unread(container.number, f"{container.path or 'root'}: a container was expected here.")
        )
        return
    for index, child in enumerate(raw[:-1]):
        if isinstance(child, list):
            found = _container(tree, container, str(index), index)
            container.content.append(found)
            _fill(tree, found, child)
            name = child[-1].get("#n") if child and isinstance(child[-1], dict) else None
            if isinstance(name, str):
                container.named.setdefault(name, found)
                found.path = _joined(container, name)
        else:
            container.content.append(_part(tree, container, index, child))
    if isinstance(raw[-1], dict):
        _named(tree, container, raw[-1])


def _joined(parent: Container, name: str) -> str:
    return f"{parent.path}.{name}".lstrip(".")[:_SHOWN]


def _container(tree: Tree, parent: Container, name: str, at: int) -> Container:
    found = Container(_joined(parent, name), len(tree.parts) + len(tree.containers) + 1, parent, at)
    tree.containers.append(found)
    return found


def _named(tree: Tree, container: Container, raw: dict[str, object]) -> None:
    for name, child in raw.items():
        if name == "#f":
            container.flags = child if isinstance(child, int) and 0 <= child <= 7 else 0
        elif name != "#n":
            found = _container(tree, container, name, -1)
            container.named[name] = found
            _fill(tree, found, child)


def _part(tree: Tree, parent: Container, at: int, raw: object) -> Part:
    part = Part("", len(tree.parts) + len(tree.containers) + 1, parent, at)
    tree.parts.append(part)
    match raw:
        case bool() | int() | float():
            part.kind, part.value = "value", raw
        case str():
            _word(part, raw)
        case dict():
            _thing(part, raw)
    if not part.kind:
        tree.faults.append(Unread(part.number, f"{part.path}: nothing is known of what stands here."))
    return part


def _word(part: Part, raw: str) -> None:
    if raw.startswith("^") or raw == "\n":
        part.kind, part.value = "text", raw.removeprefix("^")
    elif raw in {"<>", "G<", "G>"}:
        part.kind = "glue"
    elif raw == "void":
        part.kind, part.value = "value", None
    elif raw in COMMANDS:
        part.kind, part.name = "command", raw
    elif raw in LIST_WORDS:
        part.kind, part.name = "list", raw
    elif raw in ARITY:
        part.kind, part.name = "native", raw


def _thing(part: Part, raw: dict[str, object]) -> None:
    first = next(iter(raw), "")
    name = raw.get(first)
    part.conditional = raw.get("c") is True
    match first, name:
        case (("->" | "f()" | "->t->" | "x()"), str()):
            part.kind = "variable divert" if raw.get("var") is True else _DIVERTS[first]
            part.name = name
            part.flags = {"->": 0, "f()": 1, "->t->": 2, "x()": 3}[first]
            arguments = raw.get("exArgs", 0)
            part.value = arguments if isinstance(arguments, int) and 0 <= arguments <= 20 else 0
        case "*", str():
            part.kind, part.name = "choice", name
            flags = raw.get("flg", 0)
            part.flags = flags if isinstance(flags, int) and 0 <= flags <= 31 else 0
        case (("VAR=" | "temp="), str()):
            part.kind, part.name = "global" if first == "VAR=" else "temporary", name
            part.flags = int(raw.get("re") is True)
        case "VAR?", str():
            part.kind, part.name = "variable", name
        case "CNT?", str():
            part.kind, part.name = "read count", name
        case "^->", str():
            part.kind, part.value = "value", Target(name)
        case "^var", str():
            part.kind, part.value = "value", Variable(name, -1)
        case "#", str():
            part.kind, part.value = "tag", name
        case "list", _:
            part.kind, part.name = "list", "list"
