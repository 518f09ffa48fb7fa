"""Imported: the rows of a table of statements, such as a newsroom's spreadsheet, as statements with places in its text.

CSV as RFC 4180 tells it, with comma, semicolon or tab. Each fault is told by its row. The table itself is the source:
what it says of speakers and dates is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from everyangle.accounts import quantities, times
from everyangle.core.accounts import (
    AccountDocument,
    Act,
    Cue,
    Form,
    Passage,
    Quantity,
    Span,
    Speaker,
    Statement,
    TimeMention,
)
from everyangle.record.kinds_accounts import ImportColumns

M = TypeVar("M", TimeMention, Quantity)

_GUESSES: Mapping[str, str] = {
    "content": r"quote|quotation|statement|words|content|text|claim|what (?:was|is) said|what they said",
    "who": r"who|speaker|name|person|said by|source name",
    "role": r"role|title|function|position held",
    "party": r"party|organi[sz]ation|affiliation|side|on behalf of|agency|for whom",
    "act": r"act|stance|kind of statement",
    "said_at": r"said(?: at| on)?|date said|date|when|time",
    "published": r"published|date published|publication date",
    "question": r"question|topic|point|issue",
    "source": r"source|publisher|outlet|url|link|publication|where",
}

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's value, and where it stands in the table's text, without quotation marks around it."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: its number (the header is row 1), the column or "", and what."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Imported:
    """Rows as statements.

    Attributes:
        statements: one a row, in order; the id is "r" and the row's number.
        faults: of rows that were left out.
        questions: for each statement's id, the question that its row names, where it does.
        sources: for each statement's id, where it was published, where its row says so.
    """

    statements: tuple[Statement, ...] = ()
    faults: tuple[RowFault, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def rows_of(text: str) -> list[list[Cell]]:
    """Return the rows of a table; rows without any value are left out."""
    separator = _separator(text)
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at, separator)
        row.append(cell)
        if at >= len(text) or text[at] in "\r\n":
            rows.append(row)
            row = []
            at += 2 if text[at : at + 2] == "\r\n" else 1
            if at >= len(text):
                break
        else:
            at += 1
    return [one for one in rows if any(cell.value.strip() for cell in one)]


def guessed(header: Sequence[str]) -> ImportColumns | None:
    """Return which column holds what, as its heading tells; None where no column is recognized as the words said."""
    found: dict[str, str] = {}
    for name, pattern in _GUESSES.items():
        for heading in header:
            if heading not in found.values() and re.fullmatch(pattern, heading.strip(), re.I):
                found[name] = heading
                break
    return ImportColumns(**found) if "content" in found else None


def missing(header: Sequence[str], columns: ImportColumns) -> list[str]:
    """Return the columns that are named and that the table does not have."""
    named = [getattr(columns, one.name) for one in fields(columns)]
    return [name for name in named if name is not None and name not in header]


def imported(document: AccountDocument, columns: ImportColumns) -> Imported:
    """Return the rows of a table as statements.

    Args:
        document: the table; its text is the file's.
        columns: which column holds what; those that the table lacks hold nothing.
    """
    rows = rows_of(document.text)
    if not rows:
        return Imported()
    header = [cell.value.strip() for cell in rows[0]]
    where = {
        one.name: header.index(name)
        for one in fields(columns)
        if (name := getattr(columns, one.name)) is not None and name in header
    }
    statements, faults = [], []
    questions: dict[str, str] = {}
    sources: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[place] for name, place in where.items() if place < len(row) and row[place].value.strip()}
        wrong = list(_faults(number, cells, row, header, columns))
        if wrong:
            faults += wrong
            continue
        made = _statement(number, cells)
        statements.append(made)
        if "question" in cells:
            questions[made.id] = cells["question"].value.strip()
        if "source" in cells:
            sources[made.id] = cells["source"].value.strip()
    return Imported(tuple(statements), tuple(faults), questions, sources)


def _faults(
    number: int, cells: Mapping[str, Cell], row: Sequence[Cell], header: Sequence[str], columns: ImportColumns
) -> Iterator[RowFault]:
    if len(row) > len(header):
        yield RowFault(number, "", f"it has {len(row)} cells, the header {len(header)}: is a quotation mark missing?")
        return
    if "content" not in cells:
        yield RowFault(number, columns.content, "nothing is said in it")
    if "act" in cells and _act(cells["act"].value) is None:
        acts = ", ".join(act.value for act in Act)
        yield RowFault(number, columns.act or "", f"{cells['act'].value.strip()!r} is no act; there are: {acts}")
    for name in ("said_at", "published"):
        if name in cells and _DATE.fullmatch(cells[name].value.strip()) is None:
            yield RowFault(
                number, getattr(columns, name), f"{cells[name].value.strip()!r} is no date; write 2031-04-15"
            )


def _statement(number: int, cells: Mapping[str, Cell]) -> Statement:
    content = cells["content"]
    date = cells.get("said_at") or cells.get("published")
    act = _act(cells["act"].value) if "act" in cells else None
    published = date.value.strip() if date is not None else None
    start = content.span.start
    return Statement(
        f"r{number}",
        Passage((content.span,), content.value),
        Form.DIRECT if content.value.strip()[:1] in '“"‘' else Form.INDIRECT,
        speaker=_speaker(cells),
        cue=None if act is None else Cue(Passage((cells["act"].span,), cells["act"].value), act),
        said_at=None if published is None else published.replace(" ", "T"),
        times=tuple(_moved(one, start) for one in times.mentions(content.value, published, same_day=False)),
        quantities=tuple(_moved(one, start) for one in quantities.mentions(content.value)),
    )


def _moved(one: M, by: int) -> M:
    return replace(one, span=Span(one.span.start + by, one.span.end + by))


def _speaker(cells: Mapping[str, Cell]) -> Speaker | None:
    who = cells.get("who") or cells.get("role") or cells.get("party")
    if who is None:
        return None
    told = {name: cells[name].value.strip() for name in ("who", "role", "party") if name in cells}
    return Speaker(Passage((who.span,), who.value), told.get("who"), told.get("role"), told.get("party"))


def _act(words: str) -> Act | None:
    name = words.strip().lower().replace(" ", "-").replace("_", "-")
    return next((act for act in Act if name in (act.value, act.value.rstrip("s"))), None)


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def _cell(text: str, at: int, separator: str) -> tuple[Cell, int]:
    """Return the cell that begins at a place, and where it ends: at a separator, a line's end, or the text's."""
    if text[at : at + 1] != '"':
        end = at
        while end < len(text) and text[end] not in (separator, "\r", "\n"):
            end += 1
        return Cell(text[at:end], Span(at, end)), end
    end = at + 1
    while end < len(text):
        if text[end] == '"':
            if text[end + 1 : end + 2] != '"':
                break
            end += 1
        end += 1
    value, after = text[at + 1 : end], min(len(text), end + 1)
    while after < len(text) and text[after] not in (separator, "\r", "\n"):
        after += 1
    return Cell(value, Span(at + 1, end)), after
