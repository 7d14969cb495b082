"""Everything that is checked about variants: one file for each skill, and what must be true of all of them together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.core.proofs.variants import (
    FEWEST_VARIANTS,
    SURFACES,
    VARIANT_RULES,
    VariantFinding,
    decision_findings,
    minute_findings,
    surface_findings,
    tell_findings,
)
from bot.core.scenario import Scenario
from bot.core.variant import Variant
from bot.library.faults import Fault, Faults, did_you_mean, short
from bot.library.linking import Known, unknown_sources
from bot.library.reading import hard_screen, long_sentences
from bot.library.remarks import Remark, Severity
from bot.library.source import Place, Source, read
from bot.library.variant_authoring import WrittenVariant, WrittenVariants, compiled_variants
from bot.library.wording import Reading, Unread, readable
from bot.library.words import Lexicon, blame_remarks

#: The folder of variants, in a folder of content.
FOLDER: Final = "variants"
#: Fields of an option on which no rating depends.
_BESIDE_RATINGS: Final = frozenset(
    {"id", "text", "because", "draws_on", "sources", "law", "challenges", "thinks"}
)


def check_variants(
    content: Path,
    known: Known,
    phrases: Lexicon | None,
    *,
    scenarios: Iterable[Scenario] = (),
    complete: bool = False,
    remarks: list[Remark] | None = None,
) -> tuple[tuple[Variant, ...], list[Fault]]:
    """The variants in the folder `content`, by file and in the order of each, and every fault.

    Without a folder of variants there are none, and nothing is wrong. `phrases` are those that blame. The variants are
    held against the young people of `scenarios`. With `complete`, as before a release, every known skill needs its
    file. Variants of a file with a fault of its own are left out. What a reviewer should look at goes to `remarks`.
    """
    folder = content / FOLDER
    # A file that ends in .yml is told, not passed over: it has the wrong name.
    files = folder.glob("*.y*ml")
    variants, faults = check_variant_files(files, known, phrases, scenarios=scenarios, remarks=remarks)
    if complete:
        faults += missing_variants(content, known)
    if not faults:
        faults += [_at_top(folder, finding.rule, finding.what) for finding in tell_findings(variants)]
    return variants, faults


def check_variant_files(
    paths: Iterable[Path],
    known: Known,
    phrases: Lexicon | None,
    *,
    scenarios: Iterable[Scenario] = (),
    remarks: list[Remark] | None = None,
) -> tuple[tuple[Variant, ...], list[Fault]]:
    """The same of these files alone; what must be true of all variants together is left out."""
    drafts = [_draft(path, known, phrases, [] if remarks is None else remarks) for path in sorted(paths)]
    seen: dict[str, _Entry] = {}
    stories = list(scenarios)
    faults: list[Fault] = []
    sound: list[Variant] = []
    for draft in drafts:
        found = [*draft.faults, *_twice(draft, seen), *_proved(draft, stories)]
        faults += found
        sound += [] if found else [entry.variant for entry in draft.entries]
    return tuple(sound), faults


@dataclass(frozen=True, slots=True)
class _Entry:
    """One variant, as far as it could be read, and where it stands. `told` are the places that have a fault."""

    variant: Variant
    source: Source
    place: Place
    told: Unread

    def read(self, *part: str | int) -> bool:
        """Whether this part of it was read without a fault."""
        return not self.told.within((*self.place, *part))

    @property
    def rated(self) -> bool:
        """Whether its options and all of their ratings were read without a fault."""
        here: Place = (*self.place, "options")
        for place in self.told.places:
            name = next((part for part in reversed(place) if isinstance(part, str)), "")
            if place == here[: len(place)] or (place[: len(here)] == here and name not in _BESIDE_RATINGS):
                return False
        return True

    def fault(self, finding: VariantFinding) -> Fault:
        """What a proof has found here."""
        return _broken(self.source, (*self.place, *finding.part), finding.rule, finding.what)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file of variants as far as it can be read, and what is wrong with it by itself."""

    entries: tuple[_Entry, ...]
    faults: list[Fault]


def _draft(path: Path, known: Known, phrases: Lexicon | None, remarks: list[Remark]) -> _Draft:
    try:
        source = read(path)
    except Faults as error:
        return _Draft((), list(error.faults))
    reading = readable(source, WrittenVariants)
    written = reading.written
    if written is None:
        return _Draft((), reading.faults)
    told = Unread(reading.told)
    entries = tuple(
        _Entry(variant, source, ("variants", at), told)
        for at, variant in enumerate(compiled_variants(written))
    )
    faults = [
        *reading.faults,
        *_named(path, reading, source, known),
        *_too_few(written, source, told),
        *_unknown(written, source, known, reading.unread),
        *_worded(written, source, phrases, remarks),
    ]
    return _Draft(entries, faults)


def _named(path: Path, reading: Reading[WrittenVariants], source: Source, known: Known) -> Iterator[Fault]:
    """The skill exists, the file is called after it, and so is each variant."""
    assert reading.written is not None
    skill, unread = reading.written.skill, reading.unread
    if unread.at(("skill",)):
        return
    if known.skills is not None and skill not in known.skills:
        meant = path.stem.upper()
        guess = f" Did you mean '{meant}'?" if meant in known.skills else did_you_mean(skill, known.skills)
        yield source.fault(("skill",), f"'{skill}' is not a skill.{guess}", rule="name")
        return
    if path.name != f"{skill.lower()}.yaml":
        what = f"the skill is '{skill}', but the file is '{path.name}'."
        yield _broken(source, ("skill",), "skill-file", what)
        return  # the ids may be right for either
    for at, variant in enumerate(reading.written.variants):
        place: Place = ("variants", at, "id")
        if not variant.id.startswith(f"{skill.lower()}-") and not unread.at(place):
            what = f"the id of a variant of {skill} begins with '{skill.lower()}-'; here is '{variant.id}'."
            yield _broken(source, place, "variant-id", what)


