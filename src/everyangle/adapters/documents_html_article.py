"""What trafilatura leaves to be done before and after it: tables that only lay a page out, order, marks of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from lxml import etree

_BLOCKS = ("p", "div", "table", "br", "ul", "ol", "blockquote", "h1", "h2", "h3", "article", "section")
_ADVERTISEMENT = re.compile(r"(?:^|[\s_-])(?:ads?|advert\w*|adslot|sponsor(?:ed)?|promo\w*)(?:$|[\s_-])", re.I)
_LONGEST_ADVERTISEMENT = 600
_MOST = 20_000
_GONE = "gone"
_LONG_CELL = 250
_MOST_TABLES = 2000
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_BAR = re.compile(r"(?<!\\)\|")
_MOST_LINES = 20_000


def without_clutter(tree: Any) -> None:
    """Take out what stands inside an article and says of itself that it does not belong to it: advertisements."""
    for element in tree.xpath("//*[@class or @id][not(self::html or self::body or self::article or self::main)]")[
        :_MOST
    ]:
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _ADVERTISEMENT.search(named) and len(element.text_content()) < _LONGEST_ADVERTISEMENT:
            element.tag = _GONE
    etree.strip_elements(tree, _GONE, with_tail=False)


def without_layout(tree: Any) -> None:
    """Turn tables that only lay a page out, whose cells hold paragraphs, into plain divisions."""
    for table in tree.xpath("//table")[:_MOST_TABLES]:
        cells = table.xpath("./tr/td | ./tbody/tr/td")
        if any(_holds_blocks(cell) for cell in cells):
            for part in (table, *table.xpath("./tbody | ./tr | ./tbody/tr"), *cells):
                part.tag = "div"


def _holds_blocks(cell: Any) -> bool:
    blocks = [child for child in cell.iter(*_BLOCKS) if child is not cell]
    return len(blocks) > 1 and len(cell.text_content()) > _LONG_CELL


def tidied(line: str) -> str:
    """Return a line without the marks that stand for a list's point or a table's row; cells are divided by a bar."""
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        if _RULE.fullmatch(bare):
            return ""
        cells = (" ".join(cell.replace("\\|", "|").split()) for cell in _BAR.split(bare[1:-1]))
        return " | ".join(cell for cell in cells if cell)
    return bare.removeprefix("- ")


def in_order(lines: Sequence[str], page: str) -> list[str]:
    """Return the lines in the order in which the page has them; one that it has not stays behind the one before it.

    Args:
        lines: of the article.
        page: all text of the page.
    """
    whole = "".join(page.split())
    places: list[int] = []
    at = 0
    for line in lines[:_MOST_LINES]:
        words = "".join(line.split())
        found = whole.find(words, at) if words else -1
        found = whole.find(words) if words and found < 0 else found
        places.append(found if found >= 0 else places[-1] if places else 0)
        at = found + len(words) if found >= 0 else at
    if len(lines) > len(places) or all(a <= b for a, b in pairwise(places)):
        return list(lines)
    return [line for _, line in sorted(zip(places, lines, strict=True), key=lambda one: one[0])]
