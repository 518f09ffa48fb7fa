"""Limits of all recordings together, and phones with more gaps than a receipt lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.capture.frames import HEAD_ONLY, LATE_BODY
from everyangle.capture.limits import Limits
from everyangle.capture.receipts import MAX_RANGES
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds


@pytest.fixture
def house(tmp_path: Path) -> House:
    grounds = Grounds(tmp_path)
    grounds.make()
    return House(grounds)


def test_too_many_recordings_in_all_are_refused_whichever_link_they_come_by(house: House) -> None:
    house.limits = Limits(reserve_bytes=0, recordings=2)
    house.open()
    first, second, third = (Phone(house.grounds.token()) for _ in range(3))
    assert (house.begin(first).error, house.begin(second).error) == (None, None)
    refused = house.begin(third).error
    assert refused is not None
    assert (refused.code, refused.holds) == ("too-many", "What was acknowledged before is kept.")
    assert house.begin(first).error is None  # one that goes on is no new one
    assert house.send(first, [first.chunk(b"goes on")]).error is None
    house.look(700)
    assert house.begin(third).error is None
    house.close()


def test_a_recording_that_is_too_large_is_refused_and_what_it_brought_becomes_its_item(house: House) -> None:
    house.limits = Limits(reserve_bytes=0, recording_bytes=10_000)
    house.open()
    phone = Phone(house.grounds.token())
    house.begin(phone)
    assert house.send(phone, [phone.chunk(bytes(9000))]).error is None
    refused = house.send(phone, [phone.chunk(bytes(2000))]).error
    assert refused is not None
    assert refused.code == "recording-too-large"
    assert phone.receipt is not None
    assert phone.receipt.heads == 1
    house.look(700)
    assert [event for event, fields in house.told if event == "item" and fields["chunks"] == 1]
    house.close()


def test_a_phone_with_more_gaps_than_a_receipt_lists_lets_go_of_nothing_that_is_missing_and_ends_whole(
    house: House,
) -> None:
    house.open()
    phone = Phone(house.grounds.token())
    house.begin(phone)
    chunks = [phone.chunk(bytes([n % 251, 7])) for n in range(6 * MAX_RANGES)]
    house.send(phone, chunks, HEAD_ONLY)
    house.send(phone, chunks[1::2], LATE_BODY)  # every other body: more gaps than can be told
    missing = {chunk.header.sequence for chunk in chunks[::2]}
    state = house.begin(phone).state
    assert state is not None
    assert len(state.missing) == MAX_RANGES
    assert missing <= phone.held.keys()  # none of them was promised
    house.close()
    house.open()  # and a restart forgets none of them
    rounds = 0
    while phone.held:
        house.resume(phone)
        rounds += 1
        assert rounds < 4
    assert phone.receipt is not None
    assert (phone.receipt.heads, phone.receipt.missing) == (len(chunks), ())
    house.close()
