"""Importing: a spreadsheet of statements, such as a newsroom keeps, becomes part of a case's ledger.

The table itself is received like any other item; an entry says which column holds what. Nothing is copied out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from everyangle.accounts.imported import RowFault, guessed, imported, missing, rows_of
from everyangle.core.accounts import AccountDocument
from everyangle.core.errors import BadInputError, StorageError
from everyangle.core.ids import Digest
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import ImportColumns, StatementsImported
from everyangle.stages.mark import note_act
from everyangle.stages.preserve import Provenance
from everyangle.stages.preserve import add as receive

LARGEST = 32_000_000
"""Bytes of a table; a larger one is no spreadsheet of statements."""

_HOLDS = "Nothing was received or recorded."


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A table to be taken in.

    Attributes:
        path: of a CSV file.
        columns: for each field (see ``ImportColumns``) the heading of its column; guessed where none is given.
        partly: whether rows with faults are left out; otherwise one fault refuses the table.
        why: the reason.
        by: who acts, or None; kept private.
    """

    path: Path
    columns: Mapping[str, str]
    partly: bool = False
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class TableImported:
    """What came of it: how many statements, the faults of rows left out, the columns, and the index of the entry."""

    statements: int
    faults: tuple[RowFault, ...]
    columns: ImportColumns
    entry: int


def import_table(request: ImportRequest, bench: Workbench) -> TableImported:
    """Receive a table and record that its rows are statements.

    Raises:
        BadInputError: ``table-unreadable``, ``table-empty``, ``column-unknown``, ``column-missing`` or
            ``table-faulty``; nothing was received or recorded then.
    """
    text = _text(request.path)
    rows = rows_of(text)
    if len(rows) < 2:
        raise BadInputError("table-empty", f"{request.path} has no rows below its headings.", holds=_HOLDS)
    columns = _columns(request, [cell.value.strip() for cell in rows[0]])
    found = imported(AccountDocument(str(request.path), Digest("0" * 64), text), columns)
    if not found.statements or (found.faults and not request.partly):
        raise BadInputError("table-faulty", _told(request.path, found.faults), holds=_HOLDS, todo=_TODO)
    added = receive(bench.case, [request.path], Provenance(by=request.by), events=bench.events)
    if added.refused:
        raise added.refused[0].error
    body = StatementsImported(added.received[0].digest, columns, request.why)
    return TableImported(len(found.statements), found.faults, columns, note_act(body, request.by, bench))


_TODO = "Correct these rows, or leave them out: --partly"


def _text(path: Path) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise StorageError("table-unreadable", f"{path} cannot be read: {error.strerror}.", holds=_HOLDS) from error
    if data is None:
        raise BadInputError("table-unreadable", f"{path} is larger than {LARGEST:,} bytes.", holds=_HOLDS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(
            "table-unreadable",
            f"{path} is not UTF-8 at byte {error.start}.",
            holds=_HOLDS,
            todo="Save it as “CSV UTF-8” in the spreadsheet.",
        ) from error


def _columns(request: ImportRequest, header: list[str]) -> ImportColumns:
    names = [one.name for one in fields(ImportColumns)]
    unknown = [name for name in request.columns if name not in names]
    if unknown:
        raise BadInputError(
            "column-unknown",
            f"There is no field {unknown[0]!r}.",
            holds=_HOLDS,
            todo=f"Fields are: {', '.join(names)}.",
        )
    found = guessed(header) or ImportColumns("")
    columns = replace(found, **request.columns)
    if not columns.content:
        raise BadInputError(
            "column-missing",
            f"None of the columns is recognized as what was said: {', '.join(header)}.",
            holds=_HOLDS,
            todo="Say which: --column content=HEADING",
        )
    lost = missing(header, columns)
    if lost:
        raise BadInputError(
            "column-missing",
            f"The table has no column {lost[0]!r}.",
            holds=_HOLDS,
            todo=f"It has: {', '.join(header)}.",
        )
    return columns


def _told(path: Path, faults: tuple[RowFault, ...]) -> str:
    rows = "; ".join(f"row {one.row}{f', {one.column}' if one.column else ''}: {one.what}" for one in faults[:10])
    more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
    return f"{path} has rows that are no statements: {rows}{more}."
