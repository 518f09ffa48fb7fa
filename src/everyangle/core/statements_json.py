"""``everyangle.statements/1``: who said what, as JSON for others, and back. See docs/formats/statements.md.

What is written is checked first: a passage that is not the text at its spans is never stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from everyangle.core.accounts import (
    AccountDocument,
    Cue,
    DatedBy,
    Notice,
    Passage,
    Quantity,
    ReadDocument,
    Speaker,
    Statement,
    TimedText,
    TimeMention,
)
from everyangle.core.errors import BadInputError
from everyangle.core.statements_check import check_document
from everyangle.core.statements_parse import notice_of, read_document_of

FORMAT = "everyangle.statements/1"


@dataclass(frozen=True, slots=True)
class StatementsFile:
    """All that a statements document says.

    Attributes:
        documents: with their statements, in input order.
        errors: what could not be read, or was read with a fault.
    """

    documents: tuple[ReadDocument, ...]
    errors: tuple[Notice, ...] = ()


def statements_json(file: StatementsFile) -> bytes:
    """Return the document as UTF-8 JSON, indented, with a newline at its end.

    Raises:
        IntegrityError: ``statement-not-verbatim``, naming the document.
    """
    return (json.dumps(statements_fields(file), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def statements_fields(file: StatementsFile) -> dict[str, object]:
    """Return the document as JSON-ready values, keys in the order of the format's page.

    Raises:
        IntegrityError: ``statement-not-verbatim``, naming the document.
    """
    return {
        "format": FORMAT,
        "documents": [document_fields(one) for one in file.documents],
        "errors": [{"path": one.path, "code": one.code, "message": one.message} for one in file.errors],
    }


def document_fields(read: ReadDocument) -> dict[str, object]:
    """Return one document with its statements as JSON-ready values.

    Raises:
        IntegrityError: ``statement-not-verbatim``.
    """
    check_document(read)
    document = read.document
    return {
        "path": document.path,
        "sha256": document.digest,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published": _value(document.published),
        "modified": _value(document.modified),
        "language": document.language,
        "kind": document.kind,
        "text": document.text,
        "statements": [statement_fields(one) for one in read.statements],
        "sources": _sources(document),
        "timed": [_timed(one) for one in document.timed],
    }


def statements_from_json(data: bytes) -> StatementsFile:
    """Return what a statements document says; what is not verbatim is refused on reading, too.

    Raises:
        BadInputError: ``statements-malformed``.
        IntegrityError: ``statement-not-verbatim``.
    """
    try:
        fields = json.loads(data)
        if fields["format"] != FORMAT:
            raise _malformed(f"its format is {fields['format']!r}")
        documents = tuple(read_document_of(one) for one in fields["documents"])
        errors = tuple(notice_of(one) for one in fields["errors"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _malformed(f"{type(error).__name__} {error}") from error
    for one in documents:
        check_document(one)
    return StatementsFile(documents, errors)


def _value(date: DatedBy | None) -> str | None:
    return None if date is None else date.value


def _sources(document: AccountDocument) -> Mapping[str, str]:
    dates = {"published": document.published, "modified": document.modified}
    return dict(document.sources) | {name: date.source for name, date in dates.items() if date is not None}


def _timed(one: TimedText) -> dict[str, object]:
    return {"span": list(one.span), "start_s": one.start_s, "end_s": one.end_s, "speaker": one.speaker}


def statement_fields(one: Statement) -> dict[str, object]:
    """Return one statement as JSON-ready values."""
    return {
        "id": one.id,
        "within": one.within,
        "speaker": None if one.speaker is None else _speaker(one.speaker),
        "cue": None if one.cue is None else _cue(one.cue),
        "content": _passage(one.content),
        "form": one.form.value,
        "polarity": one.polarity.value,
        "modality": one.modality.value,
        "said_at": one.said_at,
        "times": [_time(time) for time in one.times],
        "quantities": [_quantity(quantity) for quantity in one.quantities],
        "proposed_by": one.proposed_by or None,
    }


def _passage(passage: Passage) -> dict[str, object]:
    return {"spans": [list(span) for span in passage.spans], "text": passage.text}


def _speaker(speaker: Speaker) -> dict[str, object]:
    named = {"resolved": speaker.resolved, "role": speaker.role, "party": speaker.party}
    return _passage(speaker.passage) | named


def _cue(cue: Cue) -> dict[str, object]:
    return _passage(cue.passage) | {"act": cue.act.value}


def _time(time: TimeMention) -> dict[str, object]:
    return {"span": list(time.span), "value": time.value, "type": time.type.value, "approximate": time.approximate}


def _quantity(one: Quantity) -> dict[str, object]:
    return {"span": list(one.span), "value": one.value, "unit": one.unit, "approximate": one.approximate}


def _malformed(what: str) -> BadInputError:
    return BadInputError(
        "statements-malformed", f"This is no statements document: {what}.", todo=f"Give a document of format {FORMAT}."
    )
