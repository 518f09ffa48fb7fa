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
        ("Monday at 7:50 p.m.", "XXXX-WXX-1T19:50"),
        ("a day", "P1D"),
    ]
    assert read("She was held at 7:50 p.m.", None) == [("7:50 p.m.", "T19:50")]


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


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("In the year-ago third quarter it lost.", "the year-ago third quarter", "2030-Q3"),
        ("It lost more in the third quarter a year ago.", "the third quarter a year ago", "2030-Q3"),
        ("It lost in the second quarter of fiscal 2030.", "the second quarter of fiscal 2030", "2030-Q2"),
        ("It lost in 2030's third quarter.", "2030's third quarter", "2030-Q3"),
        ("It grew in the 2030 first half.", "the 2030 first half", "2030-H1"),
        ("It grew in last year's first half.", "last year's first half", "2030-H1"),
        ("It grew in the March quarter.", "the March quarter", "2031-Q1"),
        ("It grew in fiscal year 2029.", "fiscal year 2029", "2029"),
        ("He left in the mid-eighties.", "the mid-eighties", "198"),
        ("He left in the summer of '98.", "the summer of '98", "1998-SU"),
        ("He fell on Friday the 11th.", "Friday the 11th", "2031-04-11"),
        ("He fell on the 11th.", "the 11th", "2031-04-11"),
        ("He will speak on the 20th.", "the 20th", "2031-04-20"),
        ("He fell on Tuesday last week.", "Tuesday last week", "2031-04-08"),
        ("He fell on Labor Day.", "Labor Day", "2030-09-02"),
        ("He fell on New Year's Eve.", "New Year's Eve", "2030-12-31"),
        ("He will be back two years from now.", "two years from now", "2033"),
        ("He left a year and a half ago.", "a year and a half ago", "2029"),
        ("He will succeed Daniel P. Vey May 1.", "May 1", "2031-05-01"),
        ("She was not told until Friday.", "Friday", "2031-04-11"),
        ("The talks will be held Friday.", "Friday", "2031-04-18"),
        ("The shop closes Friday.", "Friday", "2031-04-18"),
        ("A ruling may come Friday.", "Friday", "2031-04-18"),
        ("She could not be reached Friday.", "Friday", "2031-04-11"),
        ("The rally set for Friday is off.", "Friday", "2031-04-18"),
        ("It is for the coming weekend.", "the coming weekend", "2031-W16-WE"),
        ("It was the weekend of April 5.", "the weekend of April 5", "2031-W14-WE"),
        ("He left in the 1990's.", "the 1990's", "199"),
        ("It will be done by year's end.", "year's end", "2031-12-31"),
        ("It will be done by mid-year.", "mid-year", "2031"),
        ("It was done this past week.", "past week", "2031-W15"),
        ("She will succeed Ada Orr Friday.", "Friday", "2031-04-18"),
        ("He will fly to the United States Friday.", "Friday", "2031-04-18"),
        ("He set aside plans for a trip Friday.", "Friday", "2031-04-11"),
        ("He speaks tonight.", "tonight", "2031-04-16TNI"),
    ],
)
def test_dates_said_in_other_ways(text: str, words: str, value: str) -> None:
    assert read(text) == [(words, value)]


def test_a_year_earlier_is_of_the_period_that_was_named_last() -> None:
    quarter = "It lost $2 million in the third quarter of 2030, compared with $1 million a year earlier."
    months = "For the nine months, it lost $5 million, compared with $4 million a year earlier."
    assert read(quarter)[-1] == ("a year earlier", "2029-Q3")
    assert read(f"{quarter} {months}")[-1] == ("a year earlier", "2030")
    assert read(f"{quarter} It lost less in last year's quarter.")[-1] == ("last year's quarter", "2030-Q3")
    assert read("It lost less in the year-earlier nine months.") == [("the year-earlier nine months", "P9M")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A quarter of the officers left.", []),
        ("He came in a second-place car.", []),
        ("They disagree on future work.", []),
        ("A recent raid was in the news.", []),
        ("They were there for half a century.", [("half a century", "P50Y")]),
        ("They were there for four centuries.", [("four centuries", "P400Y")]),
        ("They waited two-and-a-half hours.", [("two-and-a-half hours", "PT2H30M")]),
        ("It was quiet in the last year.", [("the last year", "P1Y")]),
    ],
)
def test_what_counts_and_what_does_not(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("On Monday at five in the morning it fell.", "Monday at five in the morning", "2031-04-14T05:00"),
        (
            "On 04/15/2031 at approximately 2340 hours it fell.",
            "04/15/2031 at approximately 2340 hours",
            "2031-04-15T23:40",
        ),
        ("It fell at 1600 GMT Monday.", "1600 GMT Monday", "2031-04-14T16:00"),
        ("On Monday it fell at quarter to ten at night.", "quarter to ten at night", "2031-04-14T21:45"),
        ("On Monday it fell at five past twelve.", "five past twelve", "2031-04-14T12:05"),
        ("On Monday it fell at half past ten at night.", "half past ten at night", "2031-04-14T22:30"),
        ("They met on Monday and it fell at six, she says.", "six", "2031-04-14T06:00"),
    ],
)
def test_times_of_day_said_in_other_ways(text: str, words: str, value: str) -> None:
    assert read(text)[-1] == (words, value)


