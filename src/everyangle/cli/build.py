"""``everyangle build``: everything that machines can make of a case."""

from __future__ import annotations

from rich.console import Console

from everyangle import app
from everyangle.cli.options import CasePath, Jobs, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.tables import tell_rows
from everyangle.stages.status import rows


def build(
    case: CasePath,
    jobs: Jobs = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Examine, align and prepare everything in a case, as far as it is not done yet.

    Prints what was placed, with its 95 % error, and what was not, and why. Interrupt it at any time: the same command
    goes on from there.

    Try it:

    everyangle build stop
    """
    from everyangle.stages.build import build as build_case  # loads the signal processing; not for other commands

    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, jobs=jobs, events=events) as bench:
        view = build_case(bench)
    if not quiet:
        tell_rows(Console(highlight=False), rows(view))
