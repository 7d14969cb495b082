"""A drawing in rows: what stands in which row, in which order and how far right, so that few lines cross.

The method is the usual one for layered drawings (Sugiyama, Tagawa and Toda, 1981): rows by the longest way, bends where
a line passes a row, order by barycentres, and places as near as possible above what they lead to.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_SWEEPS: Final = 16
_BEND_WIDTH: Final = 14.0

Ends = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one node to another. `port`: how far from the middle of its source it leaves."""

    source: str
    target: str
    port: float = 0.0


@dataclass(frozen=True, slots=True)
class _Hops:
    """Lines from one row to the next: for each node, what is above it and below it, with the port between."""

    above: Ends
    below: Ends

    def ends(self, node: str, *, down: bool) -> Sequence[tuple[str, float]]:
        """What a node is held by on a sweep: its neighbours, and how far right of their middles it would stand."""
        return (self.above if down else self.below).get(node, ())


@dataclass(slots=True)
class Layout:
    """Where everything stands. `x` is the middle of a node or bend; `routes` are the bends of a link, from above."""

    rows: list[list[str]]
    x: dict[str, float] = field(default_factory=dict)
    routes: dict[Link, tuple[str, ...]] = field(default_factory=dict)
    backward: frozenset[Link] = frozenset()
    width: float = 0.0

    def row(self, node: str) -> int:
        """The row in which a node stands, from 0."""
        return next(at for at, row in enumerate(self.rows) if node in row)


def arranged(
    widths: Mapping[str, float], links: Sequence[Link], *, last: Collection[str], gap: float
) -> Layout:
    """The nodes of `widths` in rows, the first on top and those of `last` at the bottom, `gap` apart.

    Links that lead back up are named in `backward` and have no bends. The same input always gives the same drawing.
    """
    backward = frozenset(_backward(list(widths), links))
    forward = [link for link in links if link not in backward]
    rows = _rows(list(widths), forward, last)
    layout = Layout([[] for _ in range(max(rows.values()) + 1)], backward=backward)
    for node, row in rows.items():
        layout.rows[row].append(node)
    hops = _hops(_bent(layout, forward, rows))
    wide = {**{hop: _BEND_WIDTH for bends in layout.routes.values() for hop in bends}, **widths}
    _order(layout, hops)
    _place(layout, hops, wide, gap)
    return layout


def _backward(nodes: Sequence[str], links: Sequence[Link]) -> Iterator[Link]:
    """Depth first from the first node: a link to something still under way closes a circle."""
    under_way: dict[str, Iterator[Link]] = {}
    done: set[str] = set()
    for start in nodes:
        if start not in done:
            under_way[start] = _from(start, links)
        while under_way:
            node = next(reversed(under_way))
            link = next(under_way[node], None)
            if link is None:
                del under_way[node]
                done.add(node)
            elif link.target in under_way:
                yield link
            elif link.target not in done:
                under_way[link.target] = _from(link.target, links)


def _from(node: str, links: Sequence[Link]) -> Iterator[Link]:
    return (link for link in links if link.source == node)


def _rows(nodes: Sequence[str], forward: Sequence[Link], last: Collection[str]) -> dict[str, int]:
    """Each node one row below the lowest that leads to it."""
    rows = dict.fromkeys(nodes, 0)
    for _ in nodes:  # a way is never longer than there are nodes
        moved = [link for link in forward if rows[link.target] <= rows[link.source]]
        for link in moved:
            rows[link.target] = max(rows[link.target], rows[link.source] + 1)
        if not moved:
            break
    inner = [row for node, row in rows.items() if node not in last]
    bottom = max([*inner, -1]) + 1
    return {node: bottom if node in last else row for node, row in rows.items()}


def _bent(layout: Layout, forward: Sequence[Link], rows: Mapping[str, int]) -> Iterator[Link]:
    """Every link cut into hops from one row to the next, with a bend in each row that it passes."""
    for link in forward:
        between = range(rows[link.source] + 1, rows[link.target])
        bends = tuple(f"{link.source}>{link.target}@{row}" for row in between)
        layout.routes[link] = bends
        for row, bend in zip(between, bends, strict=True):
            if bend not in layout.rows[row]:
                layout.rows[row].append(bend)
        first, *rest = pairwise((link.source, *bends, link.target))
        yield Link(*first, link.port)
        yield from (Link(*hop) for hop in rest)


