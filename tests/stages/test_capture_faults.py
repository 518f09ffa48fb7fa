"""Live capture on a machine that fails: at every write, wait, rename and folder, of the journal and of the case.

What a receipt promised is there afterwards, the phone goes on from it, and the recording becomes an item that verifies.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from everyangle.capture.frames import Kind
from everyangle.capture.limits import Limits
from everyangle.core.errors import ConflictError
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.stages.capture_keep import Pace
from everyangle.stages.capture_parcels import Answer, Parcel
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_failing import Remembering, check_promises, fail, house_in, steps_of
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk
from everyangle.testing.faults_power import PowerDisk


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A case with a link, to be copied for each failure."""
    grounds = Grounds(tmp_path_factory.mktemp("begun"))
    grounds.make()
    return grounds.folder, grounds.token()


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


def test_a_recording_whose_phone_is_gone_outlasts_any_number_of_starts(tmp_path: Path, begun: tuple[Path, str]) -> None:
    house = house_in(tmp_path / "started", begun, None, None).open()
    phone = Phone(begun[1])
    house.begin(phone)
    house.send(phone, [phone.chunk(bytes([n]) * 150) for n in range(9)])
    for _ in range(5):
        house.look()
        house.close()
        house.open()
    house.look(700)
    (one,) = ended(house)
    assert (one.heads, one.head) == (phone.heads, phone.head.hex())
    assert not house.intake.damage
    house.close()


def test_what_came_after_an_item_that_cannot_be_read_now_waits_until_it_can(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    house = house_in(tmp_path / "unreadable", begun, None, None).open()
    phone = Phone(begun[1])
    house.begin(phone)
    house.send(phone, [phone.chunk(b"seen"), phone.note(Kind.END, why="stopped")])
    house.look(700)
    house.begin(phone)
    house.send(phone, [phone.note(Kind.WORDS, words="I stood at the corner.")])
    house.close()
    originals = house.grounds.case_folder / "originals"
    originals.rename(tmp_path / "elsewhere")
    for _ in range(3):
        house.open()
        assert house.intake.damage
        house.look(700)
        house.close()
    (tmp_path / "elsewhere").rename(originals)
    house.open()
    assert not house.intake.damage
    house.look(700)
    assert [one.heads for one in ended(house)] == [2, 3]
    house.close()


def test_a_server_that_ends_leaves_items_that_it_has_no_time_for_to_the_next_run(
    tmp_path: Path, begun: tuple[Path, str]
) -> None:
    house = house_in(tmp_path / "ending", begun, None, None)
    phones = [Phone(begun[1]) for _ in range(3)]
    house.pace = Pace(stop_s=-1)
    house.open()
    for phone in phones:
        house.begin(phone)
        house.send(phone, [phone.chunk(b"seen"), phone.note(Kind.END, why="stopped")])
    house.clock.move(700)
    house.keeper.stop()
    assert ended(house) == []
    house.close()
    house.open()
    house.look(700)
    house.keeper.stop()
    assert sorted(one.recording for one in ended(house)) == sorted(phone.begin.id for phone in phones)
    house.close()


def ended(house: House) -> list[CaptureEnded]:
    bodies = [decode_entry(data).body for data in house.grounds.case().log.read()]
    return [body for body in bodies if isinstance(body, CaptureEnded)]


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
