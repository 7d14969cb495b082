"""Dead links in the documentation: `python -m tests.tools.links`. Nothing is fetched: a web address is only read."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]

#: Folders that hold other people's documentation, or what was built; those that begin with a dot are passed over, too.
NOT_OURS = frozenset({"node_modules", "build", "data"})
#: Addresses that name neither a file nor a page.
OTHER_SCHEMES = frozenset({"mailto", "tel"})

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?", re.IGNORECASE)
_UNDEFINED = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]")
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that leads nowhere, and the line it stands on."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(slots=True)
class Page:
    """What one Markdown file links to, with lines, and the anchors that others can link to."""

    links: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    undefined: list[tuple[int, str]] = field(default_factory=list)


class _Tags(HTMLParser):
    """The addresses and anchors in a piece of HTML, with lines counted from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[int, str]] = []
        self.anchors: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append((self.getpos()[0] - 1, value))
            elif name in ("id", "name") and value:
                self.anchors.append(value)


def markdown_files(root: Path) -> Iterator[Path]:
    """Every Markdown file of the repository, in order."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name not in NOT_OURS and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".md"))


def read(file: Path) -> Page:
    """The links and anchors of one Markdown file."""
    page = Page()
    tokens = MarkdownIt("commonmark").enable("table").parse(file.read_text(encoding="utf-8"))
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "html_block":
            _read_html(page, token.content, line)
        elif token.type == "inline":
            _read_inline(page, token.children or [], line)
            if before is not None and before.type == "heading_open":
                _add_heading(page, token.children or [])
    return page


def dead_links(root: Path) -> tuple[list[Dead], int]:
    """Every dead link in the Markdown files under `root`, and how many links were looked at."""
    pages = {file.resolve(): read(file) for file in markdown_files(root)}
    dead: list[Dead] = []
    for file, page in pages.items():
        name = file.relative_to(root.resolve()).as_posix()
        dead += [
            Dead(name, line, f"the reference {text} is defined nowhere.") for line, text in page.undefined
        ]
        for line, address in page.links:
            what = _wrong(address, file, root.resolve(), pages)
            if what is not None:
                dead.append(Dead(name, line, what))
    dead.sort(key=lambda one: (one.file, one.line))
    return dead, sum(len(page.links) for page in pages.values())


def main() -> None:
    """Prints every dead link; the exit code is 1 if there is one."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    dead, count = dead_links(root)
    for one in dead:
        print(one)
    if dead:
        raise SystemExit(1)
    print(f"All {count} links in the documentation lead somewhere.")


def _read_html(page: Page, html: str, line: int) -> None:
    tags = _Tags()
    tags.feed(html)
    page.links += [(line + at, address) for at, address in tags.links]
    page.anchors.update(tags.anchors)


def _read_inline(page: Page, children: list[Token], line: int) -> None:
    for child in children:
        if child.type == "link_open":
            page.links.append((line, str(child.attrs["href"])))
        elif child.type == "image":
            page.links.append((line, str(child.attrs["src"])))
        elif child.type == "html_inline":
            _read_html(page, child.content, line)
        elif child.type == "text":
            page.undefined += [(line, found) for found in _UNDEFINED.findall(child.content)]
        line += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))


def _add_heading(page: Page, children: list[Token]) -> None:
    """The anchor that GitHub gives a heading: a second one of the same words ends in -1."""
    text = "".join(child.content for child in children if child.type in ("text", "code_inline"))
    slug = _NOT_IN_A_SLUG.sub("", text.strip().lower()).replace(" ", "-")
    anchor, again = slug, 0
    while anchor in page.anchors:
        again += 1
        anchor = f"{slug}-{again}"
    page.anchors.add(anchor)


def _wrong(address: str, file: Path, root: Path, pages: dict[Path, Page]) -> str | None:
    """What is wrong with an address in `file`, or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"'{address}' is not an address."
    if parts.scheme in ("http", "https"):
        return None if _HOST.fullmatch(parts.netloc) else f"'{address}' is not an address."
    if parts.scheme or parts.netloc:
        return None if parts.scheme in OTHER_SCHEMES else f"'{address}' begins like nothing that is known."
    return _wrong_here(address, parts, file=file, root=root, pages=pages)


def _wrong_here(
    address: str, parts: SplitResult, *, file: Path, root: Path, pages: dict[Path, Page]
) -> str | None:
    path = unquote(parts.path)
    if not path and not parts.fragment:
        return "the link is empty."
    target = (root / path.lstrip("/") if path.startswith("/") else file.parent / path).resolve()
    target = target if path else file
    if not target.is_relative_to(root):
        return f"'{address}' leads out of the repository."
    if not target.exists():
        return f"'{path}' does not exist."
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return f"'{path or file.name}' has no heading '#{unquote(parts.fragment)}'."
    return None


if __name__ == "__main__":
    main()
