"""Dates: "Monday, April 15, 2031", "early November", "the late 1990s", "the third quarter", "last fall", "in 2011"."""

from __future__ import annotations

import re

from everyangle.accounts.dates import exists
from everyangle.accounts.time_forms import (
    Base,
    ClockTime,
    DayOfMonth,
    Either,
    Feast,
    Form,
    InWeek,
    Known,
    MonthDay,
    Offset,
    PartOfYear,
    Side,
    Weekday,
    WeekOf,
)
from everyangle.accounts.time_rules import Match, rules, side
from everyangle.core.accounts import TimeType

_MONTH_DAY = r"(?:(?P<w>[WV])c?)? (?P<side>[lx])? (?P<m>[Mz]) d? (?P<d>[12])"
_DAY_MONTH = r"(?:(?P<w>[WV])c?i?)? d? (?P<d>[12]) O? (?P<m>[Mz])"
_STAGE = r"(?:d? (?P<stage>m) h? (?:O d?)?)?"
_QUARTER = "u"
_FIRST_YEAR, _LAST_YEAR = 1700, 2150


def _date(value: str) -> Known:
    return Known(value, TimeType.DATE)


def _day(match: Match) -> Form | None:
    month, day = int(match.number("m")), int(match.number("d"))
    if match.has("y"):
        year = int(match.number("y"))
        return _date(f"{year:04}-{month:02}-{day:02}") if exists(year, month, day) else None
    if not exists(2000, month, day) or _counts_something(match):
        return None
    return MonthDay(month, day, side(match, "side"), int(match.number("w")) if match.has("w") else 0)


def _counts_something(match: Match) -> bool:
    """Whether a day's number belongs to what follows ("in March 12 officers"): it is a word that names a lot."""
    return match.code("m") == "z" and match.words.codes[match.place("d")] != "1"


def _second_day(match: Match) -> Form | None:
    """Read the "25" of "April 24 and 25": the rule's match is that number alone."""
    place = match.found.start()
    month = match.words.values[place - 3]
    day = match.words.values[place]
    follows = match.words.codes[match.found.end() : match.found.end() + 1]
    if follows in {"u", "s", "M", "p", "n"} or not isinstance(month, float) or not isinstance(day, float):
        return None
    if not exists(2000, int(month), int(day)) or match.word().isalpha():
        return None
    return MonthDay(int(month), int(day))


def _month(match: Match) -> Form | None:
    month = int(match.number("m"))
    if match.has("y"):
        return _date(f"{int(match.number('y')):04}-{month:02}")
    if match.has("of"):
        count = {"l": -1, "t": 0, "x": 1}[match.code("of")]
        return PartOfYear(f"{month:02}", Side.SAME, Offset("Y", count))
    if match.code("m") == "z" or not (match.has("side") or match.has("stage") or _is_month(match)):
        return None
    return PartOfYear(f"{month:02}", side(match, "side"))


def _is_month(match: Match) -> bool:
    """Whether a month's name alone is one, not a given name or "May" that begins a question."""
    word = match.at(match.place("m"))
    before = match.words.codes[match.found.start() - 1] if match.found.start() else "|"
    if before in "iOhA" or match.before() in {"as"}:
        return word != "may" or not match.capital(match.found.end())
    return word not in {"may", "april", "june", "august", "march"} or (
        word != "may" and not match.capital(match.found.end()) and match.before() not in {".", "", "ms", "mr"}
    )


def _year(match: Match) -> Form | None:
    year = int(match.number("y"))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if match.has("F") or match.has("stage"):
        return _date(f"{year:04}")
    before = match.words.codes[match.found.start() - 1] if match.found.start() else "|"
    marks = match.before() in {"$", "#", "£", "€", "no", "c", "room", "section", "mile", "%"}
    follows = match.word()
    counted = follows in {"%", "percent", "people", "feet", "miles", "meters", "metres", "block", "per"}
    if marks or counted or (match.capital(match.found.end()) and (before not in "iOdm'" or match.before() == "at")):
        return None
    if before in "iOAdmthc'F(" or match.before() in {"(", "due", "year", "its", "/"}:
        return _date(f"{year:04}")
    plural = follows.endswith("s") and follows.isalpha() and follows not in {"as", "was", "'s", "is", "has"}
    return None if plural else _date(f"{year:04}")


def _year_relative(match: Match) -> Form | None:
    if match.has("side"):
        return Offset("Y", {"l": -1, "t": 0, "x": 1, "j": 0}[match.code("side")])
    return Offset("Y", 0)


