"""Links of Twine stories: the forms in double brackets, and the macros of story formats that are links."""

import re
from functools import partial
from typing import Final

from bot.library.imports.draft import Verdict
from bot.library.imports.naming import one_line
from bot.library.imports.wash import PLACED, Lines, Removed, Wash, shown

_LINK: Final = re.compile(r"\[\[(?!\[)((?:[^\[\]\n]|\[(?!\[)|\](?!\])){0,2000})\]\](\]?)")
_SAID: Final = r"(\"[^\"\n]{0,500}\"|'[^'\n]{0,500}')"
_GAP: Final = r"\s{0,9}"
#: Macros that offer words and lead to a passage; the words come first, the passage last.
_MACROS: Final = tuple(
    (name, re.compile(pattern.replace("~", _GAP).replace("SAID", _SAID), re.IGNORECASE))
    for name, pattern in (
        ("Harlowe (link-goto:)", r"\(link-?(?:reveal-?)?go-?to:~SAID~(?:,~SAID~)?\)"),
        ("Harlowe (link:)[(go-to:)]", r"\(link(?:-?replace)?:~SAID~\)~\[~\(go-?to:~SAID~\)~\]"),
        (
            "SugarCube <<link>><<goto>>",
            r"<<(?:link|button)\s~SAID~>>~<<goto\s~SAID~>>~<</(?:link|button)>>",
        ),
        ("SugarCube <<link>>", r"<<(?:link|button)\s~SAID\s~SAID~>>(?:~<</(?:link|button)>>)?"),
    )
)
_INSERT: Final = re.compile(r"\{[^\S\n]{0,9}link[^\S\n]{1,9}to[^\S\n]{0,9}:([^{}\n]{0,600})\}", re.IGNORECASE)
_LABEL: Final = re.compile(rf"label{_GAP}:{_GAP}{_SAID}", re.IGNORECASE)
_FIRST: Final = re.compile(_GAP + _SAID)


def take_links(wash: Wash) -> None:
    """Takes every link out of the words and leaves a sign in its place."""
    lines = Lines(wash.text, wash.line)
    wash.sub(_LINK, lambda found: _bracketed(found, wash, lines.at(found.start())))
    for name, pattern in _MACROS:
        lines = Lines(wash.text, wash.line)
        wash.sub(pattern, partial(_spoken, wash=wash, lines=lines, name=name))
    lines = Lines(wash.text, wash.line)
    wash.sub(_INSERT, lambda found: _inserted(found, wash, lines.at(found.start())))


def divided(inside: str) -> tuple[str, str]:
    """The label and the target of what stands between double brackets."""
    if "->" in inside:
        label, _, target = inside.rpartition("->")
    elif "<-" in inside:
        target, _, label = inside.partition("<-")
    elif "|" in inside:
        label, _, target = inside.rpartition("|")
    else:
        label = target = inside
    return one_line(label), one_line(target)


def _bracketed(found: re.Match[str], wash: Wash, line: int) -> Removed:
    inside, setter, effect = found[1].partition("][")
    after = found[2]
    if after and inside.count("[") > inside.count("]"):
        inside, after = f"{inside}]", ""
    label, target = divided(inside)
    sign = wash.place(label, target, line) + after
    if setter:
        what = f"the link to '{target}' is kept; what it sets is lost: {shown(effect)}"
        return Removed("link with a setter", Verdict.APPROXIMATED, what, sign)
    return Removed("", Verdict.KEPT, "", sign)


def _spoken(found: re.Match[str], *, wash: Wash, lines: Lines, name: str) -> Removed | None:
    if PLACED.search(found[0]):
        return None
    said = [one_line(part[1:-1]) for part in found.groups() if part is not None]
    sign = wash.place(said[0], said[-1], lines.at(found.start()))
    return Removed(name, Verdict.APPROXIMATED, f"becomes a plain option to '{shown(said[-1])}'.", sign)


def _inserted(found: re.Match[str], wash: Wash, line: int) -> Removed | None:
    target = _FIRST.match(found[1])
    if target is None:
        return None
    label = _LABEL.search(found[1])
    name = one_line(target[1][1:-1])
    sign = wash.place(one_line(label[1][1:-1]) if label else name, name, line)
    return Removed(
        "Chapbook {link to:}", Verdict.APPROXIMATED, f"becomes a plain option to '{shown(name)}'.", sign
    )
