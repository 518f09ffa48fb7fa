"""Counts: numbers of two statements that are of one thing by the words around them, where their clauses do not tell.

"Eleven", one side says, and "four", the other: what they count stands in the sentence around or before. It asks for
more in common the less the statements say themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount, apart
from everyangle.accounts.claims import Slots, Status

_APART = frozenset({"percent", "dollar", "pound", "euro"})
_BRIEF = 6
"""Concepts of a statement that says little but a number."""

_MOST = 2
"""Statements with more numbers than this say which is which only in their clauses."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement says with what stands around it: slots, and concepts of its sentence and of the one before."""

    slots: Slots
    sentence: frozenset[str]
    before: frozenset[str]

    @property
    def own(self) -> frozenset[str]:
        """Concepts of the content itself."""
        return self.slots.terms - concepts.GENERIC - concepts.VAGUE

    @property
    def around(self) -> frozenset[str]:
        """Concepts of the content and of what stands around it."""
        return (self.own | self.sentence | self.before) - concepts.GENERIC - concepts.VAGUE

    @property
    def amounts(self) -> list[Amount]:
        """The numbers that the statement holds to be so."""
        claims = [claim for claim in self.slots.claims if not claim.negated and claim.status is not Status.UNREAL]
        return [one for claim in claims for one in claim.amounts if one.unit not in _APART]


def differing(a: Told, b: Told) -> tuple[Amount, Amount] | None:
    """Return two numbers of one thing that cannot be one; None where there are none, or it is unsure."""
    xs, ys = a.amounts, b.amounts
    if not xs or not ys or len(xs) > _MOST or len(ys) > _MOST:
        return None
    best: tuple[int, Amount, Amount] | None = None
    for x in xs:
        for y in ys:
            known = _known(x, y, a, b)
            if known is None:
                continue
            if apart(x, y) <= 0:
                return None
            if best is None or known > best[0]:
                best = (known, x, y)
    return None if best is None or not _sure(best[0], best[1], best[2], a, b) else best[1:]


def _known(x: Amount, y: Amount, a: Told, b: Told) -> int | None:
    """Return how surely two numbers count one kind of thing: 2 by their units, 1 by the words around, 0 by nothing."""
    p, q = concepts.noun(x.unit), concepts.noun(y.unit)
    if p and p == q:
        return 2
    if (not p and q in a.around) or (not q and p in b.around):
        return 1
    return 0 if not p and not q else None


def _sure(known: int, x: Amount, y: Amount, a: Told, b: Told) -> bool:
    units = {concepts.noun(x.unit), concepts.noun(y.unit)}
    around = len((a.around & b.around) - units)
    if known == 2:
        return bool(((a.own | a.sentence) & (b.own | b.sentence)) - units - concepts.GENERIC - concepts.VAGUE)
    if known == 1:
        return around >= 2
    if max(len(a.own), len(b.own)) > _BRIEF:
        return False
    short = min(len(a.own), len(b.own)) <= 1
    return around >= 3 or (short and around >= 2)
