"""People whom a text calls by a common noun only ("a guard", "the officers"), where it does so.

For "he", "she" and "they", whose bearer may have no name. Looks at words alone; decides nothing about who is who.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from everyangle.accounts.people_words import (
    COMMON,
    FEMALE,
    KIN,
    LAWYERS,
    MALE,
    OFFICES,
    POLICE,
    POLICE_GROUPS,
    SIDES,
    SPOKEN_FOR,
    WITNESSES,
)

_GROUPS = {"police", "family", "crew", "jury", "media", "press", "staff", "families"}
_NO_PERSONS = {
    "young",
    "old",
    "lady",
    "q",
    "general",
    "major",
    "court",
    "ambulance",
    "union",
    "unions",
    "voice",
    "head",
    "board",
    "office",
    "source",
    "sources",
}
_NOUNS = (
    KIN | LAWYERS | WITNESSES | SPOKEN_FOR | POLICE_GROUPS | POLICE | OFFICES.keys() | SIDES.keys() | COMMON
) - _NO_PERSONS
_MORE = (
    "driver drivers caller callers operator shopper shoppers tenant tenants owner owners colleague colleagues gunman"
)
NOUNS = frozenset(_NOUNS) | frozenset(_MORE.split())
"""Nouns for people."""

_ANY = "|".join(sorted(NOUNS, key=len, reverse=True))
_DETERMINER = (
    r"(?:the|a|an|another|one|two|three|four|five|six|several|some|this|that|these|those|his|her|their|its|our|my|your"
    r"|[^\W\d_][\w-]*[’']s?)"
)
_PHRASE = re.compile(
    rf"\b(?P<det>{_DETERMINER})\s(?P<mid>(?:[a-z][\w’'-]*\s){{0,3}}?)(?P<noun>{_ANY})\b(?![’'-])(?!\s(?-i:[A-Z][a-z]))",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:(?<=^)|(?<=[.!?”]\s)|(?<=\n)|(?<=[,;]\s))(?P<noun>[A-Z]?[a-z]+s|[Pp]olice)\b")
_STOPS = frozenset(
    {"of", "in", "on", "at", "by", "and", "or", "that", "who", "was", "were", "is", "had", "said", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase for people.

    Attributes:
        start: first code point.
        end: after the noun.
        noun: in lower case.
        plural: whether it is several people.
        gender: "m", "f" or "" as the noun tells.
    """

    start: int
    end: int
    noun: str
    plural: bool
    gender: str


def person_nouns(text: str) -> list[Noun]:
    """Return the noun phrases for people in a text, in order."""
    return sorted({each.start: each for each in _found(text)}.values(), key=lambda each: each.start)


def _found(text: str) -> Iterator[Noun]:
    for match in _BARE.finditer(text):
        noun = match["noun"].lower()
        if noun in NOUNS and (noun in _GROUPS or noun.endswith("s")):
            yield _noun(match.start(), match.end(), noun)
    for match in _PHRASE.finditer(text):
        noun = match["noun"].lower()
        if noun in NOUNS and not set(match["mid"].lower().split()) & _STOPS:
            yield _noun(match.start(), match.end(), noun)


def _noun(start: int, end: int, noun: str) -> Noun:
    plural = noun in _GROUPS or noun in {"men", "women", "people", "children", "kin"}
    plural = plural or (noun.endswith("s") and not noun.endswith("ss"))
    return Noun(start, end, noun, plural, "f" if noun in FEMALE else "m" if noun in MALE else "")
