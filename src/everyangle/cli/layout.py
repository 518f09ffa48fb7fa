"""Words and tables that fit: folded to a terminal's width, whole lines where a program reads. Knows no recordings."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

NARROW = 88
"""Below so many columns a table becomes blocks of lines."""

UNBOUNDED = 20_000
"""Columns of what is no terminal: there a row is one line, so that other programs can take it apart."""


def console() -> Console:
    """Return where results go: as wide as the terminal; unbounded where a file or a program takes them."""
    bounded = sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))
    return Console(width=None if bounded else UNBOUNDED, highlight=False, emoji=False)


def heading(out: Console, words: str) -> None:
    """Print a heading with an empty line before it."""
    out.print()
    paragraph(out, words, style="bold")


def paragraph(out: Console, words: str, *, indent: int = 0, hanging: int = 0, style: str = "") -> None:
    """Print words folded to the width.

    Args:
        out: where to.
        words: on one line.
        indent: columns before each line.
        hanging: columns more before each line but the first.
        style: how it looks, where that can be shown.
    """
    width = max(20, out.width - indent - hanging)
    for number, line in enumerate(Text(words, style).wrap(out, width)):
        line.rstrip()
        out.print(Text(" " * (indent + (hanging if number else 0))) + line, soft_wrap=True)


def table(out: Console, columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print rows under headings; long words fold, and no line ends in spaces.

    Args:
        out: where to, at least :data:`NARROW` columns wide.
        columns: headings.
        rows: the cells of each row.
        right: numbers of columns whose cells stand to the right.
    """
    drawn = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for number, name in enumerate(columns):
        narrow = number in right
        drawn.add_column(name, overflow="fold", no_wrap=narrow, justify="right" if narrow else "left")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    for segments in out.render_lines(drawn, pad=False):
        line = Text.assemble(*((s.text, s.style or "") for s in segments))
        line.rstrip()
        out.print(line, soft_wrap=True)
