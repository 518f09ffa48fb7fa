"""Quotations by their marks: where each begins and ends, and which go on in the next paragraph.

Marks are “…”, "…", ''…'', «…», „…“ and, in a line without double marks, ‘…’ and '…'. An opening mark without a closing
one ends with its line; if the next line begins with an opening mark, the quotation goes on there (the custom of English
print). A closing mark without an opening one is no quotation. Nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLE = re.compile(r"[“”\"„«»]|''|``")
_SINGLE = re.compile(r"[‘’]")
_STRAIGHT = re.compile(r"(?<![^\s(\[—–-])'(?=[^\W_])[^'\n]*(?:(?<=\w)'\w[^'\n]*)*[.,?!]'(?!\w)")
"""Straight single marks count only where a comma or a stop stands before the closing one: others are apostrophes."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks.

    Attributes:
        start: the opening mark's first code point.
        end: after the closing mark, or after the line's last word where there is none.
        closed: whether there is a closing mark.
        goes_on: whether the quotation goes on in the next line's first quotation.
    """

    start: int
    end: int
    closed: bool = True
    goes_on: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text, in order, outermost only."""
    lines = list(_lines(text))
    found: list[list[Quotation]] = [list(_line_quotations(text, a, b)) for a, b in lines]
    for here, after, (start, _) in zip(found, found[1:], lines[1:], strict=False):
        if here and not here[-1].closed and after and after[0].start - start <= 1:
            last = here[-1]
            here[-1] = Quotation(last.start, last.end, closed=False, goes_on=True)
    return tuple(quotation for line in found for quotation in line)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each line with words, white space at its ends left out."""
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if end > start:
            yield start, end


def _line_quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    singles = _DOUBLE.search(text, start, end) is None
    if singles and "‘" not in text[start:end]:
        yield from (Quotation(*match.span()) for match in _STRAIGHT.finditer(text, start, end))
        return
    opened: int | None = None
    for match in (_SINGLE if singles else _DOUBLE).finditer(text, start, end):
        mark, at = match[0], match.start()
        opens = _opens(text, mark, at, match.end(), start, end, inside=opened is not None)
        if singles and not opens and _apostrophe(text, at, end):
            continue
        if opened is None:
            if opens:
                opened = at
        elif not opens:
            yield Quotation(opened, match.end())
            opened = None
        elif mark in "“«" and opened is not None and text[opened] == mark:
            # A second opening mark: the first was never closed.
            yield Quotation(opened, at, closed=False)
            opened = at
    if opened is not None and end > opened + 1:
        yield Quotation(opened, end, closed=False)


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int, *, inside: bool) -> bool:
    """Whether a mark opens a quotation; straight marks are told by what stands around them."""
    if mark in {"“", "„", "«", "‘", "``"}:
        return not (mark == "“" and inside and (after >= end or text[after] in " .,;:)"))
    if mark in {"”", "»", "’"}:
        return False
    space_before = at == start or text[at - 1] in " \t\u00a0([{—–-:,‘'"
    space_after = after >= end or text[after] in " \t\u00a0)]}.,;:!?—–"
    if space_before != space_after:
        return space_before
    return not inside


def _apostrophe(text: str, at: int, end: int) -> bool:
    """Whether a right single mark stands inside a word ("don’t") or ends one before a small word ("drivers’ …")."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    return after.isalnum() or (before == "s" and after == " " and text[at + 2 : at + 3].islower())
