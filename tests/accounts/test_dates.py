from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.dates import first_day, holiday, precision, shifted, written

UNITS = st.sampled_from("DWMQHYEC")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031", date(2031, 1, 1)),
        ("2031-04", date(2031, 4, 1)),
        ("2031-04-15", date(2031, 4, 15)),
        ("2031-04-15T19:53", date(2031, 4, 15)),
        ("2031-W16", date(2031, 4, 14)),
        ("2031-Q2", date(2031, 4, 1)),
        ("2031-H2", date(2031, 7, 1)),
        ("2031-02-30", None),
        ("XXXX-04", None),
        ("PRESENT_REF", None),
    ],
)
def test_the_first_day_of_a_value(value: str, day: date | None) -> None:
    assert first_day(value) == day


@given(st.dates(), st.sampled_from("DMQHY"))
def test_a_written_date_holds_its_day(day: date, unit: str) -> None:
    value = written(day, unit)
    assert precision(value) == unit
    first = first_day(value)
    assert first is not None
    assert first <= day
    assert written(first, unit) == value


@given(st.dates(), UNITS, st.integers(-20_000, 20_000))
def test_moving_there_and_back_stays_within_a_units_reach(day: date, unit: str, count: int) -> None:
    there = shifted(day, unit, count)
    back = None if there is None else shifted(there, unit, -count)
    assert back is None or abs(back - day) < timedelta(days=4)


@pytest.mark.parametrize(
    ("year", "easter"), [(2000, (4, 23)), (2011, (4, 24)), (2024, (3, 31)), (2038, (4, 25)), (2285, (3, 22))]
)
def test_easter(year: int, easter: tuple[int, int]) -> None:
    assert holiday("easter", year) == date(year, *easter)


def test_feasts_on_a_weekday() -> None:
    assert holiday("thanksgiving", 2031) == date(2031, 11, 27)
    assert holiday("memorial day", 2031) == date(2031, 5, 26)
    assert holiday("a name day", 2031) is None
