"""Time expressions of a text, normalized to TIMEX3 values (TimeML 1.2.1, ISO 8601).

Own rules, for English. Does not read a document's date: that arrives as an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from everyangle.accounts.dates import first_day
from everyangle.accounts.time_anchor import Anchors
from everyangle.accounts.time_forms import ClockTime, Expression
from everyangle.accounts.time_grammar import expressions
from everyangle.accounts.time_story import Place, Story
from everyangle.accounts.time_tense import said_then, tense
from everyangle.accounts.time_words import Words, coded
from everyangle.accounts.tokens import tokens
from everyangle.core.accounts import Span, TimeMention, TimeType


def mentions(text: str, published: str | None = None, *, same_day: bool = True) -> tuple[TimeMention, ...]:
    """Return the time expressions of a text, in order, not overlapping.

    Takes time linear in the text.

    Args:
        text: the whole of a document's text: "that day" and "a day earlier" look back in it.
        published: the document's date in ISO 8601, as precise as known ("2031-04-15T19:53", "2031-04"), or None;
            without it what depends on it keeps X for what is unknown ("XXXX-WXX-1" for "Monday").
        same_day: whether a time of day in a text that names no day is of the document's; if not, it has none
            ("T19:53").
    """
    words = coded(tokens(text))
    found = expressions(words)
    first = Anchors(first_day(published) if published else None)
    list(_resolved(words, found, first))  # a first reading, for the days that it notes
    day = first.published
    told = first.said is not None
    story = Story(first.named, _entries(words, found), published=day, same_day=same_day, said=told)
    anchors = Anchors(day, half=_half(found), story=story)
    return tuple(
        TimeMention(Span(words.tokens[each.first].start, words.ends[each.after - 1]), value, kind, each.approximate)
        for each, (value, kind) in zip(found, _resolved(words, found, anchors), strict=True)
    )


def _resolved(words: Words, found: list[Expression], anchors: Anchors) -> Iterator[tuple[str, TimeType]]:
    """Yield the values and types of expressions."""
    sentences = tuple(accumulate(int(token.text in {".", "?", "!"}) for token in words.tokens))
    for each in found:
        first = each.first
        anchors.at = Place(first, words.lines[first], sentences[first], words.tokens[first].opens)
        value, kind = anchors.resolve(each.form, tense(words, first, each.after))
        if kind in {TimeType.DATE, TimeType.TIME}:
            anchors.note(each.form, value, said_then=said_then(words, first, each.after))
        yield value, kind


def _entries(words: Words, found: list[Expression]) -> list[tuple[Place, str]]:
    """Return the lines that begin with a time of day, with it."""
    return [
        (Place(each.first, words.lines[each.first], opens=True), each.form.time)
        for each in found
        if words.tokens[each.first].opens and isinstance(each.form, ClockTime)
    ]


def _half(found: list[Expression]) -> str:
    """Return the half of the day that a text's first time of day with one is of, or ""."""
    halves = (each.form.half for each in found if isinstance(each.form, ClockTime) and each.form.half)
    return next(halves, "")
