"""``everyangle accounts export``: the ledger as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.accounts.ledger_table import ledger_csv
from everyangle.cli.options import CasePath, Quiet
from everyangle.core.ledger_json import ledger_json
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger


def export(
    case: CasePath,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write the whole ledger (everyangle.ledger/1).")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="OUT", help="Write the statements as a table for a spreadsheet.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the ledger as JSON, its statements as CSV, or both.

    Try it:

    everyangle accounts export stop --json ledger.json --csv statements.csv
    """
    if json is None and csv is None:
        raise typer.BadParameter("give --json OUT, --csv OUT, or both")
    with app.open_bench(case) as bench:
        found = ledger(load(bench), bench)
    for path, data in ((json, ledger_json), (csv, lambda one: ledger_csv(one).encode("utf-8-sig"))):
        if path is not None:
            app.write_whole(path, data(found))
    if not quiet:
        typer.echo(f"{len(found.statements)} statements, {len(found.questions)} questions written.")
