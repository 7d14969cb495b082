"""An author's rules about paths: each is one of two kinds, and its names mean something in this scenario."""

from collections.abc import Iterator

from bot.library.authoring import WrittenRule, WrittenScenario
from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source
from bot.library.wording import NOTHING_UNREAD, Unread

_KINDS = "write 'passes: NAME', or 'never: NAME' with 'after: NAME'."


def unruly(written: WrittenScenario, source: Source, unread: Unread = NOTHING_UNREAD) -> Iterator[Fault]:
    """Every rule that is neither of the two kinds, and every name in one that means nothing here.

    While a name in the story could not be read, none in a rule is held against it.
    """
    known = names(written)
    all_read = not any(map(unread.within, _places(written)))
    for at, rule in enumerate(written.rules):
        place: Place = ("rules", at)
        if unread.within(place):
            continue
        if not _is_sound(rule):
            yield source.fault(place, f"this is no rule: {_KINDS}")
        for key in ("passes", "never", "after"):
            name = getattr(rule, key)
            if name is not None and name not in known and all_read:
                what = f"'{name}' is no tag, scene, ending or option here.{did_you_mean(name, known)}"
                yield source.fault((*place, key), what, rule="name")


def names(written: WrittenScenario) -> set[str]:
    """Everything that a rule may name."""
    known = {scene.id for scene in written.scenes} | {ending.id for ending in written.endings}
    for scene in written.scenes:
        known |= set(scene.tags)
        for option in scene.options:
            known |= {f"{scene.id}/{option.id}", *option.tags}
    return known


def _places(written: WrittenScenario) -> Iterator[Place]:
    """Where everything stands that a rule may name."""
    yield from (("endings", at, "id") for at in range(len(written.endings)))
    for at, scene in enumerate(written.scenes):
        own: list[Place] = [(), *(("options", number) for number in range(len(scene.options)))]
        yield from (("scenes", at, *place, key) for place in own for key in ("id", "tags"))


def _is_sound(rule: WrittenRule) -> bool:
    passes = rule.passes is not None
    never = rule.never is not None and rule.after is not None
    return passes != never and not (passes and (rule.never is not None or rule.after is not None))
