"""``everyangle accounts rename``, ``split``, ``merge`` and ``pin``: the questions, as a person wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, Why
from everyangle.core.weighing import QuestionState
from everyangle.ports.workbench import Workbench
from everyangle.stages import regroup
from everyangle.stages.mark import Recorded

QuestionText = Annotated[str, typer.Argument(metavar="QUESTION", help="Its id or its words.")]


def rename(
    case: CasePath,
    question: QuestionText,
    title: Annotated[str, typer.Argument(metavar="WORDS", help="How it is to read.")],
    why: Why = "",
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Word a question.

    Try it:

    everyangle accounts rename stop show-warrant:whether "Was the warrant shown to the driver?"
    """
    _tell(case, lambda bench: regroup.rename(question, title, why, by, bench), quiet=quiet)


def split(
    case: CasePath,
    statements: Annotated[list[str], typer.Argument(metavar="STATEMENT...", help="Their keys, or words of them.")],
    to: Annotated[
        str, typer.Option("--to", metavar="WORDS", help="A new question's words, another's id, or \"\" for none.")
    ],
    question: Annotated[
        str, typer.Option("--from", metavar="QUESTION", help="The question that they are split from.")
    ] = "",
    why: Why = "",
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Put statements on a question of their own, on another question, or on none.

    Try it:

    everyangle accounts split stop 3fa2b1c9-104-188 --from wait:how-long --to "How long was the driver held?"
    """
    _tell(case, lambda bench: regroup.split(question, statements, to, why, by, bench), quiet=quiet)


def merge(
    case: CasePath,
    question: QuestionText,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The question that it is part of.")],
    why: Why = "",
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Make one question of two.

    Try it:

    everyangle accounts merge stop break-window:how-long negotiate:how-long --why "both ask for the same minutes"
    """
    _tell(case, lambda bench: regroup.merge(question, into, why, by, bench), quiet=quiet)


def pin(
    case: CasePath,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Its id or its words; words that no question has make a new one.")
    ],
    hide: Annotated[bool, typer.Option("--hide", help="Hide it instead.")] = False,
    free: Annotated[bool, typer.Option("--free", help="Leave it to the machine again.")] = False,
    why: Why = "",
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Keep a question, also one that nobody answers, or hide one that is none.

    Try it:

    everyangle accounts pin stop "Who called the tow truck?" --why "nobody has said so far"
    """
    state = QuestionState.HIDDEN if hide else QuestionState.FREE if free else QuestionState.PINNED
    _tell(case, lambda bench: regroup.pin(question, state, why, by, bench), quiet=quiet)


def _tell(case: Path, act: Callable[[Workbench], Recorded], *, quiet: bool) -> None:
    with app.open_bench(case) as bench:
        done = act(bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
