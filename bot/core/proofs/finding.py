"""A finding: a rule that a scenario breaks, where, and the shortest taps that show it."""

from dataclasses import dataclass

from bot.core.ids import EndingId, OptionId, SceneId
from bot.core.run import Taken


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule. `scene` and `option` say where; `taps` replay it, empty where no taps are needed."""

    rule: str
    what: str
    scene: SceneId | EndingId | None = None
    option: OptionId | None = None
    taps: tuple[Taken, ...] = ()

    def __str__(self) -> str:
        if not self.taps:
            return self.what
        return f"{self.what} Shown by: {' → '.join(f'{scene}/{option}' for scene, option in self.taps)}."
