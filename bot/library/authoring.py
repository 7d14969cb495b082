"""The shape of an author's scenario file. What passes here has every field, of the right kind and length."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.core.scenario import Rating, Resource, Role


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _paragraphs(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "\n\n".join(" ".join(part.split()) for part in value.split("\n\n")).strip()


Id18 = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=18)]
Id20 = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
VariableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=24)]
SceneText = Annotated[str, BeforeValidator(_paragraphs), StringConstraints(min_length=1, max_length=420)]
T32 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=32)]
T40 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=40)]
T110 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=110)]
T140 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=140)]
T150 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=150)]
T160 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=160)]
T170 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=170)]
T200 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=200)]
T220 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=220)]
T260 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=260)]
T330 = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=330)]

#: yes or no, a number, or a span such as "2..", "..1", "1..2".
Wanted = bool | int | Annotated[str, StringConstraints(pattern=r"^(\d+\.\.\d*|\.\.\d+)$")]
#: yes or no, a number, or a step such as "+1", "-1".
Set = bool | int | Annotated[str, StringConstraints(pattern=r"^[+-]\d+$")]


class Written(BaseModel):
    """Something an author wrote: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenSpan(Written):
    """The bounds of a small whole number."""

    low: int = Field(alias="from", ge=0, le=9)
    high: int = Field(alias="to", ge=1, le=9)
    start: int = Field(ge=0, le=9)


class WrittenWay(Written):
    """One of several ways that an option may lead."""

    when: dict[VariableName, Wanted] = {}
    to: Id20


class WrittenEcho(Written):
    """A paragraph that comes back when a condition holds."""

    when: dict[VariableName, Wanted] = Field(min_length=1)
    text: T200


class WrittenOption(Written):
    """An option."""

    id: Id20
    text: T170
    protects: Annotated[Rating, Field(strict=False)]
    voice: Annotated[Rating, Field(strict=False)]
    because: T330
    draws_on: list[Annotated[Resource, Field(strict=False)]] = Field(min_length=1, max_length=4)
    skills: list[str] = Field(min_length=1, max_length=4)
    sources: list[str] = []
    changes: T260
    thinks: T150
    keeps_quiet: bool = False
    law: str | None = None
    when: dict[VariableName, Wanted] = {}
    sets: dict[VariableName, Set] = {}
    goes: Id20 | Annotated[list[WrittenWay], Field(min_length=1, max_length=6)]


class WrittenScene(Written):
    """A scene."""

    id: Id20
    title: T32
    text: SceneText
    says: T220 | None = None
    override: bool = False
    echoes: list[WrittenEcho] = []
    options: list[WrittenOption] = Field(min_length=3, max_length=4)


class WrittenEnding(Written):
    """An ending."""

    id: Id20
    title: T40
    text: SceneText
    afterwards: T220
    supervision: T200
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
    roles: list[Annotated[Role, Field(strict=False)]] = Field(min_length=1)
    skills: list[str] = Field(min_length=2, max_length=4)
    content_note: T140
    young_person: WrittenYoungPerson
    you_are: T160
    variables: dict[VariableName, bool | WrittenSpan] = {}
    scenes: list[WrittenScene] = Field(min_length=4, max_length=40)
    endings: list[WrittenEnding] = Field(min_length=3, max_length=5)
