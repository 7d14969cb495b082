"""A small content folder of its own for every test, to be broken at will."""

import shutil
from pathlib import Path

import pytest

from tests.library.authors import SOUND, Author


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """An author whose content is sound, standing in the folder above it."""
    shutil.copytree(SOUND, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return Author(tmp_path / "content")
