"""Surroundings: the concepts of the sentence that a statement stands in and of the two before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from everyangle.accounts.clause_terms import terms_of
from everyangle.accounts.parsed import Parsed
from everyangle.core.accounts import Statement

Around = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Concepts of a statement's own sentence, of the sentence before it, and of the one before that."""


def surroundings(parsed: Parsed, statements: Mapping[str, Statement]) -> dict[str, Around]:
    """Return what stands around each statement, by its key.

    Args:
        parsed: the document's text, whose places must be those of the document.
        statements: of the document, by key.
    """
    starts = [parsed.words[first].start for first, _ in parsed.sentences]
    terms = [terms_of(parsed.words[first:last]) for first, last in parsed.sentences]
    found: dict[str, Around] = {}
    for key, one in statements.items():
        place = max(0, bisect_right(starts, one.content.spans[0].start) - 1)
        nothing: frozenset[str] = frozenset()
        here, before, earlier = (terms[at] if 0 <= at < len(terms) else nothing for at in range(place, place - 3, -1))
        found[key] = here, before, earlier
    return found
