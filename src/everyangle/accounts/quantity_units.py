"""Units of counts and measures: singular, lower case, one name for each spelling."""

from __future__ import annotations

from everyangle.accounts.tokens import word_set

CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}

TIME_UNITS = {
    spelling: unit
    for unit, spellings in {
        "second": "second seconds sec secs",
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs",
        "day": "day days",
        "night": "night nights",
        "week": "week weeks",
        "fortnight": "fortnight fortnights",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years yr yrs",
        "decade": "decade decades",
        "century": "century centuries",
    }.items()
    for spelling in spellings.split()
}
"""Spellings of units of time."""

_MEASURES = {
    spelling: unit
    for unit, spellings in {
        "percent": "% percent percents",
        "metre": "m metre metres meter meters",
        "kilometre": "km kilometre kilometres kilometer kilometers",
        "centimetre": "cm centimetre centimetres centimeter centimeters",
        "kilogram": "kg kilogram kilograms",
        "pound": "lb lbs pound pounds",
        "foot": "ft foot feet",
        "inch": "inch inches",
        "mile per hour": "mph",
        "kilometre per hour": "kph",
        "degree": "° degree degrees",
    }.items()
    for spelling in spellings.split()
}
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "police": "police",
    "policemen": "policeman",
    "firemen": "fireman",
    "wives": "wife",
    "lives": "life",
    "knives": "knife",
    "halves": "half",
    "teeth": "tooth",
}
_NO_PLURALS = word_set("""
    is was as has does this its his hers theirs ours yours us plus less across always perhaps thus besides
    unless towards afterwards previous various serious dangerous nervous homeless business police yes sometimes
    class bus press gas address access distress process witness glass cross pass mass illness harness wilderness
    religious famous obvious anonymous numerous weapons overseas news says goes
""")


def unit_of(word: str, *, plural: bool, known_only: bool) -> str | None:
    """Return the unit that a word names, or None.

    Args:
        word: in lower case.
        plural: whether only a plural will do for a noun that is no measure.
        known_only: whether only measures and units of time will do.
    """
    unit = TIME_UNITS.get(word) or _MEASURES.get(word)
    if unit is not None or known_only:
        return unit
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if plural:
        if word in _NO_PLURALS - {"weapons"} or not word.endswith("s") or len(word) < 4 or not word.isalpha():
            return None
        return _singular(word)
    if not word.isalpha() or len(word) < 3 or word in _NEVER or word.endswith(("ly", "ed", "s")):
        return None
    return word


_NEVER = word_set("""
    being having going doing saying getting
    of the and but for was who that which has had more other such after before when where day another thing side
    way hand time these those its his her their our with can could would will may might should must said did
    does were are additional not into from than then him them she they you how what why person
""")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if not word.endswith("ss") else word
