"""``everyangle build``: everything that machines can make of a case."""

from __future__ import annotations

from everyangle import app
from everyangle.cli.layout import console
from everyangle.cli.options import CasePath, Everything, Jobs, Progress, Quiet, WorkUrl
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.told import tell_case


def build(
    case: CasePath,
    everything: Everything = False,
    jobs: Jobs = None,
    work: WorkUrl = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Examine, align and prepare everything in a case, as far as it is not done yet.

    Prints what was placed, with its 95 % error and the evidence for it (how many other recordings agree, by how many
    kinds of evidence, in how many circles of three that all agree), what is linked by replayed content or ambiguous and
    joins nothing, and what was not placed, and why. Interrupt it at any time: the same command goes on from there.

    Try it:

    everyangle build stop

    everyangle build stop --all
    """
    from everyangle.stages.build import build as build_case  # loads the signal processing; not for other commands

    with (
        progress(progress_style, quiet=quiet) as events,
        app.open_bench(case, jobs=jobs, work_url=work, events=events) as bench,
    ):
        view = build_case(bench)
    if not quiet:
        tell_case(console(), view, whole=everything)
