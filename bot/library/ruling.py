"""An author's rules about paths: each is one of two kinds, and its names mean something in this scenario."""

from collections.abc import Iterator

from bot.library.authoring import WrittenRule, WrittenScenario
from bot.library.faults import Fault, did_you_mean
from bot.library.source import Place, Source

_KINDS = "write 'passes: NAME', or 'never: NAME' with 'after: NAME'."


def unruly(written: WrittenScenario, source: Source) -> Iterator[Fault]:
    """Every rule that is neither of the two kinds, and every name in one that means nothing here."""
    known = names(written)
    for at, rule in enumerate(written.rules):
        place: Place = ("rules", at)
        if not _is_sound(rule):
            yield source.fault(place, f"this is no rule: {_KINDS}")
        for key in ("passes", "never", "after"):
            name = getattr(rule, key)
            if name is not None and name not in known:
                what = f"'{name}' is no tag, scene, ending or option here.{did_you_mean(name, known)}"
                yield source.fault((*place, key), what)


def names(written: WrittenScenario) -> set[str]:
    """Everything that a rule may name."""
    known = {scene.id for scene in written.scenes} | {ending.id for ending in written.endings}
    for scene in written.scenes:
        known |= set(scene.tags)
        for option in scene.options:
            known |= {f"{scene.id}/{option.id}", *option.tags}
    return known


def _is_sound(rule: WrittenRule) -> bool:
    passes = rule.passes is not None
    never = rule.never is not None and rule.after is not None
    return passes != never and not (passes and (rule.never is not None or rule.after is not None))
