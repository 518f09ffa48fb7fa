"""Amounts: what words allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.amounts import Amount, amounts_of, apart, duration_words
from everyangle.core.accounts import Quantity, Span


def amount(before: str, words: str, value: float, unit: str, *, approximate: bool = False) -> Amount:
    text = before + words
    (found,) = amounts_of([Quantity(Span(len(before), len(text)), value, unit, approximate)], text)
    return found


@pytest.mark.parametrize(
    ("before", "words", "value", "approximate", "low", "high"),
    [
        ("they waited ", "25 minutes", 25, False, 24.5 * 60, 25.5 * 60),
        ("they waited about ", "25 minutes", 25, True, 20 * 60, 30 * 60),
        ("they waited for less than ", "three minutes", 3, True, 0, 180),
        ("no more than ", "three minutes", 3, True, 0, 180),
        ("at least ", "ten minutes", 10, True, 600, None),
        ("more than ", "ten minutes", 10, False, 600, None),
        ("it took nearly ", "ten minutes", 10, True, 480, 600),
        ("no less than ", "ten minutes", 10, True, 600, None),
    ],
)
def test_the_words_before_a_duration_say_what_it_allows(
    before: str, words: str, value: float, approximate: bool, low: float, high: float | None
) -> None:
    found = amount(before, words, value, "minute", approximate=approximate)
    assert (found.low, found.high, found.unit) == (low, high, "second")


def test_a_bound_of_another_clause_does_not_bound_a_number() -> None:
    assert amount("it took at least an hour; ", "six officers", 6, "officer").high == 6


def test_two_numbers_of_a_range_are_one_amount() -> None:
    text = "two to three minutes after that"
    found = amounts_of([Quantity(Span(0, 3), 2, "", True), Quantity(Span(7, 20), 3, "minute", True)], text)
    assert [(one.low, one.high, one.words) for one in found] == [(120, 180, "two to three minutes")]


def test_counts_are_exact_and_feet_are_metres() -> None:
    assert amount("", "two blows", 2, "blow") == Amount(2, 2, 2, "blow", "two blows", 0, 9, approximate=False)
    assert amount("", "10 feet", 10, "foot").unit == "metre"


def test_the_words_keep_their_bound() -> None:
    assert amount("we waited for less than ", "four minutes", 4, "minute").words == "less than four minutes"


def test_amounts_differ_only_beyond_what_both_allow() -> None:
    about = amount("about ", "25 minutes", 25, "minute", approximate=True)
    assert apart(about, amount("", "21 minutes", 21, "minute")) == 0
    assert apart(about, amount("less than ", "four minutes", 4, "minute")) == 16 * 60
    assert apart(amount("at least ", "six times", 6, "time"), amount("", "one time", 1, "time")) == 5


@given(st.floats(0, 1e5), st.booleans(), st.floats(0, 1e5), st.booleans())
def test_a_difference_is_the_same_from_both_sides(a: float, a_about: bool, b: float, b_about: bool) -> None:
    one, other = amount("", "x", a, "minute", approximate=a_about), amount("", "x", b, "minute", approximate=b_about)
    assert apart(one, other) == apart(other, one) >= 0
    assert apart(one, one) == 0
    assert one.low <= one.value <= (one.high or 0)


@pytest.mark.parametrize(
    ("seconds", "decimals", "words"),
    [
        (1264, 0, "21 min 04 s"),
        (166.84, 1, "2 min 46.8 s"),
        (46.8, 1, "46.8 s"),
        (7500, 0, "2 h 05 min"),
        (960, 0, "16 min"),
    ],
)
def test_durations_read_as_people_say_them(seconds: float, decimals: int, words: str) -> None:
    assert duration_words(seconds, decimals) == words
