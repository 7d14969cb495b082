"""What is wrong with a file that an author brings in, under the one rule that such files have."""

from typing import Final

from bot.library.faults import Fault

#: The rule's name: what is brought in can be read, within the limits of its kind.
RULE: Final = "import"


def fault(file: str, line: int, what: str) -> Fault:
    """A fault of a file from another tool. `line` counts from 1, in what the file's kind counts."""
    return Fault(file, line, what, RULE)
