"""The shelf: everything that is on offer, whole and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.help import NationHelp
from bot.core.ids import Edition, ScenarioId, SkillId
from bot.core.scenario import Nation, Scenario, Skill
from bot.core.variant import Variant


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every scenario with the hash of exactly what is sent, the skills they train, and help for each nation."""

    scenarios: Mapping[ScenarioId, Scenario]
    editions: Mapping[ScenarioId, Edition]
    skills: Mapping[SkillId, Skill]
    help: Mapping[Nation, NationHelp]
    variants: Mapping[SkillId, tuple[Variant, ...]] = field(default_factory=dict)
    #: What two named people of the organisation that runs the bot have not signed yet.
    unsigned: tuple[ScenarioId, ...] = ()
