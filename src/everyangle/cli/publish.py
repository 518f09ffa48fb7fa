"""``everyangle publish``: a self-contained dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Progress, Quiet, Why
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.stages.publish import PublishRequest
from everyangle.stages.publish import publish as publish_case


def publish(
    case: CasePath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The dossier's folder; must not exist yet.")],
    unredacted: Annotated[
        bool, typer.Option("--unredacted", help="Footage may go out as it is. Needs --why; logged and shown.")
    ] = False,
    why: Why = "",
    by: By = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Publish the case as one folder that opens by double click and verifies offline.

    It holds every item as received, the copies that browsers play, the page, and the proofs. There is no redaction
    yet, so it is refused unless you say why footage may go out as it is.

    Try it:

    everyangle publish stop stop-dossier --unredacted --why "all persons shown have agreed"
    """
    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, events=events) as bench:
        request = PublishRequest(out, app.verifier(), unredacted=unredacted, why=why, by=by)
        published = publish_case(request, bench)
    if not quiet:
        typer.echo(f"Published {published.files:,} files, {published.size:,} bytes, in entry {published.entry}.")
        typer.echo(f"Open: {out / 'index.html'}")
        typer.echo(f"Verify: python3 {out / 'verify.py'}")
