"""``everyangle note``: add a note to the log."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet
from everyangle.stages.note import NoteRequest, add_note


def note(
    case: CasePath,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note, kept word for word as a private field.")],
    about: Annotated[str | None, typer.Option("--about", metavar="ITEM", help="The item that it is about.")] = None,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Add a note about the case or an item. It is sealed in the log; only who holds the case can read it.

    Try it:

    everyangle note stop "Sender asks not to be named" --about neighbour.m4a
    """
    with app.open_bench(case) as bench:
        entry = add_note(NoteRequest(text, about, by), bench)
    if not quiet:
        typer.echo(f"Noted in entry {entry}.")
