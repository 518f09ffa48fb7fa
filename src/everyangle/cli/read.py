"""``everyangle read``: who said what in some documents, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli import exits
from everyangle.cli.layout import console
from everyangle.cli.options import Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.statements_told import tell_statements
from everyangle.core.errors import BadInputError
from everyangle.core.statements_json import statements_json


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Documents.")],
    json_out: Annotated[
        Path | None,
        typer.Option("--json", metavar="OUT", help="Write everyangle.statements/1 here (- for the output)."),
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option("--reader", metavar="URL", help="A language model's server, to propose further statements."),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="Which model of that server.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one answer of it may take.")] = 120,
    everything: Annotated[bool, typer.Option("--all", help="Tell every statement, however many.")] = False,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> int:
    """Read who said what in documents, ad hoc. Nothing is kept but what --json writes.

    Reads HTML, MHTML, WARC, WACZ, PDF, DOCX, plain text, Markdown, SRT, VTT and transcripts in JSON. Every statement is
    told in the document's own words, with its exact place. A file that cannot be read stops no other.

    --reader sends the documents' texts to that server; it is asked for statements that were not found, and what it
    proposes is taken only where it stands word for word in the text. A key is taken from EVERYANGLE_READER_KEY.

    Try it:

    everyangle read statement.pdf article.html press-conference.srt --json statements.json

    everyangle read article.html --reader http://127.0.0.1:11434/v1 --model qwen3
    """
    if (reader is None) != (model is None):
        raise BadInputError("reader-half-named", "Give both --reader and --model, or neither.")
    asked = None if reader is None or model is None else app.Reader(reader, model, timeout)
    with progress(progress_style, quiet=quiet) as events:
        file = app.read(files, asked, events)
    to_output = json_out is not None and str(json_out) == "-"
    if to_output:
        typer.echo(statements_json(file), nl=False)
    elif json_out is not None:
        app.write_whole(json_out, statements_json(file))
    if not to_output and (not quiet or not file.documents):
        tell_statements(console(), file, whole=everything)
    return exits.OK if file.documents else exits.UNUSABLE
