"""Live capture on a machine that fails: at every write, wait, rename and folder, of the journal and of the case.

What a receipt promised is there afterwards, the phone goes on from it, and the recording becomes an item that verifies.
"""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.stages.capture_house import House

from everyangle.adapters.durable import Disk
from everyangle.capture.chain import first_head
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind
from everyangle.capture.limits import Limits
from everyangle.core.errors import ConflictError
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.stages.audit import audit_case
from everyangle.stages.capture_parcels import Answer, Parcel
from everyangle.testing.capture_client import Phone, Signed
from everyangle.testing.capture_server import Grounds
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk, SimulatedCrash
from everyangle.testing.faults_power import PowerDisk

SEGMENT = 4096
GRACE_S = 16.0


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A case with a link, to be copied for each failure."""
    grounds = Grounds(tmp_path_factory.mktemp("begun"))
    grounds.make()
    return grounds.folder, grounds.token()


def house_in(folder: Path, begun: tuple[Path, str], disk: Disk | None, case_disk: Disk | None) -> House:
    if not folder.exists():
        shutil.copytree(begun[0], folder)
    return House(Grounds(folder), disk=disk, case_disk=case_disk, segment_bytes=SEGMENT)


def record(house: House, phone: Phone) -> None:
    """A phone records, in heads and bodies, ends, becomes an item, and comes back with words."""
    house.open()
    house.begin(phone)
    for n in range(3):
        house.send(phone, [phone.chunk(bytes([n, k]) * 150) for k in range(4)])
    chunks = [phone.chunk(bytes([9, k]) * 150) for k in range(3)]
    house.send(phone, chunks, HEAD_ONLY)
    house.look(61)
    house.send(phone, chunks[1:], LATE_BODY)
    house.send(phone, chunks[:1], LATE_BODY)
    house.send(phone, [phone.note(Kind.END, why="stopped")])
    house.look(GRACE_S)
    house.begin(phone)
    house.send(phone, [phone.note(Kind.WORDS, words="I stood at the corner.")])
    house.look(GRACE_S)


def run_until_it_fails(house: House, phone: Phone) -> None:
    try:
        record(house, phone)
    except SimulatedCrash:
        pass
    finally:
        if hasattr(house, "journal"):
            house.close()


def steps_of(tmp_path: Path, begun: tuple[Path, str]) -> tuple[int, int]:
    disk, case_disk = CountingDisk(), CountingDisk()
    house = house_in(tmp_path / "counted", begun, disk, case_disk)
    record(house, Phone(begun[1]))
    house.close()
    return disk.steps, case_disk.steps


def check_promises(folder: Path, begun: tuple[Path, str], phone: Phone, chunks: list[Signed]) -> None:
    """What was promised is durable; the phone goes on; an item comes of it that verifies."""
    house = house_in(folder, begun, CountingDisk(), CountingDisk()).open()
    house.clock.move(1000)
    promised = phone.receipt
    held = dict(phone.held)
    state = house.begin(phone).state
    assert state is not None
    assert not house.intake.damage
    if promised is not None:
        assert state.next > promised.heads
        missing = {n for a, b in state.missing for n in range(a, b + 1)}
        assert all(n not in missing for n in range(1, promised.heads + 1) if promised.has_body(n))
    assert state.head == (chunks[state.next - 2].head if state.next > 1 else house_head(phone)).hex()
    phone.held = held
    house.resume(phone)
    assert not phone.held
    house.look(700)
    case = house.grounds.case()
    ended = [body for data in case.log.read() if isinstance(body := decode_entry(data).body, CaptureEnded)]
    assert (ended[-1].heads, ended[-1].head, ended[-1].missing) == (phone.heads, phone.head.hex(), 0)
    assert audit_case(case).ok
    house.close()


def house_head(phone: Phone) -> bytes:
    return first_head(phone.raw_begin)


class Remembering(Phone):
    """A phone that remembers every chunk that it ever signed."""

    def chunk(self, body: bytes, kind: Kind = Kind.MEDIA, stream: int = 0, segment: int = 0) -> Signed:
        signed = super().chunk(body, kind, stream, segment)
        if not hasattr(self, "signed"):
            self.signed: list[Signed] = []
        self.signed.append(signed)
        return signed


def fail(folder: Path, begun: tuple[Path, str], disk: CountingDisk | None, case_disk: CountingDisk | None) -> None:
    phone = Remembering(begun[1])
    run_until_it_fails(house_in(folder, begun, disk or CountingDisk(), case_disk or CountingDisk()), phone)
    for one in (disk, case_disk):
        if isinstance(one, PowerDisk):
            one.lose()
    check_promises(folder, begun, phone, getattr(phone, "signed", []))
    shutil.rmtree(folder)


def test_a_crash_at_any_step_of_the_journal_loses_nothing_that_was_promised(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    steps, _ = steps_of(tmp_path, begun)
    assert steps > 30
    for step in range(1, steps + 1):
        fail(tmp_path / f"{step}", begun, CrashingDisk(step), None)


def test_a_crash_at_any_step_of_the_case_loses_nothing_that_was_promised(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    _, steps = steps_of(tmp_path, begun)
    assert steps > 80
    for step in range(1, steps + 1, 2):
        fail(tmp_path / f"{step}", begun, None, CrashingDisk(step))


def test_when_the_power_goes_nothing_that_was_promised_is_lost(tmp_path: Path, begun: tuple[Path, str]) -> None:
    steps, case_steps = steps_of(tmp_path, begun)
    for step in range(1, steps + 1):
        fail(tmp_path / f"{step}", begun, PowerDisk(step, random.Random(step)), None)
    for step in range(2, case_steps + 1, 4):
        fail(tmp_path / f"case-{step}", begun, None, PowerDisk(step, random.Random(step)))


def test_a_full_disk_takes_nothing_and_promises_nothing_more(tmp_path: Path, begun: tuple[Path, str]) -> None:
    house = house_in(tmp_path / "full", begun, disk := FullDisk(10**6), None).open()
    phone = Remembering(begun[1])
    house.begin(phone)
    house.send(phone, [phone.chunk(bytes(500)) for _ in range(4)])
    promised = phone.receipt
    assert promised is not None
    disk.full_at = disk.steps + 1
    for _ in range(3):
        refused = house.send(phone, [phone.chunk(bytes(3000)), phone.chunk(bytes(3000))])
        assert refused.error is not None
        assert refused.error.code == "disk-full"
        assert refused.state is not None
        assert refused.state.next == 5
        phone.heads, phone.head = 4, promised.head
        phone.held.clear()
        del phone.signed[4:]
    disk.full_at = 10**6
    chunk = phone.chunk(b"room again")
    assert house.send(phone, [chunk]).error is None
    assert not phone.held
    house.close()
    check_promises(tmp_path / "full", begun, phone, phone.signed)


def test_a_disk_that_fails_to_write_takes_back_what_was_taken(tmp_path: Path, begun: tuple[Path, str]) -> None:
    class Failing(CountingDisk):
        broken = False

        def datasync(self, descriptor: int) -> None:
            super().datasync(descriptor)
            if self.broken:
                raise OSError(5, "Input/output error")

    disk = Failing()
    house = house_in(tmp_path / "failing", begun, disk, None).open()
    phone = Remembering(begun[1])
    house.begin(phone)
    house.send(phone, [phone.chunk(b"kept")])
    disk.broken = True
    refused = house.send(phone, [phone.chunk(b"not kept")])
    assert refused.error is not None
    assert refused.error.code == "storage-failed"
    assert str(tmp_path) not in str(refused.error)  # a phone learns nothing of the server's folders
    disk.broken = False
    house.resume(phone)
    assert not phone.held
    house.close()
    check_promises(tmp_path / "failing", begun, phone, phone.signed)


def test_room_is_refused_before_it_is_gone(tmp_path: Path, begun: tuple[Path, str]) -> None:
    house = house_in(tmp_path / "room", begun, None, None)
    house.open()
    phone = Phone(begun[1])
    house.begin(phone)
    room = house.journal.room()
    house.intake.limits = type(house.limits)(reserve_bytes=room * 2)
    refused = house.send(phone, [phone.chunk(b"x")])
    assert refused.error is not None
    assert refused.error.code == "disk-full"
    told = house.begin(Phone(begun[1]))
    assert told.error is not None
    assert told.error.code == "disk-full"
    house.close()


def test_what_follows_rotten_bytes_in_the_journal_is_told_and_stays_for_people_to_look_at(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    house = house_in(tmp_path / "rot", begun, None, None).open()
    phone = Phone(begun[1])
    house.begin(phone)
    for n in range(8):
        house.send(phone, [phone.chunk(bytes([n]) * 1500)])
    first, *_, last = house.journal.segments()
    assert last > first + 1
    house.close()
    path = house.grounds.root / "capture-journal" / f"{first + 1:012d}.journal"
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)
    house.open()
    assert any(path.name in words for words in house.intake.damage)
    assert any("What comes before chunk" in words for words in house.intake.damage)
    house.look(700)
    ended = [decode_entry(entry).body for entry in house.grounds.case().log.read()][-1]
    assert isinstance(ended, CaptureEnded)
    assert 0 < ended.heads < 8
    assert last in house.journal.segments()
    assert path.with_suffix(".damaged").exists()
    house.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_failure_that_nobody_foresaw_ends_the_promises_and_is_told(tmp_path: Path, begun: tuple[Path, str]) -> None:
    class Broken(CountingDisk):
        broken = False

        def write_at(self, descriptor: int, pieces: Sequence[bytes | memoryview], offset: int) -> None:
            if self.broken:
                raise RuntimeError("nobody foresaw this")
            super().write_at(descriptor, pieces, offset)

    disk = Broken()
    house = house_in(tmp_path / "broken", begun, disk, None).open()
    phone = Phone(begun[1])
    house.begin(phone)
    stopped = threading.Event()
    house.intake.on_failure = stopped.set
    house.intake.start()
    disk.broken = True
    answers: list[Answer] = []
    house.intake.submit(Parcel(phone.recording.hex(), [phone.chunk(b"x").frame()], answers.append))
    assert stopped.wait(10)
    assert (house.intake.failed, answers) == (True, [])
    assert ("failed", {"about": "intake"}) in house.told
    with pytest.raises(ConflictError):
        house.intake.submit(Parcel(phone.recording.hex(), [], answers.append))
    assert house.intake.ask(len) == 1
    house.intake.stop()
    house.close()


def test_too_many_recordings_by_one_link_are_refused_and_those_that_go_on_are_not_touched(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    house = house_in(tmp_path / "many", begun, None, None)
    house.limits = Limits(reserve_bytes=0, link_recordings=2)
    house.open()
    first, second, third = Phone(begun[1]), Phone(begun[1]), Phone(begun[1])
    assert house.begin(first).error is None
    assert house.begin(second).error is None
    refused = house.begin(third)
    assert refused.error is not None
    assert refused.error.code == "too-many"
    assert house.send(first, [first.chunk(b"goes on")]).error is None
    house.look(700)
    assert house.begin(third).error is None
    house.close()
