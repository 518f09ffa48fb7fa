"""The journal in a folder: the contract, segments, rot, and disks that fail at every step."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from everyangle.adapters.journal_folder import FolderJournal
from everyangle.core.errors import IntegrityError, StorageError
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk, SimulatedCrash
from everyangle.testing.faults_power import PowerDisk
from everyangle.testing.journal_contract import JournalContract, Reopen

SMALL = 4096


class TestFolderJournal(JournalContract):
    @pytest.fixture
    def reopen(self, tmp_path: Path) -> Reopen:
        return lambda: FolderJournal(tmp_path / "journal", segment_bytes=SMALL)


def contents(journal: FolderJournal) -> list[bytes]:
    return [data for _, data in journal.records()]


def record(n: int) -> bytes:
    return n.to_bytes(4, "big") * (1 + n * 37 % 300)


def test_a_full_segment_is_followed_by_another_and_a_large_record_has_its_own(tmp_path: Path) -> None:
    journal = FolderJournal(tmp_path, segment_bytes=SMALL)
    wanted = [b"x" * 3000, b"y" * 3000, b"z" * 50_000, b"end"]
    places = [place for one in wanted for place in journal.append([[one]])]
    assert len({place.segment for place in places}) >= 3
    assert contents(journal) == wanted
    journal.close()
    again = FolderJournal(tmp_path, segment_bytes=SMALL)
    assert contents(again) == wanted
    again.close()


def test_rot_is_told_and_what_lies_in_other_segments_is_still_read(tmp_path: Path) -> None:
    journal = FolderJournal(tmp_path, segment_bytes=SMALL)
    first, second = journal.append([[b"a" * 1000], [b"b" * 1000]])
    (third,) = journal.append([[b"c" * 3000]])
    journal.close()
    path = tmp_path / f"{first.segment:012d}.journal"
    data = bytearray(path.read_bytes())
    data[first.offset + 1000 + 8] ^= 1
    path.write_bytes(data)
    again = FolderJournal(tmp_path, segment_bytes=SMALL)
    assert contents(again) == [b"a" * 1000, b"c" * 3000]
    assert path.name in again.damage[0]
    assert len(again.damage) == 1
    with pytest.raises(IntegrityError):
        again.read(second)
    assert again.read(third) == b"c" * 3000
    again.drop(first.segment)
    assert path.with_suffix(".damaged").exists()
    again.close()


def all_steps(tmp_path: Path) -> int:
    disk = CountingDisk()
    written_until_a_crash(tmp_path / "counted", disk, random.Random(1))
    return disk.steps


def test_a_crash_at_any_step_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    steps = all_steps(tmp_path)
    assert steps > 40
    for step in range(1, steps + 1):
        folder = tmp_path / f"{step}"
        acknowledged = written_until_a_crash(folder, CrashingDisk(step), random.Random(1))
        check_recovered(folder, acknowledged)


def written_until_a_crash(folder: Path, disk: CountingDisk, rng: random.Random) -> list[bytes]:
    """Return what was acknowledged: all, or what was before the crash."""
    acknowledged: list[bytes] = []
    journal: FolderJournal | None = None
    try:
        journal = FolderJournal(folder, disk, segment_bytes=SMALL)
        n = 0
        while n < 60:
            batch = [record(n + k) for k in range(rng.randint(1, 9))]
            journal.append([[one[:3], one[3:]] for one in batch])
            acknowledged += batch
            n += len(batch)
    except SimulatedCrash:
        pass
    finally:
        if journal is not None:
            journal.close()
    return acknowledged


def check_recovered(folder: Path, acknowledged: list[bytes]) -> None:
    """Every acknowledged record is there, in order; what else is there follows; and writing goes on."""
    if not folder.is_dir():
        assert not acknowledged
        return
    journal = FolderJournal(folder, CountingDisk(), segment_bytes=SMALL)
    found = contents(journal)
    assert not journal.damage
    assert found[: len(acknowledged)] == acknowledged
    assert found == [record(n) for n in range(len(found))]
    journal.append([[b"after"]])
    journal.close()
    again = FolderJournal(folder, CountingDisk(), segment_bytes=SMALL)
    assert contents(again) == [*found, b"after"]
    again.close()


def test_when_the_power_goes_at_any_step_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    steps = all_steps(tmp_path)
    for step in range(1, steps + 1):
        for seed in range(4):
            folder = tmp_path / f"{step}-{seed}"
            disk = PowerDisk(step, random.Random(seed))
            acknowledged = written_until_a_crash(folder, disk, random.Random(1))
            disk.lose()
            check_recovered(folder, acknowledged)


def test_what_an_error_refused_never_comes_back(tmp_path: Path) -> None:
    journal = FolderJournal(tmp_path, FailingOnce(), segment_bytes=SMALL)
    journal.append([[b"kept"]])
    with pytest.raises(StorageError):
        journal.append([[b"refused"]])
    journal.append([[b"other"]])
    journal.close()
    again = FolderJournal(tmp_path, segment_bytes=SMALL)
    assert contents(again) == [b"kept", b"other"]
    again.close()


def test_what_an_error_refused_does_not_come_back_when_the_segment_after_it_is_gone(tmp_path: Path) -> None:
    journal = FolderJournal(tmp_path, FailingOnce(), segment_bytes=SMALL)
    journal.append([[b"kept"]])
    with pytest.raises(StorageError):
        journal.append([[b"refused"]])
    journal.append([[b"other"]])
    dropped = journal.active
    for _ in range(2):
        journal.close()
        journal = FolderJournal(tmp_path, segment_bytes=SMALL)
    journal.drop(dropped)
    assert {path.suffix for path in tmp_path.iterdir() if dropped == int(path.stem.strip("lock") or 0)} == {".head"}
    for _ in range(3):
        journal.close()
        journal = FolderJournal(tmp_path, segment_bytes=SMALL)
        assert contents(journal) == [b"kept"]
    for segment in journal.segments()[:-1]:
        journal.drop(segment)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == ["", ".journal"]
    journal.close()


def test_a_segment_without_a_head_takes_nothing_from_the_one_before_it(tmp_path: Path) -> None:
    for one in (b"the first", b"2", b"third"):
        journal = FolderJournal(tmp_path, segment_bytes=SMALL)
        journal.append([[one]])
        journal.close()
    path = tmp_path / f"{2:012d}.journal"
    path.write_bytes(b"rot" + path.read_bytes()[3:])
    for _ in range(2):
        again = FolderJournal(tmp_path, segment_bytes=SMALL)
        assert contents(again) == [b"the first", b"third"]
        again.close()


def test_a_crash_at_any_step_of_dropping_takes_nothing_else_away(tmp_path: Path) -> None:
    def made(folder: Path) -> None:
        for one in (b"first", b"second", b"third", b"fourth"):
            journal = FolderJournal(folder, segment_bytes=SMALL)
            journal.append([[one]])
            journal.close()

    for step in range(1, 60):
        folder = tmp_path / f"{step}"
        made(folder)
        disk, crashed = CrashingDisk(step), False
        journal = None
        try:
            journal = FolderJournal(folder, disk, segment_bytes=SMALL)
            for segment in (3, 2):
                journal.drop(segment)
        except SimulatedCrash:
            crashed = True
        finally:
            if journal is not None:
                journal.close()
        for _ in range(3):
            again = FolderJournal(folder, segment_bytes=SMALL)
            found = contents(again)
            assert [one for one in found if one in (b"first", b"fourth")] == [b"first", b"fourth"]
            assert not again.damage
            again.close()
        if not crashed:
            assert found == [b"first", b"fourth"]
            break
    assert step > 10


class FailingOnce(CountingDisk):
    """Writes, and then cannot wait for what it wrote, once."""

    def datasync(self, descriptor: int) -> None:
        super().datasync(descriptor)
        if self.names.count("datasync") == 2:
            raise OSError(5, "Input/output error")


def append_until_full(folder: Path, disk: FullDisk, acknowledged: list[bytes]) -> None:
    journal = FolderJournal(folder, disk, segment_bytes=SMALL)
    try:
        for n in range(60):
            journal.append([[record(n)]])
            acknowledged.append(record(n))
    finally:
        journal.close()


def test_a_full_disk_refuses_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    for step in range(3, all_steps(tmp_path)):
        folder = tmp_path / f"{step}"
        acknowledged: list[bytes] = []
        with pytest.raises(StorageError) as refusal:
            append_until_full(folder, FullDisk(step), acknowledged)
        assert refusal.value.code == "disk-full"
        check_recovered(folder, acknowledged)
