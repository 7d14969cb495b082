"""Every rule by its name: what it asks, and what mends a scenario that breaks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule asks, and what mends it, each in one or two sentences."""

    asks: str
    mend: str


RULES: Final[Mapping[str, Rule]] = {
    "one-override": Rule(
        "Exactly one scene is the override.",
        "Put 'override: yes' at the one scene where a child may be in danger now.",
    ),
    "override-both": Rule(
        "The override offers an option that is stronger on both rights, wherever it is reached.",
        "Write one that acts now, says so, says why, and leaves a choice inside safety; let no 'when' hide it.",
    ),
    "override-quiet": Rule(
        "The override offers an option that keeps quiet, so that it is a decision.",
        "Mark the option that waits or says nothing with 'keeps_quiet: yes'; let no 'when' hide it.",
    ),
    "quiet-weaker": Rule(
        "Keeping quiet is never rated above weaker on protects, at the override or anywhere else.",
        "Rate it 'protects: weaker', or take 'keeps_quiet' away if it does not keep quiet.",
    ),
    "override": Rule(
        "Every path to an ending meets the override, exactly once.",
        "Lead this way through the override, and no way through a second one.",
    ),
    "two-defensible": Rule(
        "At every other decision at least two of the options offered can be defended.",
        "Rate one more of them workable on both, or rewrite it so that a good practitioner could stand behind it.",
    ),
    "no-difference": Rule(
        "The options offered at a decision are not all rated alike.",
        "Rate each by what it does for each right here; one of them serves one right better.",
    ),
    "unreached-scene": Rule(
        "Every scene can be reached.",
        "Let an option go there, or take the scene out.",
    ),
    "unreached-option": Rule(
        "Every option is offered in some situation that can be reached.",
        "Loosen its 'when', or let an earlier option set what it asks for.",
    ),
    "unreached-ending": Rule(
        "Every ending can be reached.",
        "Let an option go there, or take the ending out.",
    ),
    "no-option": Rule(
        "Wherever a scene is reached, something can be tapped.",
        "Take the 'when' from at least one option here, or widen it.",
    ),
    "dead-end": Rule(
        "Wherever an option is offered, it leads somewhere.",
        "Give it a last way without a 'when'.",
    ),
    "no-way-out": Rule(
        "From every situation an ending, and so the debrief, can be reached.",
        "Let one of these options go to an ending, or to a scene from which one can be reached.",
    ),
    "loop": Rule(
        "No path comes back to a situation that it has left.",
        "Let this option lead on, or set something so that coming back is another situation.",
    ),
    "too-short": Rule(
        "No path to an ending has fewer than four decisions.",
        "Put a decision in between.",
    ),
    "too-long": Rule(
        "No path to an ending has more than six decisions.",
        "Let an option here lead to a later scene, or take one out.",
    ),
    "too-many": Rule(
        "The variables have few enough combinations for every one to be looked at.",
        "Use fewer variables, or smaller ones: yes and no instead of numbers.",
    ),
    "both-path": Rule(
        "Some path is stronger on both rights all the way.",
        "Give this decision an option that is stronger on both, for those who come here by stronger ones.",
    ),
    "protect-always": Rule(
        "Always taking the most protective option is not the best path.",
        "Let one decision on this path have an option that protects as much and costs the young person their say.",
    ),
    "voice-always": Rule(
        "Always taking the option that gives most voice is not the best path.",
        "Let one decision on this path have an option that gives as much voice and protects less.",
    ),
    "passes": Rule(
        "Every path to an ending passes what the author says it must.",
        "Lead this way through it, or change the rule.",
    ),
    "never-after": Rule(
        "Nothing comes after what the author says it must never follow.",
        "Lead this way past it, or change the rule.",
    ),
    "place-betrays": Rule(
        "Over the shelf, the strongest option does not stand at one place too often.",
        "Change the order of options in some scenes; nothing else depends on it.",
    ),
    "length-betrays": Rule(
        "Over the shelf, the strongest option is not too often the longest or the shortest, nor never the shortest.",
        "Shorten some of the strongest, or write others out.",
    ),
}
