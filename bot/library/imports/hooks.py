"""Harlowe's macros and hooks: `(macro: …)` goes, and of `[a hook]` behind it the words stay."""

import re
from typing import Final

from bot.library.imports.draft import Verdict
from bot.library.imports.wash import Lines, Removed, Wash, held, shown

_BRANCHES: Final = frozenset({"if", "unless", "elseif", "else", "cond", "nth", "case"})
_STORES: Final = frozenset({"set", "put", "move", "unpack", "forget"})
_ELSEWHERE: Final = frozenset(
    {"display", "goto", "redirect", "undo", "restart", "reload", "gotopage", "gotourl"}
)
#: Every other macro that Harlowe 3 knows; its own spelling leaves out hyphens, underscores and capitals.
_OTHERS: Final = """
    print str text string num number random a array dm datamap ds dataset datanames datavalues dataentries
    dataset range repeated interlaced rotated rotatedto shuffled sorted reversed sequence subarray permutations folded
    altered find all some none pass count datatype datapattern split splitted joined join trimmed plural uppercase
    lowercase upperfirst lowerfirst words digitformat wordsreversed strnth strrepeated strreversed strfind strreplace
    p patt pattern pmany pnotb pinsensitive popt pnot pstart pend pnewline
    link linkreplace linkreveal linkrepeat linkrerun linkreevaluate linkundo linkgoto linkrevealgoto linkshow
    linkstorage linkfullscreen clickappend click clickreplace clickprepend clickgoto clickundo clickrerun
    mouseover mouseoverappend mouseoverreplace mouseoverprepend mouseovergoto mouseoverundo mouseout
    mouseoutappend mouseoutreplace mouseoutprepend mouseoutgoto mouseoutundo hoverstyle
    live stop event more after afterelsif for loop while either enchant enchantin change ignore show hide hidden
    rerun replace append prepend replacewith appendwith prependwith alert prompt confirm dialog
    savegame loadgame savedgames cyclinglink seqlink sequencelink dropdown checkbox checkboxfullscreen input
    inputbox forceinput forceinputbox forcecheckbox meter timedlink linkstyle background bg css color colour
    textcolor textcolour textstyle textsize size font align box floatbox border borderstyle bordersize bordercolor
    bordercolour cornerradius textrotate textrotatex textrotatey textrotatez textindent opacity transition t8n
    transitiondepart t8ndepart transitionarrive t8narrive transitiontime t8ntime transitiondelay t8ndelay
    transitionskip t8nskip animation hook collapse nobr verbatim verbatimsource action button columns column
    current currentdate currenttime monthday weekday history visited passage passages metadata source hooks
    hooksnamed openurl opengoto pageurl scroll iconundo iconredo iconrestart iconcounter iconfullscreen
    icon erase seed mock mockvisits mockturns debug assert assertexists test verbatimprint macro output
    outputdata outputhook partial rgb rgba hsl hsla lch lcha gradient lineargradient radialgradient stripes
    palette complement mix abs cos exp log log10 log2 max min pow sign sin sqrt tan ceil floor round trunc clamp lerp
"""
_NAMES: Final = _BRANCHES | _STORES | _ELSEWHERE | frozenset(_OTHERS.split())
_MACRO: Final = re.compile(r"\(([A-Za-z][\w-]{0,30}):")
_TO_HOOK: Final = re.compile(r"[^\S\n]*(?:\|[\w-]{1,60}>)?\[")
_NAMED: Final = re.compile(r"\|[\w-]{1,60}[>)](?=\[)|(?<=\])[<(][\w-]{1,60}\|")
_BRACKETS: Final = re.compile(r"[()\[\]]")
_BRACES: Final = re.compile(r"[{}]")
#: As much of a long construct as anybody is shown, and more.
_READ: Final = 300
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}


def take_hooks(wash: Wash) -> None:
    """Takes out Harlowe's macros by name; of a hook that has a name or a macro, only the two brackets go."""
    _take_names(wash)
    _take_macros(wash)
    if wash.story_format.casefold() == "harlowe":
        _take_braces(wash)


