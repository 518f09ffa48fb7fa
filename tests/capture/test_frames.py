"""Headers and frames: what is written is read, and what has another form is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.capture.frames import (
    FRAME_OVERHEAD,
    HEAD_ONLY,
    HEADER_BYTES,
    LATE_BODY,
    MAX_BODY_BYTES,
    MAX_SEALING_BYTES,
    SEALED,
    Header,
    Kind,
    frame_bytes,
    parse_frame,
    parse_header,
)
from everyangle.core.errors import EveryAngleError

HEADERS = st.builds(
    Header,
    st.sampled_from(Kind),
    st.integers(0, 1),
    st.integers(1, 2**53 - 1),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(0, 2**32 - 1),
    st.integers(0, MAX_BODY_BYTES),
    st.binary(min_size=32, max_size=32),
)


@given(HEADERS)
def test_a_header_comes_back_from_its_64_bytes(header: Header) -> None:
    data = header.encode()
    assert len(data) == HEADER_BYTES
    assert parse_header(data) == header


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    try:
        frame = parse_frame(data)
    except EveryAngleError:
        return
    assert frame_bytes(frame.flags, frame.raw_header, frame.signature, bytes(frame.payload)) == data


def header(length: int = 3, **changed: int) -> bytes:
    data = bytearray(Header(Kind.MEDIA, 0, 1, 0, 0, length, bytes(32)).encode())
    for name, value in changed.items():
        data[int(name.removeprefix("at"))] = value
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (header(at0=0x58), "protocol-unknown"),
        (header(at3=0x32), "protocol-unknown"),
        (header(at4=5), "chunk-malformed"),
        (header(at5=2), "chunk-malformed"),
        (header(at6=1), "chunk-malformed"),
        (header(at15=0), "chunk-malformed"),
        (header(at8=0xFF), "chunk-malformed"),
        (header(length=MAX_BODY_BYTES + 1), "chunk-too-large"),
        (header()[:-1], "chunk-malformed"),
    ],
)
def test_a_header_of_another_form_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(EveryAngleError) as refusal:
        parse_header(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("flags", "payload", "code"),
    [
        (0, b"ab", "frame-malformed"),
        (0, b"abcd", "frame-malformed"),
        (HEAD_ONLY, b"abc", "frame-malformed"),
        (HEAD_ONLY | LATE_BODY, b"", "frame-malformed"),
        (HEAD_ONLY | SEALED, b"", "frame-malformed"),
        (SEALED, b"abc", "frame-malformed"),
        (8, b"abc", "frame-malformed"),
        (0, b"", "frame-malformed"),
        (0, bytes(MAX_BODY_BYTES + MAX_SEALING_BYTES + 1), "chunk-too-large"),
    ],
)
def test_a_frame_whose_payload_does_not_fit_is_refused(flags: int, payload: bytes, code: str) -> None:
    with pytest.raises(EveryAngleError) as refusal:
        parse_frame(frame_bytes(flags, header(), bytes(64), payload))
    assert refusal.value.code == code


def test_a_frame_that_is_too_short_is_refused() -> None:
    for length in (0, 1, FRAME_OVERHEAD - 1):
        with pytest.raises(EveryAngleError):
            parse_frame(frame_bytes(0, header(0), bytes(64), b"")[:length])
    assert parse_frame(frame_bytes(HEAD_ONLY, header(0), bytes(64), b"")).head_only
