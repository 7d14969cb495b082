"""Files that somebody broke: bytes changed, pieces of JSON moved, archives packed anew. Seeded, always the same."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator

from bot.library.faults import Faults
from bot.library.imports.draft import Draft
from bot.library.imports.yaml_out import scenario_yaml
from tests.thorough import examples

#: Every format's sample is broken in so many ways.
#: So many of each format; THOROUGH=1 plays all of them.
MUTANTS = examples(ordinary=100, thorough=2_000)

_WORDS = (
    "",
    "=1+1",
    '"',
    "\x00",
    "\u202e",
    "-1",
    "999999999",
    "scene",
    "goes",
    "<![",
    "<script>",
    "😀",
    ",,,,",
    "\r\n",
)


def broken_bytes(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with up to six of them changed, doubled, cut out or followed by words that mean something."""
    made = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.randint(1, 40))
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = chance.randbytes(1)
            case 1:
                made[at:at] = chance.choice(_WORDS).encode()
            case 2:
                made[at:at] = made[at:end]
            case _:
                del made[at:end]
    return bytes(made)


def broken_json(raw: bytes, chance: random.Random) -> bytes:
    """The same JSON with up to four of its values replaced by others of its own, by odd ones, or taken out."""
    value = json.loads(raw.decode("utf-8-sig"))
    for _ in range(chance.randint(1, 4)):
        places = list(_places(value))
        if not places:
            break
        holder, key = chance.choice(places)
        other, at = chance.choice(places)
        match chance.randrange(4):
            case 0:
                del holder[key]
            case 1:
                holder[key] = json.loads(json.dumps(other[at]))
            case 2:
                holder[key] = chance.choice(
                    (None, True, -1, 2**40, 1e300, [], {}, "ev", "out", "end", "^", *_WORDS)
                )
            case _ if isinstance(holder, list):
                holder.insert(key, json.loads(json.dumps(other[at])))
            case _:
                holder[chance.choice(_WORDS)] = json.loads(json.dumps(other[at]))
    return json.dumps(value).encode()


def _places(value: object) -> Iterator[tuple]:  # type: ignore[type-arg]
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in list(entries):
        yield value, key
        yield from _places(inner)


def packed(parts: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The parts of a zip archive of our own."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken_archive(raw: bytes, chance: random.Random, *, within: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with broken bytes, or whole and with one broken part."""
    if chance.random() < 0.3:
        return broken_bytes(raw, chance)
    parts = unpacked(raw)
    name = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = within(name, parts[name])
    return packed(parts, how=zipfile.ZIP_STORED)


def answers(read: Callable[[bytes, str], Draft], mutants: Iterator[bytes]) -> tuple[int, int]:
    """How many became drafts and how many were refused; anything else that happens is for the test to fail on."""
    drafts = refused = 0
    for mutant in mutants:
        answer = _answer(read, mutant)
        if isinstance(answer, Draft):
            assert answer.scenes
            assert scenario_yaml(answer).encode()
            drafts += 1
        else:
            assert all(fault.line >= 1 and fault.what for fault in answer.faults)
            refused += 1
    return drafts, refused


def _answer(read: Callable[[bytes, str], Draft], mutant: bytes) -> Draft | Faults:
    try:
        return read(mutant, "mutant")
    except Faults as faults:
        return faults
