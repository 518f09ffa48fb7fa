from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.times import mentions
from everyangle.core.accounts import TimeType

WEDNESDAY = "2031-04-16"


def read(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(text[each.span.start : each.span.end], each.value) for each in mentions(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It ended on April 15, 2031.", "April 15, 2031", "2031-04-15"),
        ("It ended on 15 April 2031.", "15 April 2031", "2031-04-15"),
        ("Filed 2031-04-15.", "2031-04-15", "2031-04-15"),
        ("Filed 2031-04-15 19:53.", "2031-04-15 19:53", "2031-04-15T19:53"),
        ("Filed 4/15/2031.", "4/15/2031", "2031-04-15"),
        ("He left in 2011.", "2011", "2011"),
        ("He left in March 2029.", "March 2029", "2029-03"),
        ("He left in early March 2029.", "early March 2029", "2029-03"),
        ("He left in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("That was in the 1990s.", "the 1990s", "199"),
        ("Crime fell in the 20th century.", "the 20th century", "19"),
        ("Profits fell in the third quarter of 2030.", "the third quarter of 2030", "2030-Q3"),
        ("He won in the spring of 2029.", "the spring of 2029", "2029-SP"),
    ],
)
def test_dates_that_say_all(text: str, words: str, value: str) -> None:
    assert read(text, None) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It ended on Tuesday, April 15.", "Tuesday, April 15", "2031-04-15"),
        ("She was held Monday.", "Monday", "2031-04-14"),
        ("She was held Wednesday.", "Wednesday", "2031-04-16"),
        ("She was held last Friday.", "last Friday", "2031-04-11"),
        ("The board will meet Friday.", "Friday", "2031-04-18"),
        ("The board meets next Monday.", "next Monday", "2031-04-21"),
        ("He spoke yesterday.", "yesterday", "2031-04-15"),
        ("He will speak tomorrow.", "tomorrow", "2031-04-17"),
        ("It was quiet last week.", "last week", "2031-W15"),
        ("It was quiet this week.", "this week", "2031-W16"),
        ("It was quiet last month.", "last month", "2031-03"),
        ("It was quiet last year.", "last year", "2030"),
        ("He joined three years ago.", "three years ago", "2028"),
        ("He joined 11 days ago.", "11 days ago", "2031-04-05"),
        ("He joined two months ago.", "two months ago", "2031-02"),
        ("He joined a decade ago.", "a decade ago", "2021"),
        ("He was seen in December.", "December", "2030-12"),
        ("He was seen last fall.", "last fall", "2030-FA"),
        ("He was seen on Nov. 3.", "Nov. 3", "2030-11-03"),
        ("The hearing is set for May 6.", "May 6", "2031-05-06"),
        ("The hearing will be in January next year.", "January next year", "2032-01"),
        ("He said this morning that it rained.", "this morning", "2031-04-16TMO"),
        ("He called Tuesday night.", "Tuesday night", "2031-04-15"),
    ],
)
def test_dates_that_count_from_the_documents_date(text: str, words: str, value: str) -> None:
    assert read(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It ended on April 4. A day earlier, he had called.", "A day earlier", "2031-04-03"),
        ("It ended on April 4. He died five days later.", "five days later", "2031-04-09"),
        ("It ended on April 4. The next day, he called.", "The next day", "2031-04-05"),
        ("It ended on April 4. He called the day before.", "the day before", "2031-04-03"),
        ("It ended on April 4. He had called that morning.", "that morning", "2031-04-04TMO"),
        ("He was hired in 2011. The following year he left.", "The following year", "2012"),
        ("The stop was on April 4. At 7:50 p.m. glass broke.", "7:50 p.m.", "2031-04-04T19:50"),
        ("The stop was on April 4, he said Monday. At 19:53 hours glass broke.", "19:53 hours", "2031-04-04T19:53"),
    ],
)
def test_dates_that_count_from_the_date_named_last(text: str, words: str, value: str) -> None:
    assert read(text)[-1] == (words, value)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began at 10 a.m. Monday.", "10 a.m. Monday", "2031-04-14T10:00"),
        ("It began shortly after 7:50 p.m. on April 15.", "shortly after 7:50 p.m. on April 15", "2031-04-15T19:50"),
        ("It began at noon Tuesday.", "noon Tuesday", "2031-04-15T12:00"),
        ("It began at 1953 hours.", "1953 hours", "2031-04-16T19:53"),
        ("It began at half past seven in the evening.", "half past seven in the evening", "2031-04-16T19:30"),
        ("It began at 9 o'clock in the evening.", "9 o'clock in the evening", "2031-04-16T21:00"),
    ],
)
def test_times_of_day(text: str, words: str, value: str) -> None:
    (found,) = mentions(text, WEDNESDAY)
    assert (text[found.span.start : found.span.end], found.value, found.type) == (words, value, TimeType.TIME)


