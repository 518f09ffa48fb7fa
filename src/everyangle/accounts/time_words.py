"""The words that make time expressions, each with a one-letter code for its kind and with what it stands for.

A text becomes a string of codes, one a token, on which the grammar's patterns run:

====  =======================================================  ====  ===========================================
code  kind                                                     code  kind
====  =======================================================  ====  ===========================================
1     number of one or two digits, 1 to 31                     4     number of four digits, 1000 to 2199
n     any other number                                         2     ordinal, 1st to 31st, in digits or words
M     month                                                    z     month, cut short without a dot
W     weekday                                                  V     weekday, cut short
w     weekdays ("Mondays")                                     D     yesterday, today, tomorrow, tonight
u     unit ("day", "hours")                                    s     "second": a unit or an ordinal
P     part of the day ("morning")                              N     noon, midnight
S     season                                                   K     weekend
C     clock time in digits ("19:53")                           p     a.m., p.m.
k     o'clock                                                  I     date in ISO 8601
X     date with slashes                                        Z     decade ("1990s")
d     the                                                      a     a, an
l     last, past                                               t     this
j     that, those, same                                        x     next, coming
e     each, every                                              f     a few, several
F     fiscal                                                   m     early, late, middle, beginning, end
g     ago                                                      r     earlier, later, before, after
b     about, nearly, at least                                  i     in, at, on and other prepositions
h     hyphen or dash                                           c     comma
'     's                                                       A     and, or, to, through
O     of                                                       R     now, recently and others alone
L     current, recent, future: adjectives                      H     feast
G     half, a half                                             y     daily, weekly, hourly
E     old                                                      T     time, period
====  =======================================================  ====  ===========================================

Other tokens are ``_``; a blank line is ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from everyangle.accounts.numbers import ORDINALS, number_at, ordinal_at
from everyangle.accounts.tokens import Token, word_list

MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTHS_SHORT = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {
    name: number for number, name in enumerate(word_list("monday tuesday wednesday thursday friday saturday sunday"), 1)
}
_WEEKDAYS_SHORT = {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 2, "thurs": 4}
UNITS = {
    "second": "s",
    "sec": "s",
    "minute": "m",
    "min": "m",
    "hour": "h",
    "hr": "h",
    "day": "D",
    "week": "W",
    "fortnight": "F",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "yr": "Y",
    "decade": "E",
    "century": "C",
    "centurie": "C",
    "night": "N",
}
"""Units of time: seconds, minutes and hours in small letters, calendar units in capitals (F fortnight, N night)."""

PARTS = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "dawn": "MO",
    "daytime": "DT",
    "dusk": "EV",
}
_SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_DECADES = word_list("twenties thirties forties fifties sixties seventies eighties nineties")
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_REFERENCES = {
    "now": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "recently": "PAST_REF",
    "lately": "PAST_REF",
    "soon": "FUTURE_REF",
}
_ADJECTIVES = {"current": "PRESENT_REF", "recent": "PAST_REF", "future": "FUTURE_REF", "past": "PAST_REF"}
_OFTEN = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "annually": "P1Y",
    "yearly": "P1Y",
}
_STAGES = {
    "early": "START",
    "beginning": "START",
    "start": "START",
    "mid": "MID",
    "middle": "MID",
    "late": "END",
    "end": "END",
}
_FEASTS = {
    "christmas",
    "easter",
    "halloween",
    "thanksgiving",
    "juneteenth",
}
_SIMPLE = {
    "the": "d",
    "a": "a",
    "an": "a",
    "last": "l",
    "past": "l",
    "previous": "l",
    "preceding": "l",
    "prior": "l",
    "latest": "l",
    "this": "t",
    "these": "t",
    "that": "j",
    "those": "j",
    "same": "j",
    "next": "x",
    "coming": "x",
    "following": "x",
    "upcoming": "x",
    "each": "e",
    "every": "e",
    "per": "e",
    "few": "f",
    "several": "f",
    "many": "f",
    "some": "f",
    "couple": "f",
    "fiscal": "F",
    "ago": "g",
    "earlier": "r",
    "later": "r",
    "before": "r",
    "after": "r",
    "afterward": "r",
    "afterwards": "r",
    "prior to": "r",
    "about": "b",
    "around": "b",
    "approximately": "b",
    "approx": "b",
    "roughly": "b",
    "nearly": "b",
    "almost": "b",
    "over": "b",
    "under": "b",
    "barely": "b",
    "circa": "b",
    "exactly": "b",
    "least": "b",
    "most": "b",
    "than": "b",
    "more": "b",
    "less": "b",
    "fewer": "b",
    "another": "b",
    "full": "b",
    "entire": "b",
    "whole": "b",
    "up": "b",
    "just": "b",
    "shortly": "b",
    "in": "i",
    "at": "i",
    "on": "i",
    "for": "i",
    "by": "i",
    "from": "i",
    "until": "i",
    "till": "i",
    "since": "i",
    "during": "i",
    "within": "i",
    "between": "i",
    "of": "O",
    "-": "h",
    "–": "h",
    "—": "h",
    ",": "c",
    "'s": "'",
    "and": "A",
    "or": "A",
    "to": "A",
    "through": "A",
    "time": "T",
    "period": "T",
    "weekend": "K",
    "weekends": "K",
    "noon": "N",
    "midday": "N",
    "midnight": "N",
    "half": "G",
    "old": "E",
    "o'clock": "k",
    "hours": "u",
}
_LOGGED = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_LOG_LINES = 3
_PIVOT = 40
"""Years in two digits below this one are of this century."""
_HAS_CASE = {"may", "march", "mar", "sun", "sat", "mon", "wed"}
"""Names of months and days that are common words when written small."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text's tokens with numbers taken together.

    Attributes:
        tokens: one or more of the text's for each place; of a number the first.
        ends: end of each place's words in the text.
        codes: one letter a place.
        lines: number of each place's line.
        values: what each place stands for: a number, a month's number, a unit's letter …; "" where nothing.
    """

    tokens: tuple[Token, ...]
    ends: tuple[int, ...]
    codes: str
    values: tuple[float | str, ...]
    lines: tuple[int, ...] = ()
    log: bool = False
    """Whether several lines begin with four digits that are a time of day, as in a log."""
    four_digits: bool = False
    """Whether the text writes times of day in four digits: a log, or one with "1953 hours"."""


_FEAST_NAMES = {
    ("new", "year", "'s", "eve"): "new year eve",
    ("new", "year", "'s", "day"): "new year",
    ("christmas", "eve"): "christmas eve",
    ("christmas", "day"): "christmas",
    ("labor", "day"): "labor day",
    ("memorial", "day"): "memorial day",
    ("independence", "day"): "independence day",
    ("columbus", "day"): "columbus day",
    ("veterans", "day"): "veterans day",
    ("valentine", "'s", "day"): "valentine day",
    ("martin", "luther", "king", "day"): "martin luther king day",
    ("good", "friday"): "good friday",
    ("easter", "sunday"): "easter",
    ("easter", "monday"): "easter monday",
    ("boxing", "day"): "boxing day",
}
_FEAST_BEGINS = {names[0] for names in _FEAST_NAMES}


def _feast_at(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the name of a feast of several words that begins at a token, and the token after it; or ""."""
    if found[at].lower not in _FEAST_BEGINS or not found[at].text[0].isupper():
        return "", at
    for names, feast in _FEAST_NAMES.items():
        if tuple(token.lower for token in found[at : at + len(names)]) == names:
            return feast, at + len(names)
    return "", at


