"""From the lines of printed pages to paragraphs: running heads left out, broken lines joined. Values only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Line(NamedTuple):
    """A line on a page; places in points (1/72 inch) from the page's left and top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_HYPHENS = "-\u00ad\u2010\x02\ufffe"
_SOFT = "\u00ad\x02\ufffe"
_HYPHENATED = re.compile(
    r"(?:\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ex|self|non|co|anti|half|all|cross|well|vice))-$",
    re.I,
)
"""Hyphens that stay where a line breaks behind them."""
_ENDS = re.compile(r"[.!?:;][\"”’')\]]*$")
_POINT = re.compile(r"(?:[•▪◦·*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\d{1,2}:\d{2})\s")
_TURN = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:\s")
_GAP = 1.45
"""Distance of two lines' tops, in that of most lines of the document, beyond which a paragraph ends."""
_SHORT = 0.85
"""Share of the widest line's width below which a line that ends a sentence ends its paragraph."""
_INDENT_PT = 8.0
_FEWEST_PAGES = 3


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without the first and last lines that most pages share."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_NUMBERS.sub("#", line.text) for line in _edges(page)})
    often = max(_FEWEST_PAGES, len(pages) // 2)
    return [
        [
            line
            for line in page
            if line not in _edges(page)
            or not (edges[_NUMBERS.sub("#", line.text)] >= often or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page in pages
    ]


def joined(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of all pages; one that goes on over a page's end is one."""
    steps = [b.top - a.top for page in pages for a, b in pairwise(page) if b.top > a.top]
    usual = median(steps) if steps else 0.0
    held, last = "", None
    for page in pages:
        right = max((line.right for line in page), default=0.0)
        left = min((line.left for line in page), default=0.0)
        for number, line in enumerate(page):
            if last is not None and held:
                if _ends_paragraph(last, line, usual, (left, right), new_page=number == 0):
                    yield held
                    held = ""
                else:
                    held = _join(held, line.text)
            held = held or line.text
            last = line
    if held:
        yield held


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    return [*page[:2], *page[-2:]]


def _ends_paragraph(last: Line, line: Line, usual: float, margins: tuple[float, float], *, new_page: bool) -> bool:
    left, right = margins
    width = max(right - left, 1.0)
    ended = bool(_ENDS.search(last.text))
    if _POINT.match(line.text) or _TURN.match(line.text):
        return True
    if new_page:
        return ended and (last.right - left < _SHORT * width or line.left - left > _INDENT_PT)
    step = line.top - last.top
    if usual and (step > _GAP * usual or step < -usual):
        return step > 0 or ended
    taller = max(last.bottom - last.top, 0.1) / max(line.bottom - line.top, 0.1)
    if not 0.85 < taller < 1.18:
        return True
    if line.left - last.left > _INDENT_PT and ended:
        return True
    return last.right - left < (_SHORT if ended else 0.6) * width


def _join(held: str, text: str) -> str:
    if held[-1] in _HYPHENS and text[:1].isalpha():
        stays = held[-1] not in _SOFT and (_HYPHENATED.search(held) or not text[0].islower())
        return held + text if stays else held[:-1] + text
    return f"{held} {text}"
