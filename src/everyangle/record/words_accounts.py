"""Entries about accounts in words, for the custody log that people read."""

from __future__ import annotations

from collections.abc import Callable

from everyangle.core.ids import Digest
from everyangle.core.statement_ref import StatementRef
from everyangle.core.time import format_position
from everyangle.record import kinds_accounts as kinds

NameOf = Callable[[Digest], str]

_LONG = 60


def describe_account(body: kinds.AccountBody, name_of: NameOf) -> str:
    """Return what an entry about accounts did, as one sentence without a full stop."""
    match body:
        case kinds.StatementCorrected():
            return _corrected(body, name_of)
        case kinds.PartyAssigned(name, party):
            return f"Said that “{name}” speaks for {_party(party)}"
        case kinds.MomentSet() | kinds.MeasureSet() | kinds.BearingLinked():
            return _footage(body, name_of)
        case kinds.QuestionRenamed(question, title):
            return f"Worded the question {question}: “{title}”"
        case kinds.StatementsGrouped(question, _, statements):
            many = "1 statement" if len(statements) == 1 else f"{len(statements)} statements"
            return f"Put {many} on {f'the question {question}' if question else 'no question'}"
        case kinds.QuestionsMerged(question, into):
            return f"Merged the question {question} into {into}"
        case kinds.QuestionPinned(question, title, state):
            verb = {"pinned": "Kept", "hidden": "Hid", "free": "Left to the machine"}[state]
            return f"{verb} the question {question}: “{title}”"
        case kinds.RelationConfirmed(a, b, relation):
            return f"Said that {_quote(a)} and {_quote(b)} stand so: {relation}"
        case kinds.RelationRejected(a, b, relation):
            return f"Said that {_quote(a)} and {_quote(b)} do not stand so: {relation}"
        case kinds.StatementsImported(item):
            return f"Took the rows of “{name_of(item)}” as statements"
        case kinds.AccountWithdrawn(entry):
            return f"Withdrew entry {entry}"


def _footage(body: kinds.MomentSet | kinds.MeasureSet | kinds.BearingLinked, name_of: NameOf) -> str:
    match body:
        case kinds.MomentSet(label, item, start, end):
            at = f"{format_position(start / 1e6, decimals=3)} to {format_position(end / 1e6, decimals=3)}"
            return f"Marked “{label}” at {at} of “{name_of(item)}”"
        case kinds.MeasureSet(sort, moments, label):
            of = ", ".join(f"{one.edge} of entry {one.entry}" for one in moments)
            return f"Chose to measure {'a' if sort != 'interval' else 'an'} {sort} ({of})" + (
                f": “{label}”" if label else ""
            )
        case kinds.BearingLinked(statement, bearing, entry, item):
            on = f"entry {entry}" if item is None else f"“{name_of(item)}”"
            return f"Said that {on} bears on {_quote(statement)}: {bearing}"


def _corrected(body: kinds.StatementCorrected, name_of: NameOf) -> str:
    if body.shown is False:
        return f"Left {_quote(body.statement)} of “{name_of(body.statement.document)}” out of the ledger"
    changed = [
        f"{field} “{value}”"
        for field, value in (
            ("content", None if body.content is None else body.content.quote[:_LONG]),
            ("speaker", body.who),
            ("role", body.role),
            ("party", body.party),
            ("act", body.act),
            ("polarity", body.polarity),
            ("modality", body.modality),
            ("said", body.said_at),
        )
        if value is not None
    ]
    what = ", ".join(changed) or "as a statement"
    return f"Corrected {_quote(body.statement)} of “{name_of(body.statement.document)}”: {what}"


def _party(party: str) -> str:
    return f"“{party}”" if party else "no party"


def _quote(ref: StatementRef) -> str:
    return f"“{ref.quote}”" if len(ref.quote) <= _LONG else f"“{ref.quote[:_LONG].rstrip()}…”"
