"""Canonical JSON: one spelling for a value, and no other is accepted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.record.canonical import MAX_DEPTH, MAX_INTEGER, Json, decode, encode

TEXT = st.text(st.characters(codec="utf-8"))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_as_in_the_sample_of_rfc_8785_section_3_2_3() -> None:
    sample = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\x80": "Control",
        "\xf6": "Latin Small Letter O With Diaeresis",
    }
    expected = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    assert list(json.loads(encode(sample)).values()) == expected


def test_strings_and_literals_are_written_as_in_the_sample_of_rfc_8785_section_3_2_2() -> None:
    # The sample's numbers are floats, which this profile does not have.
    sample: Json = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]}
    expected = '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert encode(sample) == expected.encode()


def test_control_characters_have_the_escapes_of_section_3_2_2_2() -> None:
    assert encode("\b\t\n\f\r\x00\x1f\x7f\u2028") == '"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\u2028"'.encode()


@given(VALUES)
def test_what_is_encoded_decodes_to_the_same_value(value: Json) -> None:
    assert decode(encode(value)) == value


@given(VALUES)
def test_a_decoded_value_is_what_python_reads(value: Json) -> None:
    assert json.loads(encode(value)) == value


@given(st.binary(max_size=40) | TEXT.map(str.encode))
def test_any_bytes_are_refused_or_are_their_own_canonical_spelling(data: bytes) -> None:
    try:
        value = decode(data)
    except BadInputError as error:
        if error.code != "not-canonical":
            raise
    else:
        assert encode(value) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"01",
        b"-0",
        b"1.0",
        b"1e2",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 5000,
        b'{"a":1,"a":1}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b"[1,]",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"'a'",
        b"1\n",
        b"[" * 60_000,
        b"[" * 33 + b"]" * 33,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_other_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(BadInputError):
        decode(data)


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), b"bytes", {1: "one"}, {"a": {2}}, "\ud800", {"\udfff": 1}], ids=repr
)
def test_values_outside_the_profile_are_not_written(value: Json) -> None:
    with pytest.raises(BadInputError):
        encode(value)


def test_nesting_is_allowed_to_its_limit() -> None:
    assert decode(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
