"""Times of day: "7:50 p.m.", "10 a.m. Wednesday", "19:53 hours", "1953 hours", "half past seven", "noon"."""

from __future__ import annotations

from everyangle.accounts.time_forms import ClockTime, Form
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


def _logged(match: Match) -> Form | None:
    """Read the "0248" that begins a line of a log."""
    token = match.words.tokens[match.place("n")]
    if not match.words.log or not token.opens or len(token.text) != 4 or not token.text.isdigit():
        return None
    return _time(int(token.text[:2]), int(token.text[2:]))


_HEDGES = {"about", "around", "approximately", "to", ","}
_MEASURED = {"%", "percent", "per", "million", "billion", "metres", "meters", "km", "miles", "degrees", "kg", "dollars"}


def _hour(match: Match) -> Form | None:
    """Read "10 a.m.", "eight p.m.", "9 in the evening" (with its part of the day), "9 o'clock"."""
    number = match.number("n")
    if number != int(number):
        return None
    hour: int | None = int(number)
    if match.has("p"):
        hour = _half_day(int(number), match.name("p")[0])
    elif match.has("part") and number < 12:
        hour = int(number) + (12 if match.name("part") in _LATE else 0)
    if hour is None or hour > 24:
        return None
    return _time(hour, 0, half=match.name("p")[:1], either=not match.has("p") and not match.has("part"))


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
    return _time(hour, 30)


CLOCK_RULES = rules(
    (r"(?P<c>C) (?P<p>p)? (?:u|i?d(?P<part>P))?", _digits),
    (r"(?P<n>[1n]) (?P<p>p)", _hour),
    (r"(?P<n>[1n]) k (?:id(?P<part>P))?", _hour),
    (r"(?P<n>[1n]) id (?P<part>P)", _hour),
    (r"(?P<n>[4n]) (?P<u>u)", _military),
    (r"(?P<n>n) (?P<u>u)?", _dotted),
    (r"(?P<n>[4n])", _logged),
    (r"(?P<n>N)", _noon),
    (r"G (?P<l>l) (?P<n>[1n]) (?:id(?P<part>P))?", _past),
)
"""Rules for times of day."""
