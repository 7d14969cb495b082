"""The account of an ink story: every construct that its author used, and what became of it."""

import re
from collections.abc import Iterator
from typing import Final

from bot.library.imports.draft import Loss, Verdict
from bot.library.imports.ink_counts import ONCE, sequence_length
from bot.library.imports.ink_do import CONDITION, INVISIBLE
from bot.library.imports.ink_parts import Container, Part
from bot.library.imports.ink_run import Story

#: What the compiler names by itself: places, choices, gathers, branches.
_OWN: Final = re.compile(r"[0-9]+|[cg]-[0-9]+|s[0-9]*|b|\$r[0-9]*|global decl")

_SEQUENCES: Final = {
    "%": ("cycle", "its texts take turns; every turn is a scene of its own."),
    "MIN": ("sequence", "its texts come one after the other; every one is a scene of its own."),
    "seq": ("shuffle", "its texts come in the order in which they are written, not by chance."),
}
_COMMANDS: Final = {
    "rnd": ("RANDOM", "the lowest number is taken, not one by chance."),
    "srnd": ("SEED_RANDOM", "there is no chance here."),
    "turn": ("TURNS", "turns are counted only as far as the story's own numbers go."),
    "turns": ("TURNS_SINCE", "turns are counted only as far as the story's own numbers go."),
    "readc": ("READ_COUNT", "visits are counted only as far as the story's own numbers go."),
    "choiceCnt": ("CHOICE_COUNT", "worked out; where it differs, there is a scene for each."),
    "thread": ("thread", "its choices stand among the others of the scene."),
}


def name_of(part: Part | None) -> str:
    """The author's name for the place where a part stands: knot, stitch and label; 'start' if nothing has a name."""
    path = part.path if part else ""
    return ".".join(step for step in path.split(".") if not _OWN.fullmatch(step)) or "start"


def account(story: Story, states: int) -> Iterator[Loss]:
    """What became of every construct, by its number; what no way through the story has met is refused by name."""
    for part in story.tree.parts:
        found = _construct(story, part)
        if found is not None:
            verdict, construct, what = found
            yield Loss(part.number, f"{construct} at {part.path}", verdict, what)
        if part.kind == "choice" and part not in story.met:
            what = "no way through the story ever comes to it; it is left out."
            yield Loss(part.number, f"choice at {part.path}", Verdict.REFUSED, what)
    yield from _unmet(story)
    if any(part.kind == "global" for part in story.tree.parts):
        what = f"flattened: the {states} states that read differently are the draft's scenes and endings."
        yield Loss(1, "variables", Verdict.APPROXIMATED, what)


def _construct(story: Story, part: Part) -> tuple[Verdict, str, str] | None:
    match part.kind:
        case "list":
            construct = "list" if part.name == "list" else f"list's {part.name}"
            return Verdict.REFUSED, construct, "lists are not read; say it with variables or knots."
        case _ if part in story.unsure:
            return _unsure(part)
        case "choice":
            return _choice(part)
        case "glue":
            return Verdict.KEPT, "glue", "the lines are one."
        case "global" if not part.flags:
            what = "flattened: where its value matters, there is a scene for each."
            return Verdict.APPROXIMATED, f"variable '{part.name[:40]}'", what
        case "temporary" if not part.flags and not part.name.startswith("$"):
            return Verdict.APPROXIMATED, f"temporary variable '{part.name[:40]}'", "worked out."
        case "divert" | "function" | "tunnel" | "variable divert" | "external":
            return _way(story, part)
        case "read count":
            what = f"counted up to {story.counts.cap}; where it matters, there is a scene for each."
            return Verdict.APPROXIMATED, f"read count of '{part.name[:40]}'", what
        case "command" if part.name == "visit":
            _, name = sequence_length(part)
            construct, what = _SEQUENCES.get(name, _SEQUENCES["MIN"])
            return Verdict.APPROXIMATED, construct, what
        case "command" if part.name in _COMMANDS:
            construct, what = _COMMANDS[part.name]
            return Verdict.APPROXIMATED, construct, what
        case _:
            return None


def _unsure(part: Part) -> tuple[Verdict, str, str] | None:
    """What became of a part that hangs on a list."""
    if part.kind == "choice":
        return Verdict.APPROXIMATED, "choice that hangs on a list", "its condition is left out."
    if part.kind in {"global", "temporary"}:
        what = "it holds a list, which is not read."
        return None if part.flags else (Verdict.REFUSED, f"variable '{part.name[:40]}'", what)
    if part.kind == "command":
        return Verdict.REFUSED, "words that hang on a list", "they are left out."
    return Verdict.REFUSED, "condition that hangs on a list", "the story goes on as if it were not met."


def _choice(part: Part) -> tuple[Verdict, str, str] | None:
    if part.flags & INVISIBLE:
        return Verdict.APPROXIMATED, "choice without words", "it is followed where no other choice is left."
    if part.flags & ONCE:
        construct = "once-only choice with a condition" if part.flags & CONDITION else "once-only choice"
        return Verdict.APPROXIMATED, construct, "where it is not offered again, there is a scene without it."
    if part.flags & CONDITION:
        return Verdict.APPROXIMATED, "choice with a condition", "it is an option in the scenes where it held."
    return None


def _way(story: Story, part: Part) -> tuple[Verdict, str, str] | None:
    name = part.name[:40]
    if part.kind == "external":
        if story.place(part.name) is None:
            return (
                Verdict.REFUSED,
                f"external function '{name}'",
                "it stands outside the story; it does nothing.",
            )
        what = "its stand-in in the story is used."
        return Verdict.APPROXIMATED, f"external function '{name}'", what
    if part.kind == "tunnel" or (part.kind == "variable divert" and part.flags == 2):
        return Verdict.APPROXIMATED, f"tunnel '{name}'", "its text is part of the scene that goes through it."
    if part.flags == 1:
        return Verdict.APPROXIMATED, f"function '{name}'", "what it does is worked out."
    if part.kind == "variable divert":
        return (
            None
            if name.startswith("$")
            else (Verdict.APPROXIMATED, f"divert to a variable '{name}'", "followed.")
        )
    if part.conditional:
        return (
            None
            if _in_sequence(part)
            else (Verdict.APPROXIMATED, "condition", "there is a scene for each side.")
        )
    knot = part.target.container.parent is story.tree.root if part.target else False
    if knot and "." not in part.name:
        return Verdict.KEPT, f"divert to '{name}'", "followed."
    return None


def _in_sequence(part: Part) -> bool:
    return any(isinstance(other, Part) and other.name == "visit" for other in part.parent.content[:2])


def _unmet(story: Story) -> Iterator[Loss]:
    met = {_knot(part) for part in story.met}
    for knot in story.tree.root.named.values():
        if knot.at < 0 and knot not in met and knot.content:
            what = "no way through the story ever comes to it; it is left out."
            yield Loss(knot.number, f"knot '{knot.path[:40]}'", Verdict.REFUSED, what)


def _knot(part: Part) -> Container:
    container = part.parent
    while container.parent is not None and container.parent.parent is not None:
        container = container.parent
    return container
