"""Faults in a file's values: out of bounds, of the wrong kind or length, in the wrong order."""

from collections.abc import Callable, Mapping

from bot.library.source import Place
from tests.mutation.texts import LIMITS, Edit, Page, TextKind, edit


def _bounds(page: Page, name: str) -> tuple[int, int] | None:
    declared = page.at(("variables", name))
    if isinstance(declared, bool):
        return 0, 1
    return (declared["from"], declared["to"]) if isinstance(declared, Mapping) else None


def _out_of(
    names: tuple[str, ...], values: Callable[[int, int], tuple[object, ...]]
) -> Callable[[Page], Edit | None]:
    """A variable is asked for, or set to, what it cannot be: just beyond its bounds, too."""

    def beyond(page: Page) -> Edit | None:
        place = page.one([place for place in page.places(*names) if page.at(place)])
        here = page.at(place) if place else None
        if place is None or not isinstance(here, Mapping):
            return None
        name = page.chance.choice(sorted(here))
        bounds = _bounds(page, name)
        fit = [value for value in values(*bounds) if _digits(value)] if bounds else []
        if bounds is None or not fit:
            return None
        line, value = page.line((*place, name)), page.chance.choice(fit)
        told = page.lines[line - 1]
        before, _, rest = told.partition(f"{name}: ")
        if not rest or not before.rstrip().endswith(("{", ",")):
            return None
        after = rest[min(at for at in (rest.find(","), rest.find("}")) if at >= 0) :]
        words = f"'{name}' runs from {bounds[0]} to {bounds[1]}; this cannot be."
        return edit(page.edited(line, f"{before}{name}: {value}{after}"), "bounds", line, words)

    return beyond


def _digits(value: object) -> bool:
    """Whether a value can be written: its numbers have one digit and no sign of their own."""
    return all(part.isdecimal() and len(part) == 1 for part in str(value).lstrip("+-").split("..") if part)


def _beyond(low: int, high: int) -> tuple[object, ...]:
    below = (low - 1, f"{low - 1}..{high}") if low else ()
    return (*below, high + 1, f"{low}..{high + 1}", f"{high + 1}..")


def _moves(low: int, high: int) -> tuple[object, ...]:
    below = (low - 1,) if low else ()
    return (*below, high + 1, f"+{high - low + 1}", f"-{high - low + 1}", "+0")


def _start(page: Page) -> Edit | None:
    """A variable starts just outside its bounds."""
    variables = page.at(("variables",)) if page.places("variables") else None
    if not isinstance(variables, Mapping):
        return None
    name = page.chance.choice(sorted(variables))
    low, high = _bounds(page, name) or (0, 9)
    line, start = page.line(("variables", name)), page.chance.choice((low - 1, high + 1))
    if not 0 <= start <= 9 or f"to: {high}, start: " not in page.lines[line - 1]:
        return None
    text = page.edited(line, f"{page.indent(line)}{name}: {{from: {low}, to: {high}, start: {start}}}")
    return edit(text, "bounds", line, f"'{name}' must start between its 'from' and its 'to'.")


def _enum(names: tuple[str, ...], known: tuple[str, ...]) -> Callable[[Page], Edit | None]:
    """A word of a short list is misspelt."""

    def slipped(page: Page) -> Edit | None:
        place = page.one(page.places(*names))
        assert place is not None
        value, line = page.at(place), page.line(place)
        word = page.chance.choice(value) if isinstance(value, list) else str(value)
        slip = page.typo(word, list(known))
        if slip is None:
            return None
        return edit(page.swap(line, word, slip), "form", line, "must be one of", f"Did you mean '{word}'?")

    return slipped


def _too_long(page: Page) -> Edit | None:
    """One character more than fit."""
    place = page.one(page.told(*LIMITS))
    if place is None:
        return None
    limit = LIMITS[str(place[-1])]
    value = ("So. " * limit)[:limit] + "!"
    words = f"'{place[-1]}' has {limit + 1} characters; at most {limit} fit."
    return edit(page.rewritten(place, value), "form", page.line(place), words)


def _empty(page: Page) -> Edit | None:
    """Only the name is left. (`says` may be left out, and so be empty, too.)"""
    place = page.one(page.told("title", *sorted({*LIMITS} - {"says"})))
    if place is None:
        return None
    line = page.line(place)
    return edit(
        page.edited(line, f"{page.indent(line)}{place[-1]}:"), "form", line, f"'{place[-1]}' is empty."
    )


