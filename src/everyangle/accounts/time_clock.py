"""Times of day: "7:50 p.m.", "10 a.m. Wednesday", "19:53 hours", "1953 hours", "half past seven", "noon"."""

from __future__ import annotations

from everyangle.accounts.dates import exists
from everyangle.accounts.time_forms import ClockTime, Form, MonthDay
from everyangle.accounts.time_rules import Match, rules

_CLOCK_BEFORE = {
    ",",
    "shortly",
    "after",
    "before",
    "at",
    "by",
    "until",
    "till",
    "from",
    "around",
    "about",
    "approximately",
    "and",
    "to",
    "between",
    "since",
}
_LATE = {"AF", "EV", "NI"}
ZONES = {"est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "gmt", "utc", "bst"}
"""Names of time zones, which follow a time of day."""


def _time(hour: int, minute: int, second: int | None = None, half: str = "", *, either: bool = False) -> Form | None:
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= (second or 0) < 60):
        return None
    time = f"T{hour:02}:{minute:02}" + ("" if second is None else f":{second:02}")
    return ClockTime(time, half=half, either=either)


def _half_day(hour: int, letter: str) -> int | None:
    """Return an hour of 24 from one of 12."""
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if letter == "p" else 0)


def _digits(match: Match) -> Form | None:
    """Read "19:53", "7:50 p.m.", "7.50 p.m.", "7:50 in the evening"."""
    parts = [int(part) for part in match.name("c").replace(".", ":").split(":")]
    hour: int | None = parts[0]
    if match.has("p"):
        hour = _half_day(parts[0], match.name("p")[0])
    elif match.has("part") and parts[0] < 12 and match.name("part") in _LATE:
        hour = parts[0] + 12
    if hour is None:
        return None
    told = match.has("p") or match.has("part") or match.has("u")
    either = not told and 1 <= hour <= 12 and match.name("c")[0] != "0"
    half = match.name("p")[:1] or ("p" if hour > 12 and match.has("part") else "")
    minute, second = parts[1], parts[2] if len(parts) > 2 else None
    return _time(hour, minute, second, half, either=either)


def _dotted(match: Match) -> Form | None:
    """Read "at 9.51", "16.05 hrs": a time of day where no unit follows that it could measure."""
    hour, dot, minute = match.at(match.place("n")).partition(".")
    if not dot or len(minute) != 2 or not hour.isdigit() or len(hour) > 2:
        return None
    if not match.has("u") and (
        match.before() not in _CLOCK_BEFORE - _HEDGES or match.word() in _MEASURED or hour == "0"
    ):
        return None
    either = not match.has("u") and 1 <= int(hour) <= 12
    return _time(int(hour), int(minute), either=either)


def _four_digits(match: Match) -> Form | None:
    """Read "1600 GMT", the "0248" that begins a line of a log, and others of a text that writes times so."""
    token, words = match.words.tokens[match.place("n")], match.words
    if len(token.text) != 4 or not token.text.isdigit():
        return None
    begins = words.log and token.opens
    among = words.four_digits and (token.text[0] == "0" or match.before() in {"at", "to", "until", "till", "amended"})
    if not (begins or among or match.word() in ZONES):
        return None
    return _time(int(token.text[:2]), int(token.text[2:]))


def _log_date(match: Match) -> Form | None:
    """Read the "03/21 1820" of a log."""
    month, slash, day = match.at(match.place("d")).partition("/")
    time = match.at(match.place("n"))
    if not match.words.log or not slash or len(time) != 4 or not exists(2000, int(month), int(day)):
        return None
    return ClockTime(f"T{time[:2]}:{time[2:]}", MonthDay(int(month), int(day))) if time < "2400" else None


def _spoken(match: Match) -> Form | None:
    """Read the "six" of "at six, he left": a number in words that counts nothing."""
    number = match.number("n")
    if match.before() != "at" or not match.at(match.place("n")).isalpha() or match.word() not in _AFTER_SPOKEN:
        return None
    if number not in range(1, 13):
        return None
    return _time(int(number), 0, either=True)


