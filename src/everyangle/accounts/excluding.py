"""What excludes what, though both sides affirm: who did a thing that is done once, what was in a hand, how soon.

Each is judged only where all else fits; in doubt it is left to other rules.
"""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim
from everyangle.accounts.persons import one_person
from everyangle.accounts.sides import Found, Side, listed
from everyangle.core.weighing import RelationKind, Slot

_ONCE = concepts.words(
    """
    break open lock unlock close drive set_fire kill write sign delete switch_on switch_off drop
    crash burn own order steer pilot captain fly found invent start ignite author approve loot steal
    """
)
"""Acts that one party does to one thing: where two name another doer, both cannot be."""

_IN_HAND = concepts.words("hold point reach brandish wield carry draw have raise aim")
_HARMLESS = concepts.words(
    "phone camera key wallet bag bottle umbrella toy stick torch remote hairbrush book paper card licence cane pen"
)
_AT_ONCE = concepts.words("immediately instantly promptly straightaway instant")
_LATE_S = 180.0
"""A delay from which on something was not done at once, in seconds."""


def excluding(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Return the contradiction of two clauses of one act that both sides affirm, or None."""
    if x.frame != y.frame or x.negated or y.negated or not x.frame:
        return None
    return _doer(x, y, objects, actors) or _in_hand(x, y) or _where_hit(x, y, actors) or _kind(x, y, objects, actors)


def _kind(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Judge words of which only one can be true of one thing: left and right, front and back, live and rubber."""
    same = objects > 0 or actors > 0 or one_person(x.who, y.who) or one_person(x.whom, y.whom)
    same = same or bool(x.limits & y.limits - concepts.LOOSE)
    if not same or objects < 0 or actors < 0 or x.amounts or y.amounts:
        return None
    for group in concepts.EXCLUSIVE:
        one, other = ((claim.others | claim.limits | claim.object) & group for claim in (x, y))
        if len(one) == len(other) == 1 and one != other:
            return Found(RelationKind.CONTRADICT, f"one says {listed(one)}, the other {listed(other)}", Slot.OBJECT)
    return None


def _doer(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    first = bool(x.others & y.others & {"first"})
    if (
        (x.frame not in _ONCE and not first)
        or objects <= 0
        or actors >= 0
        or x.said.plural
        or y.said.plural
        or x.amounts
        or y.amounts
    ):
        return None
    if x.limits - y.limits and y.limits - x.limits:
        return None
    words = f"one says that {listed(x.actor)} did it, the other that {listed(y.actor)} did"
    return Found(RelationKind.CONTRADICT, words, Slot.ACTOR)


def _in_hand(x: Claim, y: Claim) -> Found | None:
    """Judge a weapon that one saw in a hand, and another thing that the other saw there."""
    if x.frame not in _IN_HAND or not (one_person(x.who, y.who) or x.actor & y.actor):
        return None
    armed = [bool(_weapons(claim.object)) for claim in (x, y)]
    harmless = [bool(claim.object & _HARMLESS) and not _weapons(claim.object) for claim in (x, y)]
    if not ((armed[0] and harmless[1]) or (armed[1] and harmless[0])):
        return None
    words = f"one says {listed(x.object)}, the other {listed(y.object)}"
    return Found(RelationKind.CONTRADICT, words, Slot.OBJECT)


def _weapons(terms: frozenset[str]) -> set[str]:
    return {term for term in terms if concepts.covers("weapon", term)} - {"stick", "bottle"}


def _where_hit(x: Claim, y: Claim, actors: int) -> Found | None:
    """Judge where somebody was shot, stabbed or bitten."""
    if x.frame not in ("fire", "stab", "bite") or actors < 0 or x.amounts or y.amounts:
        return None
    if not (x.object & y.object or one_person(x.whom, y.whom)):
        return None
    one, other = ((claim.object | claim.others) & concepts.BODY for claim in (x, y))
    if not one or not other or one & other:
        return None
    words = f"one says in the {listed(one)}, the other in the {listed(other)}"
    return Found(RelationKind.CONTRADICT, words, Slot.OBJECT)


def at_once(a: Side, b: Side) -> Found | None:
    """Judge an act that one side calls immediate, and the other late by minutes."""
    for one, other in ((a, b), (b, a)):
        for claim in one.claims:
            if claim.negated or not claim.others & _AT_ONCE:
                continue
            late = _late(claim, other)
            if late is not None:
                words = f"one says that it was done at once, the other speaks of “{late}”"
                return Found(RelationKind.CONTRADICT, words, Slot.TIME)
    return None


def _late(claim: Claim, other: Side) -> str | None:
    """Return the delay that the other side gives of the same act."""
    mine = next((one for one in other.claims if one.frame == claim.frame and not one.negated), None)
    if mine is None or (claim.object and mine.object and not claim.object & mine.object):
        return None
    if claim.frame in concepts.GENERIC and not claim.object & mine.object:
        return None
    waited = [one for one in other.claims if one is mine or one.frame in ("wait", "last", "take", "pass", "be", "")]
    return next((m.words for one in waited for m in one.amounts if m.duration and m.low >= _LATE_S), None)
