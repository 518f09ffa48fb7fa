"""The date that a document shows of itself: in a byline, a dateline, a heading. Reads no times in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
_MONTH += r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_CLOCK = r"(?:(?:,|\s+at|\s*[-–|·])?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*(?P<half>[ap]\.?m\b\.?)?)?"
_FORMS = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b{_CLOCK}", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b{_CLOCK}", re.I),
    re.compile(
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?P<half>))?"
    ),
)
_UPDATED = re.compile(r"\b(?:updated|modified|last\s+update|amended)\b[\s:]*$", re.I)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)

HEAD_LINES = 12
"""How many first lines are looked at for a date that the document shows of itself."""

LONGEST_LINE = 160
"""Longer lines are sentences, whose dates may be any; only the dateline at their beginning counts."""

DATELINE = 60
"""Code points of a dateline: "WEXBOURNE, 18 April 2031 — "."""


def shown_dates(text: str) -> tuple[str, str]:
    """Return the dates that a text's head shows, published and updated, as ISO 8601 or "".

    Args:
        text: the canonical text, paragraphs as lines.
    """
    published = updated = ""
    for line in _head(text):
        for start, value in dates_in(line):
            if _UPDATED.search(line[:start]):
                updated = updated or value
            else:
                published = published or value
        if published:
            break
    return published, updated


def dates_in(line: str) -> list[tuple[int, str]]:
    """Return the whole dates in a line, with the place of each, in order; ISO 8601, with the time where it follows."""
    found: dict[int, str] = {}
    for form in _FORMS:
        for match in form.finditer(line):
            value = _iso(match)
            if value:
                found.setdefault(match.start(), value)
    return sorted(found.items())


def iso_date(value: str) -> str:
    """Return a date as a machine wrote it (JSON-LD, meta tags) in ISO 8601, or "" where it is none.

    Fractions of seconds are dropped; a zone is kept as stated.
    """
    text = value.strip()
    match = _ISO.match(text)
    if match is None:
        shown = dates_in(text)
        return shown[0][1] if shown else ""
    try:
        date.fromisoformat(match["day"])
        if match["clock"]:
            datetime.fromisoformat(f"{match['day']}T{match['clock']}")
    except ValueError:
        return ""
    return match["day"] + (f"T{match['clock']}{match['zone'] or ''}" if match["clock"] else "")


def _head(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text[:8000].splitlines())
    for number, line in enumerate(line for line in lines if line):
        if number >= HEAD_LINES:
            return
        yield line if len(line) <= LONGEST_LINE else line[:DATELINE]


def _iso(match: re.Match[str]) -> str:
    said = match["month"].lower().rstrip(".")
    month = int(said) if said.isdecimal() else next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(said[:3]))
    try:
        day = date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return ""
    if match["hour"] is None:
        return day
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{day}T{hour:02}:{match['minute']}" if hour < 24 and int(match["minute"]) < 60 else day
