"""Keys in a folder: kept from others' eyes, read back exactly, and refused when they may have been seen."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from everyangle.adapters.keys_folder import FolderKeys
from everyangle.core.errors import ConflictError, IntegrityError, RefusedError, StorageError
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk, SimulatedCrash

CASE = "5" * 32
SEED = bytes(range(32))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "config" / "everyangle"


def test_a_key_signs_and_is_read_back_as_the_same_key(home: Path) -> None:
    made = FolderKeys(home).create(CASE, bytes(4), SEED)
    again = FolderKeys(home).signer(CASE)
    assert again
    assert again.key == made.key
    assert made.key.name == "everyangle/case-key/00000000"
    assert made.key.verifies(again.sign(b"message"), b"message")
    assert not made.key.verifies(again.sign(b"message"), b"another")


def test_key_folder_and_files_are_for_this_user_alone(home: Path) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED).saw(b"checkpoint")
    modes = {path.relative_to(home).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert modes == {"keys": 0o700, "seen": 0o700, f"keys/{CASE}.key": 0o600, f"seen/{CASE}": 0o600}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("exposed", [".", "keys", f"keys/{CASE}.key"])
@pytest.mark.parametrize("mode", [0o040, 0o004, 0o010])
def test_a_key_that_others_can_reach_is_refused(home: Path, exposed: str, mode: int) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED)
    path = home / exposed
    path.chmod(stat.S_IMODE(path.stat().st_mode) | mode)
    with pytest.raises(RefusedError) as told:
        FolderKeys(home).signer(CASE)
    assert told.value.code == "key-exposed"
    assert "chmod" in told.value.todo


def test_no_key_is_made_in_a_folder_that_others_can_read(home: Path) -> None:
    home.mkdir(parents=True, mode=0o755)
    with pytest.raises(RefusedError):
        FolderKeys(home).create(CASE, bytes(4), SEED)
    assert not list(home.rglob("*.key"))


def test_a_key_is_never_replaced(home: Path) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED)
    with pytest.raises(ConflictError) as told:
        FolderKeys(home).create(CASE, bytes(4), bytes(32))
    assert told.value.code == "key-exists"


def test_a_missing_key_is_no_error(home: Path) -> None:
    assert FolderKeys(home).signer(CASE) is None
    assert FolderKeys(home).seen(CASE) is None


def test_no_flipped_bit_leaves_a_key(home: Path) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED)
    path = home / "keys" / f"{CASE}.key"
    line = path.read_bytes()
    for at in range(len(line) - 1):
        path.write_bytes(line[:at] + bytes((line[at] ^ 1,)) + line[at + 1 :])
        with pytest.raises(IntegrityError) as told:
            FolderKeys(home).signer(CASE)
        assert told.value.code == "key-damaged"


def test_the_last_checkpoint_seen_is_kept(home: Path) -> None:
    signer = FolderKeys(home).create(CASE, bytes(4), SEED)
    assert signer.seen() is None
    signer.saw(b"one")
    signer.saw(b"two")
    assert signer.seen() == FolderKeys(home).seen(CASE) == b"two"


def test_a_crash_while_remembering_leaves_the_old_checkpoint_or_the_new(home: Path) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED).saw(b"one")
    disk = CountingDisk()
    signer = FolderKeys(home, disk).signer(CASE)
    assert signer
    signer.saw(b"one")
    for step in range(1, disk.steps + 1):
        crashing = FolderKeys(home, CrashingDisk(step)).signer(CASE)
        assert crashing
        with pytest.raises(SimulatedCrash):
            crashing.saw(b"two")
        assert FolderKeys(home).seen(CASE) in {b"one", b"two"}


def test_a_full_disk_is_told(home: Path) -> None:
    FolderKeys(home).create(CASE, bytes(4), SEED).saw(b"one")
    signer = FolderKeys(home, FullDisk(1)).signer(CASE)
    assert signer
    with pytest.raises(StorageError) as told:
        signer.saw(b"two")
    assert told.value.code == "disk-full"
    assert signer.seen() == b"one"
