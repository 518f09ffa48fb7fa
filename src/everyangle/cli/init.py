"""``everyangle init``: open a case."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet


def init(
    case: CasePath,
    title: Annotated[str, typer.Option("--title", help="What the case is called; stands in the log and the dossier.")],
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Open a case: a new folder with its log, and a signing key outside it.

    Try it:

    everyangle init stop --title "The stop on Alder Street"
    """
    opened = app.init_case(case, title=title, by=by)
    if not quiet:
        typer.echo(f"Case opened in {case}.")
        typer.echo(f"Its public key, for those who verify: {opened.key}")
        typer.echo(f"The signing key is kept in {opened.key_folder}. Back it up: without it nothing can be added.")
