"""A content apart from its document: its words as one text, with the times and amounts that it holds, placed in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from everyangle.accounts.amounts import Amount, amounts_of
from everyangle.core.accounts import Quantity, Span, Statement, TimeMention

_MARKS = str.maketrans({**dict.fromkeys("“”„«»‘" + '"', " "), "’": "'", "\n": " "})
_PART_AFTER = re.compile(r"\s+(?:more\b|others?\b)", re.I)
_OF_AFTER = re.compile(r"\s+of\b", re.I)
_AGE_BEFORE = re.compile(r"\b(?:who (?:is|was)|aged?)\s+$", re.I)
_PART_WITHIN = re.compile(r"\b(?:more|others?|further|additional|extra)\b(?! than)|\bof\b(?! an?\b| half\b)", re.I)
_PART_BEFORE = re.compile(
    r"\b(?:another|further|other|extra|additional|first|last|next|including|from|instead of|rather than)\s+$", re.I
)
_ENDED = re.compile(r"[.!?,]”?\"?\s+“?\"?[A-Z]")
_BREAK = re.compile(r",(?=[”\"]\s+[“\"]\s?[^a-z\s])|(?<=[^\s.,;:!?”\"])(?=[”\"]\s+[“\"]\s?[A-Z])")
"""The end of one quoted piece before another that begins anew: "“They came in,” “One of them asked me”"."""
_CLOSING = re.compile(r"(?<!\w)'|'(?!\w)")


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, ready to be parsed: quotation marks are spaces, so that places stay.

    Attributes:
        text: the content's words.
        amounts: in order, placed in ``text``.
        times: dates and times of day in order, placed in ``text``; durations are amounts.
    """

    text: str
    amounts: tuple[Amount, ...]
    times: tuple[TimeMention, ...]


def content_of(statement: Statement) -> Content:
    """Return the content of a statement apart from its document."""
    spans = statement.content.spans
    plain = statement.content.text
    quantities = [
        replace(one, span=moved) for one in statement.quantities if (moved := _moved(one.span, spans)) is not None
    ]
    times = [
        replace(one, span=moved)
        for one in statement.times
        if one.type.value in ("DATE", "TIME") and (moved := _moved(one.span, spans)) is not None
    ]
    text = _CLOSING.sub(" ", _BREAK.sub(lambda match: "." if match[0] else "", plain).translate(_MARKS))
    amounts = (one for one in amounts_of(_with_units(_apart(quantities), plain), plain) if not _is_partial(one, plain))
    return Content(text, tuple(amounts), tuple(times))


def _is_partial(one: Amount, text: str) -> bool:
    """Whether a number counts a part of something, or what comes on top: "two of the men", "three more"."""
    own = text[one.start : one.end]
    if not one.unit and (_AGE_BEFORE.search(text[: one.start]) or _OF_AFTER.match(text[one.end :])):
        return True
    return bool(
        _PART_WITHIN.search(own) or _PART_AFTER.match(text[one.end :]) or _PART_BEFORE.search(text[: one.start])
    )


def _apart(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return quantities without those that lie inside another."""
    return [q for q in quantities if not any(o is not q and _holds(o.span, q.span) for o in quantities)]


def _with_units(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return quantities in order, bare ones with the unit of the sentence before ("Two minutes. He says ten")."""
    found: list[Quantity] = []
    for one in sorted(quantities, key=lambda q: q.span.start):
        last = found[-1] if found else None
        takes = last is not None and not one.unit and last.unit and _ENDED.search(text[last.span.end : one.span.start])
        found.append(replace(one, unit=last.unit) if takes and last is not None else one)
    return found


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer != inner


def _moved(span: Span, pieces: Sequence[Span]) -> Span | None:
    """Return a span of the document as a span of the content's pieces joined by one space, or None if it is outside."""
    before = 0
    for piece in pieces:
        if piece.start <= span.start and span.end <= piece.end:
            return Span(before + span.start - piece.start, before + span.end - piece.start)
        before += piece.end - piece.start + 1
    return None
