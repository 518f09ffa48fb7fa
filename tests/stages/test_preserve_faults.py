"""Adding on a machine that fails: crashes and power cuts at every step, full disks, and a real kill."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from everyangle.adapters.case_folder import is_case
from everyangle.core.errors import StorageError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.record.entries import decode_entry
from everyangle.record.kinds import ItemReceived
from everyangle.stages.audit import audit_case
from everyangle.stages.preserve import Outcome, Provenance, Received, Refused, add, add_each, init_case
from everyangle.testing.cases import Place, place_below
from everyangle.testing.faults import CountingDisk, CrashingDisk, FullDisk, LosingDisk, SimulatedCrash

CONTENTS = {"a.mp4": b"first", "b.mp4": b"", "c.mp4": bytes(1_500_000)}
PROVENANCE = Provenance(by="Ada Quill")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, data in CONTENTS.items():
        (folder / name).write_bytes(data)
    return folder


def copied(place: Place, folder: Path) -> Place:
    shutil.copytree(place.case, folder / "case")
    shutil.copytree(place.home, folder / "home")
    return place_below(folder)


@pytest.fixture
def begun(tmp_path: Path) -> Place:
    """A case with one original, to be copied for each failure."""
    place = place_below(tmp_path / "begun")
    case = place.new(disk=CountingDisk())
    before = tmp_path / "before.mp4"
    before.write_bytes(b"before")
    add(case, [before])
    return place


def open_new(place: Place, disk: CountingDisk) -> None:
    init_case(place.prepare(disk), "A case", by="Ada Quill")


def logged(case: CasePorts) -> list[Digest]:
    bodies = [decode_entry(data).body for data in case.log.read()]
    return [body.digest for body in bodies if isinstance(body, ItemReceived)]


def acknowledged_until_the_crash(case: CasePorts, inbox: Path) -> list[Outcome]:
    outcomes: list[Outcome] = []
    first = add_each(case, [inbox / "a.mp4"], PROVENANCE)
    second = add_each(case, [inbox / "b.mp4", inbox / "c.mp4"], PROVENANCE)
    with pytest.raises(SimulatedCrash):
        outcomes.extend(chain(first, second))
    return outcomes


def steps_of_adding(place: Place, inbox: Path) -> int:
    disk = CountingDisk()
    case = place.open(disk)
    add(case, [inbox / "a.mp4"], PROVENANCE)
    add(case, [inbox / "b.mp4", inbox / "c.mp4"], PROVENANCE)
    return disk.steps


@pytest.mark.parametrize("kind", [CrashingDisk, LosingDisk])
def test_a_crash_at_any_step_leaves_a_whole_case_with_all_that_was_acknowledged(
    tmp_path: Path, begun: Place, inbox: Path, kind: type[CrashingDisk]
) -> None:
    steps = steps_of_adding(copied(begun, tmp_path / "counted"), inbox)
    assert steps > 50
    sizes = set()
    for step in range(1, steps + 1):
        place = copied(begun, tmp_path / f"{step}")
        disk = kind(step)
        outcomes = acknowledged_until_the_crash(place.open(disk), inbox)
        if isinstance(disk, LosingDisk):
            disk.lose()
        case = place.open(CountingDisk())
        verdict = audit_case(case)
        assert verdict.ok, (step, disk.names[-1], verdict.findings)
        assert verdict.consistent.openings_withheld == 0
        received = [one.digest for one in outcomes if isinstance(one, Received)]
        assert logged(case)[1 : 1 + len(received)] == received
        sizes.add(len(logged(case)))
        assert len(add(case, [inbox], PROVENANCE).received) == len(CONTENTS)
        assert case.originals.sweep() == 0
        assert audit_case(case).ok
        shutil.rmtree(tmp_path / f"{step}")
    assert sizes == {1, 2, 4}


@pytest.mark.parametrize("kind", [CrashingDisk, LosingDisk])
def test_a_crash_while_a_case_is_opened_leaves_a_case_or_none(tmp_path: Path, kind: type[CrashingDisk]) -> None:
    counting = CountingDisk()
    (tmp_path / "counted").mkdir()
    open_new(place_below(tmp_path / "counted"), counting)
    made = 0
    for step in range(1, counting.steps + 1):
        folder = tmp_path / f"{step}"
        folder.mkdir()
        place = place_below(folder)
        disk = kind(step)
        with pytest.raises(SimulatedCrash):
            open_new(place, disk)
        if isinstance(disk, LosingDisk):
            disk.lose()
        made += is_case(place.case)
        if not is_case(place.case):
            open_new(place, CountingDisk())
        case = place.open()
        assert audit_case(case).ok
    assert 0 < made < counting.steps


def test_a_disk_that_is_full_from_any_step_on_refuses_what_does_not_fit_and_keeps_the_rest(
    tmp_path: Path, begun: Place, inbox: Path
) -> None:
    steps = steps_of_adding(copied(begun, tmp_path / "counted"), inbox)
    refused_somewhere = False
    for step in range(1, steps + 1):
        place = copied(begun, tmp_path / f"{step}")
        outcomes: list[Outcome] = []
        try:
            outcomes.extend(add_each(place.open(FullDisk(step)), [inbox], PROVENANCE))
        except StorageError as error:
            if error.code != "seen-not-kept":
                raise
        case = place.open(CountingDisk())
        assert audit_case(case).ok
        received = [one.digest for one in outcomes if isinstance(one, Received)]
        assert logged(case)[1 : 1 + len(received)] == received
        for one in outcomes:
            if isinstance(one, Refused):
                refused_somewhere = True
                assert one.error.code == "disk-full"
        assert case.originals.sweep() == 0
        assert len(add(case, [inbox], PROVENANCE).received) == len(CONTENTS)
        shutil.rmtree(tmp_path / f"{step}")
    assert refused_somewhere


ADDER = """
import secrets, sys
from pathlib import Path
from everyangle.stages.preserve import add_each
from everyangle.testing.cases import place_below
for one in add_each(place_below(Path(sys.argv[1])).open(), [Path(sys.argv[2])]):
    print(one.digest, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 64, 90, 129])
def test_a_killed_process_leaves_a_whole_case_with_all_that_it_acknowledged(
    tmp_path: Path, begun: Place, lines: int
) -> None:
    files = tmp_path / "many"
    files.mkdir()
    for number in range(400):
        (files / f"{number:03d}").write_bytes(b"%d" % number * 2000)
    command = [sys.executable, "-c", ADDER, str(begun.case.parent), str(files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as adder:
        assert adder.stdout
        told = [adder.stdout.readline() for _ in range(lines)]
        adder.kill()
        told += adder.stdout.readlines()
    acknowledged = [line.decode().strip() for line in told if line.endswith(b"\n")]
    assert lines <= len(acknowledged) < 400
    case = begun.open()
    assert audit_case(case).ok
    assert logged(case)[1 : 1 + len(acknowledged)] == acknowledged
    assert len(add(case, [files]).received) == 400
    assert case.originals.sweep() == 0
