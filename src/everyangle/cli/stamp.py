"""``everyangle stamp``: have outside authorities say when the log existed."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from everyangle import app
from everyangle.cli.exits import FAILED_CHECK, OK
from everyangle.cli.options import CasePath, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.stages.stamp import stamp as stamp_case


def stamp(
    case: CasePath,
    authority: Annotated[
        list[str], typer.Option("--tsa", metavar="URL", help="A timestamping authority (RFC 3161); can be given again.")
    ],
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> int:
    """Ask timestamping authorities to sign that the case's log existed now. Only a digest leaves this machine.

    Try it:

    everyangle stamp stop --tsa https://tsa.example/rfc3161
    """
    with app.open_case(case) as ports, progress(progress_style, quiet=quiet) as events:
        result = stamp_case(ports, app.authorities(authority), events=events)
    out, complain = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    for failed in result.failed:
        complain.print(f"[bold red]failed[/]   {escape(failed.url)}: {escape(str(failed.error))}")
    for kept in () if quiet else result.kept:
        out.print(f"stamped  {escape(kept.url)}  →  log/stamps/{kept.place}")
    return FAILED_CHECK if result.failed else OK
