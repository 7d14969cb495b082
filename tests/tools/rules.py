"""Writes content/rules.md: every rule of the check by its name, for those who meet it in brackets behind a fault.

Usage: python -m tests.tools.rules
"""

from collections.abc import Mapping
from pathlib import Path

from bot.core.proofs.rules import RULES, Rule
from bot.core.proofs.variants import VARIANT_RULES
from bot.library.rules import FILE_RULES, RELEASE_RULES, WORD_RULES

TARGET = Path(__file__).parents[2] / "content" / "rules.md"

_HEAD = """# Every rule by its name

`bothand check` names the rule behind each fault, in square brackets. Here is what each asks, and what mends it. This
page is written by `python -m tests.tools.rules` from the rules themselves.

What `--prompts` asks about single words has the rules of `prompts.yaml`.
"""
_PARTS: tuple[tuple[str, str, Mapping[str, Rule]], ...] = (
    ("Files", "What stands in a file, before the story is gone through.", FILE_RULES),
    (
        "The story",
        "Proved over every situation that can be reached. The fewest taps that lead there are shown with each fault.",
        RULES,
    ),
    ("Variants", "A decision of one minute, and all variants of a skill side by side.", VARIANT_RULES),
    ("Words", "What is said, how hard it is to read, and how long it is on the screen.", WORD_RULES),
    (
        "Before a release",
        "`bothand check --release` asks for more, on the day on which it is run: nobody should ring a changed number.",
        RELEASE_RULES,
    ),
)


def written() -> str:
    """The page."""
    parts = [_HEAD]
    for title, about, rules in _PARTS:
        rows = [f"| `{name}` | {rule.asks} | {rule.mend} |" for name, rule in rules.items()]
        table = "\n".join(["| Rule | Asks | What mends it |", "| --- | --- | --- |", *rows])
        parts.append(f"## {title}\n\n{about}\n\n{table}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
