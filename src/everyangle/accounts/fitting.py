"""Whether the slots of two clauses name one thing. An empty slot fits anything and tells nothing."""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim


def fit(a: frozenset[str], b: frozenset[str], x: Claim, y: Claim) -> int:
    """Return 1 where two slots have something in common, -1 where they name different things, 0 where one is open."""
    if not a or not b:
        return 0
    if a & b:
        return 1
    if any(concepts.one_group(one, b) for one in a):
        return 1 if a & concepts.OFFICIALS and b & concepts.OFFICIALS else 0
    names_a, names_b = a & x.names, b & y.names
    if names_a and names_b:
        return -1
    return 0 if names_a or names_b else -1


def covered(denied: frozenset[str], affirmed: frozenset[str]) -> bool:
    """Whether what is affirmed is a kind of what is denied: "no weapon" and "a knife"."""
    return all(any(concepts.covers(general, special) for special in affirmed) for general in denied)


def limits_differ(x: Claim, y: Claim) -> bool:
    """Whether two clauses are narrowed, and by nothing in common."""
    return bool(x.limits and y.limits and not x.limits & y.limits)
