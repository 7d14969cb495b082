"""The house keeps its shape: imports point one way, the core is pure, modules are short and named by the glossary."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))

#: What each folder of bot/ may import from the others.
MAY_IMPORT = {
    "core": set(),
    "library": {"core", "errors"},
    "store": {"core", "errors"},
    "app": {"core", "store", "errors"},
    "tg": {"core", "store", "app", "errors", "logs"},
    "web": {"core", "store", "app", "errors", "logs"},
    "room": set(),
    "errors": set(),
    "logs": set(),
    "config": {"errors"},
    "boot": {"core", "library", "store", "app", "tg", "web", "config", "errors", "logs"},
    "starting": {"core", "library", "store", "app", "tg", "web", "room", "boot", "config", "errors", "logs"},
    "terminal": {"core", "errors"},
    "measuring": {"core", "library", "tg"},
    "examining": {"core", "library", "measuring", "errors"},
    "desk": {"core", "library", "terminal", "examining", "errors"},
    "cli": {"library", "desk", "examining", "starting", "terminal", "errors"},
    "__main__": {"cli", "errors", "starting"},
}
#: The libraries that the core may use: none of them knows the time, chance, files or the network.
CORE_MAY_IMPORT = {
    "bisect",
    "collections",
    "cryptography",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "hmac",
    "itertools",
    "json",
    "math",
    "re",
    "string",
    "struct",
    "typing",
    "zlib",
}
#: Calls that would let the world in.
WORLDLY = {
    "open",
    "print",
    "input",
    "exec",
    "eval",
    "__import__",
    "now",
    "today",
    "utcnow",
    "fromtimestamp",
    "urandom",
}
LONGEST = 300
#: Public names of the practice room without a docstring.
SILENT_IN_THE_ROOM = 113
NO_NAMES = ("manager", "service", "helper", "helpers", "utils", "util", "data", "info", "process")
#: Left out on purpose: slow to import, large, or another way to do what is done already.
NOT_USED = ("matplotlib", "sqlalchemy", "httpx", "requests", "numpy", "pandas")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _part(path: Path) -> str:
    """The folder of bot/ that a module lies in, or its own name at the top."""
    inside = path.relative_to(ROOT / "bot")
    return inside.parts[0].removesuffix(".py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _imported(path: Path) -> Iterator[str]:
    """The full name of everything that a module imports, wherever in it the import stands."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *((node.module,) if node.module else ())))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _outside(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imported(path)} - {"bot"}


def _inside(path: Path) -> set[str]:
    found = {name.split(".")[1] for name in _imported(path) if name.startswith("bot.")}
    return found - {_part(path)}


def _those(*parts: str) -> list[Path]:
    """The modules of these folders."""
    return [path for path in MODULES if _part(path) in parts]


def _offenders(told: Callable[[Path], object], modules: Iterable[Path] = MODULES) -> dict[str, object]:
    """What `told` has to say of each module, where it is anything: all of a rule's offenders at once."""
    return {_name(path): found for path in modules if (found := told(path))}


def test_every_folder_of_the_bot_has_its_place_in_the_house() -> None:
    assert {_part(path) for path in MODULES} - {"__init__"} <= set(MAY_IMPORT)


def test_imports_point_one_way() -> None:
    assert _offenders(lambda path: _inside(path) - MAY_IMPORT.get(_part(path), set())) == {}


def test_only_the_command_line_and_what_it_starts_know_the_practice_room() -> None:
    knowing = {_part(path) for path in MODULES if "room" in _inside(path)}
    assert knowing <= {"starting"}
    assert [part for part, may in MAY_IMPORT.items() if "room" in may] == ["starting"]


def test_no_folder_leads_back_to_itself() -> None:
    """The table itself allows no circle."""
    left = dict(MAY_IMPORT)
    while left:
        free = [part for part, may in left.items() if not may & set(left)]
        assert free, f"these lead round in a circle: {sorted(left)}"
        for part in free:
            del left[part]


def _called(path: Path) -> set[str]:
    """The names of all functions and methods that a module calls."""
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


def test_the_core_knows_no_clock_no_chance_and_no_world() -> None:
    core = _those("core")
    assert _offenders(lambda path: _outside(path) - CORE_MAY_IMPORT, core) == {}
    assert _offenders(lambda path: _called(path) & WORLDLY, core) == {}


def test_the_core_and_the_library_wait_for_nothing() -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)

    def waits(path: Path) -> list[int]:
        return [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, waiting)]

    assert _offenders(waits, _those("core", "library")) == {}


def test_what_is_left_out_on_purpose_is_never_imported() -> None:
    assert _offenders(lambda path: _outside(path) & set(NOT_USED)) == {}


def test_a_module_stays_short() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_a_module_is_named_by_the_glossary() -> None:
    assert _offenders(lambda path: {*path.stem.split("_"), path.parent.name} & set(NO_NAMES)) == {}


def test_a_module_begins_with_a_sentence_of_its_own() -> None:
    def begins_otherwise(path: Path) -> bool:
        first = (ast.get_docstring(_tree(path)) or "").partition("\n")[0]
        return bool(path.read_text().strip()) and not first.endswith((".", "`", "?", ":"))

    assert _offenders(begins_otherwise) == {}


def _public(body: list[ast.stmt], above: str = "") -> Iterator[tuple[str, str | None]]:
    """Public functions, classes and methods, with their docstrings. A method that a base class has says no more."""
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        yield f"{above}{node.name}", ast.get_docstring(node)
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from _public(node.body, f"{node.name}.")


def _silent(path: Path) -> list[str]:
    return [name for name, said in _public(_tree(path).body) if not said]


def test_every_public_name_says_what_it_is() -> None:
    assert _offenders(_silent, [path for path in MODULES if _part(path) != "room"]) == {}


def test_the_practice_room_grows_no_more_silent() -> None:
    """Its methods are often named by Telegram and say no more; this number may only be lowered."""
    silent = [f"{_name(path)}: {name}" for path in _those("room") for name in _silent(path)]
    assert len(silent) <= SILENT_IN_THE_ROOM, silent
