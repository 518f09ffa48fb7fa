"""Time expressions of a text, normalized to TIMEX3 values (TimeML 1.2.1, ISO 8601).

Own rules, for English. Does not read a document's date: that arrives as an argument.
"""

from __future__ import annotations

from everyangle.accounts.dates import first_day
from everyangle.accounts.time_anchor import Anchors
from everyangle.accounts.time_grammar import expressions
from everyangle.accounts.time_tense import said_then, tense
from everyangle.accounts.time_words import coded
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
    anchors = Anchors(first_day(published) if published else None)
    found = []
    for expression in expressions(words):
        value, kind = anchors.resolve(expression.form, tense(words, expression.first, expression.after))
        if kind in {TimeType.DATE, TimeType.TIME}:
            anchors.note(expression.form, value, said_then=said_then(words, expression.first))
        span = Span(words.tokens[expression.first].start, words.ends[expression.after - 1])
        found.append(TimeMention(span, value, kind, expression.approximate))
    return tuple(found)
