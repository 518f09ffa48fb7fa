"""What comes in is told, and its film is given piece by piece: what is durable, in order, from where one can begin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind
from everyangle.core.errors import ConflictError, NotFoundError
from everyangle.stages.capture import Capture
from everyangle.stages.capture_watch import Watching
from everyangle.testing.capture_client import Phone, Signed
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds

HEAD, CLUSTER, MIME = b"head", bytes.fromhex("1f43b675"), "video/webm;codecs=vp8,opus"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    grounds = Grounds(tmp_path)
    grounds.make()
    opened = House(grounds).open()
    yield opened
    opened.close()


@pytest.fixture
def phone(house: House) -> Phone:
    made = Phone(house.grounds.token())
    house.begin(made)
    house.send(made, [made.note(Kind.SEGMENT, mime=MIME, why="started")])
    return made


def watching(house: House) -> Watching:
    return Watching(Capture(house.intake, house.keeper, house.journal, house.clock, house.tell))


def film(phone: Phone, count: int, start: int = 0) -> list[Signed]:
    """Return chunks of a film: its head first, then clusters."""
    return [phone.chunk((HEAD if not n else b"") + CLUSTER + b"%d." % n) for n in range(start, start + count)]


def test_what_comes_in_is_told_with_what_is_only_committed(house: House, phone: Phone) -> None:
    chunks = film(phone, 3)
    house.send(phone, chunks[:1])
    house.send(phone, chunks[1:], HEAD_ONLY)
    case = house.grounds.case().id
    (one,) = watching(house).coming(case)
    assert (one.id, one.case, one.chunks, one.missing, one.ended) == (phone.recording.hex(), case, 4, 2, False)
    assert 0 <= one.seconds < 60
    assert watching(house).coming("0" * 32) == []


def test_a_film_is_given_from_its_beginning_and_then_what_is_new(house: House, phone: Phone) -> None:
    one, recording = watching(house), phone.recording.hex()
    assert one.piece(recording, 0, 0) is None
    chunks = film(phone, 2)
    house.send(phone, chunks)
    first = one.piece(recording, 0, 0)
    assert first is not None
    assert (first.data, first.mime, first.segment) == (b"".join(chunk.body for chunk in chunks), MIME, 0)
    assert one.piece(recording, 0, first.last) is None
    more = film(phone, 1, 2)
    house.send(phone, more)
    second = one.piece(recording, 0, first.last)
    assert second is not None
    assert second.data == more[0].body
    assert one.piece(recording, 1, 0) is None


def test_what_is_only_committed_is_waited_for(house: House, phone: Phone) -> None:
    one, recording, chunks = watching(house), phone.recording.hex(), film(phone, 3)
    house.send(phone, chunks[:1])
    house.send(phone, chunks[1:2], HEAD_ONLY)
    house.send(phone, chunks[2:])
    first = one.piece(recording, 0, 0)
    assert first is not None
    assert first.data == chunks[0].body
    assert one.piece(recording, 0, first.last) is None
    house.send(phone, chunks[1:2], LATE_BODY)
    rest = one.piece(recording, 0, first.last)
    assert rest is not None
    assert rest.data == chunks[1].body + chunks[2].body


def test_a_long_film_is_joined_late_at_a_cluster(house: House, phone: Phone) -> None:
    chunks = film(phone, 200)
    house.send(phone, chunks)
    piece = watching(house).piece(phone.recording.hex(), 0, 0)
    assert piece is not None
    assert piece.data == HEAD + b"".join(chunk.body for chunk in chunks[-60:])
    assert piece.last == chunks[-1].header.sequence


def test_another_camera_begins_another_piece(house: House, phone: Phone) -> None:
    one, recording = watching(house), phone.recording.hex()
    chunks = film(phone, 2)
    house.send(phone, chunks)
    first = one.piece(recording, 0, 0)
    assert first is not None
    other = [phone.note(Kind.SEGMENT, segment=1, mime="video/mp4", why="camera switched")]
    other += [phone.chunk(b"other", segment=1)]
    house.send(phone, other)
    second = one.piece(recording, 0, first.last)
    assert second is not None
    assert (second.data, second.segment, second.mime) == (b"other", 1, "video/mp4")


def test_what_is_not_there_or_is_an_item_is_told(house: House, phone: Phone) -> None:
    one, recording = watching(house), phone.recording.hex()
    with pytest.raises(NotFoundError):
        one.piece("0" * 32, 0, 0)
    house.send(phone, [*film(phone, 2), phone.note(Kind.END, why="stopped")])
    house.look(60)
    with pytest.raises(NotFoundError):
        one.case_of(recording)
    house.begin(phone)
    house.send(phone, [phone.note(Kind.WORDS, words="I stood at the corner.")])
    with pytest.raises(ConflictError):
        one.piece(recording, 0, 0)
