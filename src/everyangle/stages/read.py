"""Reading: from documents to the statements in them, for a case whose results are kept, and for any documents.

What a document says does not depend on the others, so it is kept by itself; who a speaker is may, so that is told
anew from all documents each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from everyangle.accounts import ACCOUNTS_VERSION
from everyangle.accounts.people import resolve
from everyangle.accounts.reading import read_statements
from everyangle.accounts.wrapping import unwrapped
from everyangle.core.accounts import AccountDocument, Notice, ReadDocument, Statement
from everyangle.core.errors import EveryAngleError, IntegrityError, NotFoundError
from everyangle.core.statements_check import sound
from everyangle.core.statements_json import StatementsFile, document_fields, statements_from_json, statements_json
from everyangle.ports.events import Advanced, Events, Finished, Started, Warned
from everyangle.ports.language import Language
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.stages.proposed import proposals_in, with_proposals

STEP = "statements"

_RULES_FAIL = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a fault of the rules raises; the wall around one document, so that it stops no other."""

LONGEST_TEXT = 3_000_000
"""Code points; what is longer (a library, not a document) is kept and shown, but no statements are read in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the documents of a case say.

    Attributes:
        documents: with their statements, in the order of the items.
        notices: what was read with a fault, or in which no statements were read.
    """

    documents: tuple[ReadDocument, ...] = ()
    notices: tuple[Notice, ...] = ()


def read_case(items: Sequence[Examined], bench: Workbench) -> Reading:
    """Return the statements in a case's documents, what models proposed among them; what was read is not read again.

    Where no parser is installed, the documents come without statements, and a warning says what to install.
    """
    documents = [document for item in items for document in item.documents]
    notices = [notice for item in items for notice in item.notices]
    if not documents:
        return Reading((), tuple(notices))
    bench.events(Started(STEP, len(documents), "documents"))
    read: list[ReadDocument] = []
    offered = proposals_in(items, bench)
    notices += offered.notices
    for document in documents:
        one, told = _kept(document, bench)
        one, refused = with_proposals(one, offered)
        read.append(one)
        notices += told
        if refused:
            words = f"{refused} of the statements that a model proposed are not verbatim in it, and are left out."
            notices.append(Notice(document.path, "proposals-refused", words))
        bench.events(Advanced(STEP, 1, document.path))
    bench.events(Finished(STEP))
    return Reading(resolved(read), tuple(notices))


def kept_reading(items: Sequence[Examined], bench: Workbench) -> Reading:
    """Return what a build read of a case's documents, without reading anything: those not read have no statements."""
    documents = [document for item in items for document in item.documents]
    offered = proposals_in(items, bench)
    kept = (_from_cache(document, bench) or ReadDocument(document) for document in documents)
    found = [with_proposals(one, offered)[0] for one in kept]
    return Reading(resolved(found), tuple(notice for item in items for notice in item.notices))


def read_documents(documents: Sequence[AccountDocument], language: Language, events: Events) -> Iterator[Reading]:
    """Yield what each document says, speakers not yet resolved across them.

    Raises:
        NotFoundError: ``language-model-missing``.
    """
    events(Started(STEP, len(documents), "documents"))
    for document in documents:
        statements, notices = statements_in(document, language)
        yield Reading((ReadDocument(document, statements),), notices)
        events(Advanced(STEP, 1, document.path))
    events(Finished(STEP))


def statements_in(document: AccountDocument, language: Language) -> tuple[tuple[Statement, ...], tuple[Notice, ...]]:
    """Return the statements in one document, and why there are none where it was not read.

    A statement that is not verbatim is a fault of the program: it is left out, and told. So is a text at which the
    rules fail; no text stops the reading of others.
    """
    if document.language not in ("", language.language):
        words = f"The document is in another language ({document.language}); statements are read in English only."
        return (), (Notice(document.path, "language-unread", words),)
    if len(document.text) > LONGEST_TEXT:
        words = f"The text has {len(document.text):,} characters; statements are read in up to {LONGEST_TEXT:,}."
        return (), (Notice(document.path, "text-too-long", words),)
    (parsed,) = language.parse([unwrapped(document.text)])
    try:
        found = read_statements(document, replace(parsed, text=document.text))
    except _RULES_FAIL as error:
        words = f"The rules fail at this text ({type(error).__name__}: {error}). Please report it with the document."
        return (), (Notice(document.path, "reading-failed", words),)
    statements = sound(document, found)
    if len(statements) == len(found):
        return statements, ()
    words = f"{len(found) - len(statements)} statements were left out: they are not verbatim. Please report it."
    return statements, (Notice(document.path, "statement-not-verbatim", words),)


def resolved(read: Sequence[ReadDocument]) -> tuple[ReadDocument, ...]:
    """Return the documents with speakers, their roles and parties resolved, across all of them."""
    return resolve(read)


def _kept(document: AccountDocument, bench: Workbench) -> tuple[ReadDocument, Sequence[Notice]]:
    kept = _from_cache(document, bench)
    if kept is not None:
        return kept, ()
    try:
        statements, notices = statements_in(document, bench.language)
    except (NotFoundError, IntegrityError) as error:
        bench.events(Warned(error.code, str(error)))
        return ReadDocument(document), ()
    read = ReadDocument(document, statements)
    if not notices:
        bench.derived.put(_key(document, bench), statements_json(StatementsFile((read,))))
    return read, notices


def _from_cache(document: AccountDocument, bench: Workbench) -> ReadDocument | None:
    """Return a document as it was read before, under its present path, or None."""
    kept = bench.derived.get(_key(document, bench))
    if kept is None:
        return None
    try:
        (read,) = statements_from_json(kept).documents
    except (EveryAngleError, ValueError):
        return None
    return replace(read, document=document)


def _key(document: AccountDocument, bench: Workbench) -> str:
    fields = document_fields(ReadDocument(document)) | {"path": ""}
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return f"statements/1 accounts/{ACCOUNTS_VERSION} {bench.language.recipe} {digest}"