def _minutes_past(match: Match) -> Form | None:
    """Read "five past twelve", "a minute past six", "quarter to ten at night"."""
    word = match.at(match.place("l"))
    quarter = match.has("q")
    if (
        word not in {"past", "to"}
        or (quarter and match.name("q") != "Q")
        or (match.has("v") and match.name("v") != "m")
    ):
        return None
    minutes = 15.0 if quarter else match.number("m") if match.has("m") else 1.0
    hour = match.number("n")
    spoken = quarter or match.has("v") or minutes in {5, 10, 20, 25}
    if not spoken or minutes not in range(1, 30) or hour not in range(1, 13):
        return None
    if word == "to" and not (quarter or match.before() in _CLOCK_BEFORE - {"from", "to", ","}):
        return None
    late = match.has("part") and match.name("part") in _LATE and hour < 12
    total = 60 * int(hour) + (1 if word == "past" else -1) * int(minutes) + (720 if late else 0)
    half = ("p" if match.name("part") in _LATE else "a") if match.has("part") else ""
    return _time(total // 60, total % 60, half=half, either=not match.has("part"))


_AFTER_SPOKEN = {
    "",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    ")",
    "”",
    "’",
    '"',
    "and",
    "until",
    "whatever",
    "but",
    "when",
    "that",
}
_HEDGES = {"about", "around", "approximately", "to", ","}
_MEASURED = {"%", "percent", "per", "million", "billion", "metres", "meters", "km", "miles", "degrees", "kg", "dollars"}


def _hour(match: Match) -> Form | None:
    """Read "10 a.m.", "eight p.m.", "9 in the evening" (with its part of the day), "9 o'clock"."""
    number = match.number("n")
    if number != int(number) or (match.has("part") and match.code("part") and not _of_the_day(match)):
        return None
    hour: int | None = int(number)
    if match.has("p"):
        hour = _half_day(int(number), match.name("p")[0])
    elif match.has("part") and number < 12:
        hour = int(number) + (12 if match.name("part") in _LATE else 0)
    if hour is None or hour > 24:
        return None
    return _time(hour, 0, half=match.name("p")[:1], either=not match.has("p") and not match.has("part"))


def _of_the_day(match: Match) -> bool:
    """Whether a part of the day stands as it does after a time of day: "in the evening", "at night"."""
    part = match.place("part")
    return match.words.codes[part - 1] == "d" or (match.at(part - 1) == "at" and match.name("part") == "NI")


def _military(match: Match) -> Form | None:
    """Read "1953 hours", "0753 hrs"."""
    text = match.at(match.place("n"))
    if len(text) != 4 or not text.isdigit() or match.name("u") != "h":
        return None
    if text[0] != "0" and match.before() not in _CLOCK_BEFORE:
        return None
    return _time(int(text[:2]), int(text[2:]))


def _noon(match: Match) -> Form | None:
    if match.before() == "high":
        return None
    return _time(0 if match.name("n") == "midnight" else 12, 0)


def _past(match: Match) -> Form | None:
    """Read "half past seven"."""
    number = match.number("n")
    if match.at(match.place("l")) != "past" or not 1 <= number <= 12 or number != int(number):
        return None
    hour = int(number) + (12 if match.has("part") and match.name("part") in _LATE and number < 12 else 0)
    return _time(hour, 30, either=not match.has("part"))


CLOCK_RULES = rules(
    (r"(?P<c>C) (?P<p>p)? (?:u|i?d(?P<part>P))?", _digits),
    (r"(?P<n>[1n]) (?P<p>p)", _hour),
    (r"(?P<n>[1n]) k (?:id?(?P<part>P))?", _hour),
    (r"(?P<n>[1n]) id? (?P<part>P)", _hour),
    (r"(?P<d>n) (?P<n>[4n])", _log_date),
    (r"(?P<n>[4n]) (?P<u>u)", _military),
    (r"(?P<n>n) (?P<u>u)?", _dotted),
    (r"(?P<n>[4n])", _four_digits),
    (r"(?P<n>[1n])", _spoken),
    (r"(?:(?P<m>[1n])|a)? (?P<v>u)? (?P<l>[lA]) (?P<n>[1n]) (?:id?(?P<part>P))?", _minutes_past),
    (r"a? (?P<q>u) (?P<l>[lA]) (?P<n>[1n]) (?:id?(?P<part>P))?", _minutes_past),
    (r"(?P<n>N)", _noon),
    (r"G (?P<l>l) (?P<n>[1n]) (?:id?(?P<part>P))?", _past),
)
"""Rules for times of day."""
