"""A draft as `scenario.yaml` for its author: what is known stands there, what is not is a gap with its name.

A gap is an empty value with a comment that names it. `bothand check` refuses every empty value at its line; of a list
that is too long it says so first, and tells of the gaps inside once the list is cut.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from bot.library.imports.draft import Draft, DraftOption, DraftScene
from bot.library.imports.naming import ID_LENGTH, SCENARIO_ID_LENGTH, slug

_WIDTH: Final = 110
_SCENES, _ENDINGS, _OPTIONS = 4, 3, 3
_SCENARIO: Final = ("teaser", "minutes", "roles", "skills", "content_note")
_PERSON: Final = ("name", "age", "pronouns", "about")
_OPTION: Final = ("protects", "voice", "because", "draws_on", "skills", "changes", "thinks")
_TEXTS: Final = {
    "text",
    "because",
    "changes",
    "thinks",
    "says",
    "afterwards",
    "supervision",
    "about",
    "teaser",
}


def scenario_yaml(draft: Draft) -> str:
    """The draft as the text of a scenario file, every gap in it named."""
    return "\n".join(_written(draft).lines) + "\n"


def gaps(draft: Draft) -> list[str]:
    """The names of everything that the author has to fill in, such as 'at-the-gate/wait: protects', in order."""
    return _written(draft).gaps


def scenario_id(draft: Draft) -> str:
    """The id that the draft has, or that its title suggests; empty if the title has nothing that an id may hold."""
    return str(draft.fields.get("id") or slug(draft.title, SCENARIO_ID_LENGTH))


@dataclass(slots=True)
class _Page:
    """Lines of YAML, and the gaps in them."""

    lines: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def put(self, indent: str, name: str, value: object, *, of: str) -> None:
        """One name with its value; without a value it is a gap of `of`."""
        if value is None or value in ("", [], {}):
            self.gap(f"{indent}{name}:", f"{of}: {name}")
        elif isinstance(value, str) and name in _TEXTS:
            self.lines.append(f"{indent}{name}: >-")
            inner = " " * (len(indent.replace("-", " ")) + 2)
            self.lines += _folded(value, inner)
        else:
            self.lines.append(f"{indent}{name}: {_flow(value)}")

    def gap(self, line: str, name: str) -> None:
        """An empty value, and its name for the author."""
        self.lines.append(f"{line}  # GAP: {name}")
        self.gaps.append(name)


def _written(draft: Draft) -> _Page:
    page = _Page()
    scenes = [scene for scene in draft.scenes if scene.options]
    endings = [scene for scene in draft.scenes if not scene.options]
    _top(page, draft)
    page.lines += ["", "scenes:"]
    ids = {scene.id for scene in draft.scenes}
    for scene in scenes:
        _scene(page, scene, ids)
    for number in range(len(scenes) + 1, _SCENES + 1):
        page.gap("  -", f"scenario: scene {number} of at least {_SCENES}")
    page.lines += ["", "endings:"]
    for ending in endings:
        _ending(page, ending)
    for number in range(len(endings) + 1, _ENDINGS + 1):
        page.gap("  -", f"scenario: ending {number} of at least {_ENDINGS}")
    return page


def _top(page: _Page, draft: Draft) -> None:
    fields = draft.fields
    page.put("", "id", scenario_id(draft), of="scenario")
    page.put("", "title", draft.title, of="scenario")
    for name in _SCENARIO:
        page.put("", name, fields.get(name), of="scenario")
    person = fields.get("young_person")
    known = person if isinstance(person, Mapping) else {}
    page.lines.append("young_person:")
    for name in _PERSON:
        page.put("  ", name, known.get(name), of="young_person")
    page.put("", "you_are", fields.get("you_are"), of="scenario")
    done = {"id", "title", *_SCENARIO, "young_person", "you_are"}
    _others(page, "", fields, done)


def _scene(page: _Page, scene: DraftScene, ids: set[str]) -> None:
    page.lines.append("")
    page.put("  - ", "id", scene.id, of=scene.id)
    page.put("    ", "title", scene.title, of=scene.id)
    page.put("    ", "text", scene.text, of=scene.id)
    tags = _tags(scene)
    if tags:
        page.put("    ", "tags", tags, of=scene.id)
    _others(page, "    ", scene.fields, {"id", "title", "text", "tags", "options"})
    page.lines.append("    options:")
    for option in scene.options:
        _option(page, option, scene, ids)
    for number in range(len(scene.options) + 1, _OPTIONS + 1):
        page.gap("      -", f"{scene.id}: option {number} of at least {_OPTIONS}")


def _option(page: _Page, option: DraftOption, scene: DraftScene, ids: set[str]) -> None:
    name, fields = f"{scene.id}/{option.id}", option.fields
    page.put("      - ", "id", option.id, of=name)
    page.put("        ", "text", option.text, of=name)
    for key in _OPTION:
        page.put("        ", key, fields.get(key), of=name)
    _others(page, "        ", fields, {"id", "text", *_OPTION, "goes"})
    page.put("        ", "goes", fields.get("goes") or (option.to if option.to in ids else None), of=name)


def _ending(page: _Page, ending: DraftScene) -> None:
    page.lines.append("")
    page.put("  - ", "id", ending.id, of=ending.id)
    page.put("    ", "title", ending.title, of=ending.id)
    page.put("    ", "text", ending.text, of=ending.id)
    for name in ("afterwards", "supervision"):
        page.put("    ", name, ending.fields.get(name), of=ending.id)
    _others(page, "    ", ending.fields, {"id", "title", "text", "afterwards", "supervision", "options"})


def _others(page: _Page, indent: str, fields: Mapping[str, object], done: set[str]) -> None:
    """What a source holds besides: it is written only where there is something."""
    for name, value in fields.items():
        if name not in done and value is not None and value not in ("", [], {}):
            page.put(indent, name, value, of="")


def _tags(scene: DraftScene) -> list[str]:
    """The tags as the language writes them, each once."""
    return list(dict.fromkeys(tag for tag in (slug(tag, ID_LENGTH) for tag in scene.tags) if tag))


def _folded(text: str, indent: str) -> list[str]:
    """Paragraphs of a folded text: nothing is cut, and a long word keeps its line."""
    lines: list[str] = []
    for paragraph in filter(None, (" ".join(part.split()) for part in text.splitlines())):
        if lines:
            lines.append("")
        lines += textwrap.wrap(
            paragraph,
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _flow(value: object) -> str:
    """A value on one line, so that it is read again as the same."""
    written: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=2**30, sort_keys=False
    )
    return written.removesuffix("\n").removesuffix("...").rstrip("\n")
