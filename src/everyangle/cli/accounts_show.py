"""``everyangle accounts show``: one statement, one question, or the parties, in full."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from everyangle import app
from everyangle.cli.layout import console, heading, paragraph
from everyangle.cli.options import CasePath
from everyangle.core.ledger import Ledger, LedgerStatement
from everyangle.core.weighing import RelationKind
from everyangle.dossier.words import line
from everyangle.stages.judge import find_statement
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger


def show(
    case: CasePath,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A statement's key or words, a question's id, or: parties.")
    ],
) -> None:
    """Show a statement with its relations and bearings, a question with its statements, or the parties.

    Try it:

    everyangle accounts show stop 3fa2b1c9-104-188
    """
    with app.open_bench(case) as bench:
        found = ledger(load(bench), bench)
    out = console()
    question = found.question(what)
    if what == "parties":
        _parties(out, found)
    elif question is not None:
        heading(out, line(question.title))
        for key in question.statements:
            _statement(out, found, find_statement(found, key))
    else:
        _statement(out, found, find_statement(found, what))


def _parties(out: Console, found: Ledger) -> None:
    for party in found.parties:
        heading(out, f"{line(party.name) or 'no party known'}: {len(party.statements)} statements")
        for person in party.people:
            role = f", {line(person.role)}" if person.role else ""
            tied = f"; read in {', '.join(person.tied_in)}" if person.tied_in else ""
            stated = "" if person.entry is None else f"; stated in entry {person.entry}"
            paragraph(out, f"{line(person.name)}{role}{tied}{stated}", indent=2, hanging=2)


def _statement(out: Console, found: Ledger, one: LedgerStatement) -> None:
    cue = one.statement.cue
    act = "asserts" if cue is None else cue.act.value
    party = f" for {line(one.party)}" if one.party else ""
    heading(out, f"{one.key}   {line(one.speaker) or 'nobody named'}{party} {act}, {one.said_at or 'undated'}")
    paragraph(out, line(one.statement.content.text), indent=2)
    if one.statement.proposed_by:
        paragraph(out, f"proposed by the model {line(one.statement.proposed_by)}", indent=2, style="dim")
    if one.entries:
        paragraph(out, f"corrected in entries {', '.join(map(str, one.entries))}", indent=2, style="dim")
    for relation in found.relations_of(one.key):
        if relation.kind is not RelationKind.LEAVES_OPEN or relation.entry is not None:
            other = relation.b if relation.a == one.key else relation.a
            slot = f" ({relation.slot.value})" if relation.slot is not None else ""
            paragraph(out, f"{relation.kind.value}{slot} {other}: {line(relation.reason)}", indent=4, hanging=2)
    for bearing in (*found.bearings, *found.candidates):
        if bearing.statement == one.key:
            on = f"m{bearing.target}" if bearing.target is not None else (bearing.item or "")[:10]
            proposed = "" if bearing.entry is not None else "proposed: "
            paragraph(out, f"{proposed}{bearing.kind.value} {on}: {line(bearing.reason)}", indent=4, hanging=2)
