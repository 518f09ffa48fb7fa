"""Plain text that was broken into lines of one width, as letters and records are, made whole for a parser.

Lengths stay: every place in the result is the same place in the text. The text itself is never changed.
"""

from __future__ import annotations

import re
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 130
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
"""Columns set with spaces are a table, not a paragraph."""

_POINT = re.compile(r"\s*(?:[-•*–—>]|\(?(?:\d{1,3}|[a-zA-Z])[.)]|\d{1,2}:\d{2}|[A-Z][\w.'’ -]{0,40}:)\s")
"""A point of a list, an entry of a log, a turn of a conversation begins a line of its own."""


def unwrapped(text: str) -> str:
    """Return the text with spaces where a line ends only because the next word did not fit.

    A line is taken for broken where the first word of the next would have made it longer than the text's widest line,
    and neither is a row of a table nor the next a point of a list.
    """
    rows = text.split("\n")
    width = max(len(row.rstrip()) for row in rows)
    if len(rows) == 1 or not _NARROWEST <= width <= _WIDEST:
        return text
    pieces = []
    for row, following in pairwise(rows):
        broken = _broken(row.rstrip(), following, width)
        pieces.append(row.removesuffix("\r") + " " * (len(row) - len(row.removesuffix("\r"))) if broken else row)
        pieces.append(" " if broken else "\n")
    return "".join([*pieces, rows[-1]])


def _broken(row: str, following: str, width: int) -> bool:
    words = following.split(maxsplit=1)
    if not row or not words or _COLUMNS.search(row) or _COLUMNS.search(following) or _POINT.match(following):
        return False
    return len(row) + 1 + len(words[0]) > width
