"""Logs in a folder and in memory: the common contract, and what only a folder can do wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from everyangle.adapters.log_memory import MemoryFiles, MemoryLog
from everyangle.adapters.log_tiles import FolderLog
from everyangle.core.errors import ConflictError, EveryAngleError, IntegrityError, StorageError
from everyangle.record import tiles
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk, LosingDisk, SimulatedCrash
from everyangle.testing.log_contract import ORIGIN, LogContract, OpenLog, TestSigner, entry


class TestFolder(LogContract):
    @pytest.fixture
    def open_log(self, tmp_path: Path) -> OpenLog:
        return lambda signer: FolderLog(tmp_path / "log", ORIGIN, signer, CountingDisk())


class TestMemory(LogContract):
    @pytest.fixture
    def open_log(self) -> OpenLog:
        shared = MemoryFiles()
        return lambda signer: MemoryLog(ORIGIN, signer, shared)


BEFORE = [entry(number) for number in range(254)]
NEW = [entry(number) for number in range(254, 258)]


def log_of_254(folder: Path) -> TestSigner:
    signer = TestSigner()
    FolderLog(folder, ORIGIN, signer, CountingDisk()).append(BEFORE)
    return signer


def steps_of_one_append(folder: Path) -> int:
    disk = CountingDisk()
    FolderLog(folder, ORIGIN, log_of_254(folder), disk).append(NEW)
    return disk.steps


@pytest.mark.parametrize("kind", [CrashingDisk, LosingDisk])
def test_a_crash_at_any_step_of_an_append_leaves_all_of_it_or_nothing(tmp_path: Path, kind: type[CrashingDisk]) -> None:
    steps = steps_of_one_append(tmp_path / "counted")
    outcomes = set()
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        signer = log_of_254(folder)
        disk = kind(step)
        with pytest.raises(SimulatedCrash):
            FolderLog(folder, ORIGIN, signer, disk).append(NEW)
        if isinstance(disk, LosingDisk):
            disk.lose()
        log = FolderLog(folder, ORIGIN, signer, CountingDisk())
        size = log.size
        outcomes.add(size)
        assert list(log.read()) == (BEFORE + NEW)[:size]
        assert log.tree().size == size
        log.append([b"after"])
        assert list(log.read()) == [*(BEFORE + NEW)[:size], b"after"]
    assert outcomes == {254, 258}


def test_what_was_acknowledged_survives_a_power_cut_at_the_very_next_step(tmp_path: Path) -> None:
    signer = log_of_254(tmp_path)
    steps = CountingDisk()
    FolderLog(tmp_path, ORIGIN, signer, steps).append(NEW)
    disk = LosingDisk(steps.steps + 50)
    log = FolderLog(tmp_path, ORIGIN, signer, disk)
    log.append([b"one"])
    disk.lose()
    assert list(FolderLog(tmp_path, ORIGIN, None).read()) == [*BEFORE, *NEW, b"one"]


def test_a_full_disk_at_any_step_leaves_all_of_an_append_or_nothing_and_says_which(tmp_path: Path) -> None:
    for step in range(1, steps_of_one_append(tmp_path / "counted") + 1):
        folder = tmp_path / str(step)
        signer = log_of_254(folder)
        log = FolderLog(folder, ORIGIN, signer, FullDisk(step))
        try:
            log.append(NEW)
        except StorageError as error:
            if error.code != "disk-full":
                raise
            assert log.size == 254
        assert list(log.read()) == (BEFORE + NEW)[: log.size]
        after = FolderLog(folder, ORIGIN, signer, CountingDisk())
        after.append([b"after"])
        assert list(after.read())[-1] == b"after"


def test_what_lies_beyond_the_checkpoint_is_ignored_and_overwritten(tmp_path: Path) -> None:
    signer = log_of_254(tmp_path)
    beyond = tmp_path / tiles.Bundle(0).path
    beyond.parent.mkdir(parents=True, exist_ok=True)
    beyond.write_bytes(b"left by a crash")
    log = FolderLog(tmp_path, ORIGIN, signer, CountingDisk())
    assert list(log.read()) == BEFORE
    log.append(NEW)
    assert list(log.read()) == BEFORE + NEW


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000.p/254", "tile/entries/000.p/254"])
@pytest.mark.parametrize("damage", ["remove", "flip", "cut"])
def test_a_damaged_log_is_not_continued(tmp_path: Path, path: str, damage: str) -> None:
    signer = log_of_254(tmp_path)
    file = tmp_path / path
    data = file.read_bytes()
    if damage == "remove":
        file.unlink()
    else:
        file.write_bytes(data[:-1] if damage == "cut" else bytes((data[0] ^ 1,)) + data[1:])
    with pytest.raises(IntegrityError) as told:
        FolderLog(tmp_path, ORIGIN, signer).append(NEW)
    assert told.value.code in {"log-damaged", "signature-wrong", "bundle-damaged", "tile-damaged", "log-rolled-back"}


def test_a_checkpoint_of_another_case_is_told(tmp_path: Path) -> None:
    log_of_254(tmp_path)
    with pytest.raises(IntegrityError) as told:
        FolderLog(tmp_path, "everyangle/case/" + "6" * 32, None).tree()
    assert told.value.code == "log-damaged"


HOLDER = """
import sys
from pathlib import Path
from everyangle.adapters.log_tiles import FolderLog
with FolderLog(Path(sys.argv[1]), sys.argv[2], None).writer():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_writes_is_told_and_its_death_frees_the_log(tmp_path: Path) -> None:
    signer = log_of_254(tmp_path)
    log = FolderLog(tmp_path, ORIGIN, signer)
    command = [sys.executable, "-c", HOLDER, str(tmp_path), ORIGIN]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConflictError) as told:
            log.append(NEW)
        assert told.value.code == "case-locked"
        assert list(log.read()) == BEFORE
        holder.kill()
    log.append(NEW)
    assert list(log.read()) == BEFORE + NEW


class ForgetfulSigner(TestSigner):
    """A signer whose folder is full."""

    __test__ = False

    def saw(self, checkpoint: bytes) -> None:
        raise StorageError("disk-full", f"The disk of the keys is full; {len(checkpoint)} bytes were not kept.")


def test_an_append_that_stands_is_not_told_as_failed_when_the_checkpoint_seen_cannot_be_kept(tmp_path: Path) -> None:
    log = FolderLog(tmp_path, ORIGIN, ForgetfulSigner())
    with pytest.raises(EveryAngleError) as told:
        log.append([b"one"])
    assert told.value.code == "seen-not-kept"
    assert list(log.read()) == [b"one"]
