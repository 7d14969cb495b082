"""Checks the spelling of everything that people read, against British English: content, screens, documentation.

Usage: python -m tests.tools.spelling

The words are Hunspell’s, from the dictionary in tests/tools/british. The names of young people and of sources
are taken from the files; every other name, and what no dictionary has, stands in content/spelling.txt, one a line.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.tools.links import ROOT, markdown_files

DICTIONARY: Final = Path(__file__).parent / "british"
OWN_WORDS: Final = ROOT / "content" / "spelling.txt"

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Nan's, nobody'd, what'll: the word before is what counts.
_SHORTENED: Final = re.compile(r"'(?:s|d|ll|ve|re)?$")
#: Addresses, files, commands and names in code: they are spelt as they are spelt.
_NO_WORDS: Final = re.compile(
    r"https?://\S+|\S*[@_\\]\S*|(?<![\w<])/\w+|\b[\w.-]+/[\w./…-]+|\b[\w-]+\.(?:yaml|md|py|js|j2|json|txt|org|uk|com)\b"
    r"|\w*\d\w*|--?[a-z-]+(?=[ ,.;:)`]|$)"
)
#: What stands behind these names is an id, a source or a condition.
_NO_TEXT: Final = re.compile(
    r"^ *(?:- )?(?:id|skill|skills|roles|goes|to|when|sets|sources|trace|address|contacts|tags|never|after|passes|law"
    r"|theme|basis|rule|draws_on|scenario|walk|choose|nation|avoid|words):(?: \[[^\]]*\]| .*)?$",
    re.MULTILINE,
)
_NAME: Final = re.compile(r"^ *(?:- )?[\w-]+: *", re.MULTILINE)
_YOUNG_PERSON: Final = re.compile(r"young_person:(?: *\{|[^\n]*\n\s*)name: *([^,\n}]+)")
_SOURCE: Final = re.compile(r"^  ([\w-]+):$", re.MULTILINE)
_CODE: Final = re.compile(
    r"^\s*```.*?^\s*```|`[^`\n]+`|\]\([^)]*\)|<[^>]*>|<!--.*?-->", re.DOTALL | re.MULTILINE
)
_TEMPLATE: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Misspelt:
    """A word that is not known, where it stands."""

    file: str
    line: int
    word: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: '{self.word}' is no British spelling that is known."


@cache
def own_words(path: Path = OWN_WORDS) -> frozenset[str]:
    """What is right all the same: names, and words that no dictionary has."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip()))


def files(root: Path = ROOT) -> list[Path]:
    """Every file that people read; walks quote what stands in the stories."""
    content = [path for path in (root / "content").rglob("*.yaml") if path.parent.name != "walks"]
    return sorted([*content, *(root / "bot" / "tg" / "texts").glob("*.j2"), *markdown_files(root)])


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Every word of a file that a person reads, with its line, from 1."""
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(_read(path.suffix, text).splitlines(), 1):
        for found in _WORD.finditer(_NO_WORDS.sub(" ", line)):
            yield number, found[0].replace("’", "'")


def young_people(paths: Iterable[Path]) -> set[str]:
    """The names of all young people in these files."""
    return _all_words(_YOUNG_PERSON, (path for path in paths if path.suffix == ".yaml"))


def sources(paths: Iterable[Path]) -> set[str]:
    """The keys of all sources in these files: reviews call them by their keys."""
    return _all_words(_SOURCE, (path for path in paths if path.name == "sources.yaml"))


def _all_words(wanted: re.Pattern[str], paths: Iterable[Path]) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return {word for text in texts for found in wanted.findall(text) for word in _WORD.findall(found)}


def misspelt(root: Path = ROOT) -> list[Misspelt]:
    """Every word that is not known, in the order of the places."""
    paths = files(root)
    right = known(own_words() | young_people(paths) | sources(paths))
    return sorted(
        Misspelt(str(path.relative_to(root)), line, word)
        for path in paths
        for line, word in words(path)
        if not right(word)
    )


def known(own: Iterable[str]) -> Callable[[str], bool]:
    """Tells whether a word is right: British, one of `own`, or one of these shortened, as in nobody’d."""
    british = _british()
    mine = frozenset(own)

    @cache
    def right(word: str) -> bool:
        forms = (word, _SHORTENED.sub("", word))
        return any(one in mine or one.lower() in mine or british(one) for one in forms)

    return right


@cache
def _british() -> Callable[[str], bool]:
    # Only here: whatever else is run from this folder needs no dictionary.
    from hunspell import Hunspell  # type: ignore[import-untyped]  # noqa: PLC0415 - it brings no types

    spell: Callable[[str], bool] = Hunspell("en-GB", hunspell_data_dir=str(DICTIONARY)).spell
    return spell


def _read(suffix: str, text: str) -> str:
    """The text of a file of this kind as it is read, on the same lines."""
    match suffix:
        case ".yaml":
            return _NAME.sub("", _NO_TEXT.sub(_blank, text))
        case ".j2":
            return _TEMPLATE.sub(_blank, text)
        case _:
            return _CODE.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def idle(root: Path = ROOT) -> list[str]:
    """Own words that stand nowhere, or that are known without them."""
    paths = files(root)
    taken = known(young_people(paths) | sources(paths))
    used = {one for path in paths for _, word in words(path) for one in (word, _SHORTENED.sub("", word))}
    used |= {word.lower() for word in used}
    return sorted(word for word in own_words() if word not in used or taken(word))


if __name__ == "__main__":
    wrong = misspelt()
    print("\n".join(map(str, wrong)) or "Every word is known.")
    sys.exit(bool(wrong))
