"""Conditions and effects in words, as a reader who does not program would say them."""

from collections.abc import Mapping, Sequence

from bot.core.scenario import Condition, Effect, Variable


def in_words(when: Sequence[Condition], variables: Mapping[str, Variable]) -> str:
    """Every condition, joined by “and”: told limits is yes and trust is 2 or more."""
    return " and ".join(_condition(condition, variables[condition.variable]) for condition in when)


def effects_in_words(sets: Sequence[Effect], variables: Mapping[str, Variable]) -> str:
    """Every effect: told limits becomes yes, trust goes up by 1."""
    return ", ".join(_effect(effect, variables[effect.variable]) for effect in sets)


def spoken(name: str) -> str:
    """A variable's name as it is read."""
    return name.replace("_", " ")


def value(number: int, variable: Variable) -> str:
    """A value as an author wrote it: yes and no where there are only two."""
    if (variable.low, variable.high) == (0, 1):
        return "yes" if number else "no"
    return str(number)


def _condition(condition: Condition, variable: Variable) -> str:
    low, high = condition.low, condition.high
    if low == high:
        what = value(low, variable)
    elif high >= variable.high:
        what = f"{low} or more"
    elif low <= variable.low:
        what = f"{high} or less"
    else:
        what = f"{low} to {high}"
    return f"{spoken(condition.variable)} is {what}"


def _effect(effect: Effect, variable: Variable) -> str:
    name = spoken(effect.variable)
    if effect.relative:
        return f"{name} goes {'up' if effect.value > 0 else 'down'} by {abs(effect.value)}"
    return f"{name} becomes {value(effect.value, variable)}"
