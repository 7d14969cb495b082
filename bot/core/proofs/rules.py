"""Every rule by its name, with what it asks in one sentence."""

from collections.abc import Mapping
from typing import Final

RULES: Final[Mapping[str, str]] = {
    "one-override": "Exactly one scene is the override.",
    "override-both": "The override offers an option that is stronger on both rights, wherever it is reached.",
    "override-quiet": "The override offers an option that keeps quiet, so that it is a decision.",
    "quiet-weaker": "Keeping quiet at the override is never rated above weaker on protects.",
    "override": "Every path to an ending meets the override, exactly once.",
    "two-defensible": "At every other decision at least two of the options offered can be defended.",
    "no-difference": "The options offered at a decision are not all rated alike.",
    "unreached-scene": "Every scene can be reached.",
    "unreached-option": "Every option is offered in some situation that can be reached.",
    "unreached-ending": "Every ending can be reached.",
    "no-option": "Wherever a scene is reached, something can be tapped.",
    "dead-end": "Wherever an option is offered, it leads somewhere.",
    "no-way-out": "From every situation an ending, and so the debrief, can be reached.",
    "loop": "No path comes back to a situation that it has left.",
    "too-short": "No path to an ending has fewer than four decisions.",
    "too-long": "No path to an ending has more than six decisions.",
    "too-many": "The variables have few enough combinations for every one to be looked at.",
    "both-path": "Some path is stronger on both rights all the way.",
    "protect-always": "Always taking the most protective option is not the best path.",
    "voice-always": "Always taking the option that gives most voice is not the best path.",
    "passes": "Every path to an ending passes what the author says it must.",
    "never-after": "Nothing comes after what the author says it must never follow.",
    "place-betrays": "Over the shelf, the strongest option does not stand at one place too often.",
    "length-betrays": "Over the shelf, the strongest option is not the longest too often.",
}
