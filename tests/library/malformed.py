"""Malformed files of every kind, seeded: broken bytes, lines, shapes and archives. `python -m tests.library.malformed`.

Each file is read by the function that a child reads it with, many files one after another in a process under a child's
limits; every hundredth is read once more in a child of its own, while somebody else is being answered. Whatever is not
answered ends its process, and is told by its number. The same number always makes the same file.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.library import aside
from bot.library.hostile import KINDS, MAX_UPLOAD, Ending, Lane
from tests.library.imports.bombs import bombs
from tests.library.imports.mutants import broken_archive, broken_bytes, broken_json
from tests.library.imports.samples import samples

ROOT = Path(__file__).parents[2]
SEEDS = tuple(path.read_bytes() for path in sorted(ROOT.glob("content/scenarios/*/scenario.yaml")))
#: Files that one process reads, the seconds that one file may take, and how many of them get a child of their own.
A_PROCESS = 250
SECONDS = 5.0
A_CHILD = 101  # every hundredth, and each time another kind
#: Of every so many files that are brought in, one is a bomb.
A_BOMB = 15
#: The kinds in turn.
TURNS = tuple(KINDS)

TOKENS = (
    b"&a ", b"*a", b"!!python/object/apply:os.system ['true']", b"!!str ", b"! ", b"\t", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", "\u2028".encode(), "\x85".encode(), "\u202e".encode(), "\U0001f6a8".encode(), b"\xed\xa0\x80",
    b"{", b"}", b"[", b"]", b"'", b'"', b": ", b"? ", b"- ", b"\n---\n", b"\n...\n", b"%YAML 9.9\n", b"<<: *a\n",
    b"|+9\n", b">-\n", b"# ", b"@", b"`", b"\\x", b"\r", b"1e999", b"9" * 5000, b"0x" + b"f" * 400, b".inf", b".nan",
    b"~", b"=", b"0o777", b"1:2:3:4", b"2026-11-23", b"[" * 300, b"{a: " * 40, b"- " * 200, b"a" * 70_000, b"yes",
    b"\x1b[2J",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, 0, -1, 3, 10**30, 1.5, float("inf"), "", " ", "x", "x" * 5000, "“", "no", "+1", "..", "1..", "9..1",
    [], [[]], [None], {}, {"to": "x"}, {"when": {}}, {"from": 9, "to": 0, "start": 5}, {"": ""}, {"x": {"y": ["z"]}},
    "\u202eabc",
    ["R1"] * 50, {"to": ["x"]}, [{"to": 1}], "s" * 19, "two words", "İ", "\ud7ff", "a\nb\n\nc",
)  # fmt: skip


def malformed(number: int) -> tuple[str, bytes]:
    """The kind and the bytes of the malformed file of this number."""
    kind, turn = TURNS[number % len(TURNS)], number // len(TURNS)
    chance = Random(number)
    if kind == "scenario":
        return kind, _scenario(chance, turn)
    if turn % A_BOMB == A_BOMB - 1:
        bomb = chance.choice(bombs(kind))
        return kind, bomb if chance.random() < 0.5 else broken_bytes(bomb, chance)
    raw = chance.choice(samples()[kind])
    if kind in ("h5p", "xlsx"):
        return kind, broken_archive(raw, chance, within=lambda name, part: _part(name, part, chance))
    if kind in ("ink", "twine-json") and turn % 4:
        return kind, broken_json(raw, chance)
    return kind, broken_bytes(raw, chance) if turn % 2 else _spoilt(raw, chance)


def _part(name: str, part: bytes, chance: Random) -> bytes:
    """A part of an archive, broken as the file that it is, or as bytes."""
    whole = broken_json if name.endswith(".json") else _broken_tags
    return (whole if chance.random() < 0.7 else broken_bytes)(part, chance)


def _broken_tags(raw: bytes, chance: Random) -> bytes:
    """XML in which a tag or a text is gone, doubled, or another one."""
    pieces = [piece + b">" for piece in raw.split(b">")]
    at = chance.randrange(len(pieces))
    odd = (b"", pieces[at] * 2, chance.choice(pieces), b"99999999999", b"=1", b"A1:ZZ9")
    pieces[at] = chance.choice(odd)
    return b"".join(pieces)[:-1]


def _scenario(chance: Random, turn: int) -> bytes:
    raw = chance.choice(SEEDS)
    if turn % 3 == 0:
        return _misshapen(_short(raw, chance), chance)
    return _spoilt(_lines(raw, chance) if turn % 3 == 1 else raw, chance)


def _spoilt(raw: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(SPOILERS)(raw, chance)
    return raw


def _lines(raw: bytes, chance: Random) -> bytes:
    """A stretch of the file, mostly from its beginning, so that reading it does not always end at the first scene."""
    lines = raw.splitlines(keepends=True)
    return b"".join(lines[: chance.randint(1, len(lines))])


def _cut(raw: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(raw) + 1)
    return start, min(len(raw), start + chance.randint(0, 200))


def _flip(raw: bytes, chance: Random) -> bytes:
    spoilt = bytearray(raw)
    for _ in range(min(len(raw), chance.randint(1, 20))):
        spoilt[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(spoilt)


def _drop(raw: bytes, chance: Random) -> bytes:
    start, end = _cut(raw, chance)
    return raw[:start] + raw[end:]


def _repeat(raw: bytes, chance: Random) -> bytes:
    start, end = _cut(raw, chance)
    return raw[:end] + raw[start:end] * chance.choice((1, 2, 50)) + raw[end:]


def _insert(raw: bytes, chance: Random) -> bytes:
    start, _ = _cut(raw, chance)
    return raw[:start] + chance.choice(TOKENS) + raw[start:]


def _shuffle(raw: bytes, chance: Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        if lines:
            lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return b"".join(lines)


def _indent(raw: bytes, chance: Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5) if lines else 0):
        at = chance.randrange(len(lines))
        lines[at] = (
            b" " * chance.randint(0, 6) + lines[at].lstrip() if chance.random() < 0.7 else b"\t" + lines[at]
        )
    return b"".join(lines)


def _splice(raw: bytes, chance: Random) -> bytes:
    other = chance.choice(SEEDS)
    return raw[: chance.randrange(len(raw) + 1)] + other[chance.randrange(len(other)) :][:20_000]


def _truncate(raw: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


Spoiler = Callable[[bytes, Random], bytes]
SPOILERS: tuple[Spoiler, ...] = (
    _flip,
    _drop,
    _repeat,
    _insert,
    _insert,
    _shuffle,
    _indent,
    _splice,
    _truncate,
)


def _short(raw: bytes, chance: Random) -> dict[str, Any]:
    """A seed's values with a few of its scenes, so that a shape is quickly written and read again."""
    value: dict[str, Any] = yaml.load(raw, Loader=yaml.CSafeLoader)
    value["scenes"] = chance.sample(value["scenes"], k=chance.randint(2, 4))
    return value


