"""``everyangle accounts withdraw``: take an act on accounts back."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, Why
from everyangle.stages.mark import withdraw_act


def withdraw(
    case: CasePath,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The index of its entry: 12, or m12.")],
    why: Why,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Take an earlier act on accounts back. What the machine or an earlier act says then stands again.

    Try it:

    everyangle accounts withdraw stop m12 --why "it was another window"
    """
    with app.open_bench(case) as bench:
        done = withdraw_act(entry, why, by, bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
