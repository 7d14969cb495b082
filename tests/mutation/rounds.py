"""Ways that lead round in a scenario, worked out situation by situation: how far each is, and which are one fault."""

from tests.mutation.look import Look


def rounds(seen: Look) -> tuple[list[int], list[int]]:
    """By how many taps at least each circle is shown: those without a way out, by coming there, and the others."""
    endless = _never_ending(seen)
    beyond = {here: beyond_of(seen, here) for here in endless}
    saved = {here for here in endless if any(map(seen.ends, beyond[here]))}
    lost = [min(map(seen.depth, circle)) for circle in _independent(seen, beyond, endless - saved)]
    others = [
        min(seen.depth(here) + once for here in circle if (once := _round(seen, here, circle)))
        for circle in _independent(seen, beyond, saved)
    ]
    return sorted(lost), sorted(others)


def _never_ending(seen: Look) -> set[int]:
    """The situations from which one can go on for ever."""
    left = set(range(len(seen.positions)))
    while gone := {here for here in left if not any(to in left for _, to in seen.onward(here))}:
        left = left - gone
    return left


def _round(seen: Look, start: int, inside: set[int]) -> int | None:
    """The fewest taps from a situation back to itself."""
    front, known, count = {start}, set[int](), 0
    while front:
        count += 1
        front = {to for here in front for _, to in seen.onward(here) if to in inside} - known
        if start in front:
            return count
        known |= front
    return None


def beyond_of(seen: Look, here: int) -> set[int]:
    """What can be reached by one tap or more."""
    found: set[int] = set()
    waiting = [here]
    while waiting:
        fresh = {to for _, to in seen.onward(waiting.pop())} - found
        found |= fresh
        waiting += fresh
    return found


def _independent(seen: Look, beyond: dict[int, set[int]], among: set[int]) -> list[set[int]]:
    """The situations on circles: those are together that lead to each other, or that lead on by the same option."""
    circles = [
        {other for other in beyond[here] & among if here in beyond[other]}
        for here in among
        if here in beyond[here]
    ]
    groups: list[tuple[set[tuple[str, str]], set[int]]] = []
    for circle in circles:
        options = _options_of(seen, circle)
        shared = [group for group in groups if group[0] & options]
        groups = [group for group in groups if group not in shared]
        groups.append((options.union(*(one for one, _ in shared)), circle.union(*(one for _, one in shared))))
    return [places for _, places in groups]


def _options_of(seen: Look, circle: set[int]) -> set[tuple[str, str]]:
    """The options by which one stays on a circle."""
    return {
        (seen.scene(here).id, option.id)
        for here in circle
        for option, to in seen.onward(here)
        if to in circle
    }
