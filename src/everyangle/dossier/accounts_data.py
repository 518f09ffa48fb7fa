"""The accounts of the page: the ledger, and the texts that its statements stand in, as data files of their own.

Everything stands in the order of the ledger. Spans count code points, as there; the words at them are shown as the
document has them, but for controls and direction overrides, of which each becomes one U+FFFD.
"""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.core.accounts import AccountDocument, Passage, Span
from everyangle.core.ids import Digest
from everyangle.core.ledger import Bearing, Ledger, LedgerStatement, Measure, Moment, ReadAt, StatementRelation
from everyangle.core.weighing import RelationKind
from everyangle.dossier.json_script import Json, entry_script, script
from everyangle.dossier.model import Dossier, ShownItem
from everyangle.dossier.words import instant, line, utc_offset_min, visible

DATA_PATH = "data/accounts.js"
"""Where the ledger lies in the dossier."""

_DIGITS = 6


def has_accounts(dossier: Dossier) -> bool:
    """Whether there is a statement to show."""
    return dossier.accounts is not None and bool(dossier.accounts.statements)


def source_path(digest: Digest) -> str:
    """Return where the text of a document lies in the dossier."""
    return f"data/source-{digest}.js"


def accounts_files(dossier: Dossier) -> dict[str, bytes]:
    """Return the data files of the accounts by path; none where there are no statements.

    The text of a document comes only where the dossier holds the document itself.
    """
    ledger = dossier.accounts
    if ledger is None or not ledger.statements:
        return {}
    items = {item.digest: item for item in dossier.items}
    files = {DATA_PATH: script("EVERYANGLE_ACCOUNTS", accounts_data(ledger, items, dossier))}
    for digest in dict.fromkeys(one.document for one in ledger.statements):
        texts: list[Json] = [visible(one.text) for one in ledger.documents if one.digest == digest]
        if digest in items and texts:
            files[source_path(digest)] = entry_script("EVERYANGLE_SOURCES", digest, texts)
    return files


def accounts_data(ledger: Ledger, items: dict[Digest, ShownItem], dossier: Dossier) -> Json:
    """Return everything of the ledger that the page shows, but for the documents' texts."""
    documents = _documents(ledger)
    return {
        "documents": {digest: _document(one, items.get(digest)) for digest, one in documents.items()},
        "statements": [_statement(one, ledger.documents) for one in ledger.statements],
        "parties": [
            {
                "name": line(party.name),
                "statements": list(party.statements),
                "people": [
                    {
                        "name": line(person.name),
                        "role": line(person.role),
                        "statements": list(person.statements),
                        "tiedIn": list(person.tied_in),
                        "readAt": [_read_at(one, documents, items) for one in person.read_at],
                        "entry": person.entry,
                    }
                    for person in party.people
                ],
            }
            for party in ledger.parties
        ],
        "questions": [
            {
                "id": one.id,
                "title": line(one.title),
                "sort": one.sort.value,
                "statements": list(one.statements),
                "pinned": one.state.value == "pinned",
                "by": one.by.value,
                "open": one.open,
                "entries": list(one.entries),
                "positions": _positions(ledger, one.id),
            }
            for one in ledger.questions
        ],
        "relations": [_relation(one) for one in ledger.relations if _told(one)],
        "moments": [_moment(one, dossier) for one in ledger.moments],
        "measures": [_measure(one) for one in ledger.measures],
        "bearings": [_bearing(one, items) for one in ledger.bearings],
        "candidates": [_bearing(one, items) for one in ledger.candidates],
        "hidden": len(ledger.hidden),
        "leftOut": len(ledger.left_out),
    }


def _documents(ledger: Ledger) -> dict[Digest, AccountDocument]:
    """Return the documents by digest, in order; of several in one file the first."""
    found: dict[Digest, AccountDocument] = {}
    for one in ledger.documents:
        found.setdefault(one.digest, one)
    return found


def _told(one: StatementRelation) -> bool:
    """Whether a relation is shown: any but that two statements leave each other open without meeting on a question."""
    return one.kind is not RelationKind.LEAVES_OPEN or one.question is not None or one.entry is not None


def _document(document: AccountDocument, item: ShownItem | None) -> Json:
    dates = [
        {"what": what, "value": line(date.value), "source": line(date.source)}
        for what, date in (("published", document.published), ("modified", document.modified))
        if date is not None
    ]
    return {
        "title": line(document.title),
        "name": line(item.name if item is not None else document.path),
        "kind": document.kind,
        "publisher": line(document.publisher),
        "author": line(document.author),
        "dates": dates,
        "read": [[name, line(source)] for name, source in document.sources],
        "original": None if item is None else item.original,
        "text": None if item is None else source_path(document.digest),
    }


