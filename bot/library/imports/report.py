"""The account of an import, for people line by line and for machines as JSON."""

import json
from collections import Counter
from collections.abc import Iterable

from bot.library.imports.draft import Loss, Verdict


def loss_lines(losses: Iterable[Loss], file: str) -> list[str]:
    """Every construct as `file:line: construct: verdict: what`, in the order of the lines."""
    return [f"{file}:{loss.line}: {loss.construct}: {loss.verdict}: {loss.what}" for loss in sorted(losses)]


def loss_json(losses: Iterable[Loss], file: str) -> str:
    """The same as a JSON list of objects."""
    found = [
        {
            "file": file,
            "line": loss.line,
            "construct": loss.construct,
            "verdict": str(loss.verdict),
            "what": loss.what,
        }
        for loss in sorted(losses)
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def loss_sum(losses: Iterable[Loss]) -> str:
    """How many constructs met each verdict: "12 kept, 3 approximated, 1 refused"."""
    counted = Counter(loss.verdict for loss in losses)
    return ", ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict)