def coded(found: Sequence[Token]) -> Words:
    """Return the words of a text with their codes and values."""
    places: list[Token] = []
    ends: list[int] = []
    codes: list[str] = []
    values: list[float | str] = []
    at = 0
    while at < len(found):
        token = found[at]
        code, after = "_", at + 1
        value: float | str = ""
        feast, after_feast = _feast_at(found, at)
        simple = _LEXICON.get(token.lower)
        if simple is not None and (token.lower not in _HAS_CASE or token.text[0].isupper()):
            code, value = simple
            if code == "z" and token.look == "abbreviated":
                code = "M"
        if feast:
            code, value, after = "H", feast, after_feast
        elif code in "_aG" and (token.look != "mark"):
            ordinal = ordinal_at(found, at)
            number = None if ordinal is not None else number_at(found, at)
            if ordinal is not None:
                after, code, value = ordinal.after, "2" if ordinal.value <= 31 else "_", ordinal.value
            elif number is not None:
                after = number.after
                code, value = _number_code(token, number.value, digits=after == at + 1), number.value
                if number.year or (number.value == 2000 and at and found[at - 1].lower == "year"):
                    code = "4"
            elif code == "_":
                code, value = _by_look(token)
        places.append(token)
        ends.append(found[after - 1].end)
        codes.append(code)
        values.append(value)
        at = after
    logged = sum(token.opens and _LOGGED.fullmatch(token.text) is not None for token in places)
    lines = tuple(accumulate(int(token.opens) for token in places))
    log = logged >= _LOG_LINES
    hours = any(
        len(token.text) == 4 and _LOGGED.fullmatch(token.text) and after.lower in {"hours", "hrs"}
        for token, after in pairwise(places)
    )
    return Words(tuple(places), tuple(ends), "".join(codes), tuple(values), lines, log, log or hours)


