"""Blobs in a folder and in memory: the common contract, and what only a folder can do wrong."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from everyangle.adapters.blobs_filesystem import FolderBlobs
from everyangle.adapters.blobs_memory import MemoryBlobs
from everyangle.core.errors import IntegrityError, StorageError
from everyangle.ports.blobs import Blobs
from everyangle.testing.blobs_contract import BlobsContract
from everyangle.testing.faults import CountingDisk, FullDisk


class TestFolder(BlobsContract):
    @pytest.fixture
    def blobs(self, tmp_path: Path) -> Blobs:
        return FolderBlobs(tmp_path / "originals", CountingDisk())


class TestFolderOnTheRealDisk(BlobsContract):
    @pytest.fixture
    def blobs(self, tmp_path: Path) -> Blobs:
        return FolderBlobs(tmp_path / "originals")


class TestMemory(BlobsContract):
    @pytest.fixture
    def blobs(self) -> Blobs:
        return MemoryBlobs()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "originals"


def test_a_blob_is_a_read_only_file_named_by_its_digest(folder: Path) -> None:
    blobs = FolderBlobs(folder)
    kept = blobs.put(io.BytesIO(b"hello"))
    path = folder / "sha256/2c/f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert blobs.local_path(kept.digest) == path
    assert path.read_bytes() == b"hello"
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_a_damaged_blob_is_found_and_healed_by_adding_it_again(folder: Path) -> None:
    blobs = FolderBlobs(folder)
    kept = blobs.put(io.BytesIO(b"hello"))
    path = blobs.local_path(kept.digest)
    assert path
    path.chmod(0o644)
    path.write_bytes(b"jello")
    with pytest.raises(IntegrityError) as told:
        blobs.verify(kept.digest)
    assert told.value.code == "blob-damaged"
    assert str(path) in told.value.what
    blobs.put(io.BytesIO(b"hello"))
    assert blobs.verify(kept.digest) == kept


def test_what_is_no_blob_is_a_stray_and_never_listed(folder: Path) -> None:
    blobs = FolderBlobs(folder)
    kept = blobs.put(io.BytesIO(b"hello"))
    (folder / "notes.txt").write_text("mine")
    (folder / "sha256/2c/short").write_text("mine")
    (folder / "sha256/ab").mkdir()
    (folder / "sha256/ab" / ("0" * 62)).symlink_to("/etc/hostname")
    assert list(blobs) == [kept.digest]
    assert list(blobs.strays()) == ["notes.txt", "sha256/2c/short", f"sha256/ab/{'0' * 62}"]
    assert not blobs.has(type(kept.digest)("ab" + "0" * 62))


def test_what_a_dead_writer_held_is_swept_and_nothing_else(folder: Path) -> None:
    dead = FolderBlobs(folder)
    kept = dead.put(io.BytesIO(b"kept"))
    dead.take(io.BytesIO(b"held"))
    blobs = FolderBlobs(folder)
    assert list(blobs.strays()) == []
    assert blobs.sweep() == 1
    assert blobs.sweep() == 0
    assert list(blobs) == [kept.digest]


def test_a_full_disk_is_told_and_leaves_earlier_blobs(folder: Path) -> None:
    disk = FullDisk(10**9)
    blobs = FolderBlobs(folder, disk)
    kept = blobs.put(io.BytesIO(b"kept"))
    disk.full_at = 0
    with pytest.raises(StorageError) as told:
        blobs.put(io.BytesIO(bytes(3_000_000)))
    assert told.value.code == "disk-full"
    assert list(blobs) == [kept.digest]
    assert blobs.sweep() == 0


def test_bytes_of_another_store_are_not_kept(folder: Path) -> None:
    held = MemoryBlobs().take(io.BytesIO(b"elsewhere"))
    with pytest.raises(TypeError):
        FolderBlobs(folder).keep([held])
