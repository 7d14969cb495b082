"""Malformed scenario files, seeded: broken bytes, broken lines, broken shapes. `python -m tests.library.malformed`.

Each file is read as a child reads it, in children under a child's limits, many files a child; whatever is not answered
ends its child, and is told by its number. The same number always makes the same file.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.library import aside

ROOT = Path(__file__).parents[2]
SEEDS = tuple(path.read_bytes() for path in sorted(ROOT.glob("content/scenarios/*/scenario.yaml")))
#: Files a child reads, and the seconds that one file may take.
A_CHILD = 50
SECONDS = 5.0

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


def malformed(number: int) -> bytes:
    """The malformed file of this number."""
    chance = Random(number)
    raw = chance.choice(SEEDS)
    if number % 3 == 0:
        return _misshapen(_short(raw, chance), chance)
    if number % 3 == 1:
        raw = _lines(raw, chance)
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


def read_some(first: int, count: int) -> dict[str, Any]:
    """Reads that many files as a child does, and tells what became of them; raises what the reading raises."""
    told: Counter[str] = Counter()
    slowest = 0.0
    for number in range(first, first + count):
        raw = malformed(number)
        began = time.monotonic()
        said = aside.answered(aside.scenario, raw, "the file")
        slowest = max(slowest, time.monotonic() - began)
        json.dumps(said)
        lines = (
            raw.count(b"\n")
            + raw.count(b"\r")
            + raw.count("\x85".encode())
            + raw.count("\u2028".encode())
            + 2
        )
        assert all(1 <= fault["line"] <= lines and fault["what"].strip() for fault in said["faults"]), number
        told["sound" if not said["faults"] else "refused"] += 1
    return {"told": dict(told), "slowest": slowest}


def run(count: int, *, first: int = 0, progress: bool = False) -> dict[str, Any]:
    """Reads `count` malformed files, one child after another; the numbers whose child did not answer are named."""
    told: Counter[str] = Counter()
    slowest, broken = 0.0, []
    for start in range(first, first + count, A_CHILD):
        size = min(A_CHILD, first + count - start)
        command = [
            sys.executable,
            "-m",
            "tests.library.malformed",
            "--child",
            str(start),
            "--count",
            str(size),
        ]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, text=True)
        if done.returncode == 0:
            said = json.loads(done.stdout)
            told.update(said["told"])
            slowest = max(slowest, said["slowest"])
        else:
            broken.append(f"{start}..{start + size - 1}: {done.stderr.strip().splitlines()[-1:]}")
        if progress:
            print(f"\r{start + size - first} of {count}", end="", file=sys.stderr, flush=True)
    return {"files": count, **told, "slowest": round(slowest, 2), "broken": broken}


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the files and prints the figures as JSON; with --child, reads them in this very process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--child", type=int)
    options = parser.parse_args(arguments)
    if options.child is not None:
        aside.limit(SECONDS * options.count, 256)
        print(json.dumps(read_some(options.child, options.count)))
        return
    found = run(options.count, first=options.first, progress=True)
    print(f"\n{json.dumps(found, indent=1)}")
    raise SystemExit(1 if found["broken"] else 0)


if __name__ == "__main__":
    main()
