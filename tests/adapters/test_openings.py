"""Openings in a folder and in memory."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from everyangle.adapters.openings_folder import FolderOpenings
from everyangle.adapters.openings_memory import MemoryOpenings
from everyangle.ports.openings import Openings
from everyangle.testing.faults import CountingDisk
from everyangle.testing.openings_contract import OPENINGS, OpeningsContract


class TestFolder(OpeningsContract):
    @pytest.fixture
    def openings(self, tmp_path: Path) -> Openings:
        return FolderOpenings(tmp_path / "private", CountingDisk())


class TestMemory(OpeningsContract):
    @pytest.fixture
    def openings(self) -> Openings:
        return MemoryOpenings()


def test_openings_are_for_this_user_alone(tmp_path: Path) -> None:
    openings = FolderOpenings(tmp_path / "private")
    openings.put(OPENINGS)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    for path in (tmp_path / "private").glob("*.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_other_files_beside_the_openings_are_not_listed(tmp_path: Path) -> None:
    openings = FolderOpenings(tmp_path)
    openings.put(OPENINGS)
    (tmp_path / "notes.json").write_text("{}")
    assert len(list(openings)) == len(OPENINGS)
