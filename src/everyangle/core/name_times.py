"""Times in the names of files, as cameras, phones and screen recorders write them. Untrusted, and of unknown zone.

Knows no clock: a name says what its maker's clock said, or what somebody typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_DAY = r"(?P<year>(?:19|20)\d\d)(?P<d>[-_.]?)(?P<month>\d\d)(?P=d)(?P<day>\d\d)"
_BETWEEN = r"(?:[ _T.-]| at |-at-|_at_)?"
_CLOCK = r"(?P<hour>\d\d)(?P<t>[-_.:h ]?)(?P<minute>\d\d)(?:(?P=t)|m)(?P<second>\d\d)"
_FRACTION = r"(?:[._-]?(?P<ms>\d{3}))?(?!\d)(?P<utc>Z)?"
_TIME = re.compile(rf"(?<!\d){_DAY}{_BETWEEN}{_CLOCK}{_FRACTION}", re.ASCII)
_UTC_PREFIXES = ("PXL_",)
_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a name says.

    Attributes:
        at_s: seconds since 1970-01-01T00:00, as if the name were in UTC.
        utc: whether the name is one of those that are in UTC; otherwise its zone is unknown.
    """

    at_s: float
    utc: bool


def time_in_name(name: str) -> NamedTime | None:
    """Return the day and time of day in a file's name, or None where it has none that exists.

    ``IMG_20310417_181500.mp4``, ``PXL_20310417_181500123.mp4`` (UTC), ``2031-04-17 18.15.00.mov``,
    ``Screen Recording 2031-04-17 at 18.15.00.mov``, ``20310417181500.mkv``, ``2031-04-17T18-15-00Z.webm`` (UTC). A name
    with a day alone, as messengers give (``VID-20310417-WA0003.mp4``), says no time.
    """
    found = _TIME.search(name)
    if found is None:
        return None
    numbers = [int(found[part]) for part in ("year", "month", "day", "hour", "minute", "second")]
    if not _FIRST_YEAR <= numbers[0] <= _LAST_YEAR:
        return None
    try:
        moment = datetime(*numbers, tzinfo=UTC)  # type: ignore[misc,arg-type]  # six integers, then the zone
    except ValueError:
        return None
    utc = found["utc"] is not None or name.startswith(_UTC_PREFIXES)
    return NamedTime(moment.timestamp() + int(found["ms"] or 0) / 1000, utc)
