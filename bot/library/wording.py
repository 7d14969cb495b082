"""What pydantic found, said in an author's words; and the rest of the file, as far as it can be read all the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Final, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.library.authoring import Whole
from bot.library.faults import Fault, nearest
from bot.library.sentences import last_name, sentence
from bot.library.source import Place, Source

Shape = TypeVar("Shape", bound=BaseModel)


#: Stands in for a text, an id or a name that could not be read. No author writes it.
STAND_IN: Final = "unreadable0"
_CANDIDATES: Final = (STAND_IN, 4, 14, False, "2026-11-23")
#: A fault can hide others behind it: a list's length its entries, those their own.
#: More faults of shape than this at once are not told one by one: such a file is no scenario yet.
MOST_FAULTS = 500
_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Unread:
    """Places that could not be read. Something stands in for them, and nothing may be held against it."""

    places: frozenset[Place] = frozenset()

    def at(self, place: Place) -> bool:
        """Whether `place`, or something that it is a part of, could not be read."""
        return any(place[:length] in self.places for length in range(len(place) + 1))

    def within(self, place: Place) -> bool:
        """Whether `place`, something that it is a part of, or a part of it could not be read."""
        return self.at(place) or any(found[: len(place)] == place for found in self.places)


NOTHING_UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True)
class Reading(Generic[Shape]):
    """A file as far as it can be read, every fault of its shape, and the places of those faults.

    `written` is None if nothing can be read at all.
    """

    written: Shape | None
    faults: list[Fault]
    unread: Unread = NOTHING_UNREAD
    told: frozenset[Place] = frozenset()


def checked(source: Source, shape: type[Shape]) -> tuple[Shape | None, list[Fault]]:
    """The source as `shape`, or every fault that stands in the way."""
    reading = readable(source, shape)
    return (None if reading.faults else reading.written), reading.faults


def readable(source: Source, shape: type[Shape]) -> Reading[Shape]:
    """The source as `shape`, as far as that goes: what is told is set aside, and the rest is looked at again."""
    value = source.value
    faults: dict[Fault, None] = {}
    unread: set[Place] = set()
    told: set[Place] = set()
    for _ in range(_ROUNDS):
        try:
            written = shape.model_validate(value)
        except ValidationError as error:
            if value is source.value:  # from here on it is changed; most files are sound and need no copy
                value = deepcopy(value)
            several = error.errors(include_url=False)[:MOST_FAULTS]
            found = [(one, _written(value, one["loc"])[0]) for one in several]
        else:
            return Reading(written, list(faults), Unread(frozenset(unread)), frozenset(told | unread))
        misspelt = set(_misspelt(several, shape))
        faults |= dict.fromkeys(_fault(source, one, shape) for one, _ in found if one["loc"] not in misspelt)
        told |= {(*place, one["loc"][-1]) if one["type"] == "missing" else place for one, place in found}
        if len(found) == MOST_FAULTS or any(
            place == () and one["type"] not in {"missing", "extra_forbidden"} for one, place in found
        ):
            break
        for one, place in found:
            unread |= set(_set_aside(value, one, place, shape=shape))
    return Reading(None, list(faults))


def _misspelt(errors: Sequence[ErrorDetails], shape: type[BaseModel]) -> Iterator[tuple[int | str, ...]]:
    """The names that are missing only because of a slip of the pen, which is told with the name that was meant."""
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    for error in errors:
        if error["type"] == "extra_forbidden":
            *inside, name = error["loc"]
            near = nearest(str(name), _siblings(shape, error["loc"]))
            if (*inside, near) in missing:
                yield (*inside, near or "")


def _set_aside(
    value: object, error: ErrorDetails, place: Place, *, shape: type[BaseModel]
) -> Iterator[Place]:
    """Takes what was told out of `value`, or puts something in its place; yields what is unread from now on."""
    if error["type"] == "missing":
        place = (*place, error["loc"][-1])
    part, last = _at(value, place[:-1]), place[-1]
    if part is None or (error["type"] != "missing" and last not in _parts(part)):
        return  # it went with something else that was told in this round
    if error["type"] == "missing":
        part[last] = _stand_in(_kind(shape, place))
        yield place
    elif error["type"] == "extra_forbidden":
        # It may be meant for any name that could stand here and does not.
        del part[last]
        names = _fields(_kind(shape, place[:-1])) or {}
        yield from ((*place[:-1], name) for name in names if name not in part)
    elif error["loc"][-1] == "[key]":
        del part[last]
        part[STAND_IN] = _stand_in(_kind(shape, place))
        yield from (place, (*place[:-1], STAND_IN))
    elif error["type"] in {"too_short", "too_long"} and isinstance(part[last], list):
        part[last] = Whole(part[last])
    else:
        part[last] = _stand_in(_kind(shape, place))
        yield place


def _at(value: object, place: Place) -> Any:
    for part in place:
        value = _parts(value).get(part)
    return value


def _stand_in(kind: object) -> object:
    """Something that `kind` takes."""
    plain = _plain(kind)
    fields = _fields(kind)
    if fields is not None:
        required = _required(plain)
        return {name: _stand_in(fields[name]) for name in required}
    if get_origin(plain) is list:
        return Whole()
    if get_origin(plain) is dict:
        return {STAND_IN: _stand_in(get_args(plain)[-1])}
    return next(candidate for candidate in (*_words(plain), *_CANDIDATES) if _takes(kind, candidate))


def _words(plain: object) -> Iterable[object]:
    if isinstance(plain, type) and issubclass(plain, Enum):
        return [word.value for word in plain]
    return get_args(plain) if get_origin(plain) is Literal else ()


def _takes(kind: Any, candidate: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(candidate)
    except ValidationError:
        return False
    return True


def _fault(source: Source, error: ErrorDetails, shape: type[BaseModel]) -> Fault:
    place, value = _written(source.value, error["loc"])
    if error["type"] == "missing":
        return source.fault(place, f"'{error['loc'][-1]}' is missing{_inside(place, value)}.")
    return source.fault(place, sentence(error, place, _siblings(shape, place)))


def _written(value: object, loc: tuple[int | str, ...]) -> tuple[Place, object]:
    """The place in the file, and what stands there: as much of `loc` as an author wrote."""
    place: Place = ()
    for part in loc:
        parts = _parts(value)
        if part in parts:
            place, value = (*place, part), parts[part]
    return place, value


def _parts(value: object) -> Mapping[int | str, object]:
    if isinstance(value, list):
        return dict(enumerate(value))
    return value if isinstance(value, dict) else {}


def _inside(place: Place, value: object) -> str:
    """Which part of the file lacks something: by its id, or by the name it stands under."""
    id = value.get("id") if isinstance(value, dict) else None
    if place and isinstance(id, str):
        return f" in '{id}'"
    return f" under {last_name(place)}" if place else ""


def _siblings(shape: object, place: Place) -> list[str]:
    """The names that are known where the last name of `place` stands."""
    return list(_fields(_kind(shape, place[:-1])) or ())


def _kind(shape: object, place: Place) -> object:
    """What the shape wants at `place`."""
    for part in place:
        fields = _fields(shape)
        shape = fields[part] if fields is not None and isinstance(part, str) else get_args(_plain(shape))[-1]
    return shape


def _fields(shape: object) -> dict[str, object] | None:
    """What a model's fields hold, by the names that an author writes; None for a list or a mapping."""
    plain = _plain(shape)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return {field.alias or name: _whole_kind(field) for name, field in plain.model_fields.items()}
    return None


def _required(model: Any) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def _whole_kind(field: FieldInfo) -> object:
    """A field's type with the limits that pydantic keeps beside it."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _plain(shape: object) -> object:
    return get_args(shape)[0] if get_origin(shape) is Annotated else shape