def _of_another_kind(page: Page) -> Edit | None:
    """A number in words, a list where text is wanted, yes or no in quotation marks."""
    name, value, words = page.chance.choice(
        (
            ("minutes", "four", "'minutes' must be a whole number"),
            ("minutes", "9", "'minutes' is 9; it must be at most 5."),
            ("override", '"yes"', "'override' must be yes or no"),
            ("keeps_quiet", "quietly", "'keeps_quiet' must be yes or no"),
            ("because", "[one, two]", "'because' must be text"),
            ("changes", "7", "'changes' must be text; put it in quotation marks."),
            ("draws_on", "skill", "'draws_on' must be a list"),
        )
    )
    places = [
        place for place in page.places(name) if page.plain(place) or not isinstance(page.at(place), str)
    ]
    place = page.one(places)
    if place is None or not page.lines[page.line(place) - 1].lstrip().startswith(f"{name}: "):
        return None
    line = page.line(place)
    return edit(page.edited(line, f"{page.indent(line)}{name}: {value}"), "form", line, words)


def _several(page: Page) -> list[Place]:
    """Options with several ways, each of which begins on a line of its own."""
    return [place for place in page.places("goes") if isinstance(page.at(place), list)]


def _no_last_way(page: Page) -> Edit | None:
    """The last of several ways has a condition, too, so that there may be none."""
    place = page.one(_several(page))
    ways = page.at(place) if place else None
    if place is None or not isinstance(ways, list):
        return None
    line = page.line((*place, len(ways) - 1))
    first = page.lines[page.line((*place, 0)) - 1].strip()
    last = page.lines[line - 1]
    if not first.startswith("- when: ") or not last.strip().startswith("- to: "):
        return None
    indent = page.indent(line)
    text = page.edited(line, f"{indent}{first}", f"{indent}  {last.strip()[2:]}")
    return edit(text, "way", line, "the last way must have no 'when'")


def _way_too_early(page: Page) -> Edit | None:
    """A way without a condition stands before others."""
    place = page.one(_several(page))
    ways = page.at(place) if place else None
    if place is None or not isinstance(ways, list):
        return None
    at = page.chance.randrange(len(ways) - 1)
    line = page.line((*place, at))
    if not page.lines[line - 1].strip().startswith("- when: ") or "to: " not in page.lines[line]:
        return None
    lines = [
        *page.lines[: line - 1],
        f"{page.indent(line)}- {page.lines[line].strip()}",
        *page.lines[line + 1 :],
    ]
    return edit("\n".join(lines) + "\n", "way", line, "so those after it are never taken.")


def _no_rule(page: Page) -> Edit | None:
    """A rule that is of neither kind."""
    place = page.one(page.places("rules"))
    id = str(page.at(page.one([it for it in page.places("id") if len(it) == 3]) or ()))
    if place is None:
        return None
    broken = page.chance.choice(
        ("{never: %s}", "{after: %s}", "{passes: %s, after: %s}", "{passes: %s, never: %s, after: %s}")
    )
    line = page.line(place)
    text = page.edited(line, page.lines[line - 1], f"  - {broken.replace('%s', id)}")
    return edit(text, "form", line + 1, "this is no rule:")


def _too_few(page: Page) -> Edit | None:
    """A scene with two options."""
    place = page.one([it for it in page.places("options") if len(page.at(it)) == 3])  # type: ignore[arg-type]
    if place is None:
        return None
    at = page.chance.randrange(2)  # the third ends where something else begins
    first, after = page.line((*place, at)), page.line((*place, at + 1))
    text = "\n".join([*page.lines[: first - 1], *page.lines[after - 1 :]]) + "\n"
    return edit(text, "form", page.line(place), "'options' has 2; at least 3 are needed.")


def _anchor(page: Page) -> Edit | None:
    """A mark that YAML takes for an order."""
    place = page.one(page.told("because", "changes", "thinks"))
    if place is None:
        return None
    line, mark = page.line(place), page.chance.choice(("&here ", "!now ", "*here"))
    words = "tags (!) are not allowed" if "!" in mark else "anchors and aliases (& and *) are not allowed"
    rest = "" if "*" in mark else f'"{page.at(place)}"'
    return edit(page.edited(line, f"{page.indent(line)}{place[-1]}: {mark}{rest}"), "yaml", line, words)


_RATINGS = ("stronger", "workable", "weaker")
KINDS = (
    TextKind("a condition out of bounds", _out_of(("when",), _beyond)),
    TextKind("an effect out of bounds", _out_of(("sets",), _moves)),
    TextKind("a start out of bounds", _start),
    TextKind("a rating that is misspelt", _enum(("protects", "voice"), _RATINGS)),
    TextKind(
        "a resource that is misspelt",
        _enum(("draws_on",), ("knowledge", "skill", "personal quality", "value")),
    ),
    TextKind("a text that is too long", _too_long),
    TextKind("a field that is empty", _empty),
    TextKind("a value of another kind", _of_another_kind),
    TextKind("a last way with a condition", _no_last_way),
    TextKind("a way without a condition before others", _way_too_early),
    TextKind("a rule that is none", _no_rule),
    TextKind("a scene with two options", _too_few, alone=False),
    TextKind("a mark that YAML takes for an order", _anchor),
)
