"""How people's acts point at a statement: by its document, and by its content's place and words in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.core.accounts import Span, Statement
from everyangle.core.ids import Digest


@dataclass(frozen=True, slots=True)
class StatementRef:
    """A statement, found again whatever reader reads its document (W3C Web Annotation: position and quote selectors).

    Attributes:
        document: SHA-256 of the original.
        spans: of the content in the document's canonical text: one or more, in order, not overlapping.
        quote: the text at the spans, joined by one space.
    """

    document: Digest
    spans: tuple[Span, ...]
    quote: str


def ref_of(document: Digest, statement: Statement) -> StatementRef:
    """Return what points at a statement of a document."""
    return StatementRef(document, statement.content.spans, statement.content.text)


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Return how much two stretches of one text have in common: shared code points by all of them (Jaccard), 0 to 1."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    total = sum(x.end - x.start for x in (*a, *b)) - shared
    return shared / total if total else 0.0