@pytest.mark.parametrize(
    ("text", "words", "value", "approximate"),
    [
        ("They waited about 25 minutes.", "about 25 minutes", "PT25M", True),
        ("They waited 25 minutes.", "25 minutes", "PT25M", False),
        ("They waited half an hour.", "half an hour", "PT30M", False),
        ("They waited an hour and a half.", "an hour and a half", "PT1H30M", False),
        ("They waited at least one hour and 20 minutes.", "at least one hour and 20 minutes", "PT1H20M", True),
        ("They waited two to three minutes.", "two to three minutes", "PT2M", True),
        ("They waited several weeks.", "several weeks", "PXW", False),
        ("They waited for hours.", "hours", "PTXH", False),
        ("It was a 16-hour flight.", "16-hour", "PT16H", False),
        ("He served the last four months.", "the last four months", "P4M", False),
        ("He served two more weeks.", "two more weeks", "P2W", False),
        ("They waited an hour or so.", "an hour or so", "PT1H", True),
    ],
)
def test_durations(text: str, words: str, value: str, approximate: bool) -> None:
    (found,) = mentions(text, WEDNESDAY)
    assert (text[found.span.start : found.span.end], found.value, found.approximate) == (words, value, approximate)
    assert found.type is TimeType.DURATION


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They meet every day.", "P1D"),
        ("They meet each Thursday.", "XXXX-WXX-4"),
        ("They meet twice a week.", "P1W"),
        ("They meet on Mondays.", "XXXX-WXX-1"),
    ],
)
def test_what_recurs_is_a_set(text: str, value: str) -> None:
    (found,) = mentions(text, WEDNESDAY)
    assert (found.value, found.type) == (value, TimeType.SET)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He is now in custody.", "PRESENT_REF"),
        ("He recently moved.", "PAST_REF"),
        ("That may change in the future.", "FUTURE_REF"),
    ],
)
def test_times_that_no_calendar_tells(text: str, value: str) -> None:
    assert [found for _, found in read(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "The 37-year-old driver may march on.",
        "The girl is 14 years old.",
        "It was the second call.",
        "They may ask for $2000 or 2,000 dollars.",
        "She lives at 1900 Alder Street.",
        "He saw the sun fall into the sea.",
        "He broke the window with a spring.",
    ],
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert mentions(text, WEDNESDAY) == ()


def test_a_time_of_day_is_of_the_day_that_the_text_names_most() -> None:
    text = (
        "It was April 4. On April 4 he drove.\n\nThe hearing was on April 10.\n\nGlass broke at 9:15 p.m., or at 9:16."
    )
    assert read(text)[-2:] == [("9:15 p.m.", "2031-04-04T21:15"), ("9:16", "2031-04-04T21:16")]


def test_lines_of_a_log_begin_with_times() -> None:
    text = "Log of 4 April 2031.\n\n0248 Left.\n0310 Stopped.\n0331 Left again.\n0402 Arrived."
    assert read(text)[1:] == [(hour, f"2031-04-04T{hour[:2]}:{hour[2:]}") for hour in ("0248", "0310", "0331", "0402")]


def test_a_date_of_either_order_is_the_nearer_one() -> None:
    assert read("Filed 4/2/31.", "2031-02-05") == [("4/2/31", "2031-02-04")]
    assert read("Filed 4/2/31.", "2031-04-03") == [("4/2/31", "2031-04-02")]
    assert read("Filed 02.04.2031 here.", "2031-02-05") == [("02.04.2031", "2031-04-02")]


def test_without_a_documents_date_what_is_unknown_stays_so() -> None:
    assert read("She was held Monday at 7:50 p.m., a day after the raid.", None) == [
        ("Monday", "XXXX-WXX-1"),
        ("7:50 p.m.", "T19:50"),
        ("a day", "P1D"),
    ]


def test_a_documents_date_may_be_a_month_or_nonsense() -> None:
    assert read("It was quiet last year.", "2031-04") == [("last year", "2030")]
    assert read("It was quiet last year.", "some day") == [("last year", "XXXX")]


PIECES = """
    last next this the a an in on at April May 15 2031 31 7:50 p.m. noon Monday week weeks year day days quarter
    third second half hour of to and - , . ago earlier later about early mid morning night fiscal few several
    1990s 's two hundred ninety-six nineteen 9999 0001 February 29 12/31/99 2031-02-30 Easter weekend end every
    million 1/2
    """
WORDS = st.sampled_from([*PIECES.split(), "\n\n"])
PUBLISHED = st.one_of(st.none(), st.sampled_from(["2031-04-16", "2031", "0001-01-01", "9999-12-31", "2032-02-29", "x"]))


@given(st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join)), PUBLISHED)
def test_any_text_gives_spans_in_order_within_it_and_values(text: str, published: str | None) -> None:
    end = 0
    for each in mentions(text, published):
        assert end <= each.span.start < each.span.end <= len(text)
        assert each.value
        assert each.value.isascii()
        assert not each.value.isspace()
        end = each.span.end


@pytest.mark.parametrize(
    "piece", ["the last ", "twenty-", "1,000,000", "9 ", "a ", "April ", "early ", "about ", "''", "\n \n"]
)
def test_hostile_repetition_takes_time_that_grows_with_the_text_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        gc.disable()  # a collection of the whole test run's objects would be measured, too
        start = time.process_time()
        mentions(piece * times, WEDNESDAY)
        taken = time.process_time() - start
        gc.enable()
        return taken

    seconds(10)
    assert seconds(16_000) < 40 * max(seconds(2_000), 0.01)
