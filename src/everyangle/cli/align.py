"""``everyangle align``: put recordings on one clock, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.layout import console
from everyangle.cli.options import DeviceSource, Everything, Jobs, Progress, Quiet, WorkUrl
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.told import tell_document
from everyangle.core.alignment_json import alignment_json
from everyangle.core.stated import DeviceFrom, Hints


def align(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Recordings, or folders of them.")],
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write everyangle.alignment/1 here (- for the output).")
    ] = None,
    no_metadata: Annotated[
        bool, typer.Option("--no-metadata", help="Weigh no times and devices that files say of themselves.")
    ] = False,
    device_from: DeviceSource = DeviceFrom.NONE,
    everything: Everything = False,
    jobs: Jobs = None,
    work: WorkUrl = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Put recordings on one clock by their sound, ad hoc. Nothing is kept but what --json writes.

    What it prints, and how to read it:

    **On the event clock**: when each starts and ends, within which 95 % error, and on what that rests: how many other
    recordings agree with it, by how many kinds of evidence (peaks of the spectrum, loudness in bands, the waveform
    itself), in how many circles of three recordings that all agree.

    **Linked, not joined**: both hold content that can be played anywhere, such as a song; where it is in each.

    **Ambiguous, not joined**: the places that fit about equally well, and what would decide.

    **Set aside**: pairs that contradict the rest, by name. **Not placed**: why.

    Times that containers and names say are weighed, never trusted: they choose between places that sound leaves open,
    and what rests on them says so.

    Try it:

    everyangle align phone.mp4 bodycam.mp4 stream.webm --json alignment.json

    everyangle align received/ --all
    """
    with progress(progress_style, quiet=quiet) as events:
        hints = Hints(not no_metadata, device_from)
        document = app.align(files, hints=hints, jobs=jobs, work_url=work, events=events)
    to_output = json_out is not None and str(json_out) == "-"
    if to_output:
        typer.echo(alignment_json(document), nl=False)
    elif json_out is not None:
        app.write_whole(json_out, alignment_json(document))
    if not quiet and not to_output:
        tell_document(console(), document, whole=everything)
