"""Calendar arithmetic on dates of any precision, written as TIMEX3 values: "2031", "2031-04", "2031-W16", "2031-Q2".

Knows no words and no clock. Years run from 1 to 9999; what falls outside is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-WE)?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?",
    re.ASCII,
)
SEASONS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
"""The month by which a season is placed in its year (northern hemisphere)."""

_DAY, _MONTH, _YEAR = 1, 28, 365


def first_day(value: str) -> date | None:
    """Return the first day of a date of any precision, or None where the value is no date that exists."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    year = int(found["year"])
    try:
        if found["week"]:
            return date.fromisocalendar(year, int(found["week"]), 1)
        month = int(found["month"] or 1)
        if found["quarter"]:
            month = 3 * int(found["quarter"]) - 2
        elif found["half"]:
            month = 6 * int(found["half"]) - 5
        elif found["season"]:
            month = SEASONS[found["season"]]
        return date(year, month, int(found["day"] or 1))
    except ValueError:
        return None


def precision(value: str) -> str:
    """Return what a date's value names: "Y", "M", "D", "W", "Q", "H", "S" (season), or "" for no date."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return ""
    for name, letter in (("day", "D"), ("month", "M"), ("week", "W"), ("quarter", "Q"), ("half", "H"), ("season", "S")):
        if found[name]:
            return letter
    return "Y"


def written(day: date, unit: str) -> str:
    """Return the value of the day, week, month, quarter, half-year, year, decade or century that holds a day."""
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "K":
        return f"{written(day, 'W')}-WE"
    forms = {
        "D": f"{day:%m-%d}",
        "M": f"{day:%m}",
        "Q": f"Q{(day.month + 2) // 3}",
        "H": f"H{(day.month + 5) // 6}",
    }
    digits = f"{day.year:04}"
    if unit in forms:
        return f"{digits}-{forms[unit]}"
    return {"E": digits[:3], "C": digits[:2]}.get(unit, digits)


def shifted(day: date, unit: str, count: int) -> date | None:
    """Return a day moved by whole units (D, W, M, Q, Y, E decade, C century), or None outside the calendar."""
    try:
        if unit in {"D", "W", "K"}:
            return day + timedelta(days=count * (1 if unit == "D" else 7))
        months = count * {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}[unit]
        at = day.year * 12 + day.month - 1 + months
        year, month = divmod(at, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def exists(year: int, month: int, day: int) -> bool:
    """Whether a day of the Gregorian calendar exists."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def holiday(name: str, year: int) -> date | None:
    """Return the day of a feast in a year, or None for one that has no fixed rule here."""
    if not 1 <= year <= 9999:
        return None
    fixed = {
        "christmas": (12, 25),
        "christmas eve": (12, 24),
        "new year": (1, 1),
        "new year eve": (12, 31),
        "halloween": (10, 31),
        "independence day": (7, 4),
        "valentine day": (2, 14),
        "veterans day": (11, 11),
        "juneteenth": (6, 19),
        "boxing day": (12, 26),
    }
    if name in fixed:
        return date(year, *fixed[name])
    nth = {
        "thanksgiving": (11, 3, 4),
        "labor day": (9, 0, 1),
        "martin luther king day": (1, 0, 3),
        "columbus day": (10, 0, 2),
        "memorial day": (5, 0, -1),
    }
    if name in nth:
        return _nth_weekday(year, *nth[name])
    easter = {"easter": 0, "good friday": -2, "easter monday": 1}
    return shifted(_easter(year), "D", easter[name]) if name in easter else None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Western Easter by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
