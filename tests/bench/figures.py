"""Medians, spreads and what they say of a goal. A goal is missed only if the whole middle half is on the wrong side."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed; NaN of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over all rounds."""

    median: float
    low: float
    high: float
    lower: float  #: a quarter of the rounds is below
    upper: float  #: a quarter of the rounds is above

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Raises StatisticsError if there are no values."""
        median = statistics.median(values)
        if len(values) < 2:
            return cls(median, median, median, median, median)
        lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, min(values), max(values), lower, upper)

    def __str__(self) -> str:
        middle = f"{_short(self.lower)}-{_short(self.upper)}"
        return f"{_short(self.median)} [{_short(self.low)}-{_short(self.high)}; middle half {middle}]"


def paired(ours: Sequence[float], others: Sequence[float]) -> Spread:
    """The ratio of two figures, round by round, so that a slow minute of the machine touches both sides."""
    return Spread.of([our / other for our, other in zip(ours, others, strict=True)])


@dataclass(frozen=True, slots=True)
class Goal:
    """What was set out to be reached."""

    name: str
    limit: float
    at_least: bool
    found: Spread

    @property
    def met(self) -> bool:
        """Whether at least part of the middle half is on the right side."""
        return self.found.upper >= self.limit if self.at_least else self.found.lower <= self.limit

    @property
    def verdict(self) -> str:
        if not self.met:
            return "NOT MET"
        median = self.found.median
        clear = median >= self.limit if self.at_least else median <= self.limit
        return "met" if clear else "within the spread"

    @property
    def wanted(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {_short(self.limit)}"


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"
