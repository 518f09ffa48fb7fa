"""Dates that documents show of themselves."""

from __future__ import annotations

import pytest

from everyangle.accounts.dates_seen import dates_in, iso_date, shown_dates


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        ("For immediate release. 18 April 2031, 09:15.\nWords.", "2031-04-18T09:15", ""),
        ("By Ruth Immel\nApril 16th, 2031 at 5:07 p.m.\nUpdated: Apr. 17, 2031\nWords.", "2031-04-16T17:07", ""),
        ("Updated Sept. 3, 2031\nPublished 2031-09-02\nWords.", "2031-09-02", "2031-09-03"),
        (f"PORT ELLERY, May 4, 2031 — {'Officers waited. ' * 20}", "2031-05-04", ""),
        (f"{'Officers waited. ' * 9} On May 4, 2031, they left.", "", ""),
        ("31 February 2031", "", ""),
        ("At 19:53 on Monday", "", ""),
    ],
)
def test_the_head_of_a_text_shows_its_dates(text: str, published: str, updated: str) -> None:
    assert shown_dates(text) == (published, updated)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-05-04T09:30:00.123+02:00", "2031-05-04T09:30:00+02:00"),
        ("2031-05-04 09:30", "2031-05-04T09:30"),
        ("2031-05-04T09:30:00Z", "2031-05-04T09:30:00Z"),
        ("2031-05-04", "2031-05-04"),
        ("Sun, 4 May 2031 12:00:00 GMT", "2031-05-04T12:00"),
        ("2031-13-04", ""),
        ("2031-05-04T25:00", ""),
        ("yesterday", ""),
    ],
)
def test_dates_of_machines_become_iso(value: str, expected: str) -> None:
    assert iso_date(value) == expected


def test_a_date_is_told_with_its_place() -> None:
    assert dates_in("From 4 May 2031 to May 6, 2031") == [(5, "2031-05-04"), (19, "2031-05-06")]
