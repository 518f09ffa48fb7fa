"""``everyangle accounts measure``: choose what is measured in the footage."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, Why
from everyangle.stages.measure import MeasureRequest, choose_measure


def measure(
    case: CasePath,
    moments: Annotated[
        list[str],
        typer.Argument(
            metavar="MOMENT...", help="Labels or numbers (m12); with :end behind it, the moment's end is meant."
        ),
    ],
    why: Why,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="The question whose claims stand beside it.")
    ] = None,
    label: Annotated[str, typer.Option("--label", help="What is measured, in words.")] = "",
    count: Annotated[bool, typer.Option("--count", help="Count the moments instead of timing them.")] = False,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Measure the interval between two moments, the wall time of one, or count several, with the error.

    Try it:

    everyangle accounts measure stop "car stops" "window breaks" --question negotiate:how-long --why "the wait"
    """
    with app.open_bench(case) as bench:
        done = choose_measure(MeasureRequest(moments, count, label, question, why, by), bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
