"""``everyangle accounts confirm`` and ``reject``: how two statements stand to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, StatementText, Why
from everyangle.core.weighing import RelationKind, Slot
from everyangle.stages.judge import JudgeRequest, judge

Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other statement, named likewise.")]

As = Annotated[RelationKind | None, typer.Option("--as", help="The relation; what the machine proposes, if not given.")]


def confirm(
    case: CasePath,
    statement: StatementText,
    other: Other,
    why: Why,
    relation: As = None,
    slot: Annotated[Slot | None, typer.Option("--slot", help="What differs, where they contradict each other.")] = None,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Confirm how two statements stand to each other, or say it with --as; of narrows, the closer one comes first.

    Try it:

    everyangle accounts confirm stop 3fa2b1c9-104-188 77de01aa-52-90 --as contradict --slot number --why "read in full"
    """
    _judge(case, JudgeRequest(statement, other, holds=True, relation=relation, slot=slot, why=why, by=by), quiet=quiet)


def reject(
    case: CasePath,
    statement: StatementText,
    other: Other,
    why: Why,
    relation: As = None,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Reject a relation that the machine proposes: the two are left open then, with your reason.

    Try it:

    everyangle accounts reject stop 3fa2b1c9-104-188 77de01aa-52-90 --why "two different windows"
    """
    _judge(case, JudgeRequest(statement, other, holds=False, relation=relation, why=why, by=by), quiet=quiet)


def _judge(case: Path, request: JudgeRequest, *, quiet: bool) -> None:
    with app.open_bench(case) as bench:
        done = judge(request, bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
