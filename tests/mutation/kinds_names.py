"""Faults in a file's names: what is named is not there, or is there twice, or is no name at all."""

from collections.abc import Callable, Iterable, Mapping

from bot.library.source import Place
from tests.mutation.texts import Edit, Page, TextKind, edit


def _strayed(page: Page, place: Place | None, name: str, known: Iterable[str]) -> Edit | None:
    """A name with a slip: what is meant is suggested."""
    known = list(known)
    slip = page.typo(name, known) if place else None
    if place is None or slip is None:
        return None
    line = page.line(place)
    return edit(page.swap(line, name, slip), "name", line, f"'{slip}'", f"Did you mean '{name}'?")


def _targets(page: Page) -> list[str]:
    return [str(page.at(place)) for place in page.places("id") if len(place) == 3]


def _goes(page: Page) -> Edit | None:
    place = page.one([place for place in page.places("goes", "to") if isinstance(page.at(place), str)])
    return _strayed(page, place, str(page.at(place)), _targets(page)) if place else None


def _variable(*names: str) -> Callable[[Page], Edit | None]:
    def strayed(page: Page) -> Edit | None:
        place = page.one([place for place in page.places(*names) if page.at(place)])
        values = page.at(place) if place else None
        if place is None or not isinstance(values, Mapping):
            return None
        name = page.chance.choice(sorted(values))
        declared = page.at(("variables",))
        assert isinstance(declared, Mapping)
        return _strayed(page, (*place, name), name, declared)

    return strayed


def _listed(page: Page, place: Place | None, known: Iterable[str]) -> Edit | None:
    values = page.at(place) if place else None
    if place is None or not isinstance(values, list) or not values:
        return None
    at = page.chance.randrange(len(values))
    return _strayed(page, (*place, at), values[at], known)


def _skill(page: Page) -> Edit | None:
    """A skill of an option, that the scenario does not name."""
    own = page.at(("skills",))
    assert isinstance(own, list)
    return _listed(page, page.one([place for place in page.places("skills") if len(place) > 1]), own)


def _own_skill(page: Page) -> Edit | None:
    return _listed(page, ("skills",), page.known.skills or ())


def _source(page: Page) -> Edit | None:
    return _listed(page, page.one(page.places("sources")), page.known.sources or ())


def _law(page: Page) -> Edit | None:
    place = page.one(page.places("law"))
    return _strayed(page, place, str(page.at(place)), page.known.laws or ()) if place else None


def _ruled(page: Page) -> Edit | None:
    """A tag, scene, ending or option that a rule names."""
    place = page.one([place for place in page.places("passes", "never", "after") if place[0] == "rules"])
    if place is None:
        return None
    tags = [tag for at in page.places("tags") for tag in page.at(at)]  # type: ignore[attr-defined]
    options = [f"{page.at((*at[:2], 'id'))}/{page.at(at)}" for at in page.places("id") if len(at) == 5]
    return _strayed(page, place, str(page.at(place)), {*_targets(page), *tags, *options})


def _same_id(page: Page) -> Edit | None:
    """A scene or an ending has the id of another."""
    places = sorted((place for place in page.places("id") if len(place) == 3), key=page.line)
    one, other = sorted(page.chance.sample(places, 2), key=page.line)
    id, line = str(page.at(one)), page.line(other)
    words = f"'{id}' is the id of another scene or ending already, on line {page.line(one)}."
    return edit(page.swap(line, str(page.at(other)), id), "id", line, words)


def _same_option(page: Page) -> Edit | None:
    at = page.one(page.places("options"))
    assert at is not None
    places = [place for place in page.places("id") if place[:-2] == at]
    one, other = sorted(page.chance.sample(places, 2), key=page.line)
    line = page.line(other)
    words = f"'{page.at(one)}' is the id of another option of this scene already, on line {page.line(one)}."
    return edit(page.swap(line, str(page.at(other)), str(page.at(one))), "id", line, words)


