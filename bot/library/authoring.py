"""The shape of an author's scenario file. What passes here has every field, of the right kind and length."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticKnownError

from bot.core.scenario import Rating, Resource, Role
from bot.library.spelling import (
    T32,
    T40,
    T110,
    T140,
    T150,
    T160,
    T170,
    T200,
    T220,
    T260,
    T330,
    Conditions,
    Effects,
    Id18,
    Id20,
    SceneText,
    VariableName,
    unfit,
)

#: A scenario trains no fewer skills than this.
FEWEST_SKILLS: Final = 2


def _bounds(value: object) -> object:
    """yes and no are the two ends of 0 to 1."""
    if isinstance(value, bool):
        return {"from": 0, "to": 1, "start": int(value)}
    if not isinstance(value, dict):
        raise unfit("write yes, no, or a small number as {from: 0, to: 3, start: 1}")
    return value


def _ways(value: object) -> object:
    """A single target is one way without conditions."""
    if isinstance(value, str):
        return [{"to": value}]
    if not isinstance(value, list):
        raise unfit("write the id of a scene or an ending, or a list of ways")
    return value


#: A tag; a rule may also name a scene, an ending, or an option as ``scene/option``.
TagName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=42)
]


class Whole(list[object]):
    """A list whose length has been told already, or stands in for one: it is taken as it is."""


def sized(least: int, most: int = 1000) -> tuple[object, object]:
    """A list of `least` to `most` entries, counted whatever is wrong with an entry."""

    def check(value: object) -> object:
        if isinstance(value, list) and not isinstance(value, Whole):
            limits = {"field_type": "List", "actual_length": len(value)}
            if len(value) < least:
                raise PydanticKnownError("too_short", {**limits, "min_length": least})
            if len(value) > most:
                raise PydanticKnownError("too_long", {**limits, "max_length": most})
        return value

    return BeforeValidator(check), _Length(least, most)


@dataclass(frozen=True, slots=True)
class _Length:
    """The same limits, told to editors."""

    least: int
    most: int

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core_schema), "minItems": self.least, "maxItems": self.most}


class Written(BaseModel):
    """Something an author wrote: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenVariable(Written):
    """The bounds of a small whole number, and where it starts."""

    low: int = Field(alias="from", ge=0, le=9)
    high: int = Field(alias="to", ge=1, le=9)
    start: int = Field(ge=0, le=9)


class WrittenRule(Written):
    """A rule about paths: every path passes this; or never this after that."""

    passes: TagName | None = None
    never: TagName | None = None
    after: TagName | None = None


class WrittenWay(Written):
    """One of several ways that an option may lead."""

    when: Conditions = {}
    to: Id20


class WrittenEcho(Written):
    """A paragraph that comes back when a condition holds."""

    when: Conditions = Field(min_length=1)
    text: T200


class WrittenOption(Written):
    """An option."""

    id: Id20
    text: T170
    protects: Annotated[Rating, Field(strict=False)]
    voice: Annotated[Rating, Field(strict=False)]
    because: T330
    draws_on: Annotated[list[Annotated[Resource, Field(strict=False)]], *sized(1, 4)]
    skills: Annotated[list[str], *sized(1, 4)]
    sources: list[str] = []
    changes: T260
    thinks: T150
    keeps_quiet: bool = False
    law: str | None = None
    tags: list[TagName] = []
    challenges: list[T40] = []
    when: Conditions = {}
    sets: Effects = {}
    goes: Annotated[list[WrittenWay], *sized(1, 6), BeforeValidator(_ways)]


class WrittenScene(Written):
    """A scene."""

    id: Id20
    title: T32
    text: SceneText
    says: T220 | None = None
    override: bool = False
    tags: list[TagName] = []
    challenges: list[T40] = []
    echoes: list[WrittenEcho] = []
    options: Annotated[list[WrittenOption], *sized(3, 4)]


class WrittenEnding(Written):
    """An ending."""

    id: Id20
    title: T40
    text: SceneText
    afterwards: T220
    supervision: T200
    challenges: list[T40] = []
    echoes: list[WrittenEcho] = []


class WrittenYoungPerson(Written):
    """The young person."""

    name: T32
    age: int = Field(ge=10, le=18)
    pronouns: Literal["she/her", "he/him", "they/them", "she/they", "he/they"]
    about: T160


class WrittenScenario(Written):
    """A whole scenario file."""

    id: Id18
    title: T40
    teaser: T110
    minutes: int = Field(ge=3, le=5)
    roles: Annotated[list[Annotated[Role, Field(strict=False)]], *sized(1)]
    skills: Annotated[list[str], *sized(FEWEST_SKILLS, 4)]
    content_note: T140
    young_person: WrittenYoungPerson
    you_are: T160
    variables: dict[VariableName, Annotated[WrittenVariable, BeforeValidator(_bounds)]] = {}
    rules: Annotated[list[WrittenRule], *sized(0, 20)] = []
    scenes: Annotated[list[WrittenScene], *sized(4, 40)]
    endings: Annotated[list[WrittenEnding], *sized(3, 5)]
