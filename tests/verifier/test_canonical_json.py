"""The verifier's reading of canonical JSON: it takes what the record writes, and refuses what the record refuses."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.record import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def verdicts(verifier: ModuleType, data: bytes) -> tuple[bool, bool]:
    """Return whether the package and the verifier take some bytes."""
    try:
        canonical.decode(data)
        package = True
    except BadInputError:
        package = False
    try:
        verifier.read_canonical(data, "it")
        return package, True
    except verifier.DossierError:
        return package, False


@settings(deadline=None)
@given(value=VALUES)
def test_what_the_record_writes_is_read_as_it_was(verifier: ModuleType, value: Any) -> None:
    assert verifier.read_canonical(canonical.encode(value), "it") == value


@settings(deadline=None)
@given(value=VALUES, bit=st.integers(0))
def test_after_a_flipped_bit_both_sides_say_the_same(verifier: ModuleType, value: Any, bit: int) -> None:
    data = bytearray(canonical.encode(value))
    data[bit // 8 % len(data)] ^= 1 << bit % 8
    assert len(set(verdicts(verifier, bytes(data)))) == 1


@settings(deadline=None)
@given(value=VALUES)
def test_another_spelling_is_refused_by_both(verifier: ModuleType, value: Any) -> None:
    plain = canonical.encode(value)
    for spelled in (
        json.dumps(value, separators=(", ", ": "), ensure_ascii=False).encode("utf-8", "surrogatepass"),
        json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(),
        plain + b"\n",
        b"\xef\xbb\xbf" + plain,
    ):
        if spelled != plain:
            expected = (False, False)
            assert verdicts(verifier, spelled) == expected or json.loads(spelled) != value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1.0",
        b"1e2",
        b"-0",
        b"01",
        b"+1",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 10_000,
        b"NaN",
        b"Infinity",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        '{"\ue000":1,"\U0001f600":1}'.encode(),
        b'"\\u0061"',
        b'"\\/"',
        b'"\\u00ff"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'"\x01"',
        b'"\\u001F"',
        b"[1,]",
        b"[1 ]",
        b" 1",
        b"nul",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_not_canonical_is_refused_by_both(verifier: ModuleType, data: bytes) -> None:
    assert verdicts(verifier, data) == (False, False)


def test_names_are_ordered_by_their_utf_16_units(verifier: ModuleType) -> None:
    data = '{"\U0001f600":1,"\ue000":1}'.encode()
    assert verdicts(verifier, data) == (True, True)
