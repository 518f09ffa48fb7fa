"""``everyangle accounts apply``: does what a file of marks says, line by line."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from everyangle.cli.options import By, CasePath, Quiet
from everyangle.core.errors import BadInputError

MARKS = frozenset(
    {
        "confirm",
        "correct",
        "link",
        "measure",
        "merge",
        "moment",
        "party",
        "pin",
        "reject",
        "rename",
        "split",
        "withdraw",
    }
)
"""The commands that a line may begin with: those that make an entry in the log."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a file of marks: its number, from 1, the command, and what stands behind it."""

    line: int
    command: str
    words: tuple[str, ...]


def apply(
    context: typer.Context,
    case: CasePath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of marks, in UTF-8.")],
    first: Annotated[int, typer.Option("--from", metavar="LINE", min=1, help="Begin with this line.")] = 1,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Do what a file of marks says: one `everyangle accounts` command a line, without the case.

    A line reads as a shell would read it; "#" begins a remark. Every line makes its entry in the log, as if it had been
    typed. The whole file is looked through before anything is done; at the first line that cannot be done it ends, and
    says where to go on.

    Try it, with lines such as: moment "window breaks" --at 3:02.0 --why "seen in two recordings"

    everyangle accounts apply stop marks.txt
    """
    marks = [mark for mark in read_marks(file) if mark.line >= first]
    commands = getattr(context.parent.command if context.parent else None, "commands", {})
    for done, mark in enumerate(marks):
        arguments = [str(case), *mark.words]
        if by is not None and not any(word == "--by" or word.startswith("--by=") for word in mark.words):
            arguments += ["--by", by]
        if quiet:
            arguments.append("--quiet")
        name = f"everyangle accounts {mark.command}"
        try:
            status = commands[mark.command].main(arguments, prog_name=name, standalone_mode=False)
        except Exception:
            _tell(file, mark, done, "could not be done, for the reason below")
            raise
        if status:  # stopped by Ctrl-C, which typer turns into a status
            _tell(file, mark, done, "was stopped")
            raise typer.Exit(status)


def _tell(file: Path, mark: Mark, done: int, what: str) -> None:
    """Say where the marks ended, and where to go on."""
    are = "is" if done == 1 else "are"
    typer.echo(
        f"{file}, line {mark.line}, {what}. {done} before it {are} done and in the log. "
        f"Mend the line and go on with --from {mark.line}.",
        err=True,
    )


def read_marks(file: Path) -> Sequence[Mark]:
    """Return the marks that a file holds, in order.

    Raises:
        BadInputError: ``marks-unreadable``, ``marks-unknown``; nothing was done then.
    """
    nothing = "Nothing was done."
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise BadInputError("marks-unreadable", f"{file} cannot be read: {error}.", holds=nothing) from error
    marks = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            what = f"{file}, line {number}, cannot be read: {error}."
            todo = "Close every quotation mark."
            raise BadInputError("marks-unreadable", what, holds=nothing, todo=todo) from error
        if words and words[0] not in MARKS:
            what = f"{file}, line {number}, begins with {words[0]!r}, which makes no mark."
            todo = f"Begin a line with one of: {', '.join(sorted(MARKS))}."
            raise BadInputError("marks-unknown", what, holds=nothing, todo=todo)
        if words:
            marks.append(Mark(number, words[0], tuple(words[1:])))
    return marks
