"""A text's words, numbers and marks, in order, for the readers of times and of quantities.

Does no grammar: each token knows only what it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<iso>\d{4}-\d\d(?:-\d\d)?(?:[T\ ]\d\d:\d\d(?::\d\d)?)?(?![\d-]))
    | (?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\d.]))
    | (?P<clock>(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?(?![\d:])|(?<![\d.])\d{1,2}\.\d\d(?=\s?[ap]\.?m\b))
    | (?P<decade>\d{3}0s\b|['’]\d0s\b)
    | (?P<short>(?<!\S)['’]\d\d\b(?![\d%]))
    | (?P<ordinal>\d{1,4}(?:st|[nr]d|th)\b)
    | (?P<fraction>\d{1,2}/\d{1,2}(?![\d/])|[½¼¾])
    | (?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?)
    | (?P<half>[ap]\.m\.|[ap]m\b)
    | (?P<abbreviated>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec
                      |mon|tues?|wed|thurs?|thu|fri|sat|sun|min|mins|sec|secs|hrs?|no)\.(?=\s|,|:|\Z))
    | (?P<word>o['’]clock|[^\W\d_]+)
    | (?P<break>\n\s*\n)
    | (?P<mark>['’]s\b|[^\s\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark.

    Attributes:
        start: first code point.
        end: after the last.
        text: as it stands.
        lower: in lower case, without the dot of an abbreviation, typographic apostrophes made plain.
        look: what it looks like: "word", "number", "ordinal", "fraction", "clock", "iso", "slash", "decade",
            "short" (a year in two digits, "'98"), "half" (a.m. or p.m.), "abbreviated", "mark" or "break" (blank line).
        opens: whether it is the first on its line.
    """

    start: int
    end: int
    text: str
    lower: str
    look: str
    opens: bool = False


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(word_list(text))


def word_list(text: str) -> list[str]:
    """Return the words of a list that is written as one text, in order."""
    return text.split()


def tokens(text: str) -> list[Token]:
    """Return a text's tokens in order; white space is left out, but for blank lines. Takes time linear in the text."""
    found = []
    for match in _TOKEN.finditer(text):
        look = match.lastgroup or "mark"
        word = match[0]
        lower = word.lower()
        if look == "abbreviated":
            lower = lower[:-1]
        elif "’" in lower:
            lower = lower.replace("’", "'")
        opens = match.start() == 0 or text[match.start() - 1] == "\n"
        found.append(Token(match.start(), match.end(), word, lower, look, opens))
    return found
