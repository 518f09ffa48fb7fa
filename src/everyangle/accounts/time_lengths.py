"""Durations and sets: "about 25 minutes", "half an hour", "several weeks", "30-year", "each Thursday"."""

from __future__ import annotations

import re

from everyangle.accounts.time_forms import Base, Form, Known, Offset
from everyangle.accounts.time_rules import Match, rules
from everyangle.core.accounts import TimeType

_PER_UNIT = {"F": ("W", 2), "N": ("D", 1)}
_SMALLER = {"C": ("Y", 100), "E": ("Y", 10), "Y": ("M", 12), "D": ("h", 24), "h": ("m", 60), "m": ("s", 60)}
_AGE = {"old", "olds"}


def duration(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of so many units; None counts are unknown (PXM). A fraction is put in smaller units."""
    unit, times = _PER_UNIT.get(unit, (unit, 1))
    if count is None:
        parts = [("X", unit)]
    else:
        count *= times
        parts = []
        whole, rest = int(count), count - int(count)
        if rest and unit in _SMALLER and unit != "s":
            smaller, size = _SMALLER[unit]
            if abs(rest * size - round(rest * size)) < 1e-6:
                parts = [(str(whole), unit)] if whole else []
                parts.append((str(round(rest * size)), smaller))
        parts = parts or [(f"{count:.10g}", unit)]
    return joined(parts)


def joined(parts: list[tuple[str, str]]) -> str:
    """Return one duration of parts, from the largest unit to the smallest."""
    if parts == [(parts[0][0], "E")] and parts[0][0].isdigit():
        parts = [(str(10 * int(parts[0][0])), "Y")]
    elif parts == [(parts[0][0], "C")] and parts[0][0].isdigit():
        parts = [(str(100 * int(parts[0][0])), "Y")]
    days = "".join(f"{n}{unit}" for n, unit in parts if unit.isupper())
    time = "".join(f"{n}{unit.upper()}" for n, unit in parts if unit.islower())
    return f"P{days}" + (f"T{time}" if time else "")


def _is_age(match: Match) -> bool:
    return match.word() in _AGE or (match.word() == "-" and match.word(1) in _AGE)


def _counted(match: Match) -> Form | None:
    """Read "25 minutes", "two more weeks", "30-year", "three years ago", "a day earlier"."""
    unit = match.name("u")
    if _is_age(match) or (match.at(match.place("u")) == "second" and match.number("n") != 1):
        return None
    count = None if match.has("f") else match.number("n") if match.has("n") else 1.0
    if match.has("f") and match.at(match.place("f")) == "couple":
        count = 2.0
    if unit == "Q" and not (match.has("g") or match.has("f")) and (count in {1, 3} or match.word() == "of"):
        return None  # "a quarter", "three-quarters": a fraction
    if match.has("a") and unit == "s" and match.word().isalpha() and match.word() not in {"or", "later", "and", "to"}:
        return None
    if match.has("a") and unit == "s" and match.word() == "-":
        return None
    if match.has("a") and match.capital(match.place("u")):
        return None
    if match.has("g"):
        return None if _is_age(match) else _moved(match, unit, count)
    if match.has("a") and count == 1.0 and _is_rate(match):
        return Known(duration(1, unit), TimeType.SET)
    return Known(duration(count, unit), TimeType.DURATION)


def _moved(match: Match, unit: str, count: float | None) -> Form | None:
    """Read what lies so many calendar units before or after; None where only the length is to be read."""
    word = match.at(match.place("g"))
    if unit in {"s", "m", "h"} or count is None or (count != int(count) and unit not in {"Y", "E"}):
        return None
    if word in {"before", "after"} and not stands_alone(match):
        return None
    unit, times = _PER_UNIT.get(unit, (unit, 1))
    if unit in {"E", "C"}:
        unit, times = "Y", {"E": 10, "C": 100}[unit]
    whole = int(count * times)
    signed = whole * (1 if word in {"later", "after", "afterward", "afterwards"} else -1)
    base = Base.PUBLISHED if word == "ago" else Base.MENTIONED
    keeps = unit == "Y" and abs(signed) == 1 and word in {"ago", "earlier"}
    months = round(12 * (count * times - whole)) if unit == "Y" else 0
    return Offset(unit, signed, base, keeps, months=months)


def stands_alone(match: Match) -> bool:
    """Whether nothing follows from which "before" or "after" would count."""
    return match.word() in {"", ".", ",", ";", ":", ")", "”", '"', "—"}


def _is_rate(match: Match) -> bool:
    before = match.words.codes[match.found.start() - 1] if match.found.start() else "_"
    return before in "n14" or match.before() in {"times", "once", "twice", "percent", "%", "million", "billion"}


def _several(match: Match) -> Form | None:
    """Read "the past few weeks", "the last four months", "the first nine months", "recent years", "coming days"."""
    unit = match.name("u")
    if match.has("n"):
        return Known(duration(match.number("n"), unit), TimeType.DURATION)
    couple = match.at(match.place("f")) == "couple"
    return Known(duration(2.0 if couple else None, unit), TimeType.DURATION)


def _bare(match: Match) -> Form | None:
    """Read "for weeks", "over the years", "weeks or months"; a bare plural after anything else is not one."""
    unit = match.at(match.place("u"))
    if not unit.endswith("s") or (unit == "hours" and match.before() not in {"for", "within", "in"}):
        return None
    before = match.words.codes[match.found.start() - 1] if match.found.start() else "_"
    if before not in "idb" or match.before() in {"of", "by"} or match.word() in {"old", "-"}:
        return None
    return Known(duration(None, match.name("u")), TimeType.DURATION)


def _long(match: Match) -> Form | None:
    """Read "a week-long strike"."""
    return Known(duration(1, match.name("u")), TimeType.DURATION) if match.at(match.place("long")) == "long" else None


def _half(match: Match) -> Form | None:
    return Known(duration(0.5, match.name("u")), TimeType.DURATION)


def _and_a_half(match: Match) -> Form | None:
    """Read "an hour and a half", "two-and-a-half hours", "a year and a half ago"."""
    count = match.number("n") + 0.5
    if match.has("g"):
        return _moved(match, match.name("u"), count)
    return Known(duration(count, match.name("u")), TimeType.DURATION)


def _from_now(match: Match) -> Form | None:
    """Read "two years from now", "a week hence"."""
    unit, times = _PER_UNIT.get(match.name("u"), (match.name("u"), 1))
    count = match.number("n") * times
    if match.at(match.place("now") - 1) != "from" or match.at(match.place("now")) != "now" or count != int(count):
        return None
    if unit not in {"D", "W", "M", "Q", "Y"}:
        return Known(duration(count, unit), TimeType.DURATION)
    return Offset(unit, int(count))


def _two_units(match: Match) -> Form | None:
    """Read "one hour and 20 minutes", "21 minutes 4 seconds"."""
    units, order = [match.name("u"), match.name("v")], "YMWDhms"
    counts = [match.number("n"), match.number("o")]
    if any(unit not in order for unit in units) or order.index(units[0]) >= order.index(units[1]) or _is_age(match):
        return None
    parts = [(f"{count:.10g}", unit) for count, unit in zip(counts, units, strict=True)]
    return Known(joined(parts), TimeType.DURATION)


def _range(match: Match) -> Form | None:
    """Read "two to three minutes" by its lower end."""
    dotted = re.fullmatch(r"\d\d?\.\d\d", match.at(match.place("o"))) and match.name("u") == "h"
    if _is_age(match) or match.number("n") >= match.number("o") or dotted:
        return None
    return Known(duration(match.number("n"), match.name("u")), TimeType.DURATION, approximate=True)


def _each(match: Match) -> Form | None:
    count = match.number("n") if match.has("n") else 1
    unit = match.name("u")
    if unit in {"s", "m", "h"} and match.at(match.found.start()) == "per":
        return None
    return Known(duration(count, unit), TimeType.SET)


def _each_weekday(match: Match) -> Form | None:
    return Known(f"XXXX-WXX-{match.number('w'):.0f}", TimeType.SET)


def _often(match: Match) -> Form | None:
    return Known(match.name("y"), TimeType.SET)


LENGTH_RULES = rules(
    (r"(?P<n>[14n]) h? b? (?P<u>[us]) (?P<g>[gr])", _counted),
    (r"(?P<n>[14n]) h? b? (?P<u>[us])", _counted),
    (r"(?P<a>a) b? (?P<u>[us]) (?P<g>[gr])", _counted),
    (r"(?P<a>a) b? (?P<u>[us])", _counted),
    (r"a? b? (?P<f>f) O? (?P<u>[us]) (?P<g>[gr])", _counted),
    (r"a? b? (?P<f>f) O? (?P<u>[us])", _counted),
    (r"d? (?:[lx]|2) b? (?P<n>[14n]) b? (?P<u>[us])", _several),
    (r"d? (?:[lx]|2) (?P<f>f) O? (?P<u>[us])", _several),
    (r"(?P<u>u)", _bare),
    (r"(?P<u>u) h (?P<long>_)", _long),
    (r"G h? a? (?P<u>[us])", _half),
    (r"a G h? (?P<u>[us])", _half),
    (r"a (?P<u>[us]) A a G", _and_a_half),
    (r"a (?P<u>[us]) A a G (?P<g>[gr])", _and_a_half),
    (r"(?P<n>[1n]) h A h a h G h? (?P<u>[us])", _and_a_half),
    (r"(?:(?P<n>[14n])|a) (?P<u>u) i (?P<now>R)", _from_now),
    (r"(?P<n>[14n]) h? (?P<u>[us]) c? A? (?P<o>[14n]) h? (?P<v>[us])", _two_units),
    (r"(?P<n>[14n]) h? (?:A h?|h) (?P<o>[14n]) h? (?P<u>[us])", _range),
    (r"e (?P<n>[1n])? (?P<u>[us])", _each),
    (r"e (?P<w>[WV])", _each_weekday),
    (r"(?P<w>w)", _each_weekday),
    (r"(?P<y>y)", _often),
)
"""Rules for lengths of time and for what recurs."""
