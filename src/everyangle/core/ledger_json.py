"""``everyangle.ledger/1``: the ledger as JSON for others. See docs/formats/accounts.md. Written, never read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum

from everyangle.core.accounts import ReadDocument
from everyangle.core.ledger import Ledger, LedgerStatement
from everyangle.core.statement_ref import StatementRef
from everyangle.core.statements_json import document_fields, statement_fields
from everyangle.core.time import Instant

FORMAT = "everyangle.ledger/1"


def ledger_json(ledger: Ledger) -> bytes:
    """Return the ledger as UTF-8 JSON, indented, with a newline at its end; the same ledger gives the same bytes."""
    return (json.dumps(ledger_fields(ledger), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def ledger_fields(ledger: Ledger) -> dict[str, object]:
    """Return the ledger as JSON-ready values, keys in the order of the format's page."""
    documents = [document_fields(ReadDocument(one)) for one in ledger.documents]
    for one in documents:
        one.pop("statements", None)
    rest = {one.name: _json(getattr(ledger, one.name)) for one in fields(ledger) if one.name != "documents"}
    return {"format": FORMAT, "documents": documents} | rest


def _json(value: object) -> object:
    match value:
        case LedgerStatement():
            return _statement(value)
        case StatementRef():
            return {"document": value.document, "spans": [list(span) for span in value.spans], "quote": value.quote}
        case Instant():
            return value.isoformat()
        case StrEnum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case tuple() | list():
            return [_json(one) for one in value]
        case Mapping():
            return {str(key): _json(one) for key, one in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {one.name: _json(getattr(value, one.name)) for one in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")


def _statement(one: LedgerStatement) -> dict[str, object]:
    told = {field.name: _json(getattr(one, field.name)) for field in fields(one) if field.name != "statement"}
    return told | {"statement": statement_fields(one.statement)}
