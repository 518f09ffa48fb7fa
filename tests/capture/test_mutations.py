"""Nothing but what the phone signed, in its place, is kept: flipped, cut, replayed, reordered, foreign frames."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.capture.begin import open_begin
from everyangle.capture.container import begin_bytes, check, chunk_bytes
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind, parse_frame
from everyangle.core.errors import EveryAngleError, IntegrityError
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_mutants import TOKEN, flips, is_true, kept, recorded, sealer, session


def test_of_more_than_ten_thousand_mutations_none_is_kept() -> None:
    phone, other = Phone(TOKEN), Phone(TOKEN)
    same_device = Phone(TOKEN, key=phone.key)
    chunks, foreign = recorded(phone), [*recorded(other), *recorded(same_device)]
    rng, tried = random.Random(5), 0
    one = session(phone)
    for position, chunk in enumerate(chunks):
        plain, sealed = chunk.frame(), chunk.frame(0, sealer(phone))
        mutants = [*flips(plain if position % 2 else sealed)]
        mutants += [plain[:n] for n in range(len(plain))] + [plain + bytes(n) for n in range(1, 60)]
        mutants += [frame.frame(flags) for frame in foreign for flags in (0, HEAD_ONLY, LATE_BODY)]
        mutants += [later.frame(flags) for later in chunks[position + 1 :] for flags in (0, HEAD_ONLY, LATE_BODY)]
        mutants += [earlier.frame(flags) for earlier in chunks[:position] for flags in (0, HEAD_ONLY, LATE_BODY)]
        mutants += [plain[:65] + frame.signature + plain[129:] for frame in (*chunks, *foreign) if frame is not chunk]
        mutants += [frame.raw_header.join((plain[:1], plain[65:])) for frame in chunks if frame is not chunk]
        mutants += [rng.randbytes(len(plain)) for _ in range(20)]
        for mutant in mutants:
            found = kept(one, mutant)
            # Leaving the body out or sending it plain changes nothing that was signed; nobody can do more.
            if found is not None:
                assert is_true(found, chunk)
                one.take_back(found)
            tried += found is None
        assert kept(one, plain) is not None
    assert (one.heads, one.head) == (phone.heads, phone.head)
    assert tried >= 10_000


def test_bodies_that_come_late_must_be_those_that_were_signed() -> None:
    phone = Phone(TOKEN)
    chunks = recorded(phone)
    one = session(phone)
    for chunk in chunks:
        assert kept(one, chunk.frame(HEAD_ONLY))
    assert set(one.missing) == {n for n, chunk in enumerate(chunks, 1) if chunk.body}
    forged = Phone(TOKEN, key=phone.key, recording=phone.recording)
    for chunk, other in zip(chunks, recorded(forged), strict=True):
        wrong = chunk.frame(LATE_BODY)
        for mutant in (*flips(wrong), other.frame(LATE_BODY), other.frame()):
            found = kept(one, mutant)
            if found is not None:  # the signature of a head that was judged before is not looked at again
                assert is_true(found, chunk)
                one.take_back(found)
        if chunk.body:
            found = kept(one, wrong)
            assert found is not None
            assert is_true(found, chunk)
    assert not one.missing


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from((0, HEAD_ONLY, LATE_BODY)), st.booleans()), max_size=60))
def test_whatever_the_order_what_is_kept_is_a_first_part_of_what_was_signed(
    orders: list[tuple[int, int, bool]],
) -> None:
    phone = Phone(TOKEN)
    chunks, seal = recorded(phone), sealer(phone)
    one = session(phone)
    bodies: dict[int, bytes] = {}
    for index, flags, undone in orders:
        found = kept(one, chunks[index].frame(flags, None if flags & HEAD_ONLY else seal))
        if found is None:
            continue
        if undone:  # the disk failed: it is as if the frame had never come
            one.take_back(found)
            found = kept(one, chunks[index].frame(flags))
            assert found is not None
        if not found.flags & HEAD_ONLY:
            bodies[found.header.sequence] = bytes(found.body)
    assert one.head == (chunks[one.heads - 1].head if one.heads else one.opening.head)
    assert set(one.missing) == {n for n in range(1, one.heads + 1) if n not in bodies}
    assert all(bodies[n] == chunks[n - 1].body for n in bodies)
    assert one.bytes == sum(map(len, bodies.values()))


def test_a_recording_that_is_too_large_is_refused_and_goes_on_below_the_limit() -> None:
    phone = Phone(TOKEN)
    one = session(phone, most=100)
    assert kept(one, phone.chunk(bytes(90)).frame())
    big = phone.chunk(bytes(11))
    with pytest.raises(EveryAngleError) as refusal:
        one.take(parse_frame(big.frame()))
    assert refusal.value.code == "recording-too-large"
    assert kept(one, big.frame(HEAD_ONLY))


def test_a_flipped_bit_anywhere_in_a_container_is_found() -> None:
    phone = Phone(TOKEN)
    opening = open_begin(phone.raw_begin, phone.begin_signature)
    chunks = [phone.chunk(bytes(40)), phone.note(Kind.END, why="stopped")]
    data = begin_bytes(opening) + b"".join(chunk_bytes(0, c.raw_header, c.signature, c.body) for c in chunks)
    assert checked(data) == (2, phone.head, True)
    tried = 0
    for mutant in flips(data):
        assert checked(mutant) is None
        tried += 1
    for cut in range(len(data)):
        found = checked(data[:cut])
        # Whole chunks can be cut off: the log knows how many there were, and whether there was an end.
        assert found is None or (found[0] < 2 and not found[2])
    assert tried > 6000


def checked(data: bytes) -> tuple[int, bytes, bool] | None:
    try:
        found = check(io.BytesIO(data).read)
    except IntegrityError:
        return None
    return found.heads, found.head, found.ended
