"""When a recording by a phone began: the best comparison of clocks sets its own clock right."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from everyangle.capture.container import Chunk
from everyangle.capture.frames import Header, Kind
from everyangle.stages.capture_times import Began, began

RECIPE = "remux/1 libavcodec-62 stream=0 segments=0-3"


def chunk(kind: Kind, us: int, body: bytes = b"", stream: int = 0, segment: int = 0) -> Chunk:
    header = Header(kind, stream, 1, us, segment, len(body), hashlib.sha256(body).digest())
    return Chunk(0, header, header.encode(), bytes(64), body)


def clock(**value: Any) -> Chunk:
    return chunk(Kind.CLOCK, 0, json.dumps(value).encode())


def test_the_soonest_answer_counts() -> None:
    chunks = [
        clock(offset_us=900, round_trip_us=50_000),
        chunk(Kind.SEGMENT, 10_000, stream=1),
        chunk(Kind.SEGMENT, 20_000),
        chunk(Kind.MEDIA, 30_000),
        clock(offset_us=1_000, round_trip_us=8_000),
        clock(offset_us=5_000, round_trip_us=90_000),
    ]
    assert began(chunks, RECIPE) == Began(21_000, 4_000)
    assert began(chunks, "remux/1 stream=1 segments=0-0") == Began(11_000, 4_000)
    assert began(chunks, "remux/1 stream=0 segments=7-7") is None
    assert began(chunks, "remux/2") is None


def test_a_clock_that_was_never_compared_has_no_error() -> None:
    assert began([chunk(Kind.SEGMENT, 5)], RECIPE) == Began(5, None)


@given(
    st.binary(max_size=60) | st.sampled_from([b"[]", b'{"offset_us":true}', b'{"offset_us":1e99,"round_trip_us":1}'])
)
def test_what_says_no_time_is_passed_over(body: bytes) -> None:
    assert began([chunk(Kind.CLOCK, 0, body), chunk(Kind.SEGMENT, 5)], RECIPE) == Began(5, None)