def _misshapen(value: dict[str, Any], chance: Random) -> bytes:
    """YAML that can be read and is no scenario: wrong kinds, missing names, names that nobody knows."""
    for _ in range(chance.randint(1, 6)):
        _spoil(value, chance)
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False).encode(
        "utf-8", "surrogatepass"
    )


class _Plain(yaml.CSafeDumper):
    """Writes nothing twice by reference: anchors are tried elsewhere."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _spoil(value: object, chance: Random) -> None:
    """Changes one thing somewhere inside."""
    while True:
        inside = (
            value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
        )
        deeper = [child for child in inside.values() if isinstance(child, dict | list) and child]
        if not deeper or chance.random() < 0.3:
            break
        value = chance.choice(deeper)
    if isinstance(value, dict) and value:
        _spoil_names(value, chance)
    elif isinstance(value, list) and value:
        value[chance.randrange(len(value))] = deepcopy(chance.choice(VALUES))


def _spoil_names(value: dict[Any, Any], chance: Random) -> None:
    key = chance.choice(list(value))
    match chance.randrange(4):
        case 0:
            del value[key]
        case 1:
            value[f"{key}s"] = value.pop(key)
        case _:
            value[key] = deepcopy(chance.choice(VALUES))


@cache
def _reader(kind: str) -> Callable[[bytes, str], object]:
    return aside.reader(KINDS[kind])


def read_some(first: int, count: int) -> dict[str, Any]:
    """Reads that many files as a child does, and tells what became of them; raises what the reading raises."""
    told: Counter[str] = Counter()
    slowest = 0.0, -1
    for number in range(first, first + count):
        kind, raw = malformed(number)
        assert len(raw) <= MAX_UPLOAD, number
        began = time.monotonic()
        said = aside.answered(_reader(kind), raw, "the file")
        slowest = max(slowest, (time.monotonic() - began, number))
        json.dumps(said)
        assert _is_an_answer(said, raw), number
        told[f"{kind}: {'refused' if said['faults'] else 'taken'}"] += 1
    return {
        "told": dict(told),
        "slowest": slowest,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _is_an_answer(said: dict[str, Any], raw: bytes) -> bool:
    """Whether there are faults on lines that the file has, or else a draft; nothing is a sound scenario."""
    breaks = (b"\n", b"\r", "\x85".encode(), "\u2028".encode())
    lines = sum(raw.count(mark) for mark in breaks) + 2
    if raw.startswith(b"PK"):
        lines = MAX_UPLOAD  # its lines are packed
    faults, result = said["faults"], said["result"]
    if faults:
        return result is None and all(
            1 <= fault["line"] <= lines and fault["what"].strip() for fault in faults
        )
    return result is None or bool(result["draft"] and result["source"])


def run(count: int, *, first: int = 0, progress: bool = False) -> dict[str, Any]:
    """Reads `count` malformed files, one process after another; the numbers of those without an answer are named."""
    told: Counter[str] = Counter()
    slowest, most, broken = (0.0, -1), 0, []
    for start in range(first, first + count, A_PROCESS):
        size = min(A_PROCESS, first + count - start)
        command = [
            sys.executable,
            "-m",
            "tests.library.malformed",
            "--read",
            str(start),
            "--count",
            str(size),
        ]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, text=True)
        if done.returncode == 0:
            said = json.loads(done.stdout.splitlines()[-1])  # a library may print, too
            told.update(said["told"])
            slowest, most = max(slowest, tuple(said["slowest"])), max(most, said["megabytes"])
        else:
            broken.append(f"{start}..{start + size - 1}: {done.stderr.strip().splitlines()[-1:]}")
        if progress:
            print(f"\r{start + size - first} of {count}", end="", file=sys.stderr, flush=True)
    return {
        "files": count,
        "answered": sum(told.values()),
        "broken": broken,
        "told": dict(sorted(told.items())),
        "slowest": {"seconds": round(slowest[0], 2), "number": slowest[1]},
        "megabytes": most,
    }


async def in_children(numbers: Sequence[int]) -> dict[str, Any]:
    """Reads files each in a child of its own, while somebody else asks for something a hundred times a second."""
    lane, ended, late = Lane(), Counter[str](), []
    slowest = 0.0
    for number in numbers:
        kind, raw = malformed(number)
        began = time.monotonic()
        answer = asyncio.wrap_future(lane.check(raw, kind))
        while not answer.done():
            asked = time.monotonic()
            await asyncio.sleep(0.01)
            late.append(time.monotonic() - asked - 0.01)
        found = await answer
        slowest = max(slowest, time.monotonic() - began)
        ended[found.ended.value] += 1
    lane.close()
    return {
        "children": len(numbers),
        "ended": dict(ended),
        "slowest": round(slowest, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "others waited, 99 of 100 at most, ms": round(sorted(late)[len(late) * 99 // 100] * 1000, 1),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the files and prints the figures as JSON; with --read, reads them in this very process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--read", type=int, metavar="FIRST")
    options = parser.parse_args(arguments)
    if options.read is not None:
        for kind in samples():
            bombs(kind)  # made while there is room to make them
        aside.limit(SECONDS * options.count, 256)
        print(json.dumps(read_some(options.read, options.count)))
        return
    last = options.first + options.count
    children = asyncio.run(in_children(range(options.first, last, A_CHILD)))
    found = run(options.count, first=options.first, progress=True)
    print(f"\n{json.dumps({**found, 'in children of their own': children}, indent=1)}")
    answered = not found["broken"] and children["ended"] == {Ending.ANSWERED.value: children["children"]}
    raise SystemExit(0 if answered else 1)


if __name__ == "__main__":
    main()
