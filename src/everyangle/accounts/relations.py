"""Relations: how one statement stands to another, from what both claim, clause by clause.

A contradiction is told only where one thing is claimed in two ways that cannot both be: the same act on the same
object, affirmed and denied without a condition; numbers of the same thing that do not meet though each is taken as
loosely as its words allow; times likewise. In every doubt it is left open, and said why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim, Status
from everyangle.accounts.compared_numbers import counted, numbers
from everyangle.accounts.compared_times import times
from everyangle.accounts.covering import covering
from everyangle.accounts.excluding import at_once, excluding
from everyangle.accounts.fitting import fit
from everyangle.accounts.implied import implied
from everyangle.accounts.opposed import absent, lacked, named, opposed
from everyangle.accounts.persons import two_persons
from everyangle.accounts.sides import Found, Side, listed, thing
from everyangle.core.accounts import ANSWERING, Act
from everyangle.core.weighing import RelationKind, Slot

_WHY_OPEN: dict[Act, str] = {
    Act.DECLINES: "declines to answer",
    Act.DOES_NOT_KNOW: "does not know",
    Act.ASKS: "asks",
    Act.DEMANDS: "demands something",
    Act.PROMISES: "promises something",
    Act.PREDICTS: "predicts",
    Act.OTHER: "tells a belief or a wish",
}

UNRELATED = Found(None, "they bear on different points")


def relate(a: Side, b: Side) -> Found:
    """Return how one statement stands to another."""
    together = touches(a, b)
    for side in (a, b):
        if side.act not in ANSWERING:
            why = f"one of them {_WHY_OPEN.get(side.act, 'does not answer')}"
            return Found(RelationKind.LEAVES_OPEN, why) if together else UNRELATED
    found = [
        replace(one, point=_point(x, one, y)) for x, y in _pairs(a, b) if (one := _compare(x, y, a, b)) is not None
    ]
    found += _implied(a, b)
    late = at_once(a, b)
    found += [] if late is None else [late]
    for kind in (RelationKind.CONTRADICT, RelationKind.NARROWS, RelationKind.AGREE, RelationKind.LEAVES_OPEN):
        best = next((one for one in found if one.kind is kind), None)
        if best is not None:
            return best
        if kind is RelationKind.CONTRADICT and not any(one.slot is Slot.NUMBER for one in found):
            by_words = counted(a, b)
            if by_words is not None:
                return by_words
    by_words = covering(a, b)
    if by_words is not None:
        return by_words
    if together:
        return Found(RelationKind.LEAVES_OPEN, "they bear on one point, and neither settles the other")
    return UNRELATED


def _point(x: Claim, found: Found, y: Claim) -> str:
    frame = (x.frame or y.frame).removeprefix("be:")
    durations = found.slot is Slot.NUMBER and any(p.duration for p in x.amounts) and any(q.duration for q in y.amounts)
    sort = {Slot.NUMBER: "how-long" if durations else "how-many", Slot.TIME: "when"}.get(found.slot or Slot.OBJECT)
    return f"{frame}:{sort or 'whether'}"


def touches(a: Side, b: Side) -> bool:
    """Whether two statements bear on one point: an act on an object in common, or several things."""
    for x, y in _pairs(a, b):
        if x.frame and x.frame == y.frame and fit(x.object, y.object, x, y) + fit(x.actor, y.actor, x, y) > 0:
            return True
    shared = (a.slots.terms & b.slots.terms) - concepts.GENERIC - concepts.VAGUE
    if len(shared) >= 2:
        return True
    return bool(shared) and min(len(a.slots.terms), len(b.slots.terms)) <= 4


def _pairs(a: Side, b: Side) -> Iterator[tuple[Claim, Claim]]:
    return ((x, y) for x in a.claims for y in b.claims)


def _compare(x: Claim, y: Claim, a: Side, b: Side) -> Found | None:
    """Return how two clauses stand to each other, or None where they say nothing of one thing."""
    if Status.UNREAL in (x.status, y.status):
        return None
    objects, actors = fit(x.object, y.object, x, y), fit(x.actor, y.actor, x, y)
    if (two_persons(x.who, y.who) or two_persons(x.whom, y.whom)) and not _perceived(x) and not _perceived(y):
        return None
    certain = x.status is y.status is Status.ASSERTED
    number = numbers(x, y, objects, actors)
    if number is not None and (certain or number.kind is not RelationKind.CONTRADICT):
        return number
    if not x.frame and not y.frame:
        return named(x, y, a, b)
    if x.frame != y.frame or not x.frame:
        return None
    excluded = excluding(x, y, objects, actors) if certain else None
    if excluded is not None:
        return excluded
    if objects < 0 or actors < 0:
        return None
    if x.negated != y.negated:
        return opposed(x, y, a, b, objects, actors) if certain else None
    time = times(x, y, objects, actors) if certain and not x.negated else None
    if time is not None:
        return time
    if objects + actors <= 0 or (x.frame in concepts.GENERIC and objects <= 0):
        return None
    return _same(x, y)


def _implied(a: Side, b: Side) -> list[Found]:
    """Return the contradictions between what one side says and what follows from the other's words."""
    found = []
    for one, other in ((a, b), (b, a)):
        for said in one.claims:
            for more in implied(said):
                for opposite in other.claims:
                    judged = _against(more, opposite, one, other)
                    if judged is not None:
                        found.append(replace(judged, point=_point(opposite, judged, more)))
    return found


def _perceived(claim: Claim) -> bool:
    """Whether a clause tells what somebody heard or saw, who is none of those it happened between."""
    return claim.said.verb in ("hear", "see")


def _against(more: Claim, said: Claim, one: Side, other: Side) -> Found | None:
    """Judge what follows from one side's words against what the other says."""
    if said.status is not Status.ASSERTED or more.negated == said.negated:
        return None
    if said.negated and more.frame == "exist":
        return absent(said, more) or lacked(said, more)
    if more.frame != said.frame:
        return None
    objects, actors = fit(more.object, said.object, more, said), fit(more.actor, said.actor, more, said)
    if objects < 0 or actors < 0 or two_persons(more.who, said.who) or two_persons(more.whom, said.whom):
        return None
    return opposed(more, said, one, other, objects, actors)


def _same(x: Claim, y: Claim) -> Found:
    what = thing(x)
    more, less = x.about - y.about, y.about - x.about
    if bool(more) != bool(less):
        extra = listed(more or less)
        return Found(RelationKind.NARROWS, f"both say that {what}; one says more closely ({extra})")
    return Found(RelationKind.AGREE, f"both say that {what}")
