"""Receiving files: every kind of arrival has a defined outcome, and the log says what came, as it came."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from everyangle.adapters.case_folder import open_case
from everyangle.core.errors import ConflictError, RefusedError
from everyangle.core.items import Name
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Advanced, Event, Finished, Started, Warned
from everyangle.record.commitments import disclosed
from everyangle.record.entries import Entry, decode_entry
from everyangle.record.kinds import CaseOpened, ItemReceived
from everyangle.stages.audit import audit_case
from everyangle.stages.preserve import Added, Provenance, Received, add, add_each, init_case
from everyangle.testing.cases import Place, TickingClock, place_below
from everyangle.testing.faults import CountingDisk

PROVENANCE = Provenance(by="Ada Quill", giver="a neighbour", note="from the porch")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_below(tmp_path)


@pytest.fixture
def case(place: Place) -> CasePorts:
    return place.new(disk=CountingDisk())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def entries(case: CasePorts) -> list[Entry]:
    return [decode_entry(data) for data in case.log.read()]


def received(entry: Entry) -> ItemReceived:
    assert isinstance(entry.body, ItemReceived)
    return entry.body


def refusals(added: Added) -> list[tuple[str, str]]:
    return [(Path(os.fsdecode(one.source.raw)).name, one.error.code) for one in added.refused]


def test_a_case_opens_with_its_title_and_its_key(place: Place) -> None:
    case = place.prepare(CountingDisk())
    opened = init_case(case, "Stop on Mill Road", by="Ada Quill")
    (entry,) = entries(case)
    assert case.signer
    assert entry.body == CaseOpened(str(case.signer.key), "Stop on Mill Road")
    assert set(entry.private) == {"by"}
    assert (opened.key, opened.case, opened.checkpoint) == (str(case.signer.key), case.id, case.log.checkpoint())
    assert audit_case(case).ok


def test_a_case_is_not_opened_twice(place: Place, case: CasePorts) -> None:
    with pytest.raises(ConflictError) as told:
        place.new()
    assert told.value.code == "case-exists"
    with pytest.raises(ConflictError):
        init_case(case, "again")


def test_a_file_is_kept_as_it_came_and_entered_with_its_name_size_and_time(case: CasePorts, inbox: Path) -> None:
    file = inbox / "clip.mp4"
    file.write_bytes(b"picture and sound")
    os.utime(file, ns=(0, 1_700_000_000_123_456_789))
    added = add(case, [file], PROVENANCE)
    digest = hashlib.sha256(b"picture and sound").hexdigest()
    assert [(one.digest, one.size, one.entry, one.again) for one in added.received] == [(digest, 17, 1, False)]
    body = received(entries(case)[1])
    assert (body.digest, body.size, body.name, body.path) == (digest, 17, Name(b"clip.mp4"), None)
    assert body.modified
    assert (body.modified.us, body.modified.clock) == (1_700_000_000_123_456, "file")
    with case.originals.open(added.received[0].digest) as original:
        assert original.read() == b"picture and sound"


def test_what_a_person_tells_is_committed_to_and_opened_beside_the_log(case: CasePorts, inbox: Path) -> None:
    file = inbox / "clip.mp4"
    file.write_bytes(b"x")
    add(case, [file], PROVENANCE)
    entry = entries(case)[1]
    told = {name: disclosed(case.openings.get(c), name, c) for name, c in entry.private.items()}
    assert told == {
        "by": "Ada Quill",
        "from": "a neighbour",
        "note": "from the porch",
        "source": Name(os.fsencode(file)),
    }
    public = next(case.log.read(1))
    assert b"Quill" not in public
    assert b"neighbour" not in public
    assert b"inbox" not in public


def test_the_same_bytes_again_are_a_second_reception_of_one_original(case: CasePorts, inbox: Path) -> None:
    (inbox / "a.mp4").write_bytes(b"same")
    (inbox / "b.mp4").write_bytes(b"same")
    first = add(case, [inbox])
    second = add(case, [inbox / "a.mp4"])
    assert [one.again for one in first.received + second.received] == [False, True, True]
    assert [received(entry).name.raw for entry in entries(case)[1:]] == [b"a.mp4", b"b.mp4", b"a.mp4"]
    assert len(list(case.originals)) == 1
    assert audit_case(case).ok


def test_a_folder_is_walked_in_order_and_keeps_its_paths(case: CasePorts, inbox: Path) -> None:
    for name in ("b/two.mp4", "a.mp4", "b/c/one.mp4", "B.mp4"):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(name)
    (inbox / "empty").mkdir()
    added = add(case, [inbox])
    assert added.refused == ()
    bodies = [received(entry) for entry in entries(case)[1:]]
    assert [body.path for body in bodies] == [
        Name(b"B.mp4"),
        Name(b"a.mp4"),
        Name(b"b/c/one.mp4"),
        Name(b"b/two.mp4"),
    ]
    assert [body.name.raw for body in bodies] == [b"B.mp4", b"a.mp4", b"one.mp4", b"two.mp4"]


def test_an_empty_file_is_an_item(case: CasePorts, inbox: Path) -> None:
    (inbox / "empty.mp4").touch()
    added = add(case, [inbox])
    assert [one.size for one in added.received] == [0]
    assert case.originals.has(added.received[0].digest)
    assert audit_case(case).ok


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.mp4", b"line\nbreak.mp4", b" ", b"-rf", b"\xe2\x80\xaeabc.mp4", b"a" * 255]
)
def test_a_name_may_have_any_bytes(case: CasePorts, inbox: Path, name: bytes) -> None:
    path = os.fsencode(inbox) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(b"x")
    added = add(case, [inbox])
    assert [one.source.raw for one in added.received] == [path]
    body = received(entries(case)[1])
    assert (body.name.raw, body.path and body.path.raw) == (name, name)
    assert audit_case(case).ok


def test_a_link_that_is_named_is_followed_and_told(case: CasePorts, inbox: Path) -> None:
    (inbox / "real.mp4").write_bytes(b"real")
    (inbox / "link.mp4").symlink_to("real.mp4")
    events: list[Event] = []
    added = add(case, [inbox / "link.mp4"], events=events.append)
    assert [one.size for one in added.received] == [4]
    assert received(entries(case)[1]).name.raw == b"link.mp4"
    (warning,) = [event for event in events if isinstance(event, Warned)]
    assert warning.code == "link-followed"
    assert "real.mp4" in warning.message


def test_a_link_to_a_folder_that_is_named_is_walked(case: CasePorts, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.mp4").write_bytes(b"a")
    (tmp_path / "link").symlink_to(inbox)
    added = add(case, [tmp_path / "link"])
    assert [received(entry).path for entry in entries(case)[1:]] == [Name(b"a.mp4")]
    assert added.refused == ()


def test_a_link_inside_a_folder_is_not_followed_and_told(case: CasePorts, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"not given")
    (inbox / "leak").symlink_to(tmp_path / "secret")
    (inbox / "loop").symlink_to(inbox)
    (inbox / "dangling").symlink_to("nowhere")
    added = add(case, [inbox])
    assert added.received == ()
    assert refusals(added) == [(name, "link-inside-folder") for name in ("dangling", "leak", "loop")]
    assert len(entries(case)) == 1


def test_pipes_sockets_and_devices_are_refused_without_waiting(case: CasePorts, inbox: Path) -> None:
    os.mkfifo(inbox / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "socket"))
        (inbox / "z.mp4").write_bytes(b"z")
        added = add(case, [inbox, inbox / "pipe", inbox / "socket", Path("/dev/null")])
    assert [name for name, code in refusals(added) if code == "not-a-file"] == [
        "pipe",
        "socket",
        "pipe",
        "socket",
        "null",
    ]
    assert [one.size for one in added.received] == [1]


def during_the_read(act: Callable[[], object]) -> Callable[[Event], None]:
    done: list[object] = []

    def on(event: Event) -> None:
        if isinstance(event, Advanced) and not done:
            done.append(act())

    return on


@pytest.mark.parametrize("change", ["grows", "shrinks", "has another time", "has other bytes"])
def test_a_file_that_changes_while_it_is_read_is_refused_whole(case: CasePorts, inbox: Path, change: str) -> None:
    file = inbox / "growing.mp4"
    file.write_bytes(bytes(3 << 20))
    os.utime(file, ns=(0, 10**18))

    def overwrite() -> None:
        with file.open("r+b") as stream:
            stream.write(b"other")

    act: dict[str, Callable[[], object]] = {
        "grows": lambda: os.truncate(file, 4 << 20),
        "shrinks": lambda: os.truncate(file, 2 << 20),
        "has another time": lambda: os.utime(file, ns=(0, 10**18 + 1)),
        "has other bytes": overwrite,
    }
    (inbox / "z.mp4").write_bytes(b"z")
    added = add(case, [inbox], events=during_the_read(act[change]))
    assert refusals(added) == [("growing.mp4", "file-changed")]
    assert [one.size for one in added.received] == [1]
    assert len(list(case.originals)) == 1
    assert case.originals.sweep() == 0


def test_files_that_cannot_be_read_or_are_missing_do_not_stop_the_others(case: CasePorts, inbox: Path) -> None:
    (inbox / "z.mp4").write_bytes(b"z")
    # A regular file that any user may open and whose first page nobody can read.
    added = add(case, [inbox / "missing.mp4", Path("/proc/self/mem"), inbox / "z.mp4"])
    assert refusals(added) == [("missing.mp4", "file-missing"), ("mem", "file-unreadable")]
    assert [one.size for one in added.received] == [1]
    assert case.originals.sweep() == 0


def test_the_case_does_not_receive_itself(case: CasePorts, place: Place, tmp_path: Path) -> None:
    (tmp_path / "around.mp4").write_bytes(b"around")
    (tmp_path / "alias").symlink_to(place.case / "log" / "checkpoint")
    inside = [place.case, place.case / "log", place.case / "log" / "checkpoint", tmp_path / "alias"]
    added = add(case, inside)
    assert [code for _, code in refusals(added)] == ["inside-case"] * 4
    added = add(case, [tmp_path])
    assert ("case", "inside-case") in refusals(added)
    assert [one.source.raw for one in added.received if b"/case/" in one.source.raw] == []
    assert audit_case(case).ok


def test_many_files_are_committed_in_groups_and_acknowledged_only_then(
    case: CasePorts, inbox: Path, place: Place
) -> None:
    for number in range(150):
        (inbox / f"{number:03d}").write_text(str(number))
    checkpoints = set()
    for index, outcome in enumerate(add_each(case, [inbox]), 1):
        assert isinstance(outcome, Received)
        assert outcome.entry == index
        outside = place.open()
        assert outside.log.size > outcome.entry
        assert outside.originals.has(outcome.digest)
        checkpoints.add(outside.log.checkpoint())
    assert len(checkpoints) == 3
    assert audit_case(case).ok


def test_stopping_halfway_leaves_what_was_acknowledged_and_goes_on_later(case: CasePorts, inbox: Path) -> None:
    for number in range(100):
        (inbox / f"{number:03d}").write_text(str(number))
    adding = add_each(case, [inbox])
    acknowledged = [next(adding) for _ in range(3)]
    adding.close()  # type: ignore[attr-defined]  # an iterator made by a generator function
    assert all(isinstance(one, Received) for one in acknowledged)
    assert len(entries(case)) == 1 + 64
    assert case.originals.sweep() == 0
    assert audit_case(case).ok
    assert len(add(case, [inbox]).received) == 100
    assert len(list(case.originals)) == 100


def test_an_interrupt_while_reading_leaves_nothing_half_done(case: CasePorts, inbox: Path) -> None:
    (inbox / "a.mp4").write_bytes(bytes(5 << 20))

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(case, [inbox], events=during_the_read(interrupt))
    assert len(entries(case)) == 1
    assert case.originals.sweep() == 0
    assert len(add(case, [inbox]).received) == 1


def test_progress_is_told_in_bytes(case: CasePorts, inbox: Path) -> None:
    for name, size in (("a", 0), ("b", 10), ("c", 3_000_000)):
        (inbox / name).write_bytes(bytes(size))
    events: list[Event] = []
    add(case, [inbox], events=events.append)
    assert events[0] == Started("add", 3_000_010, "bytes")
    assert sum(event.done for event in events if isinstance(event, Advanced)) == 3_000_010
    assert events[-1] == Finished("add")


def test_without_the_key_nothing_is_read_or_added(place: Place, case: CasePorts, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a").write_bytes(b"a")
    elsewhere = open_case(place.case, tmp_path / "other-home", TickingClock(), os.urandom)
    with pytest.raises(RefusedError) as told:
        add(elsewhere, [inbox])
    assert told.value.code == "key-missing"
    assert len(entries(case)) == 1
    assert audit_case(elsewhere).ok


def test_a_second_add_is_refused_while_the_first_goes_on(place: Place, case: CasePorts, inbox: Path) -> None:
    for number in range(70):
        (inbox / f"{number:03d}").write_text(str(number))
    first = add_each(case, [inbox])
    next(first)
    with pytest.raises(ConflictError) as told:
        add(place.open(), [inbox])
    assert told.value.code == "case-locked"
    assert len(list(first)) == 69
    assert len(add(place.open(), [inbox]).received) == 70


def test_originals_cannot_be_written_by_accident(case: CasePorts, inbox: Path) -> None:
    (inbox / "a").write_bytes(b"a")
    added = add(case, [inbox])
    path = case.originals.local_path(added.received[0].digest)
    assert path
    assert not path.stat().st_mode & stat.S_IWUSR
