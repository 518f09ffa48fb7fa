"""Expressions that point: "last week", "that day", "the next morning", "the weekend", "now", "in recent years"."""

from __future__ import annotations

from everyangle.accounts.time_forms import Base, ClockTime, Form, Known, Offset, Weekday, WeekOf
from everyangle.accounts.time_lengths import duration, stands_alone
from everyangle.accounts.time_rules import Match, rules, side
from everyangle.core.accounts import TimeType

_FOLLOWING = {"following", "preceding", "previous", "prior"}
_CALENDAR = {"D", "W", "M", "Q", "Y", "E", "C", "N"}


def _unit(match: Match) -> Form | None:
    """Read "last week", "this year", "the next day", "that month", "the following year", "the past year"."""
    unit, word, code = match.name("u"), match.at(match.place("side")), match.code("side")
    plural = match.at(match.place("u")).endswith("s")
    if plural:
        return _plural(word, unit)
    if unit == "h" and code in "lx":
        return Known(duration(1, unit), TimeType.DURATION)
    if unit not in _CALENDAR or word == "latest":
        return None
    the_last = word == "last" and match.at(match.place("side") - 1) == "the" and unit in {"W", "M", "Y"}
    if the_last and match.word() == "of":
        return None
    if word == "past" and unit in {"W", "M"} and match.before() == "this":
        return Offset(unit, -1)
    if word == "past" or the_last:
        return Known(duration(1, unit), TimeType.DURATION)
    if unit == "N":
        day = Offset("D", {"l": -1, "t": 0, "j": 0, "x": 1}[code], Base.MENTIONED if code in "jx" else Base.PUBLISHED)
        return ClockTime("TNI", day)
    relative = word in _FOLLOWING or code == "j" or (code in "x" and unit == "D")
    count = {"l": -1, "t": 0, "j": 0, "x": 1}[code]
    return Offset(unit, count, Base.MENTIONED if relative else Base.PUBLISHED)


def _plural(word: str, unit: str) -> Form | None:
    if word == "these" and unit == "D":
        return Known("PRESENT_REF", TimeType.DATE)
    if word == "past":
        return Known("PAST_REF", TimeType.DATE)
    if word in {"coming", "next"}:
        return Known(duration(None, unit), TimeType.DURATION)
    return None


def _adjective_units(match: Match) -> Form | None:
    """Read "recent years", "the current quarter", "the current year"."""
    unit, value = match.name("u"), match.name("l")
    if match.at(match.place("u")).endswith("s"):
        return Known(duration(None, unit), TimeType.DURATION)
    if value == "PRESENT_REF" and unit in _CALENDAR - {"N"}:
        return Offset(unit, 0)
    return Known(value, TimeType.DATE)


def _definite(match: Match) -> Form | None:
    """Read "for the week", "in the year", "the day before", "during the day"."""
    unit = match.name("u")
    if match.has("b"):
        return Offset("Y", 0) if unit == "Y" and match.at(match.place("b")) in {"full", "entire", "whole"} else None
    if unit == "Y" and match.word() in {"ended", "ending"}:
        return Known("P1Y", TimeType.DURATION)
    if unit not in _CALENDAR - {"N", "Q"} or match.at(match.place("u")).endswith("s"):
        return None
    if match.has("r"):
        word = match.at(match.place("r"))
        sign = 1 if word in {"after", "later"} else -1
        if not stands_alone(match):
            return None
        return Offset(unit, sign, Base.MENTIONED)
    if match.before() not in {"for", "in", "during", "of", "later", "earlier"} or match.word() in {
        "of",
        "that",
        "when",
    }:
        return None
    if match.before() == "of" and unit == "D":
        return None
    return Offset(unit, 0, Base.MENTIONED if unit == "D" else Base.PUBLISHED)


def _beyond(match: Match) -> Form | None:
    """Read "the day before yesterday", "the day after tomorrow"."""
    days = int(match.number("w"))
    return Offset("D", days * 2) if days and match.name("u") == "D" else None


def _weekend(match: Match) -> Form | None:
    code = match.code("side")[-1:]
    if match.at(match.place("k")) == "weekends":
        return Known("XXXX-WXX-WE", TimeType.SET)
    if match.at(match.place("k") - 1) in {"coming", "upcoming"}:
        return WeekOf(Offset("D", 0), weekend=True)
    if code in {"l", "x", "t"}:
        return Offset("K", {"l": -1, "t": 0, "x": 1}[code])
    return Offset("K", 0)


