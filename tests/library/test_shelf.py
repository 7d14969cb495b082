"""The whole shelf: loaded or refused, and remembered."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from bot.core.editions import canonical, edition_of
from bot.core.ids import ScenarioId
from bot.library.faults import Faults
from bot.library.shelf import compile_shelf, describe, load
from tests.library.authors import STORY, Author

BUS = ScenarioId("last-bus")


def _second(author: Author) -> None:
    """Puts a second scenario on the shelf."""
    shutil.copytree(author.folder / "scenarios/last-bus", author.folder / "scenarios/early-bus")
    author.edit("scenarios/early-bus/scenario.yaml", "id: last-bus", "id: early-bus")
    author.edit("scenarios/early-bus/checklist.yaml", "scenario: last-bus", "scenario: early-bus")


def _mark(cache: Path) -> None:
    """Changes the remembered shelf and signs it anew, so that one can see whether it was taken."""
    header, _, body = cache.read_bytes().partition(b"\n")
    body = body.replace(b"The last bus", b"The marked bus")
    cache.write_bytes(header.split()[0] + b" " + sha256(body).hexdigest().encode() + b"\n" + body)


def test_a_shelf_holds_every_scenario_in_the_order_of_their_names(author: Author) -> None:
    _second(author)
    shelf = load(author.folder)
    assert list(shelf.scenarios) == ["early-bus", "last-bus"]
    assert shelf.editions == {id: edition_of(canonical(it)) for id, it in shelf.scenarios.items()}
    assert describe(shelf) == "2 scenarios, 3 variants, 2 skills, 4 nations"


def test_one_scenario_is_counted_as_one(author: Author) -> None:
    assert describe(load(author.folder)) == "1 scenario, 3 variants, 2 skills, 4 nations"


def test_half_a_shelf_is_never_returned_nor_remembered(author: Author, tmp_path: Path) -> None:
    _second(author)
    author.edit(STORY, "minutes: 4", "minutes: 40")
    author.edit("scenarios/early-bus/scenario.yaml", "minutes: 4", "minutes: 30")
    cache = tmp_path / "shelf.cache"
    with pytest.raises(Faults) as caught:
        load(author.folder, cache=cache)
    assert [fault.what for fault in caught.value.faults] == [
        "'minutes' is 30; it must be at most 5.",
        "'minutes' is 40; it must be at most 5.",
    ]
    assert not cache.exists()


def test_a_remembered_shelf_is_the_same_shelf(author: Author, tmp_path: Path) -> None:
    cache = tmp_path / "shelf.cache"
    cold = load(author.folder, cache=cache)
    assert load(author.folder, cache=cache) == cold == compile_shelf(author.folder)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["shelf.cache"]


def test_a_remembered_shelf_is_taken_while_nothing_has_changed(author: Author, tmp_path: Path) -> None:
    cache = tmp_path / "shelf.cache"
    load(author.folder, cache=cache)
    _mark(cache)
    assert load(author.folder, cache=cache).scenarios[BUS].title == "The marked bus"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (STORY, "At the stop", "At the old stop"),
        ("skills.yaml", "Stick around", "Stay around"),
        ("help/wales.yaml", "Ring 999.", "Ring 999 now."),
        ("scenarios/last-bus/walks/good.yaml", "- ends: together", "- ends: together # home"),
    ],
)
def test_after_any_edit_the_shelf_is_compiled_again(
    author: Author, tmp_path: Path, file: str, old: str, new: str
) -> None:
    cache = tmp_path / "shelf.cache"
    load(author.folder, cache=cache)
    _mark(cache)
    author.edit(file, old, new)
    fresh = load(author.folder, cache=cache)
    assert fresh == compile_shelf(author.folder)
    _mark(cache)
    assert load(author.folder, cache=cache).scenarios[BUS].title == "The marked bus"


def test_a_file_more_or_less_is_an_edit(author: Author, tmp_path: Path) -> None:
    cache = tmp_path / "shelf.cache"
    load(author.folder, cache=cache)
    _second(author)
    assert list(load(author.folder, cache=cache).scenarios) == ["early-bus", "last-bus"]
    shutil.rmtree(author.folder / "scenarios/early-bus")
    assert list(load(author.folder, cache=cache).scenarios) == ["last-bus"]
    (author.folder / "scenarios/last-bus/walks/poor.yaml").unlink()
    with pytest.raises(Faults, match="this walk is missing"):
        load(author.folder, cache=cache)


def _torn(kept: bytes) -> bytes:
    return kept[: len(kept) // 2]


def _other_shape(kept: bytes) -> bytes:
    key, _, body = kept.partition(b"\n")
    shelf = json.loads(body)
    del shelf["scenarios"]["last-bus"]["title"]
    changed = json.dumps(shelf).encode()
    return key.split()[0] + b" " + sha256(changed).hexdigest().encode() + b"\n" + changed


def _stale(kept: bytes) -> bytes:
    return b"0" + kept[1:]


def _noise(kept: bytes) -> bytes:
    return bytes(reversed(kept)) + b"\xff"


def _one_digit(kept: bytes) -> bytes:
    header, _, body = kept.partition(b"\n")
    assert b"999" in body
    return header + b"\n" + body.replace(b"999", b"118", 1)


def _nothing(kept: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("harm", [_torn, _other_shape, _stale, _noise, _one_digit, _nothing])
def test_a_memory_that_is_torn_or_stale_is_ignored_and_made_good(
    author: Author, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    cache = tmp_path / "shelf.cache"
    sound = load(author.folder, cache=cache)
    kept = cache.read_bytes()
    cache.write_bytes(harm(kept))
    assert load(author.folder, cache=cache) == sound
    assert cache.read_bytes() == kept


def test_a_memory_that_cannot_be_written_costs_speed_and_nothing_else(author: Author, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    (tmp_path / "a-folder").mkdir()
    for cache in (tmp_path / "missing/shelf.cache", tmp_path / "a-file/shelf.cache", tmp_path / "a-folder"):
        assert load(author.folder, cache=cache) == compile_shelf(author.folder)


def test_a_warm_start_needs_neither_yaml_nor_proofs(author: Author, tmp_path: Path) -> None:
    cache = tmp_path / "shelf.cache"
    load(author.folder, cache=cache)
    program = """
import sys
from pathlib import Path
from bot.library.shelf import load
load(Path(sys.argv[1]), cache=Path(sys.argv[2]))
print(sorted(name for name in sys.modules if name.startswith(("yaml", "bot.library.", "bot.core.proofs"))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(author.folder), str(cache)],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        text=True,
        check=True,
    )
    assert done.stdout == "['bot.library.faults', 'bot.library.shelf']\n"