def test_a_time_of_day_is_of_the_day_that_stands_with_another_before_the_day_named_most() -> None:
    text = "A film was shared since Monday.\n\nAt 21:43 on Friday 11 April two officers came.\n\n"
    assert ("22:09", "2031-04-11T22:09") in read(text + "The crew came at 22:09.\n\nHe was freed Monday.")


def test_after_a_late_hour_an_early_one_is_of_the_next_day() -> None:
    text = "He was booked at 6:20 p.m. on April 11.\n\nHe was sick around midnight and again about 2 a.m.\n\n"
    assert [value for _, value in read(text + "She called at 9 p.m.")] == [
        "2031-04-11T18:20",
        "2031-04-12T00:00",
        "2031-04-12T02:00",
        "2031-04-11T21:00",
    ]


@pytest.mark.parametrize(
    "telling",
    [
        "The agency said in a statement Tuesday that they came at 7:52 a.m.",
        "In a suit filed Monday it is said that they came at 7:52 a.m.",
        "The video, released Monday, shows that they came at 7:52 a.m.",
        "The court will sit on May 10. They came at 7:52 a.m.",
    ],
)
def test_a_time_of_day_is_not_of_the_day_on_which_it_was_told(telling: str) -> None:
    last = mentions(telling, WEDNESDAY, same_day=False)[-1]
    assert last.value == "T07:52"


def test_in_a_text_that_names_no_day_a_time_of_day_is_of_the_documents_only_where_that_is_said() -> None:
    text = "Glass broke at 19:53."
    assert [each.value for each in mentions(text, WEDNESDAY)] == ["2031-04-16T19:53"]
    assert [each.value for each in mentions(text, WEDNESDAY, same_day=False)] == ["T19:53"]


def test_a_log_is_of_the_day_in_its_heading_and_goes_on_over_midnight() -> None:
    text = "Radio log, 4 April 2031\n\n2314 Left.\n\n2350 Stopped, asked at 0010 again.\n\n0031 Left.\n\n0102 Arrived."
    assert [value for _, value in read(text)[1:]] == [
        "2031-04-04T23:14",
        "2031-04-04T23:50",
        "2031-04-05T00:10",
        "2031-04-05T00:31",
        "2031-04-05T01:02",
    ]


def test_the_last_line_of_a_log_without_a_date_is_of_the_documents_day() -> None:
    text = "Jail register\n\n1845 Housed.\n\n1900 Checked.\n\n0200 Checked.\n\n0531 Called."
    assert [value[:10] for _, value in read(text)] == ["2031-04-15", "2031-04-15", "2031-04-16", "2031-04-16"]


def test_entries_of_a_thread_are_of_the_documents_day_whatever_days_they_speak_of() -> None:
    text = "9:10 p.m. He called.\n\n5:30 p.m. The paper is dated April 12.\n\n3:05 p.m. They say that is wrong."
    values = [value for _, value in read(text) if "T" in value]
    assert values == ["2031-04-16T21:10", "2031-04-16T17:30", "2031-04-16T15:05"]


def test_a_date_line_is_not_the_day_of_what_a_statement_tells() -> None:
    text = "STATEMENT OF THE HARBOUR OFFICE\n16 April 2031\n\nA line broke at 19:53."
    assert mentions(text, WEDNESDAY, same_day=False)[-1].value == "T19:53"
    log = "Log of the Harbour Office\n16 April 2031\n\n0248 Left.\n\n0310 Stopped.\n\n0331 Left."
    assert mentions(log, WEDNESDAY, same_day=False)[-1].value == "2031-04-16T03:31"


def test_of_several_days_that_a_transcript_names_a_time_is_of_the_one_of_its_paragraph_else_of_the_one_named_most() -> (
    None
):
    text = "CHIEF: On Monday we came at seven.\nREPORTER: And on Tuesday?\nCHIEF: Nothing. On Monday glass broke.\n"
    values = [each.value for each in mentions(text + "REPORTER: At 19:53?", WEDNESDAY, same_day=False)]
    assert values[-1] == "2031-04-14T19:53"
    assert mentions(text + "It rained Tuesday. At 19:53?", WEDNESDAY, same_day=False)[-1].value == "2031-04-15T19:53"
