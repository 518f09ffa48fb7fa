"""Statements told: each document with what it says of itself, who says what in it, and what could not be read."""

from __future__ import annotations

from rich.console import Console

from everyangle.cli.layout import heading, paragraph
from everyangle.cli.recordings import count, more
from everyangle.core.accounts import Notice, ReadDocument, Statement
from everyangle.core.statements_json import StatementsFile

FEW = 5
"""Statements of a document that are told where not all are asked for."""

_LONGEST = 240


def tell_statements(out: Console, file: StatementsFile, *, whole: bool) -> None:
    """Print what was read.

    Args:
        out: where to.
        file: what was read.
        whole: tell all statements, however many.
    """
    for read in file.documents:
        _tell_document(out, read, whole=whole)
    if file.errors:
        heading(out, f"To know: {count(len(file.errors), 'point', 'points')}")
    for notice in file.errors:
        paragraph(out, _words(notice), indent=2, hanging=2)


def _tell_document(out: Console, read: ReadDocument, *, whole: bool) -> None:
    document = read.document
    heading(out, f"{document.path}: {count(len(read.statements), 'statement', 'statements')}")
    date = "" if document.published is None else f"{document.published.value} ({document.published.source})"
    about = [part for part in (document.title, document.publisher, document.author, date) if part]
    paragraph(out, " · ".join([document.kind, *about]), indent=2, hanging=2, style="dim")
    for one in read.statements if whole else read.statements[:FEW]:
        paragraph(out, _line(one), indent=4 if one.within else 2, hanging=2)
    if not whole:
        more(out, len(read.statements) - FEW, "statement more", "statements more")


def _line(one: Statement) -> str:
    speaker = "(nobody named)"
    if one.speaker is not None:
        named = one.speaker.resolved or one.speaker.passage.text
        speaker = f"{named} ({one.speaker.party})" if one.speaker.party else named
    act = "" if one.cue is None else f" {one.cue.act.value}"
    words = " ".join(one.content.text.split())
    short = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    by = f" [proposed by {one.proposed_by}]" if one.proposed_by else ""
    return f"{speaker}{act}: {short}{by}"


def _words(notice: Notice) -> str:
    told = notice.message if notice.path in notice.message else f"{notice.path}: {notice.message}"
    return f"{told} [{notice.code}]"
