"""The shape of an author's file of variants, one for each skill, and the values that it describes."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from bot.core.ids import OptionId, SkillId
from bot.core.scenario import Rating, Resource, Role, YoungPerson
from bot.core.variant import Variant, VariantId, VariantOption
from bot.library.authoring import Written, sized
from bot.library.spelling import T32, T40, T150, T160, T170, T220, T330, Id20, SceneText

#: More variants of one skill than this are no longer looked through by one reviewer in one sitting.
MOST_VARIANTS: Final = 12

VariantText = Annotated[SceneText, StringConstraints(max_length=300)]


class WrittenVariantOption(Written):
    """An option."""

    id: Id20
    text: T170
    protects: Annotated[Rating, Field(strict=False)]
    voice: Annotated[Rating, Field(strict=False)]
    because: T330
    draws_on: Annotated[list[Annotated[Resource, Field(strict=False)]], *sized(1, 4)]
    sources: list[str] = Field(default=[])
    law: str | None = None
    keeps_quiet: bool = False
    challenges: list[T40] = Field(default=[])
    thinks: T150


class WrittenVariantPerson(Written):
    """The young person."""

    name: T32
    age: int = Field(ge=10, le=18)
    pronouns: Literal["she/her", "he/him", "they/them", "she/they", "he/they"]
    about: T160 | None = None


class WrittenVariant(Written):
    """A variant."""

    id: Id20
    title: T40
    setting: T40
    roles: Annotated[list[Annotated[Role, Field(strict=False)]], *sized(1)]
    young_person: WrittenVariantPerson
    text: VariantText
    says: T220 | None = None
    challenges: list[T40] = Field(default=[])
    options: Annotated[list[WrittenVariantOption], *sized(3, 4)]
    question: T160


class WrittenVariants(Written):
    """A whole file of variants. How many there must be is a rule of its own."""

    skill: str
    variants: Annotated[list[WrittenVariant], *sized(1, MOST_VARIANTS)]


def compiled_variants(written: WrittenVariants) -> tuple[Variant, ...]:
    """The variants that `written` describes, in the order of the file."""
    return tuple(_variant(variant, SkillId(written.skill)) for variant in written.variants)


def _variant(written: WrittenVariant, skill: SkillId) -> Variant:
    person = written.young_person
    return Variant(
        id=VariantId(written.id),
        skill=skill,
        title=written.title,
        setting=written.setting,
        roles=tuple(written.roles),
        young_person=YoungPerson(person.name, person.age, person.pronouns, person.about or ""),
        text=written.text,
        options=tuple(_option(option) for option in written.options),
        question=written.question,
        says=written.says,
    )


def _option(written: WrittenVariantOption) -> VariantOption:
    return VariantOption(
        id=OptionId(written.id),
        text=written.text,
        protects=written.protects,
        voice=written.voice,
        because=written.because,
        draws_on=tuple(written.draws_on),
        thinks=written.thinks,
        keeps_quiet=written.keeps_quiet,
        sources=tuple(written.sources),
        law=written.law,
    )
