"""Amounts that words claim, as ranges: "about 25 minutes" allows 20 to 30, "at least six" allows six and more.

What each word allows is a convention of this house, stated in :data:`_AROUND` and the lists beside it, and shown to
people as a range. It does not find numbers in a text; the reader does that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.core.accounts import Quantity

_AROUND = 0.2
"""What "about" allows to either side, as a part of the number: of 25 minutes, 5."""

SECONDS: dict[str, float] = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3600,
    "day": 86400,
    "night": 86400,
    "week": 7 * 86400,
    "month": 30.44 * 86400,
    "year": 365.25 * 86400,
}
"""Units of duration, in seconds."""

_METRES: dict[str, float] = {
    "metre": 1,
    "meter": 1,
    "centimetre": 0.01,
    "centimeter": 0.01,
    "cm": 0.01,
    "kilometre": 1000,
    "kilometer": 1000,
    "km": 1000,
    "foot": 0.3048,
    "yard": 0.9144,
    "mile": 1609.344,
    "inch": 0.0254,
}

_BELOW = re.compile(
    r"\b(?:less|fewer) than|\bunder\b|\bbelow\b|\bwithin\b|\bno(?:t)? more than\b|\bat most\b|\bup to\b", re.I
)
_ABOVE = re.compile(
    r"\b(?:more|longer|greater) than|\bover\b|\babove\b|\bat least\b|\bno(?:t)? (?:less|fewer) than\b|\bupwards? of\b",
    re.I,
)
_NOT_ABOVE = re.compile(r"\bno(?:t)? (?:more|longer|greater) than\b|\bat most\b", re.I)
_NOT_BELOW = re.compile(r"\bno(?:t)? (?:less|fewer) than\b", re.I)
_NEARLY = re.compile(r"\bnearly|\balmost|\bjust under|\bnot quite", re.I)
_TO = re.compile(r"\s*(?:to|or|-|–|—)\s*")
_AND = re.compile(r"\s*and\s*")
_BETWEEN = re.compile(r"\b(?:between|both)\s+$", re.I)

_BEFORE = 22
"""How many code points before a number are looked at for what bounds it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A claimed number with what its words allow.

    Attributes:
        value: as said.
        low: the least that the words allow.
        high: the most, or None for no bound.
        unit: base unit: "second" for durations, "metre" for lengths, otherwise the reader's singular noun.
        words: as they stand, unit and bound included.
        start: code point in the text where the number's words begin.
        end: after the last.
        approximate: whether the words say so, or bound it on one side.
    """

    value: float
    low: float
    high: float | None
    unit: str
    words: str
    start: int
    end: int
    approximate: bool

    @property
    def duration(self) -> bool:
        """Whether it is a duration."""
        return self.unit == "second"


def amounts_of(quantities: Sequence[Quantity], text: str) -> tuple[Amount, ...]:
    """Return the amounts of some quantities in order; the two numbers of a range ("two to three minutes") as one.

    Args:
        quantities: with spans in ``text``.
        text: what they stand in.
    """
    found: list[Amount] = []
    rest = sorted(quantities, key=lambda one: one.span.start)
    while rest:
        one = rest.pop(0)
        if rest and _is_range(one, rest[0], text):
            found.append(_range(one, rest.pop(0), text))
        else:
            found.append(_single(one, text))
    return tuple(found)


def apart(a: Amount, b: Amount) -> float:
    """Return by how much two amounts differ beyond what their words allow; 0 where they can be one number."""
    low = max(a.low, b.low)
    high = min(a.high if a.high is not None else float("inf"), b.high if b.high is not None else float("inf"))
    return max(0.0, low - high)


def base(unit: str) -> tuple[str, float]:
    """Return the base unit of a unit, and how many of it one unit is."""
    if unit in SECONDS:
        return "second", SECONDS[unit]
    if unit in _METRES:
        return "metre", _METRES[unit]
    return unit, 1.0


def duration_words(seconds: float, decimals: int = 0) -> str:
    """Return a duration for people: ``21 min 04 s``, ``46.8 s``, ``2 h 05 min``."""
    sign, scale = ("-" if seconds < 0 else ""), 10**decimals
    whole = round(abs(seconds) * scale)
    minutes, part = divmod(whole, 60 * scale)
    width = 2 + (decimals + 1 if decimals else 0)
    tail = f"{part / scale:0{width}.{decimals}f} s"
    if minutes == 0:
        return f"{sign}{part / scale:.{decimals}f} s"
    if minutes < 60:
        return f"{sign}{minutes} min {tail}" if part else f"{sign}{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours} h {minutes:02d} min"


def _is_range(one: Quantity, other: Quantity, text: str) -> bool:
    joined = text[one.span.end : other.span.start]
    between = _BETWEEN.search(text[: one.span.start]) is not None
    return one.unit in ("", other.unit) and bool(_TO.fullmatch(joined) or (between and _AND.fullmatch(joined)))


def _single(one: Quantity, text: str) -> Amount:
    unit, scale = base(one.unit)
    own = text[one.span.start : one.span.end]
    start = max(0, one.span.start - _BEFORE)
    said = re.split(r"[.;:,!?\n]", text[start : one.span.start])[-1] + own
    low, high, bound = _bounds(one, said)
    began = one.span.start - _reach(text[start : one.span.start])
    return Amount(
        one.value * scale,
        low * scale,
        None if high is None else high * scale,
        unit,
        " ".join(text[began : one.span.end].split()),
        one.span.start,
        one.span.end,
        one.approximate or bound,
    )


def _bounds(one: Quantity, said: str) -> tuple[float, float | None, bool]:
    """Return the least and the most that the words before a number and its own allow, and whether they bound it."""
    value, step = one.value, _grain(one.value)
    if _NOT_ABOVE.search(said) or (_BELOW.search(said) and not _NOT_BELOW.search(said)):
        return 0.0, value, True
    if _ABOVE.search(said) or _NOT_BELOW.search(said):
        return value, None, True
    if _NEARLY.search(said):
        return value * (1 - _AROUND), value, True
    if one.approximate:
        return value * (1 - _AROUND), value * (1 + _AROUND), True
    continuous = base(one.unit)[0] in ("second", "metre")
    return (value - step / 2, value + step / 2, False) if continuous else (value, value, False)


def _grain(value: float) -> float:
    """Return the step in which people say such a number: whole ones, or the decimals that it has."""
    return 1.0 if value == int(value) else 0.5 if value * 2 == int(value * 2) else 0.1


def _range(one: Quantity, other: Quantity, text: str) -> Amount:
    unit, scale = base(other.unit)
    low, high = sorted((one.value * scale, other.value * scale))
    words = " ".join(text[one.span.start : other.span.end].split())
    return Amount((low + high) / 2, low, high, unit, words, one.span.start, other.span.end, approximate=True)


_BOUNDING = re.compile(
    r"(?:(?:no(?:t)? )?(?:less|fewer|more|longer|greater) than|under|below|within|at most|up to|over|above|at least"
    r"|upwards? of|nearly|almost|just under|about|around|approximately|roughly|some|circa)\s+(?:an?\s+|the\s+)?$",
    re.I,
)


def _reach(before: str) -> int:
    """Return how many code points before a number belong to its words."""
    match = _BOUNDING.search(before)
    return 0 if match is None else len(match[0])
