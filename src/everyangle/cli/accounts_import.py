"""``everyangle accounts import``: take in a spreadsheet of statements."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.exits import FAILED_CHECK, OK
from everyangle.cli.options import By, CasePath, Quiet, Why
from everyangle.stages.import_table import ImportRequest, import_table


def import_statements(
    case: CasePath,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="The table: CSV in UTF-8, headings in its first row.")
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADING",
            help="Which column holds what: content, who, role, party, act, said_at, published, question, source.",
        ),
    ] = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="Leave rows with faults out instead of refusing all.")
    ] = False,
    why: Why = "",
    by: By = None,
    quiet: Quiet = False,
) -> int:
    """Take the rows of a table as statements. The table is received as an item; faults are told row by row.

    Try it:

    everyangle accounts import stop desk.csv --column content=Quote --column who=Name --why "the desk's own list"
    """
    named = dict(one.partition("=")[::2] for one in column or [])
    if not all(named.values()):
        raise typer.BadParameter("write --column FIELD=HEADING")
    with app.open_bench(case) as bench:
        done = import_table(ImportRequest(file, named, partly, why, by), bench)
    for fault in done.faults:
        where = f"row {fault.row}" + (f", {fault.column}" if fault.column else "")
        sys.stderr.write(f"left out: {where}: {fault.what}\n")
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.statements} statements taken in.")
    return FAILED_CHECK if done.faults else OK
