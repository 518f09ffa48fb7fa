"""Counts and measures of a text: "about 25 minutes", "three armed officers", "$1.5 million", "5 percent".

Own rules, for English. What counts nothing (a date, a time of day, an age, a house or a section number) is left out; a
number whose unit the words do not name has none ("Forty.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from everyangle.accounts.hedges import hedged
from everyangle.accounts.quantity_units import CURRENCIES, TIME_UNITS, unit_of
from everyangle.accounts.time_forms import Known
from everyangle.accounts.time_grammar import expressions
from everyangle.accounts.time_words import Words, coded
from everyangle.accounts.tokens import tokens, word_set
from everyangle.core.accounts import Quantity, Span, TimeType

_NUMBER = re.compile(r"[14n]")
_RANGE = re.compile(r"h?(?:[Ah]h?)([14n])")
_LABELS = word_set("""
    section article chapter room route highway interstate no number case unit car badge page item apartment
    suite flight line channel exhibit paragraph rule level bus district ward precinct phase grade class gate
    platform tier # § age aged
""")
_BETWEEN = {"of", "the", "these", "those", "its", "his", "her", "their", "our", "more", "other", "additional", "such"}
_MOST_BETWEEN = 3


def mentions(text: str) -> tuple[Quantity, ...]:
    """Return the counts and measures of a text, in order, not overlapping. Takes time linear in the text.

    A range ("two to three minutes") has its middle as value and is approximate. Two units of time in one ("one hour
    and 20 minutes") make one quantity in the smaller.
    """
    words = coded(tokens(text))
    free = 0
    found: list[Quantity] = []
    for first, after, value, unit, ranges in _quantities(words, _taken(words)):
        if first < free:
            continue
        begin, end, approximate = hedged(words, first, after, free)
        span = Span(words.tokens[begin].start, words.ends[end - 1])
        found.append(Quantity(span, value, unit, approximate or ranges))
        free = end
    return tuple(found)


def _taken(words: Words) -> dict[int, int]:
    """Return the places of dates, times and sets, which count nothing: from each to the place after it."""
    spans = [
        (each.first, each.after)
        for each in expressions(words)
        if not (isinstance(each.form, Known) and each.form.type in {TimeType.DURATION, TimeType.SET})
    ]
    return {place: after for first, after in spans for place in range(first, after)}


def _quantities(words: Words, taken: dict[int, int]) -> Iterator[tuple[int, int, float, str, bool]]:
    place = 0
    while place < len(words.codes):
        if place in taken:
            place = taken[place]
            continue
        read = _money(words, place) or _counted(words, place) or _one_unit(words, place)
        if read is None:
            place += 1
            continue
        after, value, unit, ranges = read
        longer = _and_smaller(words, after, value, unit)
        if longer is not None:
            after, value, unit = longer
        yield place, after, value, unit, ranges
        place = after


def _money(words: Words, place: int) -> tuple[int, float, str, bool] | None:
    unit = CURRENCIES.get(words.tokens[place].text)
    number = _number(words, place + 1)
    return None if unit is None or number is None else (place + 2, number, unit, False)


def _number(words: Words, place: int) -> float | None:
    if place >= len(words.codes) or not _NUMBER.match(words.codes[place]):
        return None
    value = words.values[place]
    return value if isinstance(value, float) else None


def _counted(words: Words, place: int) -> tuple[int, float, str, bool] | None:
    value = _number(words, place)
    if value is None or (place and words.tokens[place - 1].lower in _LABELS):
        return None
    if value == 1 and place + 1 < len(words.tokens) and words.tokens[place + 1].lower in {"of", "another", "each"}:
        return None
    after, ranges = place + 1, False
    upper = _RANGE.match(words.codes, after)
    if upper is not None:
        top = _number(words, upper.start(1))
        digits = words.tokens[upper.start(1)].text
        if (
            top is not None
            and value < top < 1000
            and digits[0] != "0"
            and words.tokens[upper.start(1) - 1].lower != "and"
        ):
            value, after, ranges = (value + top) / 2, upper.end(), True
    joined = words.codes[after : after + 1] == "h"
    noun = _noun(words, after + joined, plural=value != 1 and not joined, joined=joined)
    if noun is None:
        return None if not _stands_alone(words, place, after) else (after, value, "", ranges)
    end, unit = noun
    if unit == "year" and end < len(words.tokens) and words.tokens[end].lower in {"-", "old"}:
        return None  # an age
    return end, value, unit, ranges


def _stands_alone(words: Words, place: int, after: int) -> bool:
    """Whether a number counts something that the words there leave out ("Forty.", "it was nine, he said")."""
    token = words.tokens[place]
    if token.lower in {"one", "zero"} or token.opens or token.look == "fraction":
        return False
    digits = token.text.replace(",", "")
    if token.look == "number" and (
        not digits.isdigit() or (len(token.text) > 3 and digits == token.text) or digits[0] == "0"
    ):
        return False
    before = words.tokens[place - 1] if place else None
    if before is not None and (before.text in _NO_COUNT or (before.text == "." and before.end == token.start)):
        return False
    if before is not None and before.text[0].isupper() and words.codes[place - 1] not in "bdiA":
        return False
    if before is not None and before.text == "," and place > 1 and words.tokens[place - 2].text[0].isupper():
        return False  # an age: "Dana Whitlock, 34,"
    if before is not None and before.lower in {"at", "from", "until", "past", "till"}:
        return False  # an hour
    follows = words.tokens[after] if after < len(words.tokens) else None
    if follows is None or words.codes[after] == "|" or follows.opens:
        return True
    if follows.text in {".", ",", ";", "?", "!", ")", "”", "“", '"', "—"}:
        return True
    return token.look == "word" and follows.text.islower() and follows.lower not in _UNITLESS


_NO_COUNT = {"-", "/", "#", ":", "(", "–", "$", "§", "'"}
_UNITLESS = {"hundred", "thousand", "million", "per", "percent", "o'clock", "past", "to"}


def _noun(words: Words, place: int, *, plural: bool, joined: bool) -> tuple[int, str] | None:
    """Return the place after the noun that is counted and its unit; a few words may stand between."""
    for at in range(place, min(place + 1 + (0 if joined else _MOST_BETWEEN), len(words.tokens))):
        token = words.tokens[at]
        if token.look not in {"word", "mark", "abbreviated"} or words.codes[at] == "|":
            return None
        unit = unit_of(token.lower, plural=plural, known_only=at == place and token.text[0].isupper())
        if unit is not None:
            return _per(words, at + 1, unit)
        if token.look != "word" or token.text[0].isupper():
            return None
        if not plural and token.lower not in _BETWEEN:
            return None
        if words.codes[at] not in "_bdOjG" or (token.lower in _STOPS and token.lower not in _BETWEEN):
            return None
    return None


_STOPS = word_set("""
    is was were are had has have said who that which when where but if not he she they it we i you as with into
    out then there because while a left came went arrived entered did do does will would could can may outside
    inside near down off away against under his her their so than what how
""")


def _per(words: Words, after: int, unit: str) -> tuple[int, str]:
    """Return a rate's unit ("mile per hour") where "per" and a unit of time follow."""
    if after + 1 < len(words.tokens) and words.tokens[after].lower in {"per", "an", "a"}:
        time = TIME_UNITS.get(words.tokens[after + 1].lower)
        if time is not None and (words.tokens[after].lower == "per" or unit in {"mile", "kilometre"}):
            return after + 2, f"{unit} per {time}"
    return after, unit


def _one_unit(words: Words, place: int) -> tuple[int, float, str, bool] | None:
    """Read "an hour", "half an hour", "an hour and a half", "a half-hour", "a dozen"."""
    for pattern, value in _ARTICLES:
        match = pattern.match(words.codes, place)
        if match is None:
            continue
        unit = TIME_UNITS.get(words.tokens[match.start(1)].lower)
        if unit is None or (place and words.tokens[place - 1].lower in {"times", "once", "twice"}):
            return None
        if value == 1 and (_number(words, place - 1) is not None or words.codes[match.end() : match.end() + 1] == "E"):
            return None
        follows = words.tokens[match.end()] if match.end() < len(words.tokens) else None
        if unit == "second" and value == 1 and follows is not None and follows.text.isalpha():
            return None
        return match.end(), value, unit, False
    return None


_ARTICLES = (
    (re.compile(r"a([us])AaG"), 1.5),
    (re.compile(r"Gh?a?([us])"), 0.5),
    (re.compile(r"aGh?([us])"), 0.5),
    (re.compile(r"ab?([us])(?![gr])"), 1.0),
)
_ORDER = ("year", "month", "week", "day", "hour", "minute", "second")
_PER_LARGER = {"minute": 60, "second": 60, "hour": 24, "day": 7, "month": 12}


def _and_smaller(words: Words, after: int, value: float, unit: str) -> tuple[int, float, str] | None:
    """Return a quantity of two units of time in the smaller one, where a smaller one follows at once."""
    if unit not in _ORDER[:-1]:
        return None
    at = after
    while at < len(words.codes) and at < after + 2 and words.codes[at] in "cA":
        at += 1
    number = _number(words, at)
    if number is None or at + 1 >= len(words.tokens) or words.codes[at - 1 : at] not in "AcusE":
        return None
    smaller = TIME_UNITS.get(words.tokens[at + 1].lower)
    if smaller not in _PER_LARGER or _ORDER.index(smaller) != _ORDER.index(unit) + 1 or smaller == "week":
        return None
    return at + 2, value * _PER_LARGER[smaller] + number, smaller
