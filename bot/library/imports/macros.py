"""Macros of the story formats Harlowe, SugarCube, Chapbook and Snowman: known by name, and lost by name."""

import re
from typing import Final

from bot.library.imports.draft import Verdict
from bot.library.imports.hooks import take_hooks
from bot.library.imports.wash import Removed, Wash, shown

_CODE: Final = (
    ("comment", r"<!--", r"-->"),
    ("comment", r"/\*", r"\*/"),
    ("comment", r"/%", r"%/"),
    ("SugarCube <<script>>", r"<<script\b", r"<</script>>"),
    ("script", r"<script\b", r"</script\s*>"),
    ("stylesheet", r"<style\b", r"</style\s*>"),
    ("Snowman code", r"<%", r"%>"),
)
_BLOCKS: Final = tuple(
    (name, re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE)) for name, begin, end in _CODE
)
_SUGAR: Final = re.compile(r"<<(/?)([A-Za-z][\w-]{0,40}|[=-])((?:[^<>]|<(?!<)|>(?!>)){0,1000})>>")
_BRANCHES: Final = {"if", "elseif", "else", "switch", "case", "default"}
_STORES: Final = {"set", "unset", "remember", "forget", "capture", "run"}

_VARS: Final = re.compile(
    r"\A\s{0,99}(?:[A-Za-z_$][\w.$]{0,80}[^\S\n]{0,9}(?:\([^\n]{0,300}\)[^\S\n]{0,9})?:[^\n]{0,1000}\n\s{0,99}){1,200}--(?=\n|\Z)"
)
_HIDING: Final = r"note to myself|note|n\.b\.|fixme|todo|css|javascript"
_GUIDING: Final = r"ifalways|ifnever|if|unless|else|continued|continue|cont'd|cont|after|append|align"
_HIDDEN: Final = re.compile(
    rf"^\[(?:{_HIDING})\](?:\n(?!\[(?:{_GUIDING}|{_HIDING})\b)[^\n]*)*", re.MULTILINE | re.IGNORECASE
)
_MODIFIER: Final = re.compile(
    rf"^\[(?:{_GUIDING})(?:[^\S\n][^\[\]\n]{{0,200}})?\]$", re.MULTILINE | re.IGNORECASE
)
_INSERT: Final = re.compile(
    r"\{(?:(?:embed|reveal|back|restart|cycling|dropdown|text|theme|ambient|sound|no|fork)[^\S\n]{1,9}"
    r"(?:link|passage|image|input|menu|switcher|sound|youtube|flickr|unsplash|effect|random|ambient)"
    r"[^{}\n]{0,600}|[A-Za-z_][\w.]{0,80})\}",
    re.IGNORECASE,
)
_VARIABLE: Final = re.compile(r"\$[A-Za-z_]\w{0,60}(?:(?:\.|'s )[A-Za-z_]\w{0,60}){0,5}")
_TEMPORARY: Final = re.compile(r"(?<![\w*_])_[A-Za-z]\w{0,60}(?![\w_])")
_FORMATS_WITH_TEMPORARY: Final = {"harlowe", "sugarcube"}


def take_code(wash: Wash) -> None:
    """Takes out what is code or comment from beginning to end, links included: nobody was to read it."""
    for name, opening, closing in _BLOCKS:
        what = "is never shown." if name == "comment" else "is code; nothing of it is run or kept."
        wash.between(opening, closing, name, what)
        wash.sub(
            opening,
            lambda found: _gone("unclosed code or comment", found, "is never closed; its sign is left out."),
        )


def take_macros(wash: Wash) -> None:
    """Takes out the macros of every story format; the words between an opening and a closing one stay."""
    wash.sub(_SUGAR, _sugar)
    take_hooks(wash)
    wash.sub(
        _VARS, lambda found: _gone("Chapbook variables", found, "is left out: no variable is taken over.")
    )
    wash.sub(_HIDDEN, lambda found: _gone("Chapbook modifier", found, "is never shown."))
    wash.sub(_MODIFIER, _modifier)
    wash.sub(_INSERT, _insert)
    wash.sub(_VARIABLE, _variable)
    if wash.story_format.casefold() in _FORMATS_WITH_TEMPORARY:
        wash.sub(_TEMPORARY, _variable)


def _gone(construct: str, found: re.Match[str], what: str) -> Removed:
    return Removed(construct, Verdict.REFUSED, f"{shown(found[0])} {what}")


def _sugar(found: re.Match[str]) -> Removed:
    name = found[2]
    construct = f"SugarCube <<{found[1]}{name}>>"
    if found[1]:
        return Removed(construct, Verdict.APPROXIMATED, "the macro ends here; the words inside it are kept.")
    if name.casefold() in _BRANCHES:
        what = f"the condition {shown(found[0])} is lost; its words and links stand for everybody."
        return Removed(construct, Verdict.APPROXIMATED, what)
    if name.casefold() in _STORES:
        return _gone(construct, found, "is left out: no variable is taken over.")
    return _gone(construct, found, "is left out; words between it and its end are kept.")


def _modifier(found: re.Match[str]) -> Removed:
    what = f"the condition or timing {shown(found[0])} is lost; its words stand for everybody."
    return Removed("Chapbook modifier", Verdict.APPROXIMATED, what)


def _insert(found: re.Match[str]) -> Removed:
    what = "is left out; what it would show is not in the file as words."
    return _gone("Chapbook insert", found, what)


def _variable(found: re.Match[str]) -> Removed:
    return _gone("variable", found, "is left out: its value is not known when nothing is run.")