def _take_names(wash: Wash) -> None:
    """Takes the names off hooks, before them or behind, and the brackets of each."""
    text, lines, kept, at = wash.text, Lines(wash.text, wash.line), [], 0
    pairs = _pairs(text)
    begins = {end: start for start, end in pairs.items()}
    gone: set[int] = set()
    names = list(_NAMED.finditer(text))
    for found in names:
        before = found[0].startswith("|")
        start = found.end() if before else begins.get(found.start() - 1)
        if start in pairs:
            gone |= {start, pairs[start]}
        what = f"{shown(found[0])} is left out; the words of its hook stay."
        wash.note(lines.at(found.start()), Removed("Harlowe hook's name", Verdict.REFUSED, what))
    for found in names:
        kept.append(_without(text, at, found.start(), gone))
        at = found.end()
    wash.text = "".join(kept) + _without(text, at, len(text), gone)


def _take_braces(wash: Wash) -> None:
    """Takes out the braces that make Harlowe run lines together; the lines stay apart."""
    text, lines = wash.text, Lines(wash.text, wash.line)
    pairs = _pairs(text, _BRACES)
    for start in sorted(pairs):
        what = f"{shown(text[start : min(pairs[start] + 1, start + _READ)])} loses its braces; its lines stay apart."
        wash.note(lines.at(start), Removed("Harlowe {…}", Verdict.APPROXIMATED, what))
    wash.text = _without(text, 0, len(text), {*pairs, *pairs.values()})


def _take_macros(wash: Wash) -> None:
    text, lines, kept, at = wash.text, Lines(wash.text, wash.line), [], 0
    pairs = _pairs(text)
    ends: set[int] = set()
    for start, end, removed in _macros(text, pairs):
        wash.note(lines.at(start), removed)
        kept.append(_without(text, at, start, ends) + held(text[start:end]))
        at = end
        hook = _TO_HOOK.match(text, end)
        if hook and hook.end() - 1 in pairs:
            ends.add(pairs[hook.end() - 1])
            at = hook.end()
    wash.text = "".join(kept) + _without(text, at, len(text), ends)


def _macros(text: str, pairs: dict[int, int]) -> list[tuple[int, int, Removed]]:
    """Where each known macro begins and ends; one that is never closed ends with its line."""
    found, at = [], 0
    for match in _MACRO.finditer(text):
        name = re.sub("[-_]", "", match[1]).casefold()
        if name in _NAMES and match.start() >= at:
            close = pairs.get(match.start())
            at = _line_end(text, match.start()) if close is None else close + 1
            found.append((match.start(), at, _verdict(match[1], name, text[match.start() : at])))
    return found


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _verdict(written: str, name: str, whole: str) -> Removed:
    construct = f"Harlowe ({written}:)"
    if name in _BRANCHES:
        what = f"the condition {shown(whole)} is lost; its words and links stand for everybody."
        return Removed(construct, Verdict.APPROXIMATED, what)
    if name in _STORES:
        return Removed(construct, Verdict.REFUSED, f"{shown(whole)} is left out: no variable is taken over.")
    if name in _ELSEWHERE:
        return Removed(construct, Verdict.REFUSED, f"{shown(whole)} is left out; what it leads to is not.")
    return Removed(construct, Verdict.REFUSED, f"{shown(whole)} is left out; the words of a hook are kept.")


def _pairs(text: str, brackets: re.Pattern[str] = _BRACKETS) -> dict[int, int]:
    """Every bracket that is closed, and where; a bracket of the other kind inside does not matter."""
    open_: dict[str, list[int]] = {"(": [], "[": [], "{": []}
    pairs = {}
    for found in brackets.finditer(text):
        if found[0] in open_:
            open_[found[0]].append(found.start())
        elif open_[_PAIRS[found[0]]]:
            pairs[open_[_PAIRS[found[0]]].pop()] = found.start()
    return pairs


def _without(text: str, start: int, end: int, gone: set[int]) -> str:
    """The text between two places, without the brackets that stand at `gone`."""
    return "".join(sign for at, sign in enumerate(text[start:end], start) if at not in gone)
