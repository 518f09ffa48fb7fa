"""Whether statements are what their document says: every passage is the text at its spans. Judges no meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from everyangle.core.accounts import AccountDocument, Passage, ReadDocument, Span, Statement
from everyangle.core.errors import IntegrityError


def check_document(read: ReadDocument) -> None:
    """Let pass only statements that stand verbatim in the document's text.

    Raises:
        IntegrityError: ``statement-not-verbatim``, naming the document and the statement.
    """
    for fault in faults(read.document, read.statements):
        raise IntegrityError(
            "statement-not-verbatim",
            f"{read.document.path}: {fault}.",
            holds="Nothing was written.",
            todo="This is a fault of the program: please report it with the document.",
        )


def faults(document: AccountDocument, statements: Sequence[Statement]) -> Iterator[str]:
    """Yield what is wrong, a sentence without its stop each, naming the statement."""
    text = document.text
    if not _encodable(text):
        yield "its text holds half a surrogate pair"
    for stretch in document.timed:
        if not _inside(stretch.span, text):
            yield f"the timed stretch {tuple(stretch.span)} lies outside the text"
    known = {one.id: one for one in statements}
    if len(known) < len(statements):
        yield "two statements have one id"
    for one in statements:
        for what in _passage_faults(one, text):
            yield f"statement {one.id}: {what}"
        if one.within is not None:
            for what in _nesting_faults(one, known):
                yield f"statement {one.id}: {what}"


def sound(document: AccountDocument, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements that are verbatim; one whose outer statement is gone or does not hold it stands alone."""
    known: dict[str, Statement] = {}
    for one in statements:
        if one.id not in known and not any(_passage_faults(one, document.text)):
            known[one.id] = one
    alone = {one.id for one in known.values() if one.within is not None and any(_nesting_faults(one, known))}
    return tuple(replace(one, within=None) if one.id in alone else one for one in known.values())


def verbatim(text: str, passage: Passage) -> bool:
    """Tell whether a passage's spans are in order, apart, inside the text, and hold its words."""
    spans = passage.spans
    apart = all(a.end <= b.start for a, b in pairwise(spans))
    inside = bool(spans) and all(_inside(span, text) for span in spans)
    return apart and inside and " ".join(text[a:b] for a, b in spans) == passage.text


def _passage_faults(one: Statement, text: str) -> Iterator[str]:
    roles = {
        "speaker": None if one.speaker is None else one.speaker.passage,
        "cue": None if one.cue is None else one.cue.passage,
        "content": one.content,
    }
    for role, passage in roles.items():
        if passage is not None and not verbatim(text, passage):
            yield f"its {role} is not the text at its spans"
    for span in [*(time.span for time in one.times), *(quantity.span for quantity in one.quantities)]:
        if not _inside(span, text):
            yield f"the span {tuple(span)} lies outside the text"


def _nesting_faults(one: Statement, known: dict[str, Statement]) -> Iterator[str]:
    seen = {one.id}
    outer = known.get(one.within or "")
    if outer is None:
        yield f"it stands within {one.within}, which does not exist"
        return
    hull = outer.content.spans
    if hull and not all(hull[0].start <= a and b <= hull[-1].end for a, b in one.content.spans):
        yield f"its content is not all inside that of {outer.id}"
    while outer is not None:
        if outer.id in seen:
            yield "it stands within itself"
            return
        seen.add(outer.id)
        outer = known.get(outer.within or "")


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
