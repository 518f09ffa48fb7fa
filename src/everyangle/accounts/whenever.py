"""Times that statements give, compared as loosely as they are said. TIMEX3 values in, minutes out."""

from __future__ import annotations

import re
from datetime import date

from everyangle.core.accounts import TimeMention

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CLOCK = re.compile(r"T(\d\d):(\d\d)")

_EXACT_MIN = 1.5
"""What a time to the minute allows to either side, in minutes."""

_ROUND_MIN = 3.0
"""What a time on the five minutes allows."""

_ABOUT_MIN = 15.0
"""What "about" allows."""

_DAY_MIN = 1440


def minutes_apart(a: TimeMention, b: TimeMention) -> float | None:
    """Return by how many minutes two times differ beyond what their words allow; None where they cannot be compared."""
    day_a, day_b = _day(a.value), _day(b.value)
    clock_a, clock_b = _clock(a.value), _clock(b.value)
    if clock_a is not None and clock_b is not None:
        days = 0 if day_a is None or day_b is None else (day_a - day_b) * _DAY_MIN
        gap = abs(days + clock_a - clock_b)
        if day_a is None or day_b is None:
            gap = min(gap, _DAY_MIN - gap)
        return max(0.0, gap - _allowed(a, clock_a) - _allowed(b, clock_b))
    if day_a is not None and day_b is not None and clock_a is None and clock_b is None:
        return float(abs(day_a - day_b) * _DAY_MIN)
    return None


def _day(value: str) -> int | None:
    match = _DATE.match(value)
    try:
        return None if match is None else date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None


def _clock(value: str) -> int | None:
    match = _CLOCK.search(value)
    return None if match is None else int(match[1]) * 60 + int(match[2])


def _allowed(one: TimeMention, clock: int) -> float:
    return _ABOUT_MIN if one.approximate else _ROUND_MIN if clock % 5 == 0 else _EXACT_MIN
