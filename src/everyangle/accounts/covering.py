"""Covering: a clause that one side denies, all of whose words the other side affirms in one clause.

A last resort, where the two clauses are built so differently that no slot meets another. One word alone is not enough,
but where it is what was done. It judges nothing where a slot, a person, a number, a time or an order differs.
"""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim, Status
from everyangle.accounts.fitting import fit
from everyangle.accounts.implied import implied
from everyangle.accounts.persons import two_persons
from everyangle.accounts.sides import Found, Side, listed
from everyangle.core.weighing import RelationKind, Slot

_EMPTY = frozenset({"be", "have", "do", "exist", "go", "come", "get", "make"})
"""Frames that tell nothing without more words."""

_MISSED = frozenset({"see", "hear", "know", "remember", "recall", "find", "receive"})
"""Acts of those who may have missed what was there: "heard no warning" is not "no warning was given"."""

_WHICH = frozenset({"first", "second", "third", "fourth", "other", "another", "same"})


def covering(a: Side, b: Side) -> Found | None:
    """Return the contradiction of a clause that one side denies, and one of the other's that has all its words."""
    for one, other in ((a, b), (b, a)):
        for denied in one.claims:
            for affirmed in other.claims:
                if _covered(denied, affirmed):
                    words = f"one denies {listed(_core(denied))}, the other affirms it"
                    return Found(RelationKind.CONTRADICT, words, Slot.POLARITY)
    return None


def _covered(denied: Claim, affirmed: Claim) -> bool:
    if not denied.negated or affirmed.negated or denied.status != Status.ASSERTED or denied.status != affirmed.status:
        return False
    if (
        {denied.frame, denied.said.verb} & _MISSED
        or denied.times
        or denied.amounts
        or denied.others & _WHICH - affirmed.others
    ):
        return False
    if two_persons(denied.who, affirmed.who) or two_persons(denied.whom, affirmed.whom):
        return False
    if (
        fit(denied.object, affirmed.object, denied, affirmed) < 0
        or fit(denied.actor, affirmed.actor, denied, affirmed) < 0
    ):
        return False
    core = _core(denied)
    acts = {affirmed.frame, *(more.frame for more in implied(affirmed) if not more.negated)}
    if denied.frame.startswith("be:") and len(core) < 3:
        return False
    telling = core - concepts.GENERIC - concepts.SAYINGS - concepts.OFFICIALS - {"person"}
    if len(telling) < 2 and (telling != {denied.frame} or denied.frame not in acts or _doer_named(affirmed, core)):
        return False
    return core <= _core(affirmed) | acts


def _doer_named(affirmed: Claim, core: frozenset[str]) -> bool:
    return bool(affirmed.actor or affirmed.object - core)


def _core(claim: Claim) -> frozenset[str]:
    """Return the concepts that tell what a clause is about, its frame among them."""
    frame = claim.frame.removeprefix("be:")
    own = frozenset({frame} - {""} - _EMPTY)
    return (claim.about | claim.limits | own) - concepts.VAGUE - concepts.LOOSE - _EMPTY
