"""``everyangle accounts questions``: the matrix as text."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from everyangle import app
from everyangle.cli.layout import console, heading, paragraph
from everyangle.cli.options import CasePath
from everyangle.core.ledger import Ledger, Question
from everyangle.core.weighing import RelationKind, Stance
from everyangle.dossier.words import line
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger


def questions(
    case: CasePath,
    hidden: Annotated[bool, typer.Option("--hidden", help="List the hidden questions as well.")] = False,
) -> None:
    """List the questions with each party's position, and where positions contradict each other.

    Try it:

    everyangle accounts questions stop
    """
    with app.open_bench(case) as bench:
        found = ledger(load(bench), bench)
    out = console()
    for question in (*found.questions, *(found.hidden if hidden else ())):
        _tell(out, found, question)
    for words in found.warnings:
        paragraph(out, words, style="yellow")


def _tell(out: Console, found: Ledger, question: Question) -> None:
    heading(out, line(question.title))
    state = "" if question.state == "free" else f"   {question.state.value}"
    paragraph(out, f"{question.id}{state}{'   open' if question.open else ''}", indent=2, style="dim")
    for position in found.positions:
        if position.question != question.id or position.answers[0].stance is Stance.SILENT:
            continue
        paragraph(out, line(position.party), indent=2)
        for answer in position.answers:
            words = f": {line(answer.words)}" if answer.words else ""
            since = f" ({answer.since})" if answer.since else ""
            paragraph(out, f"{answer.stance.value}{words}{since}   {', '.join(answer.statements)}", indent=4, hanging=2)
    for relation in found.relations:
        if relation.question == question.id and relation.kind is RelationKind.CONTRADICT:
            paragraph(out, f"contradict: {relation.a}, {relation.b}: {line(relation.reason)}", indent=2, hanging=4)
