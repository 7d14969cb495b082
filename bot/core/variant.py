"""A variant: a one-minute decision that trains a skill again, with another young person, for spaced practice.

It is one decision and nothing more: no scenes, no ways, nothing that is remembered. The words are a scenario's.
"""

from dataclasses import dataclass
from typing import NewType

from bot.core.ids import OptionId, SkillId
from bot.core.scenario import Rating, Resource, Role, YoungPerson

#: Stable for ever, unique over all variants; begins with the skill in small letters, as in ``r1-bus-shelter``.
VariantId = NewType("VariantId", str)


@dataclass(frozen=True, slots=True)
class VariantOption:
    """What the practitioner may do, rated twice, always with a because. Nothing follows it but what is thought."""

    id: OptionId
    text: str
    protects: Rating
    voice: Rating
    because: str
    draws_on: tuple[Resource, ...]
    thinks: str
    keeps_quiet: bool = False
    sources: tuple[str, ...] = ()
    law: str | None = None

    @property
    def defensible(self) -> bool:
        """Whether a good practitioner could defend it: weaker on neither right. Then the answer is sound."""
        return Rating.WEAKER not in (self.protects, self.voice)

    @property
    def holds_both(self) -> bool:
        """Whether it is stronger on both rights."""
        return self.protects is self.voice is Rating.STRONGER


@dataclass(frozen=True, slots=True)
class Variant:
    """One decision, of one skill. `young_person.about` is empty where the author left it out."""

    id: VariantId
    skill: SkillId
    title: str
    setting: str
    roles: tuple[Role, ...]
    young_person: YoungPerson
    text: str
    options: tuple[VariantOption, ...]
    question: str
    says: str | None = None

    @property
    def strongest(self) -> VariantOption | None:
        """The one option that is stronger on both rights, or None where none or several are."""
        found = [option for option in self.options if option.holds_both]
        return found[0] if len(found) == 1 else None

    def option(self, id: OptionId) -> VariantOption | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == id), None)
