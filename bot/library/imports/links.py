"""Links of Twine stories: the forms in double brackets, and the macros of story formats that are links."""

import html
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

#: Attributes that make a link of any piece of HTML: SugarCube's and Snowman's, Chapbook's, and Harlowe's.
ATTRIBUTES: Final = ("data-passage", "data-cb-go", "passage-name")
_VALUE: Final = r"\s{0,9}=\s{0,9}(\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>=]{1,500})"
_TARGET: Final = re.compile(rf"(?:\s|@|sc-eval:)(?:{'|'.join(ATTRIBUTES)}){_VALUE}", re.IGNORECASE)
_SETTER: Final = re.compile(rf"(?:\s|@|sc-eval:)data-(?:setter|cb-set-vars){_VALUE}", re.IGNORECASE)
_NAMED: Final = re.compile(rf"\s(?:alt|title|aria-label){_VALUE}", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,1000}>")
_SETS: Final = "; what it sets is lost"
_HTML: Final = re.compile(
    rf"<([A-Za-z][\w-]{{0,20}})(?=[^<>]{{0,2000}}(?:{'|'.join(ATTRIBUTES)}))((?:\s[^<>]{{0,2000}})?)>"
    r"(?:((?:(?!</?\1\b)[\s\S]){0,1000})</\1\s{0,9}>)?",
    re.IGNORECASE,
)
_PICTURE: Final = re.compile(
    r"\[img\[(?:([^\[\]|\n]{0,300})\|)?[^\[\]\n]{0,2000}\]\[([^\[\]\n]{1,500})\](?:\[([^\[\]\n]{0,500})\])?\]",
    re.IGNORECASE,
)


def take_html_links(wash: Wash) -> None:
    """Takes out the links that are written as HTML or as a picture, before their signs go as mere markup."""
    if any(name in wash.text.lower() for name in ATTRIBUTES):
        lines = Lines(wash.text, wash.line)
        wash.sub(_HTML, lambda found: _clicked(found, wash, lines.at(found.start())))
    lines = Lines(wash.text, wash.line)
    wash.sub(_PICTURE, lambda found: _pictured(found, wash, lines.at(found.start())))


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


def _clicked(found: re.Match[str], wash: Wash, line: int) -> Removed | None:
    target = _TARGET.search(found[2])
    if target is None:
        return None
    name = _unquoted(target[1])
    said = _NAMED.search(found[2])
    inside = PLACED.sub("", found[3] or "")
    bare = _TAG.sub("", inside)
    words = one_line(bare) or (_unquoted(said[1]) if said else "")
    setter = _SETTER.search(found[2])
    lost = (", its words without their markup" if bare != inside else "") + (_SETS if setter else "")
    return _plain(f"HTML <{found[1].lower()}> link", wash.place(words or name, name, line), name, lost)


def _pictured(found: re.Match[str], wash: Wash, line: int) -> Removed:
    name = divided(found[2])[1]
    sign = wash.place(one_line(found[1] or "") or name, name, line)
    return _plain("picture that is a link", sign, name, _SETS if found[3] else "")


def _plain(construct: str, sign: str, name: str, lost: str) -> Removed:
    return Removed(construct, Verdict.APPROXIMATED, f"becomes a plain option to '{shown(name)}'{lost}.", sign)


def _unquoted(value: str) -> str:
    return one_line(html.unescape(value[1:-1] if value[:1] in "\"'" else value))


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
