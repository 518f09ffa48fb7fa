"""Which words stand in quotation marks, how deep, and so whether a statement is direct, indirect or mixed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from everyangle.core.accounts import Form, Passage, Span

_CLOSES = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»"}


def depths(text: str) -> list[int]:
    """Return, for each code point, in how many quotations it stands (the marks count as inside).

    A quotation that is not closed ends with its paragraph. Apostrophes are told from single marks by their neighbours.
    """
    found: list[int] = []
    stack: list[str] = []
    for place, mark in enumerate(text):
        if mark == "\n":
            stack.clear()
        if stack and mark == _CLOSES[stack[-1]] and not _apostrophe(text, place):
            found.append(len(stack))
            stack.pop()
            continue
        if mark in _CLOSES and not _apostrophe(text, place) and _opens(text, place):
            stack.append(mark)
        found.append(len(stack))
    return found


def _apostrophe(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return text[place] in "’'" and before.isalnum() and after.isalnum()


def _opens(text: str, place: int) -> bool:
    if text[place] not in "\"'‘":
        return True
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    elided = text[place] in "'‘" and re.match(r"\d0s|em\b|tis\b|cause\b", text[place + 1 :]) is not None
    return (not before or before.isspace() or before in "([“‘\"'—–-") and not after.isspace() and not elided


def base(depth: Sequence[int], cue: Passage | None, speaker: Passage | None) -> int:
    """Return how deep in quotations the statement itself is made: where its cue stands, or else its speaker."""
    passage = cue or speaker
    return min(depth[span.start] for span in passage.spans) if passage else 0


def form(text: str, depth: Sequence[int], content: Iterable[Span], outside: int) -> Form:
    """Return the form of a content, counting marks that open within the statement only.

    Args:
        text: the document's.
        depth: from :func:`depths`.
        content: the statement's pieces.
        outside: from :func:`base`.
    """
    inside = {depth[place] > outside for span in content for place in range(*span) if text[place].isalnum()}
    if inside == {True}:
        return Form.DIRECT
    return Form.MIXED if True in inside else Form.INDIRECT