def _number_code(token: Token, value: float, *, digits: bool) -> str:
    if token.look == "number" and digits and token.text.isdigit():
        if len(token.text) == 4 and 1000 <= value < 2200:
            return "4"
        if len(token.text) <= 2 and 1 <= value <= 31:
            return "1"
    return "n"


def _by_look(token: Token) -> tuple[str, float | str]:
    look = token.look
    if look == "ordinal":
        number = int(token.text[:-2])
        return ("2", float(number)) if 1 <= number <= 31 else ("_", "")
    if look == "break":
        return "|", ""
    if look == "short":
        year = int(token.text[1:])
        return "4", float(year + (2000 if year < _PIVOT else 1900))
    code = {"iso": "I", "slash": "X", "clock": "C", "decade": "Z", "half": "p"}.get(look, "_")
    return code, token.lower


def _lexicon() -> dict[str, tuple[str, float | str]]:
    words: dict[str, tuple[str, float | str]] = {word: (code, word) for word, code in _SIMPLE.items()}
    words |= {word: ("2", float(value)) for word, value in ORDINALS.items()}
    words |= {word: ("z", float(value)) for word, value in _MONTHS_SHORT.items()}
    words |= {word: ("M", float(value)) for word, value in MONTHS.items()}
    words |= {word: ("V", float(value)) for word, value in _WEEKDAYS_SHORT.items()}
    words |= {word: ("W", float(value)) for word, value in WEEKDAYS.items()}
    words |= {f"{word}s": ("w", float(value)) for word, value in WEEKDAYS.items()}
    words |= {word: ("u", letter) for word, letter in UNITS.items()}
    words |= {f"{word}s": ("u", letter) for word, letter in UNITS.items()}
    words |= {"centuries": ("u", "C"), "hrs": ("u", "h"), "mins": ("u", "m"), "secs": ("u", "s"), "second": ("s", "s")}
    words |= {word: ("P", letters) for word, letters in PARTS.items()}
    words |= {word: ("Z", f"19{digit}0s") for digit, word in enumerate(_DECADES, 2)}
    words |= {"nights": ("u", "N"), "mornings": ("_", ""), "overnight": ("P", "NI")}
    words |= {word: ("S", letters) for word, letters in _SEASONS.items()}
    words |= {word: ("D", float(days)) for word, days in _DAYS.items()}
    words |= {word: ("R", value) for word, value in _REFERENCES.items()}
    words |= {word: ("L", value) for word, value in _ADJECTIVES.items() if word != "past"}
    words |= {word: ("y", value) for word, value in _OFTEN.items()}
    words |= {word: ("m", value) for word, value in _STAGES.items()}
    words |= {word: ("H", word) for word in _FEASTS}
    return words


_LEXICON = _lexicon()