def _decade(match: Match) -> Form | None:
    digits = match.name("y")
    named = match.at(match.place("y")).isalpha()
    if named and not (match.has("stage") or match.at(match.place("y") - 1) == "the" or match.before() == "in"):
        return None
    if named and match.at(match.place("y") - 2) in {"his", "her", "their", "my"}:
        return None
    if digits[0] == "'":
        return _date(f"19{digits[1]}")
    return _date(digits[:3])


def _decade_by_year(match: Match) -> Form | None:
    """Read "the 1990's"."""
    year = int(match.number("y"))
    if year % 10 or not (match.has("d") or match.has("stage")) or match.at(match.place("y")) != str(year):
        return None
    follows = match.words.codes[match.found.end() : match.found.end() + 1]
    return None if follows in {"2", "s", "F"} else _date(str(year)[:3])


def _century(match: Match) -> Form | None:
    if match.name("u") != "C":
        return None
    return _date(f"{int(match.number('n')) - 1:02}")


def _quarter(match: Match) -> Form | None:
    number = int(match.number("n"))
    if match.name("u") != "Q" or not 1 <= number <= 4:
        return None
    return _of_year(match, f"Q{number}")


def _months_quarter(match: Match) -> Form | None:
    """Read "the September quarter": the one that ends with the month."""
    month = int(match.number("m"))
    return None if match.name("u") != "Q" or month % 3 else PartOfYear(f"Q{month // 3}")


def _half(match: Match) -> Form | None:
    number = int(match.number("n"))
    if match.has("y") and match.found.start("y") < match.found.start("n"):
        return _of_year(match, f"H{number}") if number in {1, 2} else None
    told = match.has("y") or match.has("of") or match.has("joined") or match.before() in _IN
    if number not in {1, 2} or not told or (match.word() == "of" and not match.has("y")):
        return None
    return _of_year(match, f"H{number}")


def _season(match: Match) -> Form | None:
    if not (match.has("y") or match.has("side") or match.has("stage") or match.has("d") or match.has("in")):
        return None
    if match.has("d") and not match.has("stage") and match.word() == "of":
        return None
    if match.has("d") and not (match.has("y") or match.has("side") or match.before() in _IN):
        return None
    if match.at(match.place("s")) in {"fall", "spring"} and not (match.has("y") or match.has("side") or match.has("d")):
        return None
    return _of_year(match, match.name("s"))


_IN = {"in", "during", "since", "until", "by", "through", "of", "into", "for", "from"}


def _of_year(match: Match, name: str) -> Form:
    if match.has("y"):
        return _date(f"{int(match.number('y')):04}-{name}")
    if match.has("of"):
        count = {"l": -1, "t": 0, "x": 1}[match.code("of")]
        return PartOfYear(name, Side.SAME, Offset("Y", count))
    return PartOfYear(name, side(match, "side"))


def _weekday(match: Match) -> Form | None:
    if match.words.codes[match.place("w")] == "V" and match.at(match.place("w")) in {"sun", "sat", "mon", "wed"}:
        return None
    follows = match.found.end()
    named = match.capital(follows) and match.words.codes[follows : follows + 1] == "_" and match.word().isalpha()
    label = match.words.tokens[match.place("w")].text.isupper() and match.word() == ":"
    if label or (named and not match.has("side") and match.word() not in {"i", "mr", "mrs", "ms", "dr"}):
        return None
    relative = match.has("side") and match.at(match.place("side")) in {"previous", "preceding", "following", "prior"}
    return Weekday(int(match.number("w")), side(match, "side"), Base.MENTIONED if relative else Base.PUBLISHED)


def _day_of_month(match: Match) -> Form | None:
    """Read "Friday the 13th", "on the 16th"."""
    day = int(match.number("d"))
    if match.has("w"):
        return DayOfMonth(day, int(match.number("w")))
    counts = match.word().isalpha() and match.word() not in _AFTER_DAY
    return None if counts or match.before() != "on" or match.word() == "-" else DayOfMonth(day)


def _in_week(match: Match) -> Form | None:
    """Read "Tuesday last week", "Thursday of next week"."""
    if match.name("u") != "W" or match.at(match.place("u")) != "week":
        return None
    return InWeek(int(match.number("w")), {"l": -1, "t": 0, "x": 1}[match.code("of")])


def _relative_day(match: Match) -> Form | None:
    if match.at(match.place("w")) == "tonight":
        return ClockTime("TNI", Offset("D", 0))
    return Offset("D", int(match.number("w")))


def _iso(match: Match) -> Form | None:
    text = match.name("w").upper().replace(" ", "T")
    if len(text) == len("1988-89") and int(text[5:]) == int(text[2:4]) + 1:
        return _date(text[:4])
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10] or "1")
    if not exists(year, month, day):
        return None
    return Known(text, TimeType.TIME if "T" in text else TimeType.DATE)


