"""The values that variables can take, as sets that are moved whole: a set of valuations is one whole number.

Every combination of values has a place, and a set of combinations is the number with a bit at each of its places. A
condition is then an AND, and an effect a shift, for all combinations at once: what would be a thousand situations at a
scene costs little more than one. This is model checking with bitsets; the variables here are few and small, so whole
numbers serve.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from bot.core.scenario import Condition, Effect, Variable

#: A set of valuations.
Values = int

#: More combinations than this are refused: 16 booleans, say.
MOST = 65_536

#: An operation on so many bits takes about as long as two on a small number.
_SMALL = 2048


@dataclass(frozen=True, slots=True)
class _Digit:
    """One variable's place in the mixed-radix number of a valuation."""

    low: int
    high: int
    stride: int
    #: For each value from low to high, the valuations in which the variable has it.
    holding: tuple[Values, ...]


class Space:
    """All valuations of a scenario's variables. Raises `OverflowError` if there are more than `MOST`."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        names = sorted(variables)
        sizes = [variables[name].high - variables[name].low + 1 for name in names]
        self.size = prod(sizes)
        if self.size > MOST:
            raise OverflowError
        self.everything: Values = (1 << self.size) - 1
        self._digits: dict[str, _Digit] = {}
        stride = 1
        for name, count in zip(names, sizes, strict=True):
            self._digits[name] = _digit(variables[name], count, stride, self.size)
            stride *= count
        self.start = self.at({name: variable.start for name, variable in variables.items()})

    def at(self, values: Mapping[str, int]) -> Values:
        """The set of this one valuation."""
        return 1 << sum((values[name] - digit.low) * digit.stride for name, digit in self._digits.items())

    def marked(self, found: Values) -> bytes:
        """The same set as bytes: whether a single valuation is in it can then be asked at once, see `holds`."""
        return found.to_bytes(self.size // 8 + 1, "little")

    def mover(self, effects: Sequence[Effect]) -> Callable[[int], int]:
        """Where the effects move a single valuation: from place to place."""
        moves = []
        for effect in effects:
            digit = self._digits[effect.variable]
            steps = [_steps(digit, effect, value) for value in range(digit.low, digit.high + 1)]
            moves.append((digit.stride, len(steps), steps))

        def moved(place: int) -> int:
            for stride, count, steps in moves:
                place += steps[place // stride % count]
            return place

        return moved

    def effort(self, effects: Sequence[Effect], ways: int) -> int:
        """How much work it is to move a set by these effects and share it out, in operations on small numbers."""
        digits = (self._digits[effect.variable] for effect in effects)
        return (2 + 2 * ways + 3 * sum(len(digit.holding) for digit in digits)) * (1 + self.size // _SMALL)

    def first(self, found: Values) -> Values:
        """One valuation of a set that is not empty, always the same one."""
        return found & -found

    def where(self, conditions: Sequence[Condition]) -> Values:
        """The valuations in which every condition holds."""
        found = self.everything
        for condition in conditions:
            digit = self._digits[condition.variable]
            allowed = 0
            for value in range(max(condition.low, digit.low), min(condition.high, digit.high) + 1):
                allowed |= digit.holding[value - digit.low]
            found &= allowed
        return found

    def after(self, found: Values, effects: Sequence[Effect]) -> Values:
        """What `found` becomes when the effects are applied in their order."""
        for effect in effects:
            digit = self._digits[effect.variable]
            moved = 0
            for value, holding in enumerate(digit.holding, digit.low):
                part = found & holding
                if part:
                    steps = _steps(digit, effect, value)
                    moved |= part << steps if steps >= 0 else part >> -steps
            found = moved
        return found

    def before(self, found: Values, effects: Sequence[Effect]) -> Values:
        """The valuations that the effects turn into one of `found`."""
        for effect in reversed(effects):
            digit = self._digits[effect.variable]
            origin = 0
            for value, holding in enumerate(digit.holding, digit.low):
                steps = _steps(digit, effect, value)
                origin |= (found >> steps if steps >= 0 else found << -steps) & holding
            found = origin
        return found


def holds(marked: bytes, place: int) -> bool:
    """Whether the valuation at a place is in a set that was marked."""
    return bool(marked[place >> 3] >> (place & 7) & 1)


def _digit(variable: Variable, count: int, stride: int, size: int) -> _Digit:
    """A variable's digit. Its first value is held by a run of `stride` places, once in every `stride * count`."""
    run = (1 << stride) - 1
    period = stride * count
    first, laid = run, period
    while laid < size:
        first, laid = first | first << laid, 2 * laid
    first &= (1 << size) - 1
    return _Digit(
        variable.low, variable.high, stride, tuple(first << stride * value for value in range(count))
    )


def _steps(digit: _Digit, effect: Effect, value: int) -> int:
    """How many places up an effect moves a valuation in which the variable has this value."""
    target = value + effect.value if effect.relative else effect.value
    return (max(digit.low, min(digit.high, target)) - value) * digit.stride
