"""The root key's file."""

from pathlib import Path

import pytest

from bot.errors import UserError
from bot.store.rootkey import load_or_create

ROOT = bytes(range(32))


def load(folder: Path, *, data_exists: bool = False, make: bytes = ROOT) -> bytes:
    return load_or_create(
        folder / "keys" / "root.key",
        data_folder=folder / "data",
        data_exists=data_exists,
        make=lambda: make,
    )


def test_a_first_start_makes_a_key_that_only_this_account_can_read(tmp_path: Path) -> None:
    assert load(tmp_path) == ROOT
    key_file = tmp_path / "keys" / "root.key"
    assert key_file.stat().st_mode & 0o777 == 0o400
    assert key_file.parent.stat().st_mode & 0o777 == 0o700
    assert list(key_file.parent.iterdir()) == [key_file]
    assert key_file.read_text().splitlines()[1:] == [ROOT.hex()]


def test_a_key_that_is_there_is_read_and_never_made_again(tmp_path: Path) -> None:
    load(tmp_path)
    assert load(tmp_path, make=bytes(32)) == ROOT
    assert load(tmp_path, make=bytes(32), data_exists=True) == ROOT


def test_a_key_written_by_another_start_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    key_file = tmp_path / "root.key"

    def slow() -> bytes:
        load_or_create(key_file, data_folder=tmp_path / "data", data_exists=False, make=lambda: ROOT)
        return bytes(32)

    with pytest.raises(UserError):
        load_or_create(key_file, data_folder=tmp_path / "data", data_exists=False, make=slow)
    assert ROOT.hex() in key_file.read_text()
    assert list(tmp_path.iterdir()) == [key_file]


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420])
def test_a_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    load(tmp_path)
    (tmp_path / "keys" / "root.key").chmod(mode)
    with pytest.raises(UserError, match="chmod 400"):
        load(tmp_path)


def test_a_key_among_the_data_is_refused_and_not_made(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with pytest.raises(UserError, match="lies inside the data folder"):
        load_or_create(data / "keys" / "root.key", data_folder=data, data_exists=False, make=lambda: ROOT)
    assert not data.exists()


def test_a_link_does_not_hide_that_a_key_lies_among_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "elsewhere").symlink_to(data, target_is_directory=True)
    with pytest.raises(UserError, match="lies inside the data folder"):
        load_or_create(
            tmp_path / "elsewhere" / "root.key", data_folder=data, data_exists=False, make=lambda: ROOT
        )
    with pytest.raises(UserError, match="lies inside the data folder"):
        load_or_create(
            data / "root.key", data_folder=tmp_path / "elsewhere", data_exists=False, make=lambda: ROOT
        )


def test_a_missing_key_with_data_is_explained_with_both_ways_out(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load(tmp_path, data_exists=True)
    said = str(refused.value)
    assert "without it nothing held" in said
    assert "put the key file back from your copy" in said
    assert "move the data folder away to start afresh" in said
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    "text",
    ["", "not hexadecimal", ROOT.hex()[:-2], ROOT.hex() + "00", "# only a comment", "ключ"],
)
def test_a_file_that_holds_no_key_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys").mkdir()
    key_file = tmp_path / "keys" / "root.key"
    key_file.write_text(text)
    key_file.chmod(0o400)
    with pytest.raises(UserError, match="does not hold a root key") as refused:
        load(tmp_path)
    assert text == "" or text not in str(refused.value)


def test_a_place_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file, not a folder")
    with pytest.raises(UserError, match="cannot be used"):
        load(tmp_path)


def test_a_folder_in_the_keys_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys" / "root.key").mkdir(parents=True, mode=0o700)
    (tmp_path / "keys" / "root.key").chmod(0o700)
    with pytest.raises(UserError, match="KEY_FILE names a file in it, such as"):
        load(tmp_path)
