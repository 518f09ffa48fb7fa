"""Arguments and options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.progress import ProgressStyle
from everyangle.core.errors import BadInputError
from everyangle.core.stated import DeviceFrom

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case's folder.")]

ItemText = Annotated[
    str, typer.Argument(metavar="ITEM", help="A received name, or the first digits of the item's SHA-256.")
]

StatementText = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="A statement's key, the beginning of it, or words of what is said.")
]

Why = Annotated[str, typer.Option("--why", help="The reason, kept word for word in the log.")]

By = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="EVERYANGLE_BY",
        help="Who acts. Kept as a private field: sealed in the log, disclosed only if you choose to.",
    ),
]

Progress = Annotated[
    ProgressStyle,
    typer.Option("--progress", help="How progress is shown: bars, JSON lines on standard error, or none."),
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]

Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Processes to work with; all processors by default.")
]

WorkUrl = Annotated[
    str | None,
    typer.Option(
        "--work",
        metavar="URL",
        help="How to work: serial:, processes:N, ray:local?workers=N, ray://HOST:PORT (a Ray cluster) or ray:// (this "
        "machine's).",
    ),
]

ReaderUrl = Annotated[
    str | None,
    typer.Option("--reader", metavar="URL", help="A language model's server, to propose further statements."),
]

ModelName = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Which model of that server.")]

AnswerTimeout = Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one answer of it may take.")]


def reader_of(url: str | None, model: str | None, timeout_s: float) -> app.Reader | None:
    """Return the language model to ask, or None where none is named.

    Raises:
        BadInputError: ``reader-half-named``.
    """
    if (url is None) != (model is None):
        raise BadInputError("reader-half-named", "Give both --reader and --model, or neither.")
    return None if url is None or model is None else app.Reader(url, model, timeout_s)


AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]

_DEVICE_FROM = typer.Option(
    "--device-from",
    help="What tells which recordings are of one device, which cannot overlap: their folder, or the serial number in "
    "their containers.",
)

DeviceSource = Annotated[DeviceFrom, _DEVICE_FROM]

DeviceChoice = Annotated[DeviceFrom | None, _DEVICE_FROM]

Everything = Annotated[
    bool, typer.Option("--all", help="List every recording, however many; otherwise the least certain of many.")
]
