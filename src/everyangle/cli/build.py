"""``everyangle build``: everything that machines can make of a case."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.layout import console
from everyangle.cli.options import (
    AnswerTimeout,
    By,
    CasePath,
    DeviceChoice,
    Everything,
    Jobs,
    ModelName,
    Progress,
    Quiet,
    ReaderUrl,
    Why,
    WorkUrl,
    reader_of,
)
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.told import tell_case
from everyangle.stages.guide import HintsRequest, choose_hints
from everyangle.stages.load import load


def build(
    case: CasePath,
    metadata: Annotated[
        bool | None,
        typer.Option("--metadata/--no-metadata", help="Weigh the times that files say of themselves, or do not."),
    ] = None,
    device_from: DeviceChoice = None,
    reader: ReaderUrl = None,
    model: ModelName = None,
    timeout: AnswerTimeout = 120,
    why: Why = "",
    by: By = None,
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

    --reader sends the documents' texts to that server, as in "everyangle read"; what it proposes word for word becomes
    an item of the case, marked as proposed by that model. A key is taken from EVERYANGLE_READER_KEY.

    --no-metadata and --device-from are entries in the log: they stand for later builds, too, until chosen otherwise.

    Try it:

    everyangle build stop

    everyangle build stop --all

    everyangle build stop --device-from folder --why "each witness gave one folder"

    everyangle build stop --reader http://127.0.0.1:11434/v1 --model qwen3
    """
    # These load the signal processing and the reading; not for other commands.
    from everyangle.stages.build import build as build_case
    from everyangle.stages.propose_case import ask

    asked = reader_of(reader, model, timeout)
    with (
        progress(progress_style, quiet=quiet) as events,
        app.open_bench(case, jobs=jobs, work_url=work, events=events) as bench,
    ):
        chosen = choose_hints(HintsRequest(metadata, device_from, why, by), bench)
        proposed = None if asked is None else ask(load(bench).items, app.language_model(asked), bench, by=by)
        view = build_case(bench)
    if not quiet and chosen is not None:
        typer.echo(f"Entry {chosen.entry}: {chosen.words}.")
    if not quiet and proposed is not None:
        held = f"; the item {proposed.name} holds them" if proposed.name else ""
        typer.echo(f"{model} was asked about {proposed.documents} documents: {proposed.statements} statements{held}.")
    if not quiet:
        tell_case(console(), view, whole=everything)