def _slashes(match: Match) -> Form | None:
    """Read 4/15/2031 and 15/4/2031, 15.4.2031; what may be both is of the nearer date."""
    dotted = "." in match.name("w")
    first, second, year = (int(part) for part in re.split(r"[/.]", match.name("w")))
    year += 0 if year >= 100 else 2000 if year < 70 else 1900
    american = f"{year:04}-{first:02}-{second:02}" if exists(year, first, second) and not dotted else ""
    european = f"{year:04}-{second:02}-{first:02}" if exists(year, second, first) else ""
    if american and european and american != european:
        return Either(american, european)
    return _date(american or european) if american or european else None


def _feast(match: Match) -> Form | None:
    name = match.name("w")
    eve = match.word() == "eve"
    return Feast(f"{name} eve" if eve else name, side(match, "side"))


def _week_of(match: Match) -> Form | None:
    if match.name("u") != "W":
        return None
    day = _day(match)
    return None if day is None else WeekOf(day)


def _weekend_of(match: Match) -> Form | None:
    day = _day(match)
    return None if day is None else WeekOf(day, weekend=True)


def _year_end(match: Match) -> Form | None:
    if match.name("u") != "Y" or match.at(match.place("stage")) != "end":
        return None
    return PartOfYear("12-31", Side.SAME, Offset("Y", -1) if match.before() in {"since", "from"} else None)


def _mid_year(match: Match) -> Form | None:
    """Read "mid-year", "by mid-week"."""
    return Offset(match.name("u"), 0) if match.at(match.place("stage")) == "mid" and match.name("u") in "YW" else None


def _stage_of(match: Match) -> Form | None:
    """Read "early this week", "the end of the year", "late last month", "earlier this year"."""
    unit = match.name("u")
    if unit not in {"D", "W", "M", "Q", "Y", "E", "C"}:
        return None
    return Offset(unit, {"l": -1, "t": 0, "x": 1, "d": 0}[match.code("side")], Base.PUBLISHED)


def _period_years_ago(match: Match) -> Form | None:
    """Read "the year-ago quarter", "the year-earlier period", "year-ago", "the year-ago third quarter"."""
    if match.name("u") != "Y" or match.at(match.place("g")) not in {"ago", "earlier"}:
        return None
    if match.has("n") and match.name("q") == "Q" and match.number("n") <= 4:
        return PartOfYear(f"Q{match.number('n'):.0f}", Side.SAME, Offset("Y", -1))
    return Offset("Y", -1, Base.MENTIONED, keeps=True)


def _years_period(match: Match) -> Form | None:
    """Read "the 1988 quarter", "the 1988 period": the period that the text spoke of last, in that year."""
    if match.at(match.place("u")) not in {"quarter", "period"}:
        return None
    return PartOfYear("", Side.SAME, Offset(f"={int(match.number('y')):04}", 0))


def _same_period(match: Match) -> Form | None:
    """Read "the corresponding period last year", "the same quarter of a year ago"."""
    word = match.at(match.place("u"))
    if match.at(match.place("same")) not in _SAME or word not in {"quarter", "period", "month", "time"}:
        return None
    if match.name("y") != "Y" or match.at(match.place("y")) != "year":
        return None
    return PartOfYear("", Side.SAME, Offset("Y" if word in {"month", "time"} else "Q", -1))


def _years_quarter(match: Match) -> Form | None:
    """Read "last year's quarter", "this year's period"."""
    if match.at(match.place("u")) not in {"quarter", "period"} or match.name("y") != "Y":
        return None
    return PartOfYear("", Side.SAME, Offset("Q", {"l": -1, "t": 0}[match.code("of")]))


def _year_ago_months(match: Match) -> Form | None:
    """Read "the year-earlier nine months": a length of time."""
    if match.name("y") != "Y" or match.name("u") not in {"M", "W"}:
        return None
    return Known(f"P{match.number('n'):.10g}{match.name('u')}", TimeType.DURATION)


def _latest_quarter(match: Match) -> Form | None:
    """Read "the quarter", "the latest quarter", "this quarter"."""
    word = match.at(match.place("u"))
    if match.name("u") != "Q" and not (word == "period" and match.code("side") == "l"):
        return None
    return Offset("Q", 0, Base.MENTIONED)


_SAME = {"same", "corresponding", "comparable", "like", "similar", "equivalent"}
_AFTER_DAY = {"and", "at", "but", "he", "in", "it", "she", "that", "the", "they", "was", "we", "when", "you", "i"}

