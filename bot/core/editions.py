"""Editions: the hash of exactly what is sent, and what an edit means for a run that is under way."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict

from bot.core.ids import Edition, EndingId, SceneId
from bot.core.run import Run, at, stand
from bot.core.scenario import Ending, Scenario, Scene


def canonical(scenario: Scenario) -> str:
    """The one written form of a scenario: JSON, keys sorted, no spaces; comments and layout leave no trace."""
    return json.dumps(asdict(scenario), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def edition_of(body: str) -> Edition:
    """SHA-256 (hex) of a canonical form."""
    return Edition(hashlib.sha256(body.encode()).hexdigest())


def unchanged_ahead(old: Scenario, new: Scenario, run: Run) -> bool:
    """Whether everything that can still come in `run` reads the same in `new` as in `old`, where it began."""
    position = stand(old, run)
    return (old.title, old.young_person.name, old.variables) == (
        new.title,
        new.young_person.name,
        new.variables,
    ) and all(at(new, part.id) == part for part in _ahead(old, position.at))


def _ahead(scenario: Scenario, start: Scene | Ending) -> Iterator[Scene | Ending]:
    waiting: list[SceneId | EndingId] = [start.id]
    seen: set[SceneId | EndingId] = {start.id}
    while waiting:
        part = at(scenario, waiting.pop())
        assert part is not None
        yield part
        if isinstance(part, Scene):
            targets = {way.to for option in part.options for way in option.goes} - seen
            waiting.extend(targets)
            seen |= targets
