"""``everyangle clock``: tie the event clock to wall time."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.stages.clock import ClockRequest, tie_clock


def clock(
    case: CasePath,
    event: Annotated[
        str, typer.Option("--event", metavar="T", help="A position on the event clock: 83.2, 1:23.2 or 0:01:23.2.")
    ],
    wall: Annotated[str, typer.Option("--is", metavar="TIME", help="The wall time there: 2025-05-03T10:04:12-05:00.")],
    why: Annotated[str, typer.Option("--why", help="How you know, kept word for word in the log.")],
    within: Annotated[
        float | None, typer.Option("--within", metavar="S", min=0, help="The stated error: right within ± S seconds.")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="ITEM", help="T is a position in this recording, not on the event clock."),
    ] = None,
    by: By = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Tie event time to wall time, with its error. A later tie corrects an earlier one.

    Try it:

    everyangle clock stop --event 1:03.0 --is "2025-05-03T10:04:12-05:00" --within 1 --why "a phone in view"
    """
    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, events=events) as bench:
        tied = tie_clock(ClockRequest(event, wall, of, within, why, by), bench)
    if not quiet:
        typer.echo(f"Entry {tied.entry}: {tied.words}.")
