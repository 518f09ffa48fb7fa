"""``everyangle read``: who said what in some documents, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli import exits
from everyangle.cli.layout import console
from everyangle.cli.options import AnswerTimeout, ModelName, Progress, Quiet, ReaderUrl, reader_of
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.cli.statements_told import tell_statements
from everyangle.core.statements_json import statements_json


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Documents.")],
    json_out: Annotated[
        Path | None,
        typer.Option("--json", metavar="OUT", help="Write everyangle.statements/1 here (- for the output)."),
    ] = None,
    reader: ReaderUrl = None,
    model: ModelName = None,
    timeout: AnswerTimeout = 120,
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
    asked = reader_of(reader, model, timeout)
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
