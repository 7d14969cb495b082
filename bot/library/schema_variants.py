"""A JSON Schema of a file of variants, so that an editor completes and checks while an author types.

It follows the author's shapes and is as lenient as the one of scenario.yaml; it says nothing of what only a check can
tell, such as names that repeat.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from bot.core.proofs.variants import FEWEST_VARIANTS
from bot.library.schema import DIALECT, Part
from bot.library.schema_words import WORDS
from bot.library.variant_authoring import MOST_VARIANTS, WrittenVariants

#: What an editor says, where it differs from what it says of a scenario: by field, or by shape and field.
VARIANT_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "Variants": (
        "Variants of one skill",
        "The file is named after its skill, in small letters. `bothand check` proves it; this only helps while typing.",
    ),
    "skill": ("Skill", "The skill that all of these train, by its id in skills.yaml."),
    "variants": (
        "Variants",
        f"{FEWEST_VARIANTS} to {MOST_VARIANTS}: each with another young person, in another setting.",
    ),
    "Variant": ("A variant", "One decision, read and made in a minute, with a young person of its own."),
    "Variant.id": (
        "Id of the variant",
        "Stable for ever. It begins with the skill, such as r1-bus-shelter, and no other variant has it.",
    ),
    "Variant.title": ("Title", "A few words; no other variant of this skill has them."),
    "setting": ("Setting", "Where it is, such as: a bus shelter. No two variants of a skill share one."),
    "Variant.roles": ("Roles", "Whose work it is about."),
    "Variant.young_person": ("The young person", "Somebody who is more than the harm."),
    "Variant.text": ("Text", "What you see."),
    "VariantPerson": ("The young person", "Interests, humour, contradictions; never only the harm."),
    "VariantPerson.name": (
        "Name",
        "A first name, made up; not that of another variant of this skill, nor of a scenario that trains it.",
    ),
    "VariantPerson.age": ("Age", "10 to 18."),
    "VariantPerson.pronouns": ("Pronouns", "As the young person would give them."),
    "VariantPerson.about": ("About", "What you would like about them, in one line. It may be left out."),
    "options": (
        "Options",
        "3 or 4: exactly one is stronger on both rights, and at least two can be defended by a good practitioner.",
    ),
    "VariantOption": ("An option", "What the practitioner may do, rated twice, always with a because."),
    "VariantOption.id": ("Id of the option", "Unique in its variant, and never reused for something else."),
    "VariantOption.text": ("Text", "What you would do or say, with your words in “…”."),
    "thinks": ("Thought, not said", "What they think and do not say; shown after the choice."),
    "question": ("To take away", "One question, for supervision or for the way home."),
}
_ID: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"


def variants_schema(
    *,
    skills: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    laws: Mapping[str, str] | None = None,
) -> Part:
    """The schema, in draft 2020-12. With `skills`, `sources` and `laws` (a key and what it stands for), an editor
    offers these and no others; without, any text will do.
    """
    whole = WrittenVariants.model_json_schema(by_alias=True, schema_generator=_Dialect)
    shapes = {name.removeprefix("Written"): shape for name, shape in whole["$defs"].items()}
    shapes["Variants"] = whole
    for name, shape in shapes.items():
        _tell(shape, name)
        for field, part in shape.get("properties", {}).items():
            shape["properties"][field] = _field(part, name, field)
    whole["properties"]["variants"]["minItems"] = FEWEST_VARIANTS
    option = shapes["VariantOption"]["properties"]
    if skills is not None:
        whole["properties"]["skill"] |= _one_of(skills)
    if sources is not None:
        option["sources"]["items"] = _one_of(sources)
    if laws is not None:
        option["law"]["anyOf"] = [_one_of(laws), {"type": "null"}]
    return {"$schema": DIALECT, **whole}


class _Dialect(GenerateJsonSchema):
    """Pydantic's own, in the draft that this schema names."""

    schema_dialect = DIALECT


def _field(part: dict[str, Any], shape: str, field: str) -> Part:
    """A field as an author may write it, with its title and description."""
    part = dict(part)
    if part.get("type") == "boolean":
        part = {"default": part.get("default", False), "enum": [True, False, "yes", "no"]}
    elif field == "id":
        part["pattern"] = _ID
    _tell(part, f"{shape}.{field}", field)
    return part


def _tell(part: Part, *names: str) -> None:
    """Puts the words of the first name that has any; those for variants come first."""
    for name in names:
        found = VARIANT_WORDS.get(name) or WORDS.get(name)
        if found is not None:
            part["title"], part["description"] = found
            return


def _one_of(keys: Mapping[str, str]) -> Part:
    """One of these and no other. Editors that know `enumDescriptions` show what each stands for."""
    return {"enum": list(keys), "enumDescriptions": list(keys.values())}
