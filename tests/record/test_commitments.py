"""Commitments to private fields, and their openings."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.record.commitments import (
    Opening,
    Value,
    commitment_of,
    decode_opening,
    disclosed,
    encode_opening,
    opens,
)

TEXT = st.text(st.characters(codec="utf-8"))
OPENINGS = st.builds(Opening, TEXT, TEXT | st.binary().map(Name), st.binary(min_size=32, max_size=32))
OPENING = Opening("by", "Ada Quill", bytes(range(32)))


def test_a_commitment_is_the_hash_that_the_format_tells() -> None:
    content = b'{"field":"by","value":"Ada Quill"}'
    expected = hashlib.sha256(b"everyangle.commitment/1\x00" + bytes(range(32)) + content).hexdigest()
    assert commitment_of(OPENING) == expected


@given(OPENINGS)
def test_an_opening_comes_back_from_its_bytes_and_opens_its_commitment(opening: Opening) -> None:
    again = decode_opening(encode_opening(opening))
    assert again == opening
    assert opens(again, opening.field, commitment_of(opening))
    assert disclosed(encode_opening(opening), opening.field, commitment_of(opening)) == opening.value


@pytest.mark.parametrize("value", ["Ada Quill", Name(b"/media/\xff\n.mp4")], ids=["text", "name"])
def test_no_single_flipped_bit_leaves_an_opening_that_opens(value: Value) -> None:
    opening = Opening("source", value, bytes(range(32)))
    data, commitment = encode_opening(opening), commitment_of(opening)
    for at in range(len(data)):
        for bit in range(8):
            flipped = data[:at] + bytes((data[at] ^ 1 << bit,)) + data[at + 1 :]
            assert disclosed(flipped, "source", commitment) is None


def test_an_opening_discloses_its_own_field_only() -> None:
    assert disclosed(encode_opening(OPENING), "from", commitment_of(OPENING)) is None
    assert disclosed(encode_opening(OPENING), "by", Digest("0" * 64)) is None
    assert disclosed(None, "by", commitment_of(OPENING)) is None


@pytest.mark.parametrize("change", ["format", "extra", "salt", "value"])
def test_an_opening_of_another_shape_is_refused(change: str) -> None:
    data = encode_opening(OPENING)
    changed = {
        "format": data.replace(b"opening/1", b"opening/2"),
        "extra": data.replace(b'"value"', b'"u":1,"value"'),
        "salt": data.replace(b'"salt":"00', b'"salt":"'),
        "value": data.replace(b'"Ada Quill"', b"7"),
    }[change]
    with pytest.raises(BadInputError) as told:
        decode_opening(changed)
    assert told.value.code == "opening-malformed"


def test_a_short_salt_commits_to_nothing() -> None:
    with pytest.raises(BadInputError):
        commitment_of(Opening("by", "Ada Quill", bytes(31)))