def _too_few(written: WrittenVariants, source: Source, told: Unread) -> Iterator[Fault]:
    count = len(written.variants)
    if count < FEWEST_VARIANTS and not told.at(("variants",)):
        what = f"'variants' has {count}; at least {FEWEST_VARIANTS} are needed."
        yield _broken(source, ("variants",), "three-variants", what)


def _unknown(written: WrittenVariants, source: Source, known: Known, unread: Unread) -> Iterator[Fault]:
    """Every source and every legal sentence that does not exist."""
    for at, variant in enumerate(written.variants):
        for number, option in enumerate(variant.options):
            here: Place = ("variants", at, "options", number)
            yield from unknown_sources(
                option.sources, known.sources, (*here, "sources"), source, unread=unread
            )
            law, laws = option.law, known.laws
            if law is None or laws is None or law in laws or unread.at((*here, "law")):
                continue
            what = f"'{law}' is not a legal sentence.{did_you_mean(law, laws)}"
            yield source.fault((*here, "law"), what, rule="name")


def _worded(
    written: WrittenVariants, source: Source, phrases: Lexicon | None, remarks: list[Remark]
) -> Iterator[Fault]:
    """Phrases that blame, and what is too hard to read. What a reviewer should look at is added to `remarks`."""
    for remark in _remarks(written, source, phrases):
        if remark.severity is Severity.FAULT:
            yield Fault(remark.file, remark.line, remark.what, remark.rule, remark.suggestion)
        else:
            remarks.append(remark)


def _remarks(written: WrittenVariants, source: Source, phrases: Lexicon | None) -> Iterator[Remark]:
    if phrases is not None:
        yield from blame_remarks(source, phrases)
    for at, variant in enumerate(written.variants):
        for screen in _screens(variant, ("variants", at)):
            for place, text in screen:
                yield from long_sentences(source, place, text)
            yield from hard_screen(source, screen[0][0], "\n".join(text for _, text in screen))


def _screens(variant: WrittenVariant, here: Place) -> Iterator[list[tuple[Place, str]]]:
    """Texts that are read together, with their places."""
    options = [((*here, "options", number), option) for number, option in enumerate(variant.options)]
    yield [
        ((*here, "text"), variant.text),
        *([((*here, "says"), variant.says)] if variant.says else []),
        *(((*place, "text"), option.text) for place, option in options),
    ]
    for place, option in options:
        yield [((*place, "because"), option.because)]
    yield [((*here, "question"), variant.question)]


def _twice(draft: _Draft, seen: dict[str, _Entry]) -> Iterator[Fault]:
    """Ids that stand for two variants, over all files, or for two options of one variant. Adds to `seen`."""
    for entry in draft.entries:
        id = entry.variant.id
        if entry.read("id"):
            first = seen.setdefault(id, entry)
            if first is not entry:
                where = f"{first.source.file}:{first.source.line((*first.place, 'id'))}"
                what = f"'{id}' is the id of another variant already, at {where}."
                yield entry.source.fault((*entry.place, "id"), what, rule="id")
        options: set[str] = set()
        for number, option in enumerate(entry.variant.options):
            part = ("options", number, "id")
            if not entry.read(*part):
                continue
            if option.id in options:
                what = f"'{option.id}' is the id of another option of '{id}' already."
                yield entry.source.fault((*entry.place, *part), what, rule="id")
            options.add(option.id)


def _proved(draft: _Draft, scenarios: Sequence[Scenario]) -> Iterator[Fault]:
    """What the proofs find, each in the variants of which what it leans on could be read."""
    yield from _found(decision_findings, [entry for entry in draft.entries if entry.rated])
    yield from _found(minute_findings, draft.entries)
    for part in SURFACES:
        shown = [entry for entry in draft.entries if entry.read(*part)]
        yield from _found(partial(surface_findings, scenarios=scenarios, parts=[part]), shown)


def _found(
    prove: Callable[[Sequence[Variant]], Iterable[VariantFinding]], entries: Sequence[_Entry]
) -> Iterator[Fault]:
    for finding in prove([entry.variant for entry in entries]):
        assert finding.at is not None
        yield entries[finding.at].fault(finding)


def missing_variants(content: Path, known: Known) -> Iterator[Fault]:
    """Every known skill that has no file of variants; a file that is there holds enough, or has a fault of its own."""
    for skill in known.skills or ():
        path = content / FOLDER / f"{skill.lower()}.yaml"
        if not path.is_file():
            yield _at_top(path, "no-variants", f"the skill {skill} has no variants yet.")


def _at_top(path: Path, rule: str, what: str) -> Fault:
    """What is wrong with a file or a folder as a whole."""
    return Fault(short(path), 1, what, rule, VARIANT_RULES[rule].mend)


def _broken(source: Source, place: Place, rule: str, what: str) -> Fault:
    return source.fault(place, what, rule=rule, suggestion=VARIANT_RULES[rule].mend)
