"""What phones sent becomes items: ended, cut off, gone on with, files, small streams; and everything verifies."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

import av
import pytest

from everyangle.adapters.blobs_filesystem import FolderBlobs
from everyangle.adapters.catalogue_sql import SqlCatalogue
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.documents_inprocess import InProcessDocuments
from everyangle.adapters.language_lazy import LazyLanguage
from everyangle.adapters.media_inprocess import InProcessMedia
from everyangle.adapters.work_serial import SerialWork
from everyangle.capture.begin import Source
from everyangle.capture.container import Contents, check
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind
from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind
from everyangle.core.name_times import time_in_name
from everyangle.ports.events import silent
from everyangle.ports.workbench import Workbench
from everyangle.record.entries import decode_entry
from everyangle.record.kinds import Body, ItemDerived, ItemReceived
from everyangle.record.kinds_capture import CaptureBegun, CaptureCheckpoint, CaptureEnded
from everyangle.stages.acts import Act, record
from everyangle.stages.audit import audit_case
from everyangle.stages.load import load
from everyangle.stages.see import see, seen
from everyangle.stages.sounds import load_sound
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_house import House, film, filmed
from everyangle.testing.capture_server import Grounds

GRACE_S, QUIET_S = 16.0, 601.0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    grounds = Grounds(tmp_path)
    grounds.make()
    made = House(grounds, InProcessMedia()).open()
    yield made
    made.close()


def logged(house: House) -> list[Body]:
    return [decode_entry(data).body for data in house.grounds.case().log.read()]


T = TypeVar("T")


def of_kind(bodies: Sequence[Body], kind: type[T]) -> list[T]:
    return [body for body in bodies if isinstance(body, kind)]


def contents(house: House, item: Digest) -> Contents:
    with house.grounds.case().originals.open(item) as file:
        return check(file.read)


def seconds_of(house: House, digest: Digest) -> float:
    """Play a derivative to its end, after a jump into its middle."""
    with house.grounds.case().derivatives.open(digest) as file, av.open(file, "r") as opened:
        video = opened.streams.video[0]
        assert opened.duration is not None
        opened.seek(opened.duration // 2)
        frame = next(opened.decode(video))
        assert frame.time is not None
        assert frame.time > 0.3 * opened.duration / 1e6
        return opened.duration / 1e6


def test_a_recording_that_ended_is_an_item_that_verifies_and_can_be_sought_in(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film()))
    house.send(phone, [phone.note(Kind.END, why="stopped")])
    house.look()
    assert not of_kind(logged(house), CaptureEnded)  # the witness may still write
    house.send(phone, [phone.note(Kind.WORDS, words="I stood at the corner.")])
    house.look(GRACE_S)
    bodies = logged(house)
    (begun,), (ended,) = of_kind(bodies, CaptureBegun), of_kind(bodies, CaptureEnded)
    assert (begun.recording, begun.device) == (phone.begin.id, hashlib.sha256(phone.begin.key).hexdigest())
    assert (ended.ended, ended.heads, ended.head, ended.missing) == (True, phone.heads, phone.head.hex(), 0)
    assert contents(house, ended.item).head == phone.head
    (copy,) = of_kind(bodies, ItemDerived)
    assert copy.parents == (ended.item,)
    assert copy.media_type == "video/webm"
    assert seconds_of(house, copy.digest) == pytest.approx(3.0, abs=0.1)
    assert audit_case(house.grounds.case()).ok
    assert list(house.journal.segments()) == [house.journal.active] or len(house.journal.segments()) == 1


def test_a_recording_that_was_cut_off_becomes_an_item_and_a_phone_that_returns_makes_it_longer(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    chunks = filmed(phone, film(), piece=2000)
    house.send(phone, chunks[:4])
    house.look()
    house.look(61)
    house.look(QUIET_S)
    first = of_kind(logged(house), CaptureEnded)[-1]
    assert (first.ended, first.heads) == (False, 4)
    assert of_kind(logged(house), CaptureCheckpoint)[0].heads == 4
    state = house.begin(phone).state
    assert state is not None
    assert (state.next, state.head) == (5, chunks[3].head.hex())
    house.send(phone, chunks[4:])
    house.send(phone, [phone.note(Kind.END, why="stopped")])
    assert not phone.held
    house.look(GRACE_S)
    second = of_kind(logged(house), CaptureEnded)[-1]
    assert (second.ended, second.heads, second.head) == (True, phone.heads, phone.head.hex())
    assert contents(house, second.item).heads == phone.heads
    assert audit_case(house.grounds.case()).ok


def test_a_recording_goes_on_while_the_server_is_started_again(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    chunks = filmed(phone, film(), piece=2000)
    house.send(phone, chunks[:3])
    house.send(phone, chunks[3:6], HEAD_ONLY)
    house.look()
    house.close()
    house.open()
    house.resume(phone)
    assert not phone.held
    house.look(QUIET_S)
    house.close()
    house.open()  # and again after it became an item: words come late
    house.begin(phone)
    house.send(phone, [phone.note(Kind.WORDS, words="It was raining.")])
    house.close()
    house.open()
    house.look(QUIET_S)
    ended = of_kind(logged(house), CaptureEnded)
    assert [one.heads for one in ended] == [phone.heads - 1, phone.heads]
    assert contents(house, ended[-1].item).head == phone.head
    assert audit_case(house.grounds.case()).ok
    assert not house.intake.damage


def test_bodies_that_come_after_the_recording_became_an_item_complete_it(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    chunks = filmed(phone, film(), piece=2000)
    house.send(phone, chunks[:5])
    house.send(phone, chunks[5:], HEAD_ONLY)
    house.look(QUIET_S)
    first = of_kind(logged(house), CaptureEnded)[-1]
    assert first.missing == len(chunks) - 5
    house.begin(phone)
    house.send(phone, chunks[5:], LATE_BODY)
    assert not phone.held
    house.look(QUIET_S)
    last = of_kind(logged(house), CaptureEnded)[-1]
    assert (last.missing, last.heads) == (0, first.heads)
    assert last.item != first.item
    assert audit_case(house.grounds.case()).ok


def test_a_file_that_arrived_whole_is_an_original_under_its_own_hash(house: House) -> None:
    content = film("mp4")
    phone = Phone(house.grounds.token(), Source.FILE, "IMG_0001.MOV", content)
    house.begin(phone)
    house.send(phone, filmed(phone, content, piece=50_000))
    house.send(phone, [phone.note(Kind.END, why="sent")])
    house.look(GRACE_S)
    bodies = logged(house)
    file, container = of_kind(bodies, ItemReceived)
    assert file.name.display == "IMG_0001.MOV"
    assert file.digest == phone.begin.sha256
    assert container.size < 4000 < len(content)
    found = contents(house, container.digest)
    assert (found.elsewhere, found.heads, found.missing) == (True, phone.heads, [])
    assert not of_kind(bodies, ItemDerived)
    assert audit_case(house.grounds.case()).ok


def test_a_file_that_is_not_what_its_phone_stated_stays_in_its_container(house: House) -> None:
    content = film("mp4")
    phone = Phone(house.grounds.token(), Source.FILE, "IMG_0001.MOV", content)
    house.begin(phone)
    house.send(phone, filmed(phone, content[:-1] + b"?", piece=50_000))
    house.send(phone, [phone.note(Kind.END, why="sent")])
    house.look(GRACE_S)
    (only,) = of_kind(logged(house), ItemReceived)
    assert only.name.display.endswith(".eacap")
    assert only.size > len(content)


def test_the_small_stream_stands_for_a_recording_whose_full_one_did_not_come(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    full, small = filmed(phone, film(seconds=3)), filmed(phone, film(seconds=3, size=(64, 36)), stream=1)
    house.send(phone, full[:2])
    house.send(phone, full[2:], HEAD_ONLY)
    house.send(phone, small)
    house.look(QUIET_S)
    copies = of_kind(logged(house), ItemDerived)
    assert "stream=1" in copies[0].recipe
    assert seconds_of(house, copies[0].digest) == pytest.approx(3.0, abs=0.1)


def test_segments_that_fit_together_become_one_copy_and_others_their_own(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film("mp4")))
    house.send(phone, filmed(phone, film("mp4"), segment=1))
    house.send(phone, filmed(phone, film("mp4", size=(64, 48)), segment=2))
    house.look(QUIET_S)
    copies = of_kind(logged(house), ItemDerived)
    assert [copy.recipe.rpartition("stream=0 ")[2] for copy in copies] == ["segments=0-1", "segments=2-2"]
    assert seconds_of(house, copies[0].digest) == pytest.approx(6.0, abs=0.2)


def test_what_no_player_opens_is_kept_and_told(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, b"no film" * 1000))
    house.look(QUIET_S)
    (ended,) = of_kind(logged(house), CaptureEnded)
    assert contents(house, ended.item).heads == phone.heads
    assert ("problem", "media-unreadable") in [(event, told.get("code")) for event, told in house.told]


def test_a_case_that_another_command_writes_to_is_told_later(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film()))
    with house.grounds.case().log.writer():
        house.look(QUIET_S)
    assert not of_kind(logged(house), CaptureBegun)
    house.look(20)
    assert of_kind(logged(house), CaptureEnded)
    assert audit_case(house.grounds.case()).ok


def test_a_log_that_says_otherwise_than_the_container_does_not_verify(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film()))
    house.look(QUIET_S)
    (ended,) = of_kind(logged(house), CaptureEnded)
    false = CaptureEnded(
        ended.recording, ended.item, ended.heads, Digest("ab" * 32), 0, ended=True, last_us=ended.last_us
    )
    case = house.grounds.case()
    record(case, [Act(false), Act(CaptureCheckpoint(ended.recording, 2, Digest("cd" * 32), 0))])
    found = {finding.message for finding in audit_case(house.grounds.case()).findings}
    assert any("the last head" in message for message in found)
    assert any("how it ended" in message for message in found)
    assert any("chunk 2 has another head" in message for message in found)


def test_a_forged_chunk_in_an_original_does_not_verify(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film()))
    house.look(QUIET_S)
    case = house.grounds.case()
    (ended,) = of_kind(logged(house), CaptureEnded)
    with case.originals.open(ended.item) as file:
        data = bytearray(file.read())
    data[-len(phone.chunk(b"").raw_header) - 3000] ^= 1
    forged = FolderBlobs(house.grounds.case_folder / "originals").put(cast("BinaryIO", io.BytesIO(bytes(data))))  # type: ignore[arg-type]
    false = CaptureEnded(ended.recording, forged.digest, ended.heads, ended.head, 0, ended=False, last_us=ended.last_us)
    record(
        case, [Act(ItemReceived(forged.digest, forged.size, of_kind(logged(house), ItemReceived)[0].name)), Act(false)]
    )
    verdict = audit_case(house.grounds.case())
    assert "capture-damaged" in {finding.code for finding in verdict.findings}


def test_a_recording_that_went_on_counts_once_and_stands_for_itself_by_its_copy(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    chunks = filmed(phone, film(), piece=2000)
    house.send(phone, chunks[:8])
    house.look(QUIET_S)
    house.begin(phone)
    house.send(phone, chunks[8:])
    house.look(QUIET_S)
    with bench_of(house) as bench:
        first, last = load(bench).items
        assert (first.kind, last.kind) == (ItemKind.OTHER, ItemKind.RECORDING)
        assert first.problem is not None
        assert first.problem.code == "capture-superseded"
        assert last.info is not None
        assert last.info.duration_s == pytest.approx(3.0, abs=0.1)
        assert len(load_sound(last, bench)) == pytest.approx(3.0 * 8000, rel=0.05)
        see([last], bench)
        assert seen(last, bench).copy is not None


@contextmanager
def bench_of(house: House) -> Iterator[Workbench]:
    catalogue = SqlCatalogue("sqlite://")
    yield Workbench(
        case=house.grounds.case(),
        catalogue=catalogue,
        derived=FolderDerived(house.grounds.case_folder / "derived"),
        media=InProcessMedia(),
        documents=InProcessDocuments(),
        language=LazyLanguage(),
        work=SerialWork(),
        waiting=SerialWork(),
        events=silent,
    )
    catalogue.close()


def test_when_it_began_is_told_by_the_phones_clock_set_right(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, [phone.note(Kind.CLOCK, offset_us=7_000_000, round_trip_us=30_000)])
    chunks = filmed(phone, film())
    house.send(phone, chunks)
    house.look(QUIET_S)
    with bench_of(house) as bench:
        (item,) = load(bench).items
        assert item.info is not None
        assert item.info.created is not None
        assert item.info.created.us == chunks[0].header.captured_us + 7_000_000


def test_the_container_of_a_whole_file_says_where_the_file_is(house: House) -> None:
    content = film("mp4")
    phone = Phone(house.grounds.token(), Source.FILE, "IMG_0001.MOV", content)
    house.begin(phone)
    house.send(phone, [*filmed(phone, content, piece=50_000), phone.note(Kind.END, why="sent")])
    house.look(GRACE_S)
    with bench_of(house) as bench:
        file, container = load(bench).items
        assert file.kind is ItemKind.RECORDING
        assert container.problem is not None
        assert container.problem.code == "capture-of-file"


def test_the_name_that_we_give_is_no_second_witness_of_the_time(house: House) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.look(QUIET_S)
    (empty,) = of_kind(logged(house), ItemReceived)
    assert empty.name.display.startswith(f"capture {phone.begin.id[:8]} 20")
    assert time_in_name(empty.name.display) is None


@pytest.mark.parametrize("us", [2**62, -(2**62), 0])
def test_a_phone_whose_clock_is_beyond_all_bounds_loses_nothing(
    house: House, us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(house.grounds.token())
    house.begin(phone)
    house.send(phone, filmed(phone, film("mp4")))
    monkeypatch.setattr("everyangle.testing.capture_client.time.time", lambda: us / 1e6)
    house.send(phone, filmed(phone, film("mp4"), segment=1))
    house.look(QUIET_S)
    bodies = logged(house)
    (ended,) = of_kind(bodies, CaptureEnded)
    assert ended.last_us is not None
    assert ended.heads == phone.heads
    assert seconds_of(house, of_kind(bodies, ItemDerived)[0].digest) == pytest.approx(6.0, abs=0.2)
    assert audit_case(house.grounds.case()).ok


def test_a_file_goes_by_the_last_component_of_its_name(house: House) -> None:
    content = film("mp4")
    phone = Phone(house.grounds.token(), Source.FILE, "..\\../DCIM/IMG_0001.MOV", content)
    house.begin(phone)
    house.send(phone, [*filmed(phone, content, piece=50_000), phone.note(Kind.END, why="sent")])
    house.look(GRACE_S)
    assert of_kind(logged(house), ItemReceived)[0].name.display == "IMG_0001.MOV"


def test_a_file_that_is_not_made_of_the_parts_that_were_signed_does_not_verify(house: House) -> None:
    content = film("mp4")
    phone = Phone(house.grounds.token(), Source.FILE, "IMG_0001.MOV", content)
    house.begin(phone)
    house.send(phone, [*filmed(phone, content, piece=50_000), phone.note(Kind.END, why="sent")])
    house.look(GRACE_S)
    assert audit_case(house.grounds.case()).ok
    place = house.grounds.case().originals.local_path(Digest(str(phone.begin.sha256)))
    assert place is not None
    place.chmod(0o600)
    for wrong, words in (
        (bytes([content[0] ^ 1]) + content[1:], "has other bytes where chunk 2 belongs"),
        (content + b"more", "goes on where the signed parts end"),
        (None, "is not here"),
    ):
        place.unlink() if wrong is None else place.write_bytes(wrong)
        found = audit_case(house.grounds.case()).findings
        assert any(words in one.message for one in found if one.code == "capture-damaged")