DATE_RULES = rules(
    (r"(?P<w>I)", _iso),
    (r"(?P<w>X)", _slashes),
    (_MONTH_DAY + r"(?:c? (?P<y>4))?", _day),
    (_DAY_MONTH + r"(?:c? (?P<y>4))?", _day),
    (r"(?<=[Mz][12][Ah])[12]", _second_day),
    (_STAGE + r"(?P<m>[Mz]) c? O? (?P<y>4)", _month),
    (_STAGE + r"(?P<m>[Mz]) (?P<of>[tlx]) u", _month),
    (_STAGE + r"(?P<side>[lxtj])? b? (?P<m>[Mz])", _month),
    (_STAGE + r"(?P<F>F)? (?P<y>4)", _year),
    (r"d? (?P<F>F) u (?P<y>4)", _year),
    (r"d? (?P<side>[tlx])? L? F u", _year_relative),
    (r"d? (?:(?P<stage>m) h?)? (?P<y>Z)", _decade),
    (r"(?P<d>d)? (?:(?P<stage>m) h?)? (?P<y>4) '", _decade_by_year),
    (r"d? (?P<n>2) h? (?P<u>u)", _century),
    (r"d? F? h? (?P<n>[2s]) h? (?P<u>u) (?:O? (?:Fu?)? (?P<y>4))?", _quarter),
    (r"d? F? (?P<y>4) '? F? h? (?P<n>[2s]) h? (?P<u>u)", _quarter),
    (r"d? (?P<m>M) (?P<u>u)", _months_quarter),
    (r"(?P<of>[tlx]) u ' F? h? (?P<n>[2s]) h? (?P<u>u)", _quarter),
    (r"d? (?P<n>[2s]) h? (?P<u>u) O? (?P<of>[tlx]) u", _quarter),
    (r"d? (?P<n>[2s]) G (?:O? (?P<y>4))", _half),
    (r"d? (?P<y>4) '? (?P<n>[2s]) h? G", _half),
    (r"(?P<of>[tlx]) u ' (?P<n>[2s]) h? G", _half),
    (r"d? (?P<n>[2s]) h? (?P<q>u) O? a (?P<u>u) (?P<g>[gr])", _period_years_ago),
    (r"d (?P<same>[j_]) (?P<u>[uT]) [iO]? (?:l|a|d) (?P<y>u) [gr]?", _same_period),
    (r"(?P<w>[WV]) d? (?P<d>2)", _day_of_month),
    (r"d (?P<d>2)", _day_of_month),
    (r"(?P<w>[WV]) O? (?P<of>[tlx]) (?P<u>u)", _in_week),
    (r"d? (?P<n>[2s]) G O? (?P<of>[tlx]) u", _half),
    (r"d? (?P<n>[2s]) (?P<joined>h)? G", _half),
    (r"(?P<d>d)? (?P<stage>m)? (?P<side>[lxtj])? l? (?P<s>S) (?:c? O? (?P<y>4))?", _season),
    (r"(?P<s>S) (?P<of>[tlx]) u", _season),
    (r"(?:m|r)? d? (?P<side>[lxtj])? (?P<w>[WV])", _weekday),
    (r"(?:m|r)? (?P<w>D)", _relative_day),
    (r"(?P<side>[lxt])? (?P<w>H)", _feast),
    (r"d? (?P<u>u) O " + _MONTH_DAY + r"(?:c? (?P<y>4))?", _week_of),
    (r"d? K O " + _MONTH_DAY + r"(?:c? (?P<y>4))?", _weekend_of),
    (r"(?P<u>u) '? h? (?P<stage>m)", _year_end),
    (r"d? (?P<stage>m) h (?P<u>u)", _mid_year),
    (r"d? (?:m|r) (?:[iO]d?)? (?P<side>[tlxd]) (?P<u>u)", _stage_of),
    (r"[da]? (?P<u>u) h? (?P<g>[gr]) (?:(?P<n>[2s])h?(?P<q>u)|[uT])?", _period_years_ago),
    (r"d (?P<y>4) (?P<u>[uT])", _years_period),
    (r"(?P<of>[lt]) (?P<y>u) ' (?P<u>[uT])", _years_quarter),
    (r"[da]? (?P<y>u) h? [gr] (?P<n>[1n]) (?P<u>u)", _year_ago_months),
    (r"(?P<side>[dtl]|dl) (?P<u>[uT])", _latest_quarter),
)
"""Rules for dates."""

DAY = re.compile(r"[WVDMzIX12dlxtj]")
"""Codes that a date may begin with when it follows a time of day."""