def _hops(lines: Iterator[Link]) -> _Hops:
    above: dict[str, list[tuple[str, float]]] = {}
    below: dict[str, list[tuple[str, float]]] = {}
    for line in lines:
        above.setdefault(line.target, []).append((line.source, line.port))
        below.setdefault(line.source, []).append((line.target, -line.port))
    return _Hops(above, below)


def _order(layout: Layout, hops: _Hops) -> None:
    """Sweeps down and up, each row by the middle of what it is linked to; the order with the fewest crossings stays."""
    best, fewest = [list(row) for row in layout.rows], _crossings(layout.rows, hops)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row in layout.rows if down else reversed(layout.rows):
            places = {node: float(at) for line in layout.rows for at, node in enumerate(line)}
            wished = {node: _middle(node, hops, places, down=down) for node in row}
            row.sort(key=lambda node, wished=wished: wished[node])  # type: ignore[misc]
        crossings = _crossings(layout.rows, hops)
        if crossings < fewest:
            best, fewest = [list(row) for row in layout.rows], crossings
    layout.rows = best


def _middle(node: str, hops: _Hops, places: Mapping[str, float], *, down: bool) -> float:
    """Where a node would like to stand; a port counts for a little, so neighbours keep the order of their ports."""
    ends = hops.ends(node, down=down)
    return sum(places[end] + port / 1000 for end, port in ends) / len(ends) if ends else places[node]


def _crossings(rows: Sequence[Sequence[str]], hops: _Hops) -> int:
    found = 0
    for upper, lower in pairwise(rows):
        places = {node: at for at, node in enumerate(lower)}
        ends = [
            (at, -port, places[end])
            for at, node in enumerate(upper)
            for end, port in hops.below.get(node, ())
        ]
        targets = [target for _, _, target in sorted(ends)]
        found += sum(one > other for at, other in enumerate(targets) for one in targets[:at])
    return found


def _place(layout: Layout, hops: _Hops, wide: Mapping[str, float], gap: float) -> None:
    """Moves each row towards what it is linked to, again and again; bends pull most, so long lines run straight."""
    for row in layout.rows:
        layout.x.update(_apart(row, dict.fromkeys(row, 0.0), dict.fromkeys(row, 1.0), wide=wide, gap=gap))
    weights = {node: 8.0 if ">" in node else 1.0 for node in wide}
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row in layout.rows if down else reversed(layout.rows):
            ends = [(node, _ends(node, hops, down=down, both=sweep >= _SWEEPS / 2)) for node in row]
            wished = {
                node: sum(layout.x[end] + port for end, port in held) / len(held) if held else layout.x[node]
                for node, held in ends
            }
            layout.x.update(_apart(row, wished, weights, wide=wide, gap=gap))
    left = min(layout.x[node] - wide[node] / 2 for node in wide)
    layout.x = {node: x - left for node, x in layout.x.items()}
    layout.width = max(layout.x[node] + wide[node] / 2 for node in wide)


def _ends(node: str, hops: _Hops, *, down: bool, both: bool) -> Sequence[tuple[str, float]]:
    if both:
        return (*hops.ends(node, down=True), *hops.ends(node, down=False))
    return hops.ends(node, down=down)


def _apart(
    row: Sequence[str],
    wished: Mapping[str, float],
    weights: Mapping[str, float],
    *,
    wide: Mapping[str, float],
    gap: float,
) -> dict[str, float]:
    """As near to what is wished as order and width allow: the least sum of weighted squares, by pooling neighbours."""
    offsets, at = [], 0.0
    for one, following in pairwise([*row, ""]):
        offsets.append(at)
        at += (wide[one] + wide.get(following, 0)) / 2 + gap
    pools: list[tuple[float, float, int]] = []  # where, how heavy, how many
    for node, offset in zip(row, offsets, strict=True):
        here, weight, count = wished[node] - offset, weights[node], 1
        while pools and pools[-1][0] >= here:
            before, heavy, more = pools.pop()
            here = (before * heavy + here * weight) / (heavy + weight)
            weight, count = weight + heavy, count + more
        pools.append((here, weight, count))
    spread = [where for where, _, count in pools for _ in range(count)]
    return {node: where + offset for node, where, offset in zip(row, spread, offsets, strict=True)}