def _part(match: Match) -> Form | None:
    """Read "this morning", "that night", "the next morning", "the same evening", "in the afternoon"."""
    code, time = match.code("side")[-1:], "T" + match.name("p")
    if code == "t":
        return ClockTime(time, Offset("D", 0))
    if code == "l":
        word = match.at(match.place("side") + len(match.code("side")) - 1)
        return ClockTime(time, Offset("D", -1, Base.MENTIONED if word in _FOLLOWING else Base.PUBLISHED))
    if code == "x":
        return ClockTime(time, Offset("D", 1, Base.MENTIONED))
    if code == "d" and match.before() not in {"in", "during", "by", "until", "that", "of"}:
        return None
    if code == "d" and match.word() == "of":
        return None
    return ClockTime(time)


def _stage_of_day(match: Match) -> Form | None:
    """Read "late afternoon", "mid-morning"."""
    return (
        None
        if match.capital(match.found.start()) and match.before() not in {"", "."}
        else ClockTime("T" + match.name("p"))
    )


def _day_part(match: Match) -> Form | None:
    """Read "Tuesday night", "yesterday afternoon", "early Tuesday morning" as the day, as TimeBank mostly does."""
    if match.code("w") == "D":
        return Offset("D", int(match.number("w")), part=match.name("p"))
    return Weekday(int(match.number("w")), side(match, "side"), part=match.name("p"))


def _reference(match: Match) -> Form | None:
    if match.at(match.place("w")) == "soon" and (match.word() in {"as", "after"} or match.before() in {"as", "how"}):
        return None
    capital = match.capital(match.place("w"))
    first = (
        match.before() in {"", ".", "?", "!", ":", "”", '"', "“", "``", "''"}
        or match.words.tokens[match.place("w")].opens
    )
    if capital and (not first or (match.word() == "," and match.at(match.place("w")) == "now")):
        return None
    return Known(match.name("w"), TimeType.DATE)


def _adjective(match: Match) -> Form | None:
    follows, ahead = match.word(), match.name("w") == "FUTURE_REF"
    if ahead and (match.code("the") != "d" or (follows.isalpha() and follows not in _AFTER | {"of"})):
        return None
    if (follows in {"", ".", ","} and not ahead) or (match.name("w") == "PAST_REF" and match.code("the") != "d"):
        return None
    return Known(match.name("w"), TimeType.DATE)


def _the_past(match: Match) -> Form | None:
    word = match.at(match.place("w"))
    if (
        word != "past"
        or match.before() not in {"in", "from", "of"}
        or (match.word().isalpha() and match.word() not in _AFTER)
    ):
        return None
    return Known("PAST_REF", TimeType.DATE)


_AFTER = {
    "and",
    "but",
    "by",
    "that",
    "when",
    "he",
    "she",
    "they",
    "it",
    "we",
    "for",
    "with",
    "to",
    "the",
    "as",
    "was",
    "were",
    "had",
    "has",
    "if",
    "is",
    "will",
    "may",
    "because",
    "on",
    "at",
    "in",
    "or",
}

RELATIVE_RULES = rules(
    (r"(?:m|r)? d? (?P<side>[lxtj]) b? (?P<u>u)", _unit),
    (r"d? (?P<l>L) F? (?P<u>u)", _adjective_units),
    (r"d (?P<b>b)? (?P<u>u) (?P<r>r)?", _definite),
    (r"d (?P<u>u) r (?P<w>D)", _beyond),
    (r"(?P<side>d?[lxt]|d) (?P<k>K)", _weekend),
    (r"(?:m|r)? (?P<side>d?j|d?[lxt]|d) (?P<p>P)", _part),
    (r"m h? (?P<p>P)", _stage_of_day),
    (r"(?:m|r)? (?P<side>[lxtj])? (?P<w>[WD]) m? h? (?P<p>P)", _day_part),
    (r"(?P<w>R)", _reference),
    (r"(?P<the>d)? (?P<w>L)", _adjective),
    (r"(?P<the>d) _ (?P<w>L)", _adjective),
    (r"d (?P<w>l)", _the_past),
)
"""Rules for expressions that point from the document's date or from a date named before."""