def _statement(one: LedgerStatement, documents: Sequence[AccountDocument]) -> Json:
    said = one.statement
    return {
        "key": one.key,
        "document": one.document,
        "part": _part(one, documents),
        "party": line(one.party),
        "speaker": line(one.speaker),
        "role": line(said.speaker.role or "") if said.speaker else "",
        "named": _passage(said.speaker.passage) if said.speaker else None,
        "cue": _passage(said.cue.passage) if said.cue else None,
        "act": said.cue.act.value if said.cue else None,
        "content": _passage(said.content),
        "form": said.form.value,
        "own": one.own,
        "polarity": said.polarity.value,
        "modality": said.modality.value,
        "said": line(one.said_at),
        "saidKnown": one.said_known,
        "within": one.within,
        "questions": list(one.questions),
        "entries": list(one.entries),
        "proposedBy": line(said.proposed_by),
    }


def _read_at(one: ReadAt, documents: dict[Digest, AccountDocument], items: dict[Digest, ShownItem]) -> Json:
    """Return where a tie was read: its words only where the dossier holds the document."""
    document = documents.get(one.document)
    return {
        "title": line(document.title or document.path) if document is not None else "",
        "words": line(" ".join(one.words.split())) if one.document in items else "",
    }


def _part(one: LedgerStatement, documents: Sequence[AccountDocument]) -> int:
    """Return which of the texts of one file a statement stands in: a web archive holds several."""
    texts = [document.text for document in documents if document.digest == one.document]
    content = one.statement.content
    fits = (n for n, text in enumerate(texts) if " ".join(text[s.start : s.end] for s in content.spans) == content.text)
    return next(fits, 0)


def _passage(passage: Passage) -> Json:
    return {"spans": [[span.start, span.end] for span in passage.spans], "pieces": _pieces(passage)}


def _pieces(passage: Passage) -> Json:
    """Return the words at each span; the passage's text has them joined by one space."""
    pieces, at = [], 0
    for span in passage.spans:
        pieces.append(visible(passage.text[at : at + _length(span)]))
        at += _length(span) + 1
    return pieces


def _length(span: Span) -> int:
    return span.end - span.start


def _positions(ledger: Ledger, question: str) -> Json:
    return [
        {
            "party": line(position.party),
            "answers": [
                {
                    "stance": answer.stance.value,
                    "words": line(answer.words),
                    "since": line(answer.since),
                    "statements": list(answer.statements),
                }
                for answer in position.answers
            ],
        }
        for position in ledger.positions
        if position.question == question
    ]


def _relation(one: StatementRelation) -> Json:
    return {
        "a": one.a,
        "b": one.b,
        "kind": one.kind.value,
        "slot": one.slot.value if one.slot is not None else None,
        "reason": line(one.reason),
        "difference": line(one.difference),
        "by": one.by.value,
        "entry": one.entry,
        "question": one.question,
    }


def _moment(one: Moment, dossier: Dossier) -> Json:
    wall = ""
    if one.wall_from is not None:
        offset = utc_offset_min(dossier.tie.said) if dossier.tie is not None else 0
        wall = instant(one.wall_from, offset_min=offset)
    return {
        "entry": one.entry,
        "label": line(one.label),
        "item": one.item,
        "from": _seconds(one.from_s),
        "to": _seconds(one.to_s),
        "error": _seconds(one.error_s),
        "within": _seconds(one.within_s),
        "wall": wall,
        "why": line(one.why),
    }


def _measure(one: Measure) -> Json:
    return {
        "entry": one.entry,
        "sort": one.sort.value,
        "label": line(one.label),
        "moments": [[entry, edge.value] for entry, edge in zip(one.moments, one.edges, strict=False)],
        "question": one.question,
        "words": line(one.words),
        "known": one.value is not None,
        "why": line(one.why),
        "claims": [
            {
                "statement": claim.statement,
                "words": line(claim.words),
                "fits": claim.fits,
                "difference": line(claim.difference),
            }
            for claim in one.claims
        ],
    }


def _bearing(one: Bearing, items: dict[Digest, ShownItem]) -> Json:
    return {
        "statement": one.statement,
        "kind": one.kind.value,
        "target": one.target,
        "item": one.item,
        "name": line(items[one.item].name) if one.item is not None and one.item in items else "",
        "by": one.by.value,
        "reason": line(one.reason),
        "entry": one.entry,
        "from": _seconds(one.from_s),
    }


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
