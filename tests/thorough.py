"""How many examples are looked at of what is drawn at random or broken on purpose: more by `make thorough`."""

import os

THOROUGH = bool(os.environ.get("THOROUGH"))


def examples(*, ordinary: int, thorough: int) -> int:
    """The number of examples in this run."""
    return thorough if THOROUGH else ordinary
