"""One recording on a machine that fails at a step, and whether what was promised is there afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

from everyangle.adapters.durable import Disk
from everyangle.capture.chain import first_head
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.stages.audit import audit_case
from everyangle.testing.capture_client import Phone, Signed
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds
from everyangle.testing.faults import CountingDisk, SimulatedCrash
from everyangle.testing.faults_power import PowerDisk

SEGMENT = 4096
GRACE_S = 16.0

_STARTS = 2


def house_in(folder: Path, begun: tuple[Path, str], disk: Disk | None, case_disk: Disk | None) -> House:
    """Return a house over a copy of a case.

    Args:
        folder: where the copy is, or is to be.
        begun: the folder that is copied, and the token of a link of its case.
        disk: the journal's.
        case_disk: the case's.
    """
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
    """Record until the machine fails."""
    try:
        record(house, phone)
    except SimulatedCrash:
        pass
    finally:
        if hasattr(house, "journal"):
            house.close()


def steps_of(tmp_path: Path, begun: tuple[Path, str]) -> tuple[int, int]:
    """Return how many steps of the journal's disk and of the case's a recording takes."""
    disk, case_disk = CountingDisk(), CountingDisk()
    house = house_in(tmp_path / "counted", begun, disk, case_disk)
    record(house, Phone(begun[1]))
    house.close()
    return disk.steps, case_disk.steps


def check_promises(folder: Path, begun: tuple[Path, str], phone: Phone, chunks: list[Signed]) -> None:
    """What was promised is durable, however often the server starts meanwhile; the phone goes on; its item verifies."""
    for _ in range(_STARTS):
        house = house_in(folder, begun, CountingDisk(), CountingDisk()).open()
        house.look()
        house.close()
    house.open()
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
    assert state.head == (chunks[state.next - 2].head if state.next > 1 else first_head(phone.raw_begin)).hex()
    phone.held = held
    house.resume(phone)
    assert not phone.held
    house.look(700)
    case = house.grounds.case()
    ended = [body for data in case.log.read() if isinstance(body := decode_entry(data).body, CaptureEnded)]
    assert (ended[-1].heads, ended[-1].head, ended[-1].missing) == (phone.heads, phone.head.hex(), 0)
    assert audit_case(case).ok
    house.close()


class Remembering(Phone):
    """A phone that remembers every chunk that it ever signed."""

    def chunk(self, body: bytes, kind: Kind = Kind.MEDIA, stream: int = 0, segment: int = 0) -> Signed:
        """Sign the next chunk, and remember it."""
        signed = super().chunk(body, kind, stream, segment)
        if not hasattr(self, "signed"):
            self.signed: list[Signed] = []
        self.signed.append(signed)
        return signed


def fail(folder: Path, begun: tuple[Path, str], disk: CountingDisk | None, case_disk: CountingDisk | None) -> None:
    """Record on disks that fail, and check every promise on ones that do not; what was made is removed.

    Raises:
        AssertionError: a promise was broken.
    """
    phone = Remembering(begun[1])
    run_until_it_fails(house_in(folder, begun, disk or CountingDisk(), case_disk or CountingDisk()), phone)
    for one in (disk, case_disk):
        if isinstance(one, PowerDisk):
            one.lose()
    check_promises(folder, begun, phone, getattr(phone, "signed", []))
    shutil.rmtree(folder)
