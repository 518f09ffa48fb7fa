"""Words around a number or a time that say how near it is: "about", "at least", "shortly after", "or so"."""

from __future__ import annotations

from everyangle.accounts.time_words import Words
from everyangle.accounts.tokens import word_set

_APPROXIMATE = word_set("""
    about around approximately approx roughly nearly almost over under barely circa least most than up
""")
_BESIDE = {("shortly", "after"), ("shortly", "before"), ("just", "after"), ("just", "before")}


def hedged(words: Words, first: int, after: int, free: int) -> tuple[int, int, bool]:
    """Return first and after-last place with the hedges taken in, and whether they make it approximate.

    Args:
        words: of the text.
        first: first place of what is hedged.
        after: after its last place.
        free: no place before this one is taken in.
    """
    begin, end, approximate = first, after, False
    while begin > free and words.codes[begin - 1] == "b":
        begin -= 1
        approximate = approximate or words.tokens[begin].lower in _APPROXIMATE
    if begin < first and begin > free:
        hedge, before = words.tokens[begin].lower, words.tokens[begin - 1].lower
        if (hedge in {"least", "most"} and before == "at") or (before == "no" and hedge in {"more", "less", "fewer"}):
            begin -= 1
    if begin == first and begin - 2 >= free:
        beside = (words.tokens[begin - 2].lower, words.tokens[begin - 1].lower)
        if beside in _BESIDE or beside == ("up", "to"):
            begin, approximate = begin - 2, True
    tail = tuple(token.lower for token in words.tokens[end : end + 2])
    if tail == ("or", "so"):
        end, approximate = end + 2, True
    return begin, end, approximate
