"""Numbers in words and digits: "two hundred and thirty-four", "1.5 million", "nineteen ninety-six", "5 1/2"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.accounts.tokens import Token, word_list

_ONES = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
"""Words below a hundred that stand alone."""

SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}

_ORDINAL_ONES = word_list(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_ONES) if value} | {
    word[:-1] + "ieth": value for word, value in SMALL.items() if value >= 20
}
"""Ordinal words that stand alone."""

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MOST_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read.

    Attributes:
        value: finite, 0 or more.
        after: index of the token after its last.
        year: whether it was said as years are ("nineteen ninety-six").
    """

    value: float
    after: int
    year: bool = False


def number_at(found: Sequence[Token], at: int) -> Number | None:
    """Return the number that begins at a token, with as many of the next tokens as belong to it, or None."""
    token = found[at]
    if token.look == "number":
        return _in_digits(found, at)
    if token.look == "fraction":
        value = fraction(token.lower)
        return None if value is None else Number(value, at + 1)
    if token.look != "word":
        return None
    if token.lower in SMALL:
        return _in_words(found, at)
    if token.lower in {"a", "an", "one", "half"}:
        return _with_article(found, at)
    return None


def fraction(text: str) -> float | None:
    """Return what "1/2" or "½" says, or None where it says no number below one."""
    if text in _FRACTIONS:
        return _FRACTIONS[text]
    top, _, bottom = text.partition("/")
    return int(top) / int(bottom) if 0 < int(top) < int(bottom) else None


def ordinal_at(found: Sequence[Token], at: int) -> Number | None:
    """Return the ordinal of two words that begins at a token ("twenty-third"), or None."""
    tens = SMALL.get(found[at].lower, 0) if found[at].look == "word" else 0
    if tens < 20:
        return None
    joined = at + 1 + (_word(found, at + 1) == "-")
    unit = ORDINALS.get(_word(found, joined), 0)
    return Number(float(tens + unit), joined + 1) if 0 < unit < 10 else None


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].lower if at < len(found) else ""


def _in_digits(found: Sequence[Token], at: int) -> Number:
    value = float(found[at].lower.replace(",", ""))
    after = at + 1
    if after < len(found) and found[after].look == "fraction" and value == int(value):
        part = fraction(found[after].lower)
        if part is not None:
            return Number(value + part, after + 1)
    if _word(found, after) in SCALES and _word(found, after) != "hundred":
        return Number(value * SCALES[_word(found, after)], after + 1)
    return _and_more(found, value, after)


def _in_words(found: Sequence[Token], at: int) -> Number:
    first, after = _below_hundred(found, at)
    if 10 <= first < 100 and first == int(first):  # "nineteen ninety-six", "nineteen oh five"
        follows = after + (_word(found, after) == "oh")
        if _word(found, follows) in SMALL and 13 <= first <= 20:
            second, end = _below_hundred(found, follows)
            if second >= 10 or follows > after:
                return Number(float(first * 100 + second), end, year=True)
    total, current, limit = 0.0, float(first), at + _MOST_TOKENS
    while after < min(len(found), limit):
        word = _word(found, after)
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100:
                current *= 100
            else:
                total, current = total + current * scale, 0.0
            after += 1
        elif word == "and" and _word(found, after + 1) in SMALL and _word(found, after - 1) in SCALES:
            more, after = _below_hundred(found, after + 1)
            current += more
        elif word in SMALL and _word(found, after - 1) in SCALES:
            more, after = _below_hundred(found, after)
            current += more
        else:
            break
    return _and_more(found, total + current, after)


def _below_hundred(found: Sequence[Token], at: int) -> tuple[int, int]:
    value = SMALL[found[at].lower]
    after = at + 1
    if value >= 20:
        joined = after + (_word(found, after) == "-")
        unit = SMALL.get(_word(found, joined), 0)
        if 0 < unit < 10:
            return value + unit, joined + 1
    return value, after


def _and_more(found: Sequence[Token], value: float, after: int) -> Number:
    if _word(found, after) == "dozen":
        return Number(value * 12, after + 1)
    if _word(found, after) == "and" and _word(found, after + 1) == "a" and _word(found, after + 2) == "half":
        return Number(value + 0.5, after + 3)
    return Number(value, after)


def _with_article(found: Sequence[Token], at: int) -> Number | None:
    follows = _word(found, at + 1)
    if found[at].lower == "half":
        dozen = at + 1 + (follows == "a")
        if _word(found, dozen) == "dozen":
            return Number(6.0, dozen + 1)
        return None
    if follows in SCALES:
        return Number(float(SCALES[follows]), at + 2)
    return Number(12.0, at + 2) if follows == "dozen" else None
