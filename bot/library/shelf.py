"""Loads the whole shelf, or refuses it with every fault at once; remembers the compiled result."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.editions import canonical, edition_of
from bot.core.scenario import Scenario
from bot.core.shelf import Shelf
from bot.library.faults import Fault, Faults, folders_in, short

if TYPE_CHECKING:
    from bot.library.remarks import Remark

_CODE = Path(__file__).parents[1]
#: What this project ships.
CONTENT = _CODE.parent / "content"


def load(content: Path, *, cache: Path | None = None) -> Shelf:
    """The shelf in the folder `content`. Raises `Faults`; half a shelf is never returned.

    With `cache`, a file, the compiled shelf is taken from there while neither content nor compiler have changed.
    """
    key = _key(content)
    if cache is not None and (kept := _cached(cache, key)) is not None:
        return kept
    shelf = compile_shelf(content)
    if cache is not None:
        _keep(cache, key, shelf)
    return shelf


def compile_shelf(
    content: Path,
    *,
    remarks: "list[Remark] | None" = None,
    each: Callable[[Path], object] = lambda _: None,
) -> Shelf:
    """Reads, checks and compiles everything in `content`. Raises `Faults`.

    What a reviewer should look at is added to `remarks`; `each` is told of each scenario's folder before its check.
    """
    # Imported here: a warm start takes the compiled shelf and needs no YAML, no author's shapes and no proofs.
    from bot.core.proofs.balance import balance_findings  # noqa: PLC0415
    from bot.core.proofs.rules import RULES  # noqa: PLC0415
    from bot.library.checking import check_scenario, reference  # noqa: PLC0415
    from bot.library.reference import blame_beside  # noqa: PLC0415
    from bot.library.release import unsigned  # noqa: PLC0415
    from bot.library.variants import check_variants  # noqa: PLC0415
    from bot.library.words import read_phrases  # noqa: PLC0415

    known, skills, help_, faults = reference(content)
    scenarios: list[Scenario] = []
    try:
        folders = folders_in(content / "scenarios")
    except Faults as error:
        raise Faults([*faults, *error.faults]) from None
    for folder in folders:
        each(folder)
        scenario, found = check_scenario(folder, known, remarks=remarks)
        faults += found
        if scenario is not None:
            scenarios.append(scenario)
    try:
        phrases = read_phrases(content / "words.yaml")
    except Faults:  # told in `reference`
        phrases = None
    faults += blame_beside(content, phrases) if phrases else []
    variants, found = check_variants(content, known, phrases, scenarios=scenarios, remarks=remarks)
    faults += found
    if not faults:
        faults += [
            Fault(short(content / "scenarios"), 1, found.what, found.rule, RULES[found.rule].mend)
            for found in balance_findings(scenarios)
        ]
    if not folders:
        faults.append(Fault(short(content / "scenarios"), 1, "there is no scenario here.", "yaml"))
    if faults:
        raise Faults(faults)
    return Shelf(
        scenarios={scenario.id: scenario for scenario in scenarios},
        editions={scenario.id: edition_of(canonical(scenario)) for scenario in scenarios},
        skills=skills,
        help=help_,
        variants={
            skill: own for skill in skills if (own := tuple(one for one in variants if one.skill == skill))
        },
        unsigned=unsigned(content),
    )


def _key(content: Path) -> str:
    """A hash over all content and over the compiler itself."""
    digest = hashlib.sha256()
    for root, path in sorted(_inputs(content)):
        raw = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(raw)}\n".encode())
        digest.update(raw)
    return digest.hexdigest()


def _inputs(content: Path) -> Iterator[tuple[Path, Path]]:
    """Every file that counts, with the folder that its name is told from: where they lie makes no difference."""
    for root, kinds in ((content, "*.yaml"), (_CODE / "library", "*.py"), (_CODE / "core", "*.py")):
        yield from ((root, path) for path in root.rglob(kinds))


def _cached(cache: Path, key: str) -> Shelf | None:
    try:
        header, _, body = cache.read_bytes().partition(b"\n")
    except OSError:
        return None
    if header != _header(key, body):
        return None
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    try:
        return TypeAdapter(Shelf).validate_json(body)
    except ValidationError:
        return None


def _keep(cache: Path, key: str, shelf: Shelf) -> None:
    """Writes the cache whole or not at all. A folder that cannot be written costs speed, nothing else."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    body = TypeAdapter(Shelf).dump_json(shelf)
    fresh = cache.with_suffix(".new")
    try:
        fresh.write_bytes(_header(key, body) + b"\n" + body)
        fresh.replace(cache)
    except OSError:
        return


def _header(key: str, body: bytes) -> bytes:
    """What a compiled shelf was made from, and a hash over it: help that a disk has damaged must never be shown."""
    return f"{key} {hashlib.sha256(body).hexdigest()}".encode()


def describe(shelf: Shelf) -> str:
    """One line for people: what is on the shelf."""
    count, variants = len(shelf.scenarios), sum(map(len, shelf.variants.values()))
    parts = [f"{count} scenario{'' if count == 1 else 's'}"]
    parts += [f"{variants} variant{'' if variants == 1 else 's'}"] if variants else []
    return ", ".join([*parts, f"{len(shelf.skills)} skills", f"{len(shelf.help)} nations"])
