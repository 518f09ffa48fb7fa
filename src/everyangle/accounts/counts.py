"""Counts: numbers of two statements that are of one thing by the words around them, where their clauses do not tell.

"Eleven", one side says, and "four", the other: what they count stands in the sentence around or before. It asks for
more in common the less the statements say themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount, apart
from everyangle.accounts.claims import Claim, Status
from everyangle.accounts.fields import field_of, sort_of
from everyangle.accounts.fitting import fit
from everyangle.accounts.sides import Side, at_least

_APART = frozenset({"percent", "dollar", "pound", "euro"})
PRESENT = frozenset({"", "be", "exist", "be:present", "arrive", "attend", "count", "see"})
"""Frames that only say that somebody was there."""

_BRIEF = 6
"""Concepts of a statement that says little but a number."""

_MOST = 3
"""Statements with more numbers than this say which is which only in their clauses."""

SEEN = frozenset({"count", "see", "hear", "find", "recover", "locate", "collect"})
"""Acts of which the number is the least that there was."""

_PEOPLE = frozenset({"person", "student", "protester", "passenger", "resident", "injured", "patient", "child"})

_RATIO = 30
"""Durations that differ more than this many times are hardly of one thing."""

_Counted = tuple[Amount, Claim]


def differing(a: Side, b: Side) -> tuple[Amount, Amount] | None:
    """Return two numbers of one thing that cannot be one; None where there are none, or it is unsure."""
    xs, ys = _amounts(a), _amounts(b)
    if not xs or not ys or len(xs) > _MOST or len(ys) > _MOST:
        return None
    best: tuple[int, Amount, Amount] | None = None
    for told_x, p in xs:
        for told_y, q in ys:
            x, y = _at_least(told_x, p, q), _at_least(told_y, q, p)
            known = _known(x, y, a, b)
            if known is None or _beyond(x, y):
                continue
            if apart(x, y) <= 0 and known < 2 and not _fields(x, p, a, q) & _fields(y, q, b, p):
                continue
            if apart(x, y) <= 0 or adds_up(x, _every(b)) or adds_up(y, _every(a)):
                return None
            if 1 in (x.value, y.value) and "person" in (sort_of(x), sort_of(y)):
                continue  # "one lad" singles somebody out
            if fit(p.actor, q.actor, p, q) < 0 and p.frame == q.frame:
                continue
            if p.frame != q.frame and p.frame.startswith("be:") and q.frame.startswith("be:"):
                continue  # how high and how long
            sure = _sure(known, x, y, a, b) or (_one_scene(x, y, a, b) and _fields(x, p, a, q) & _fields(y, q, b, p))
            if sure and (best is None or known > best[0]):
                best = (known, x, y)
    return None if best is None else best[1:]


def _amounts(side: Side) -> list[_Counted]:
    """Return the numbers that a statement holds to be so, with their clauses."""
    claims = [claim for claim in side.claims if not claim.negated and claim.status is not Status.UNREAL]
    every = [(one, claim) for claim in claims for one in claim.amounts if one.unit not in _APART]
    if any(one.value > 1 for one, _ in every):
        every = [(one, claim) for one, claim in every if one.value != 1 or one.unit]  # "five, one seriously"
    return [(at_least(one) if claim.frame in SEEN else one, claim) for one, claim in every]


def _every(side: Side) -> list[Amount]:
    return [one for claim in side.claims for one in claim.amounts]


def adds_up(x: Amount, others: Sequence[Amount]) -> bool:
    """Whether a number is the sum of several others: "five shots" and "one, then four"."""
    alike = [one.value for one in others if one.unit == others[0].unit]
    return len(alike) > 1 and sum(alike) == x.value


def _acting(one: Amount, claim: Claim) -> bool:
    """Whether a number is of officials who did something: so many were there at least."""
    return concepts.noun(one.unit) in concepts.OFFICIALS | {"man"} and claim.frame not in PRESENT | concepts.GENERIC - {
        "use"
    }


def _at_least(one: Amount, claim: Claim, other: Claim) -> Amount:
    """Return the number of those who did something as the least number of those who were there."""
    if other.frame in PRESENT and _acting(one, claim) and concepts.noun(one.unit) in claim.actor | {"man"}:
        return replace(one, high=None)
    return one


def _fields(one: Amount, claim: Claim, side: Side, other: Claim) -> frozenset[str]:
    if one.high is None and other.frame in PRESENT and _acting(one, claim):
        return frozenset({"present"})
    return field_of(one, claim, side)


def _one_scene(x: Amount, y: Amount, a: Side, b: Side) -> bool:
    """Whether anything around two numbers shows that they are told of one scene: one noun, or a word in common."""
    return bool(x.unit and x.unit == y.unit) or bool((a.around | a.earlier) & (b.around | b.earlier))


def _beyond(x: Amount, y: Amount) -> bool:
    low, high = sorted((x.value, y.value))
    return x.duration and y.duration and high > _RATIO * low


def _known(x: Amount, y: Amount, a: Side, b: Side) -> int | None:
    """Return how surely two numbers count one kind of thing: 2 by their units, 1 by the words around, 0 by nothing."""
    p, q = concepts.noun(x.unit), concepts.noun(y.unit)
    if p and q and (p in concepts.OFFICIALS) != (q in concepts.OFFICIALS) and {p, q} & _PEOPLE:
        return None  # officers may be among the people
    if p and (p == q or sort_of(x) == sort_of(y) or concepts.one_group(p, {q})):
        return 2
    if (not p and q in a.around) or (not q and p in b.around):
        return 1
    return None if p and q else 0


def _sure(known: int, x: Amount, y: Amount, a: Side, b: Side) -> bool:
    units = {concepts.noun(x.unit), concepts.noun(y.unit)}
    if "time" in (sort_of(x), sort_of(y)):
        return False  # how often what was done: only where the act is known
    around = len((a.around & b.around) - units)
    if known == 2 and concepts.noun(x.unit) == concepts.noun(y.unit):
        return bool(((a.own | a.sentence) & (b.own | b.sentence)) - units - concepts.GENERIC - concepts.VAGUE)
    if known == 2:
        return around >= 2
    if known == 1:
        return around >= 2
    if x.unit or y.unit or max(len(a.own), len(b.own)) > _BRIEF:
        return False
    short = min(len(a.own), len(b.own)) <= 1
    return around >= 3 or (short and around >= 2)
