"""Reads time expressions: at each place the rule that takes the most words wins, then the first.

Knows no calendar beyond how a day is written; when the expressions are is for
:mod:`everyangle.accounts.time_anchor`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from everyangle.accounts.hedges import hedged
from everyangle.accounts.time_clock import CLOCK_RULES, ZONES
from everyangle.accounts.time_dates import DATE_RULES
from everyangle.accounts.time_forms import (
    ClockTime,
    DayOfMonth,
    Either,
    Expression,
    Form,
    InWeek,
    Known,
    MonthDay,
    Offset,
    Weekday,
)
from everyangle.accounts.time_lengths import LENGTH_RULES
from everyangle.accounts.time_relative import RELATIVE_RULES
from everyangle.accounts.time_rules import Match
from everyangle.accounts.time_words import Words

_RULES = (*CLOCK_RULES, *DATE_RULES, *RELATIVE_RULES, *LENGTH_RULES)
_MAY_BEGIN = re.compile(r"[^_|cAO'h.bigpkET]")
_DAY_FOLLOWS = re.compile(r"c?i?(?=[WVDMzIX12dtj])")


def expressions(words: Words) -> list[Expression]:
    """Return the time expressions of a text, in order, not overlapping."""
    found: list[Expression] = []
    at = 0
    while (begin := _MAY_BEGIN.search(words.codes, at)) is not None:
        place = begin.start()
        longest = _longest(words, place)
        if longest is None:
            at = place + 1
            continue
        expression = _with_time(words, _with_day(words, longest))
        free = found[-1].after if found else 0
        first, at, approximate = hedged(words, expression.first, expression.after, free)
        form = expression.form
        ranges = isinstance(form, Known) and form.approximate
        found.append(Expression(first, at, form, approximate or ranges))
    return found


def _longest(words: Words, place: int) -> Expression | None:
    matches = [(match.end(), rule, match) for rule in _RULES if (match := rule.pattern.match(words.codes, place))]
    for after, rule, match in sorted(matches, key=lambda each: -each[0]):
        form = rule.build(Match(words, match))
        if form is not None:
            return Expression(place, after, form)
    return None


def _with_day(words: Words, expression: Expression) -> Expression:
    """Return a time of day with the day that follows it at once ("10 p.m. Wednesday", "7:50 p.m. on April 15")."""
    form = expression.form
    if not isinstance(form, ClockTime) or form.day is not None:
        return expression
    after = expression.after
    if after < len(words.tokens) and words.tokens[after].lower in ZONES:
        after += 1
    follows = _DAY_FOLLOWS.match(words.codes, after)
    if follows is None or (follows.end() > after and words.tokens[follows.end() - 1].lower not in {"on", ","}):
        return expression
    day = _longest(words, follows.end())
    if day is None or not _names_a_day(day.form):
        return expression
    return replace(expression, after=day.after, form=replace(form, day=_day_of(day.form)))


_TIME_FOLLOWS = re.compile(r"c?(?P<at>i)?b*(?=[C1n4N])")


def _with_time(words: Words, expression: Expression) -> Expression:
    """Return a day with the time of day that follows it at once ("May 7, 2031, 4:40 p.m.")."""
    if isinstance(expression.form, ClockTime) or not _names_a_day(expression.form):
        return expression
    follows = _TIME_FOLLOWS.match(words.codes, expression.after)
    if follows is None or (follows["at"] and words.tokens[follows.start("at")].lower not in {"at", "from"}):
        return expression
    time = _longest(words, follows.end())
    if time is None or not isinstance(time.form, ClockTime) or time.form.day is not None:
        return expression
    return replace(expression, after=time.after, form=replace(time.form, day=expression.form))


def _names_a_day(form: Form) -> bool:
    """Whether a form can say of which day a time of day is."""
    match form:
        case Weekday() | MonthDay() | DayOfMonth() | InWeek() | Either():
            return True
        case Known(value=value):
            return len(value) == len("2031-04-15") and value[:1].isdigit()
        case Offset(unit=unit):
            return unit == "D"
        case ClockTime(time=time, day=day):
            return day is not None and time[1].isalpha()
    return False


def _day_of(form: Form) -> Form:
    return form.day if isinstance(form, ClockTime) and form.day is not None else form
