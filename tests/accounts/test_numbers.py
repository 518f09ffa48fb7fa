from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.numbers import number_at
from everyangle.accounts.tokens import tokens


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty-one", 21),
        ("two hundred and thirty-four", 234),
        ("three thousand two hundred", 3200),
        ("1,250", 1250),
        ("1.5 million", 1_500_000),
        ("5 1/2", 5.5),
        ("5½", 5.5),
        ("nineteen ninety-six", 1996),
        ("nineteen oh five", 1905),
        ("two and a half", 2.5),
        ("a hundred", 100),
        ("half a dozen", 6),
        ("3 dozen", 36),
    ],
)
def test_numbers_as_they_are_written(text: str, value: float) -> None:
    found = tokens(text)
    number = number_at(found, 0)
    assert number is not None
    assert (number.value, number.after) == (value, len(found))


@pytest.mark.parametrize("text", ["a man", "half the men", "3/0", "x", "¾ths!"[1:]])
def test_words_that_are_no_number(text: str) -> None:
    assert number_at(tokens(text), 0) is None


@given(st.text())
def test_tokens_stand_in_the_text_as_they_say(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        end = token.end
