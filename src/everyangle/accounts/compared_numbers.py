"""Numbers of one thing that two statements give: counts, durations, distances, as loosely as their words allow."""

from __future__ import annotations

from dataclasses import replace

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount, apart, duration_words
from everyangle.accounts.claims import Claim
from everyangle.accounts.counts import SEEN, adds_up, differing
from everyangle.accounts.fitting import limits_differ
from everyangle.accounts.inflected import plural
from everyangle.accounts.sides import Found, Side, at_least
from everyangle.core.accounts import Act
from everyangle.core.weighing import RelationKind, Slot

_PRESENCE = frozenset(
    {
        "",
        "be",
        "exist",
        "arrive",
        "attend",
        "be:present",
        "count",
        "take_part",
        "see",
        "have",
        "surround",
        "march",
        "gather",
        "demonstrate",
        "rally",
        "assemble",
        "turn_out",
        "be:aboard",
        "carry",
    }
)
_EMPTY = frozenset({"be", "have", "do", "get", "go", "take", "make", "see", "exist"})
_LASTING = frozenset(
    {"last", "take", "be", "go_on", "continue", "wait", "hold", "use", "spend", "", "have", "negotiate"}
)


def numbers(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Compare numbers of one thing; None where the clauses do not count or time one thing."""
    if x.negated or y.negated or not x.amounts or not y.amounts or objects < 0 or actors < 0:
        return None
    pairs = [(p, q) for p in _seen(x) for q in _seen(y) if _one_unit(p, q) and _measures_one(x, y, p, objects, actors)]
    if not pairs:
        return None
    p, q = min(pairs, key=lambda pair: apart(*pair))
    gap = 0.0 if adds_up(p, y.amounts) or adds_up(q, x.amounts) else apart(p, q)
    both = (x.actor or x.pronoun) and (y.actor or y.pronoun) and x.frame not in _PRESENCE
    both = both and not (x.pronoun and y.pronoun) and not _acts_lasting(x) and not _acts_lasting(y)
    if gap > 0 and actors <= 0 and both:
        words = f"“{p.words}” and “{q.words}” may be of different people"
        return Found(RelationKind.LEAVES_OPEN, words, Slot.NUMBER)
    if gap <= 0:
        closer = _closer(p, q)
        if closer:
            return Found(RelationKind.NARROWS, f"“{p.words}” and “{q.words}” can be one number; one is closer")
        return Found(RelationKind.AGREE, f"“{p.words}” and “{q.words}” can be one number")
    by = _by(p, q, gap)
    loose = " even as loosely as the words allow" if p.approximate or q.approximate else ""
    return Found(RelationKind.CONTRADICT, f"“{p.words}” and “{q.words}” differ by {by}{loose}", Slot.NUMBER, by)


def counted(a: Side, b: Side) -> Found | None:
    """Compare numbers that are of one thing by the words around them."""
    found = differing(a, b)
    if found is None or Act.DENIES in (a.act, b.act):
        return None
    p, q = found
    by = _by(p, q, apart(p, q))
    point = f":{'how-long' if p.duration else 'how-many'}"
    words = f"“{p.words}” and “{q.words}” differ by {by}; the words around them show that they count one thing"
    return Found(RelationKind.CONTRADICT, words, Slot.NUMBER, by, point)


def _seen(claim: Claim) -> tuple[Amount, ...]:
    """Return a clause's numbers: of what was seen, the least; of acts ("three warnings"), how often."""
    amounts = tuple(map(at_least, claim.amounts)) if claim.frame in SEEN else claim.amounts
    return tuple(replace(one, unit="time") if concepts.NOMINAL.get(one.unit) == claim.frame else one for one in amounts)


def _by(p: Amount, q: Amount, gap: float) -> str:
    return duration_words(gap) if p.duration else f"{gap:g} {_plural(p.unit or q.unit, gap)}".strip()


def _one_unit(p: Amount, q: Amount) -> bool:
    a, b = concepts.noun(p.unit), concepts.noun(q.unit)
    return (a == b and a not in ("", "percent")) or concepts.one_group(a, {b})


def _measures_one(x: Claim, y: Claim, amount: Amount, objects: int, actors: int) -> bool:
    """Whether two clauses with numbers of one unit count or time one thing."""
    same = x.frame == y.frame and x.frame not in ("", "be", "have")
    if amount.duration:
        if same:
            return objects + actors > 0 or x.frame in _LASTING
        if y.frame in _acts_lasting(x) or x.frame in _acts_lasting(y):
            return True
        about = (x.about & y.about) - concepts.GENERIC
        if x.frame and y.frame and not {"be", "last", "take"} & {x.frame, y.frame}:
            about -= x.actor & y.actor
        if ("be" in (x.frame, y.frame)) and (x.actor & y.actor & concepts.OFFICIALS):
            about -= x.actor & y.actor
        return x.frame in _LASTING and y.frame in _LASTING and bool(about)
    if amount.unit == "metre":
        return same and objects + actors > 0
    if amount.unit in ("time", "occasion", "percent", "dollar", "euro", "pound"):
        return same and (objects + actors > 0 or x.frame not in _EMPTY)
    if same:
        return x.frame not in concepts.GENERIC or objects > 0
    return x.frame in _PRESENCE and y.frame in _PRESENCE and not limits_differ(x, y)


def _acts_lasting(claim: Claim) -> set[str]:
    """Return the acts that a clause says to have lasted: "the pursuit lasted eleven minutes"."""
    lasting = claim.frame in ("last", "take", "go_on", "continue")
    return {concepts.NOMINAL[one] for one in claim.actor if one in concepts.NOMINAL} if lasting else set()


def _closer(p: Amount, q: Amount) -> bool:
    """Whether one range lies within the other and is clearly closer."""
    widths = sorted(float("inf") if one.high is None else one.high - one.low for one in (p, q))
    return widths[0] < widths[1] / 2


def _plural(unit: str, number: float) -> str:
    return unit if number == 1 or not unit else plural(unit)
