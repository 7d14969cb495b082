"""A small content folder of its own for every test, to be broken at will."""

import shutil
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.library.authors import SOUND, Author, Check, Told


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """An author whose content is sound, standing in the folder above it."""
    shutil.copytree(SOUND, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return Author(tmp_path / "content")


@pytest.fixture
def check(author: Author, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """The command as its author types it, beside the content folder."""
    monkeypatch.chdir(author.folder.parent)

    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["bothand", "check", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run
