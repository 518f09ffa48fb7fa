"""``everyangle add``: receive files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from everyangle import app
from everyangle.cli.exits import FAILED_CHECK, OK
from everyangle.cli.options import By, CasePath, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.core.ids import short
from everyangle.stages.preserve import Provenance, Received, Refused, add_each


def add(
    case: CasePath,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE|FOLDER…", help="What to receive; folders with all below.")
    ],
    giver: Annotated[
        str | None,
        typer.Option("--from", metavar="WHO", help="Who gave it. Kept as a private field, sealed in the log."),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Anything to remember. Kept as a private field.")
    ] = None,
    by: By = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> int:
    """Receive files. Each is hashed while it is copied, made durable, entered in the log; only then is it "received".

    Nothing is ever moved, changed or deleted where it came from. Run the same command again after an interruption:
    what was received already is kept once, and the log tells that it came twice.

    Try it:

    everyangle add stop ~/from-neighbour --from "M. Example, 12 Alder Street" --note "handed over on a stick"
    """
    refused = 0
    out = Console(highlight=False, soft_wrap=True)
    complain = Console(stderr=True, highlight=False, soft_wrap=True)
    with app.open_case(case) as ports, progress(progress_style, quiet=quiet) as events:
        for outcome in add_each(ports, files, Provenance(by, giver, note), events=events):
            if isinstance(outcome, Refused):
                refused += 1
                complain.print(_refusal(outcome))
            elif not quiet:
                out.print(_receipt(outcome))
    return FAILED_CHECK if refused else OK


def _receipt(one: Received) -> str:
    again = "  [dim](these bytes were received before)[/]" if one.again else ""
    return f"received  {short(one.digest)}  {one.size:>13,}  {escape(one.source.display)}{again}"


def _refusal(one: Refused) -> str:
    rest = " ".join(part for part in (one.error.holds, one.error.todo) if part)
    return f"[bold red]refused[/]   {escape(one.error.what)} {escape(rest)} [dim]\\[{one.error.code}][/]"
