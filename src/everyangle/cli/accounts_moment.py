"""``everyangle accounts moment``: label a moment of the event."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Progress, Quiet, Why
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.stages.mark import MomentRequest, set_moment


def moment(
    case: CasePath,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What happens, in words.")],
    at: Annotated[
        str,
        typer.Option("--at", metavar="T", help="Where it begins: event time (83.2, 1:23.2) or wall time."),
    ],
    why: Why,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="T", help="Where it ends, written alike; where it begins, if not given."),
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="ITEM", help="The times are positions in this recording.")
    ] = None,
    within: Annotated[
        float | None, typer.Option("--within", metavar="S", min=0, help="The error of the marking: right within ± S s.")
    ] = None,
    replaces: Annotated[
        str | None, typer.Option("--replaces", metavar="MOMENT", help="The moment that this one corrects: m12, say.")
    ] = None,
    by: By = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Label a moment of the event. It is kept in a recording's own time, and so outlasts every new alignment.

    Try it:

    everyangle accounts moment stop "window breaks" --at 3:02.0 --within 0.05 --why "the glass falls"
    """
    request = MomentRequest(label, at, to, of, within, replaces, why, by)
    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, events=events) as bench:
        done = set_moment(request, bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
