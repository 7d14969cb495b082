"""Ids that no name gives: they go out to Twine as tags of passages, and come in again as the ids that they were.

A passage with the tag `id:stays-behind` has that id. With the tag `option:put-it-away=stack`, the option whose words
would give it the id `put-it-away` has the id `stack`, wherever among the passage's links it stands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from bot.library.imports.draft import Verdict
from bot.library.imports.naming import ID_LENGTH, Names

_ID: Final = rf"(?=[a-z0-9-]{{1,{ID_LENGTH}}}(?:=|$))[a-z0-9]+(?:-[a-z0-9]+)*"
_SCENE: Final = re.compile(f"id:({_ID})")
_OPTION: Final = re.compile(f"option:({_ID})=({_ID})")

#: Writes down what became of a tag: its name, the verdict, a sentence.
Note = Callable[[str, Verdict, str], None]


def tags_of_scenes(titles: Mapping[str, str]) -> dict[str, str]:
    """A tag for every scene's id, by id, from the passages' names; none where all of the names give the ids."""
    names = Names("scene")
    if all([names.id(title) == id for id, title in titles.items()]):  # noqa: C419 - every name is given away
        return {}
    return {id: tag for id in titles if _SCENE.fullmatch(tag := f"id:{id}")}


def tags_of_options(words: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A tag for every option of a scene whose words do not give its id, from the ids and words of all of them."""
    names = Names("option")
    tags = (f"option:{given}={id}" for id, label in words if (given := names.id(label)) != id)
    return tuple(tag for tag in tags if _OPTION.fullmatch(tag))


def without_ids(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that are tags."""
    return tuple(tag for tag in tags if not _SCENE.fullmatch(tag) and not _OPTION.fullmatch(tag))


def id_of_scene(tags: Iterable[str], names: Names, note: Note) -> str:
    """The id that a passage's tags give it, or nothing; it is taken from then on."""
    found = ""
    for tag in tags:
        if match := _SCENE.fullmatch(tag):
            if found or match[1] in names.taken:
                what = "the passage has an id already" if found else "another passage has this id"
                note(f"tag '{tag}'", Verdict.REFUSED, f"{what}; it is left out.")
                continue
            found = match[1]
            names.taken.add(found)
    return found


def ids_of_options(labels: Sequence[str], tags: Iterable[str], note: Note) -> list[str]:
    """The ids of a passage's options: those that its tags give them, else those that their words do."""
    names = Names("option")
    given = [names.id(label) for label in labels]
    own = {match[1]: match[2] for tag in tags if (match := _OPTION.fullmatch(tag))}
    for id in sorted(own.keys() - set(given)):
        what = "no option has these words now; it is left out."
        note(f"tag 'option:{id}={own[id]}'", Verdict.REFUSED, what)
    ids = [own.get(id, id) for id in given]
    if len(set(ids)) == len(ids):
        return ids
    note("tags of options", Verdict.REFUSED, "two options would have one id; their words give the ids.")
    return given
