"""``everyangle align``: put recordings on one clock, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from everyangle import app
from everyangle.cli.options import Jobs, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.tables import jumps_words
from everyangle.core.alignment import Verdict
from everyangle.core.alignment_json import Document, alignment_json
from everyangle.core.time import format_position


def align(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Recordings, or folders of them.")],
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write everyangle.alignment/1 here (- for the output).")
    ] = None,
    jobs: Jobs = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Put recordings on one clock by their sound, ad hoc. Nothing is kept but what --json writes.

    Try it:

    everyangle align phone.mp4 bodycam.mp4 stream.webm --json alignment.json
    """
    with progress(progress_style, quiet=quiet) as events:
        document = app.align(files, jobs=jobs, events=events)
    to_output = json_out is not None and str(json_out) == "-"
    if to_output:
        typer.echo(alignment_json(document), nl=False)
    elif json_out is not None:
        app.write_whole(json_out, alignment_json(document))
    if not quiet and not to_output:
        _tell(document)


def _tell(document: Document) -> None:
    out = Console(highlight=False)
    paths = {source.id: source.path for source in document.sources}
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for column in ("recording", "group", "starts", "within", "note"):
        table.add_column(column, overflow="fold", justify="right" if column in ("starts", "within") else "left")
    for one in sorted(document.solution.placements, key=lambda p: (p.component, p.clock.offset_s)):
        within = "the clock" if one.anchor else f"±{one.clock.error_s:.3f} s"
        if one.reason is not None:
            reason = one.reason
            for name_id, path in paths.items():
                reason = reason.replace(name_id, path)
            table.add_row(escape(paths[one.id]), "-", "", "", escape(f"not placed: {reason}"))
        else:
            start = format_position(one.clock.offset_s, decimals=3)
            table.add_row(escape(paths[one.id]), str(one.component), start, within, jumps_words(one.clock))
    out.print(table)
    for found in document.solution.alignments:
        if found.verdict is not Verdict.SAME_EVENT:
            out.print(f"{found.verdict.value}: {escape(paths[found.a])} and {escape(paths[found.b])}")
    for error in document.errors:
        out.print(f"[bold red]not read[/]  {escape(error.message)} [dim]\\[{error.code}][/]")
