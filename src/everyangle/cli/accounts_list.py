"""``everyangle accounts list``: the ledger at a glance."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from everyangle import app
from everyangle.cli.layout import console, heading, paragraph
from everyangle.cli.options import CasePath
from everyangle.core.ledger import Ledger, Moment
from everyangle.core.time import format_position
from everyangle.dossier.words import line
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger


def show_list(
    case: CasePath,
    moments: Annotated[bool, typer.Option("--moments", help="List moments and measures only.")] = False,
) -> None:
    """List the statements of a case, the moments and what is measured.

    Try it:

    everyangle accounts list stop
    """
    with app.open_bench(case) as bench:
        found = ledger(load(bench), bench)
    out = console()
    if not moments:
        _tell_statements(out, found)
    _tell_moments(out, found)
    for words in found.warnings:
        paragraph(out, words, style="yellow")


def _tell_statements(out: Console, found: Ledger) -> None:
    heading(out, f"{len(found.statements)} statements in {len(found.documents)} documents")
    for one in found.statements:
        act = one.statement.cue.act.value if one.statement.cue is not None else "asserts"
        who = line(one.speaker or "nobody named") + (f" for {line(one.party)}" if one.party else "")
        paragraph(out, f"{one.key}  {one.said_at[:10] or 'undated':<10}  {who} {act}", indent=2, hanging=2)
        paragraph(out, line(one.statement.content.text), indent=6, style="dim")


def _tell_moments(out: Console, found: Ledger) -> None:
    heading(out, f"{len(found.moments)} moments")
    for one in found.moments:
        paragraph(out, f"m{one.entry:<4} {_at(one):<22} {line(one.label)}", indent=2, hanging=8)
    heading(out, f"{len(found.measures)} measures")
    for made in found.measures:
        label = f"{line(made.label)}: " if made.label else ""
        paragraph(out, f"m{made.entry:<4} {label}{line(made.words)}", indent=2, hanging=8)
        for claim in made.claims:
            verdict = {True: "fits", False: "does not fit", None: "cannot be judged"}[claim.fits]
            more = f": {claim.difference}" if claim.difference else ""
            paragraph(out, f"claimed {line(claim.words)} ({claim.statement}): {verdict}{more}", indent=8)


def _at(one: Moment) -> str:
    if one.from_s is None or one.to_s is None:
        return "not placed"
    start = format_position(one.from_s, decimals=2)
    return start if one.to_s == one.from_s else f"{start} to {format_position(one.to_s, decimals=2)}"
