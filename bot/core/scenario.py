"""What an author writes, as values: a scenario of scenes, options and endings that needs no further check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.ids import EndingId, OptionId, ScenarioId, SceneId, SkillId


class Rating(StrEnum):
    """How well an option serves one of the two rights, in this situation."""

    STRONGER = "stronger"
    WORKABLE = "workable"
    WEAKER = "weaker"


class Resource(StrEnum):
    """What an option draws on: the four resources named by Lefevre, Hickle, Luckock and Ruch (2017)."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    QUALITY = "personal quality"
    VALUE = "value"


class Role(StrEnum):
    """A practitioner's profession."""

    SOCIAL_WORK = "social-work"
    POLICE = "police"
    HEALTH = "health"
    YOUTH_WORK = "youth-work"
    RESIDENTIAL = "residential"
    EDUCATION = "education"


class Nation(StrEnum):
    """Whose law and whose help lines apply."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class Theme(StrEnum):
    """The paper's four themes of effective practice."""

    RELATIONSHIP = "relationship"
    ETHICAL = "ethical"
    CHILD_CENTRED = "child-centred"
    SKILLED = "skilled"


@dataclass(frozen=True, slots=True)
class Skill:
    """One of the 23 skills: in one line, explained (`about`), and an example of what to say, in quotation marks."""

    id: SkillId
    theme: Theme
    name: str
    line: str
    about: str
    say: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A bounded whole number that remembers an earlier choice; a boolean is 0..1."""

    low: int
    high: int
    start: int


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds while the variable lies between `low` and `high`, both included."""

    variable: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Sets a variable to `value`, or moves it by `value` (kept within its bounds)."""

    variable: str
    value: int
    relative: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where an option leads while its conditions hold: a scene or an ending."""

    to: SceneId | EndingId
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Echo:
    """A paragraph that a scene or an ending adds while its conditions hold: an earlier choice comes back."""

    text: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class PathRule:
    """An author's rule. With `after`: `tag` is never met after `after`; without: every path to an ending meets `tag`.

    Both name a tag, a scene, an ending, or an option as ``scene/option``.
    """

    tag: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """What the practitioner may do, rated twice, always with a because."""

    id: OptionId
    text: str
    protects: Rating
    voice: Rating
    because: str
    draws_on: tuple[Resource, ...]
    skills: tuple[SkillId, ...]
    changes: str
    thinks: str
    goes: tuple[Way, ...]
    keeps_quiet: bool = False
    when: tuple[Condition, ...] = ()
    sets: tuple[Effect, ...] = ()
    sources: tuple[str, ...] = ()
    law: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def defensible(self) -> bool:
        """Whether a good practitioner could defend it: weaker on neither right."""
        return Rating.WEAKER not in (self.protects, self.voice)


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen of a scenario: what is seen, what the young person says, and the options."""

    id: SceneId
    title: str
    text: str
    options: tuple[Option, ...]
    says: str | None = None
    override: bool = False
    echoes: tuple[Echo, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a run comes to rest; the debrief follows."""

    id: EndingId
    title: str
    text: str
    afterwards: str
    supervision: str
    echoes: tuple[Echo, ...] = ()


@dataclass(frozen=True, slots=True)
class YoungPerson:
    """Whom the scenario is about: more than the harm."""

    name: str
    age: int
    pronouns: str
    about: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A training story. The first scene is where it begins."""

    id: ScenarioId
    title: str
    teaser: str
    minutes: int
    roles: tuple[Role, ...]
    skills: tuple[SkillId, ...]
    content_note: str
    young_person: YoungPerson
    you_are: str
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]
    variables: Mapping[str, Variable] = field(default_factory=dict)
    rules: tuple[PathRule, ...] = ()

    def scene(self, id: SceneId | EndingId) -> Scene | None:
        """The scene with this id, or None."""
        return next((scene for scene in self.scenes if scene.id == id), None)

    def ending(self, id: SceneId | EndingId) -> Ending | None:
        """The ending with this id, or None."""
        return next((ending for ending in self.endings if ending.id == id), None)