def _misspelt(page: Page) -> Edit | None:
    """An id with a capital, a blank or an underscore."""
    place = page.one([place for place in page.places("id") if len(place) == 5])
    assert place is not None
    id = str(page.at(place))
    wrong = page.chance.choice((id.title(), id.replace("-", "_"), f"{id} two", f"{id}-", f"-{id}"))
    if wrong == id:
        return None
    line = page.line(place)
    return edit(
        page.swap(line, id, wrong), "form", line, "'id': an id has small letters", f"here is '{wrong}'"
    )


def _unknown_key(page: Page) -> Edit | None:
    """A field with a slip in its name; what is meant is suggested."""
    names = (
        *(
            "title",
            "text",
            "says",
            "protects",
            "voice",
            "because",
            "draws_on",
            "sources",
            "changes",
            "thinks",
        ),
        *(
            "keeps_quiet",
            "override",
            "echoes",
            "afterwards",
            "supervision",
            "teaser",
            "pronouns",
            "content_note",
        ),
    )
    place = page.one([place for place in page.places(*names) if isinstance(place[-1], str)])
    assert place is not None
    name, line = str(place[-1]), page.line(place)
    slip = page.typo(
        name, [*names, "id", "skills", "tags", "when", "sets", "goes", "law", "options", "about", "minutes"]
    )
    if slip is None:
        return None
    return edit(
        page.swap(line, name, slip), "form", line, f"'{slip}' is not known here.", f"Did you mean '{name}'?"
    )


def _missing_key(page: Page) -> Edit | None:
    """A field that every scene, option or ending has is gone."""
    names = (
        "title",
        "protects",
        "voice",
        "because",
        "changes",
        "thinks",
        "afterwards",
        "supervision",
        "draws_on",
    )
    place = page.one([place for place in page.places(*names) if len(place) > 1])
    assert place is not None
    line, value = page.line(place), page.at(place)
    if not (isinstance(value, list) or page.plain(place)) or "- " in page.lines[line - 1].split(":")[0]:
        return None
    owner = page.at((*place[:-1], "id"))
    words = f"'{place[-1]}' is missing in '{owner}'."
    return edit(page.edited(line), "form", page.line(place[:-1]), words)


def _second_key(page: Page) -> Edit | None:
    """A field stands a second time, a few lines below, with another value."""
    place = page.one(
        [place for place in page.places("changes", "thinks", "because", "voice") if page.plain(place)]
    )
    assert place is not None
    beside = [
        (*place[:-1], name)
        for name in ("protects", "skills", "draws_on", "changes", "thinks", "keeps_quiet")
        if name != place[-1]
    ]
    below = page.one([it for it in beside if it in page.source.lines and page.line(it) > page.line(place)])
    if below is None or not (page.plain(below) or isinstance(page.at(below), list)):
        return None
    first, after = page.line(place), page.line(below)
    text = page.edited(after, page.lines[after - 1], f"{page.indent(first)}{place[-1]}: stronger")
    words = f"'{place[-1]}' stands here a second time; the first is on line {first}."
    return edit(text, "yaml", after + 1, words)


KINDS = (
    TextKind("a way to a name that is not there", _goes),
    TextKind("a condition on a variable that is not there", _variable("when")),
    TextKind("an effect on a variable that is not there", _variable("sets")),
    TextKind("an option's skill that the scenario does not name", _skill),
    TextKind("a skill that is none", _own_skill),
    TextKind("a source that is none", _source),
    TextKind("a legal sentence that is none", _law),
    TextKind("a rule about a name that is not there", _ruled),
    TextKind("two scenes or endings with one id", _same_id, alone=False),
    TextKind("two options with one id", _same_option),
    TextKind("an id that is misspelt", _misspelt),
    TextKind("a field with a slip in its name", _unknown_key),
    TextKind("a field that is missing", _missing_key),
    TextKind("a field that stands there twice", _second_key),
)
