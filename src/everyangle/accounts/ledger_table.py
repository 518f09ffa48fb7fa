"""The statements of a ledger as a table (CSV, RFC 4180), for a spreadsheet. What it writes, an import reads again."""

from __future__ import annotations

from collections.abc import Mapping

from everyangle.core.ledger import Ledger, LedgerStatement
from everyangle.core.weighing import RelationKind

COLUMNS = (
    *("key", "said", "speaker", "role", "party", "act", "polarity", "modality", "content", "question"),
    *("source", "published", "document", "contradicts", "agrees with", "bearings"),
)
"""The headings."""

_FORMULA = ("=", "+", "@", "\t", "\r")


def ledger_csv(ledger: Ledger) -> str:
    """Return a table of all statements that are shown, one a row, in the ledger's order."""
    titles = {question.id: question.title for question in ledger.questions}
    documents = {one.digest: one for one in ledger.documents}
    rows = [",".join(COLUMNS)]
    for one in ledger.statements:
        document = documents.get(one.document)
        told: Mapping[str, str] = {
            "key": one.key,
            "said": one.said_at,
            "speaker": one.speaker,
            "role": (one.statement.speaker.role or "") if one.statement.speaker is not None else "",
            "party": one.party,
            "act": one.statement.cue.act.value if one.statement.cue is not None else "asserts",
            "polarity": one.statement.polarity.value,
            "modality": one.statement.modality.value,
            "content": one.statement.content.text,
            "question": "; ".join(titles[name] for name in one.questions if name in titles),
            "source": "" if document is None else document.publisher or document.path,
            "published": "" if document is None or document.published is None else document.published.value,
            "document": one.document,
            "contradicts": _related(ledger, one, RelationKind.CONTRADICT),
            "agrees with": _related(ledger, one, RelationKind.AGREE),
            "bearings": "; ".join(
                f"{b.kind} m{b.target}" if b.target is not None else f"{b.kind} {b.item}"
                for b in ledger.bearings
                if b.statement == one.key
            ),
        }
        rows.append(",".join(_cell(told[name]) for name in COLUMNS))
    return "\r\n".join(rows) + "\r\n"


def _related(ledger: Ledger, one: LedgerStatement, kind: RelationKind) -> str:
    found = (r.b if r.a == one.key else r.a for r in ledger.relations_of(one.key) if r.kind is kind)
    return "; ".join(found)


def _cell(value: str) -> str:
    """Return a cell; what a spreadsheet would take for a formula gets an apostrophe before it."""
    safe = f"'{value}" if value.startswith(_FORMULA) else value
    return '"' + safe.replace('"', '""') + '"' if any(mark in safe for mark in ',;"\r\n') else safe
