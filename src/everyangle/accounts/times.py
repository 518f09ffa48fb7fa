"""Time expressions of a text, normalized to TIMEX3 values (TimeML 1.2.1, ISO 8601).

Own rules, for English. Does not read a document's date: that arrives as an argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from everyangle.accounts.dates import first_day, precision
from everyangle.accounts.time_anchor import Anchors
from everyangle.accounts.time_forms import ClockTime, Expression
from everyangle.accounts.time_grammar import expressions
from everyangle.accounts.time_tense import said_then, tense
from everyangle.accounts.time_words import Words, coded
from everyangle.accounts.tokens import tokens
from everyangle.core.accounts import Span, TimeMention, TimeType


def mentions(text: str, published: str | None = None) -> tuple[TimeMention, ...]:
    """Return the time expressions of a text, in order, not overlapping.

    Takes time linear in the text.

    Args:
        text: the whole of a document's text: "that day" and "a day earlier" look back in it.
        published: the document's date in ISO 8601, as precise as known ("2031-04-15T19:53", "2031-04"), or None;
            without it what depends on it keeps X for what is unknown ("XXXX-WXX-1" for "Monday").
    """
    words = coded(tokens(text))
    found = expressions(words)
    first = Anchors(first_day(published) if published else None)
    read = list(_resolved(words, found, first))
    anchors = Anchors(first.published, about=_most_often(read), half=_half(found))
    return tuple(
        TimeMention(Span(words.tokens[each.first].start, words.ends[each.after - 1]), value, kind, each.approximate)
        for each, (value, kind, _) in zip(found, _resolved(words, found, anchors), strict=True)
    )


def _resolved(words: Words, found: list[Expression], anchors: Anchors) -> Iterator[tuple[str, TimeType, bool]]:
    """Yield the values and types of expressions, and whether each only tells when something was said."""
    for each in found:
        anchors.line = words.lines[each.first]
        value, kind = anchors.resolve(each.form, tense(words, each.first, each.after))
        said = said_then(words, each.first)
        if kind in {TimeType.DATE, TimeType.TIME}:
            anchors.note(each.form, value, said_then=said)
        yield value, kind, said


def _most_often(read: list[tuple[str, TimeType, bool]]) -> date | None:
    """Return the day that a text names most often, apart from when something was said; of equals the first."""
    days = [
        first_day(value) for value, kind, said in read if kind is TimeType.DATE and precision(value) == "D" and not said
    ]
    counted = Counter(day for day in days if day is not None)
    return counted.most_common(1)[0][0] if counted else None


def _half(found: list[Expression]) -> str:
    """Return the half of the day that a text's first time of day with one is of, or ""."""
    halves = (each.form.half for each in found if isinstance(each.form, ClockTime) and each.form.half)
    return next(halves, "")
