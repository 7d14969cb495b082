"""Markup in words: texts are plain here, so tags, pictures and emphasis go and the words stay."""

import html
import re
from collections.abc import Callable
from typing import Final

from bot.library.imports.draft import Verdict
from bot.library.imports.naming import seen
from bot.library.imports.wash import Removed, Wash, shown

_PICTURES: Final = (
    re.compile(r"\[img\[[^\[\]\n]{0,2000}\](?:\[[^\[\]\n]{0,500}\]){0,2}\]", re.IGNORECASE),
    re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)"),
    re.compile(r"<(?:img|svg|video|audio|iframe|object|embed|picture|source)\b[^<>]{0,2000}>", re.IGNORECASE),
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<![A-Za-z][^<>]{0,200}>")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_WEB: Final = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(https?://[^()\s]{1,1000}\)")
_RULE: Final = re.compile(r"^[^\S\n]{0,9}(?:-{3,}|\*{3,}|_{3,}|={3,})[^\S\n]*$", re.MULTILINE)
_HEADING: Final = re.compile(
    r"^[^\S\n]{0,3}(?:#{1,6}[^\S\n]{1,9}|!{1,6}[^\S\n]{0,9}(?=\w))(?=\S)", re.MULTILINE
)
#: Pairs of signs around words, on one line.
_PAIRED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"''((?:[^'\n]|'(?!')){1,2000})''",
        r"(?<![:/\w])//(?![/\s])((?:[^/\n]|/(?!/)){1,2000})//(?!/)",
        r"\*\*(?![*\s])((?:[^*\n]|\*(?!\*)){1,2000})\*\*",
        r"(?<![*\w])\*(?![*\s])([^*\n]{1,2000})(?<!\s)\*(?![*\w])",
        r"(?<![_\w])__(?![_\s])([^_\n]{1,2000})__(?![_\w])",
        r"(?<![_\w])_(?![_\s])([^_\n]{1,2000})(?<!\s)_(?![_\w])",
        r"~~(?![~\s])([^~\n]{1,2000})~~",
        r"(?<!`)`([^`\n]{1,2000})`(?!`)",
    )
)
_SIGNS: Final = re.compile(r"[<>\[\]{}()$|*_~`&#!\\]")
_REPEATED: Final = re.compile(r"(['/=-])\1+|/(?=%)")
_DOUBLE: Final = re.compile(r"\[{2,}|\]{2,}")


def take_pictures(wash: Wash) -> None:
    """Takes out pictures, films and sounds: they are refused."""
    for pattern in _PICTURES:
        wash.sub(
            pattern,
            lambda found: Removed(
                "picture or sound", Verdict.REFUSED, f"{shown(found[0])} is left out; texts are words here."
            ),
        )


def take_markup(wash: Wash) -> None:
    """Takes markup off the words; the words themselves stay."""
    wash.sub(_TAG, _bare("HTML"))
    wash.sub(_ENTITY, _entity)
    wash.sub(_WEB, _worded("link to the web"))
    wash.sub(_RULE, _bare("ruled line"))
    wash.sub(_HEADING, _bare("heading"))
    for pattern in _PAIRED:
        wash.sub(pattern, _worded("emphasis"))
    wash.sub(
        _DOUBLE,
        lambda found: Removed(
            "double bracket", Verdict.APPROXIMATED, "is no whole link; a single bracket stays.", found[0][0]
        ),
    )


def strip_signs(wash: Wash) -> None:
    """Takes out every sign that could mean something: for words that no washing makes plain."""
    what = "all signs that could be markup are left out."
    wash.note(wash.line, Removed("tangled markup", Verdict.APPROXIMATED, what))
    wash.text = _REPEATED.sub(lambda found: found[1] or "", _SIGNS.sub("", wash.text))


def _bare(construct: str) -> Callable[[re.Match[str]], Removed]:
    def bare(found: re.Match[str]) -> Removed:
        return Removed(construct, Verdict.APPROXIMATED, f"{shown(found[0])} is left out; the words stay.")

    return bare


def _worded(construct: str) -> Callable[[re.Match[str]], Removed]:
    def worded(found: re.Match[str]) -> Removed:
        what = f"{shown(found[0])} becomes plain words."
        return Removed(construct, Verdict.APPROXIMATED, what, found[1])

    return worded


def _entity(found: re.Match[str]) -> Removed | None:
    sign = seen(html.unescape(found[0]))
    if sign == found[0]:
        return None
    what = f"{found[0]} is written as the sign itself."
    return Removed("HTML entity", Verdict.KEPT, what, " " if sign.isspace() else sign)
