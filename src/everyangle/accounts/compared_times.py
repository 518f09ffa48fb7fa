"""Times of one act that two statements give."""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.amounts import duration_words
from everyangle.accounts.claims import Claim
from everyangle.accounts.persons import one_person
from everyangle.accounts.sides import Found
from everyangle.accounts.whenever import minutes_apart
from everyangle.core.weighing import RelationKind, Slot

_DATED = frozenset({"begin", "start", "end", "call"})
"""Acts that happen once to what they are of, though the words are general."""


def times(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Compare times of one act; None where there are none, or the acts may be two."""
    bare = not (x.object or y.object or x.actor or y.actor) or not (x.object | x.actor | x.who | x.whom)
    bare = bare or not (y.object | y.actor | y.who | y.whom) or one_person(x.whom, y.whom)
    if (objects + actors <= 0 and not bare) or objects < 0 or actors < 0 or x.frame in concepts.GENERIC - _DATED:
        return None
    for p in x.times:
        for q in y.times:
            gap = minutes_apart(p, q)
            if gap is not None and gap > 0:
                by = duration_words(gap * 60) if gap < 1440 else f"{gap / 1440:.0f} days"
                return Found(RelationKind.CONTRADICT, f"the times that they give differ by {by}", Slot.TIME, by)
            if gap == 0:
                return Found(RelationKind.AGREE, "they give the same time")
    return None
