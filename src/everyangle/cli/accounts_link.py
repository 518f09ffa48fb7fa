"""``everyangle accounts link``: tie a statement to footage or to an item."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, StatementText, Why
from everyangle.core.weighing import BearingKind
from everyangle.stages.judge import LinkRequest
from everyangle.stages.judge import link as link_statement


def link(
    case: CasePath,
    statement: StatementText,
    bearing: Annotated[BearingKind, typer.Argument(metavar="BEARING", help="supports, contradicts, context or none.")],
    why: Why,
    moment: Annotated[
        str | None, typer.Option("--moment", metavar="MOMENT", help="A moment or measure: its label, or m12.")
    ] = None,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM", help="A whole item instead.")] = None,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Say what a moment, a measure or an item means for a statement. The last word on the same two stands.

    Try it:

    everyangle accounts link stop 3fa2b1c9-104-188 contradicts --moment "window breaks" --why "47 s after the stop"
    """
    with app.open_bench(case) as bench:
        done = link_statement(LinkRequest(statement, bearing, moment, item, why, by), bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
