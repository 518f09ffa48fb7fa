"""``everyangle accounts correct`` and ``party``: what was read wrong, and for whom people speak."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, Quiet, Why
from everyangle.core.accounts import Act, Modality, Polarity
from everyangle.stages.judge import CorrectRequest, assign_party
from everyangle.stages.judge import correct as correct_statement


def correct(
    case: CasePath,
    why: Why,
    statement: Annotated[
        str | None, typer.Argument(metavar="[STATEMENT]", help="Its key, or words of it; none to add one with --quote.")
    ] = None,
    document: Annotated[str | None, typer.Option("--in", metavar="ITEM", help="The document of --quote.")] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="What is really said, as it stands in the document, once.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help='The speaker; "" for nobody named.')] = None,
    role: Annotated[str | None, typer.Option("--role", help='The speaker\'s role; "" for none.')] = None,
    party: Annotated[str | None, typer.Option("--party", help='On whose behalf; "" for none.')] = None,
    act: Annotated[Act | None, typer.Option("--act", help="What the speaker does.")] = None,
    polarity: Annotated[Polarity | None, typer.Option("--polarity", help="Of what is said.")] = None,
    modality: Annotated[Modality | None, typer.Option("--modality", help="In what way it is said to hold.")] = None,
    said: Annotated[str | None, typer.Option("--said", metavar="DATE", help="When it was said: 2031-04-15.")] = None,
    shown: Annotated[
        bool | None, typer.Option("--show/--leave-out", help="Take it into the ledger again, or leave it out.")
    ] = None,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Correct what was read of a statement, add one that was not read, or leave one out.

    Try it:

    everyangle accounts correct stop 3fa2b1c9-104-188 --who "Dana Whitlock" --party "Harbour Police" --why "named above"
    """
    request = CorrectRequest(
        statement, document, quote, who, role, party, act, polarity, modality, said, shown, why, by
    )
    with app.open_bench(case) as bench:
        done = correct_statement(request, bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")


def party(
    case: CasePath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A speaker or a party, as the ledger names it.")],
    party: Annotated[str, typer.Argument(metavar="PARTY", help='The party; "" for none.')],
    why: Why,
    by: By = None,
    quiet: Quiet = False,
) -> None:
    """Say for which party someone speaks, or give a party another name.

    Try it:

    everyangle accounts party stop "Dana Whitlock" "Harbour Police" --why "she signs as their spokeswoman"
    """
    with app.open_bench(case) as bench:
        done = assign_party(name, party, why, by, bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {done.words}.")
