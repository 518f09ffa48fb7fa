"""The ``everyangle`` command: gathers the commands, and turns errors into words and an exit status."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from typer.exceptions import TyperException

from everyangle import __version__
from everyangle.cli import (
    accounts,
    add,
    align,
    build,
    clock,
    exits,
    init,
    invite,
    log,
    note,
    place,
    publish,
    read,
    serve,
    stamp,
    status,
    verify,
)
from everyangle.core.errors import EveryAngleError

app = typer.Typer(
    name="everyangle",
    help="""One incident, every camera, every account, on one record that anyone can check.

    A case is a folder. Put recordings and documents in, build, publish a dossier that an opponent can verify offline:

        everyangle init stop --title "The stop on Alder Street"

        everyangle add stop ~/received

        everyangle build stop

        everyangle publish stop stop-dossier --unredacted --why "all persons shown have agreed"
    """,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    init.init,
    add.add,
    build.build,
    place.place,
    clock.clock,
    note.note,
    status.status,
    publish.publish,
    verify.verify,
    log.log,
    stamp.stamp,
    invite.invite,
    serve.serve,
    align.align,
    read.read,
):
    app.command()(command)
app.add_typer(accounts.group)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"everyangle {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take what stands before the command."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its status."""
    sys.exit(status_of(arguments))


def status_of(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; errors are told on standard error."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except EveryAngleError as error:
        _tell(error)
        return exits.status_of(error)
    except typer.Abort:
        return _stopped()
    except KeyboardInterrupt:
        return _stopped()
    except TyperException as error:
        _show(error)
        return exits.UNUSABLE
    if result == exits.INTERRUPTED:  # typer turns Ctrl-C into this status without a word
        return _stopped()
    return result if isinstance(result, int) else exits.OK


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _show(error: TyperException) -> None:
    """Tell a wrong use of the command line as typer tells it."""
    show = getattr(error, "show", None)
    if callable(show):
        show()
    else:
        sys.stderr.write(f"{error}\n")


def _tell(error: EveryAngleError) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"[bold red]error:[/] {escape(error.what)} [dim]\\[{error.code}][/]")
    if error.holds:
        console.print(f"  {escape(error.holds)}")
    if error.todo:
        console.print(f"  [bold]Next:[/] {escape(error.todo)}")


def _stopped() -> int:
    sys.stderr.write("Stopped. Nothing is half done; the same command again goes on from here.\n")
    return exits.INTERRUPTED
