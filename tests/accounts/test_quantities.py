from __future__ import annotations

import gc
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.quantities import mentions


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "approximate"),
    [
        ("They waited about 25 minutes.", "about 25 minutes", 25, "minute", True),
        ("It was a 25-minute wait.", "25-minute", 25, "minute", False),
        ("Three armed officers came.", "Three armed officers", 3, "officer", False),
        ("Two of the officers fell.", "Two of the officers", 2, "officer", False),
        ("At least two dozen people saw it.", "At least two dozen people", 24, "person", True),
        ("A dozen officers came.", "A dozen officers", 12, "officer", False),
        ("No more than 4 people saw it.", "No more than 4 people", 4, "person", True),
        ("Up to 12 officers came.", "Up to 12 officers", 12, "officer", True),
        ("He asked for $1.5 million.", "$1.5 million", 1_500_000, "dollar", False),
        ("He asked for 5 percent.", "5 percent", 5, "percent", False),
        ("He drove 60 miles per hour.", "60 miles per hour", 60, "mile per hour", False),
        ("He drove 60 mph.", "60 mph", 60, "mile per hour", False),
        ("It took two to three minutes.", "two to three minutes", 2.5, "minute", True),
        ("It took half an hour.", "half an hour", 0.5, "hour", False),
        ("It took an hour and a half.", "an hour and a half", 1.5, "hour", False),
        ("It took one hour and 20 minutes.", "one hour and 20 minutes", 80, "minute", False),
        ("It took 21 minutes 4 seconds.", "21 minutes 4 seconds", 1264, "second", False),
        ("It took two and a half hours.", "two and a half hours", 2.5, "hour", False),
        ("He stood 20 meters away.", "20 meters", 20, "metre", False),
        ("Two hundred and thirty-four women marched.", "Two hundred and thirty-four women", 234, "woman", False),
        ("One officer fired.", "One officer", 1, "officer", False),
        ("How many? Forty.", "Forty", 40, "", False),
        ("It was nine, he said.", "nine", 9, "", False),
    ],
)
def test_counts_and_measures(text: str, words: str, value: float, unit: str, approximate: bool) -> None:
    (found,) = mentions(text)
    assert (text[found.span.start : found.span.end], found.unit, found.approximate) == (words, unit, approximate)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "He left on April 15, 2031.",
        "He left at 7:50 p.m.",
        "He left in 2011.",
        "Section 8 applies to all.",
        "She lives at 14 Alder Street.",
        "He was in car 54, she said.",
        "A man came.",
        "It was the second day.",
        "Dana Whitlock, 34, watched.",
        "A four-year-old boy ran.",
        "We go there at eight.",
        "Custody record 31-00877.",
        "One of them ran.",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert mentions(text) == ()


PIECES = """
    two to and three half a an hour hours officers of the - 25 25.5 1/2 $ million % dozen per minutes , about at
    least hundred thousand 9999999999999999 people one second 's no more than years old or so and a half
    """
WORDS = st.sampled_from(PIECES.split())


@given(st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_spans_in_order_within_it_and_finite_values(text: str) -> None:
    end = 0
    for each in mentions(text):
        assert end <= each.span.start < each.span.end <= len(text)
        assert math.isfinite(each.value)
        assert each.value >= 0
        end = each.span.end


@pytest.mark.parametrize("piece", ["one ", "two of ", "hundred ", "an hour and ", "$ ", "25 and "])
def test_hostile_repetition_takes_time_that_grows_with_the_text_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        gc.disable()  # a collection of the whole test run's objects would be measured, too
        start = time.process_time()
        mentions(piece * times)
        taken = time.process_time() - start
        gc.enable()
        return taken

    seconds(10)
    assert seconds(16_000) < 40 * max(seconds(2_000), 0.01)
