"""A player can begin late: the head of the film, then the first place at which one can begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everyangle.capture.joining import join_at

CLUSTER = bytes.fromhex("1f43b675")
PLAIN = st.lists(st.integers(0, 30)).map(bytes)


@given(PLAIN, PLAIN, PLAIN, PLAIN)
def test_a_matroska_film_goes_on_at_its_next_cluster(head: bytes, first: bytes, cut: bytes, later: bytes) -> None:
    joined = join_at(head + CLUSTER + first, cut + CLUSTER + later)
    assert joined == head + CLUSTER + later


def test_an_mp4_goes_on_at_its_next_fragment_with_its_length() -> None:
    head, box = b"....ftyp....moov", b"\0\0\0\x20moof"
    assert join_at(head + box + b"a", b"rest of one" + box + b"b") == head + box + b"b"


def test_a_head_alone_is_a_head() -> None:
    assert join_at(b"head", b"cut" + CLUSTER + b"later") == b"head" + CLUSTER + b"later"


def test_where_nothing_can_begin_nothing_is_made() -> None:
    assert join_at(b"head" + CLUSTER, b"no place here") is None
