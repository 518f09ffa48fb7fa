"""Relations: how one statement stands to another, from what both claim, clause by clause.

A contradiction is told only where one thing is claimed in two ways that cannot both be: the same act on the same
object, affirmed and denied without a condition; numbers of the same thing that do not meet though each is taken as
loosely as its words allow; times likewise. In every doubt it is left open, and said why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount, apart, duration_words
from everyangle.accounts.claims import Claim, Slots, Status
from everyangle.accounts.counts import Told, differing
from everyangle.accounts.whenever import minutes_apart
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

_ONE_GROUP = (
    frozenset({"officer", "police", "guard", "agent", "patrol", "personnel", "staff", "force", "team", "unit"}),
    frozenset({"crowd", "protester", "student", "marcher"}),
    frozenset({"shot", "gun", "shell", "fire", "gas", "round"}),
    frozenset({"injured", "student", "patient", "child", "resident", "passenger"}),
)
"""Nouns that may name one and the same, though they do not mean the same."""

_PRESENCE = frozenset(
    {"", "be", "exist", "arrive", "attend", "be:present", "count", "take_part", "see", "have", "surround"}
)
_EMPTY = frozenset({"be", "have", "do", "get", "go", "take", "make", "see", "exist"})
_LASTING = frozenset(
    {"last", "take", "be", "go_on", "continue", "wait", "hold", "use", "spend", "", "have", "negotiate"}
)


@dataclass(frozen=True, slots=True)
class Side:
    """One statement, as relations see it.

    Attributes:
        act: what the speaker does.
        slots: what the content claims.
        sentence: concepts of the sentence that it stands in.
        before: concepts of the sentence before, which tell what a short answer is about.
    """

    act: Act
    slots: Slots
    sentence: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The clauses as their speaker holds them: what is denied is negated."""
        if self.act is not Act.DENIES:
            return self.slots.claims
        return tuple(replace(c, negated=not c.negated) if c.status is Status.ASSERTED else c for c in self.slots.claims)


@dataclass(frozen=True, slots=True)
class Found:
    """How two statements stand to each other.

    Attributes:
        kind: how; None where they bear on different points.
        reason: in words.
        slot: what differs in a contradiction.
        difference: by how much, in words, or "".
        point: on what they meet: a frame and what is asked of it ("show:whether"), or "".
    """

    kind: RelationKind | None
    reason: str
    slot: Slot | None = None
    difference: str = ""
    point: str = ""


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
    for kind in (RelationKind.CONTRADICT, RelationKind.NARROWS, RelationKind.AGREE, RelationKind.LEAVES_OPEN):
        best = next((one for one in found if one.kind is kind), None)
        if best is not None:
            return best
        if kind is RelationKind.CONTRADICT:
            counted = _counted(a, b)
            if counted is not None:
                return counted
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
        if x.frame and x.frame == y.frame and _fit(x.object, y.object, x, y) + _fit(x.actor, y.actor, x, y) > 0:
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
    objects, actors = _fit(x.object, y.object, x, y), _fit(x.actor, y.actor, x, y)
    certain = x.status is y.status is Status.ASSERTED
    number = _numbers(x, y, objects, actors)
    if number is not None and (certain or number.kind is not RelationKind.CONTRADICT):
        return number
    if not x.frame and not y.frame:
        return _named(x, y, a, b)
    if x.frame != y.frame or not x.frame:
        return None
    if objects < 0 or actors < 0:
        return None
    if x.negated != y.negated:
        return _opposed(x, y, a, b, objects, actors) if certain else None
    time = _times(x, y, objects, actors) if certain and not x.negated else None
    if time is not None:
        return time
    if objects + actors <= 0 or (x.frame in concepts.GENERIC and objects <= 0):
        return None
    return _same(x, y)


def _named(x: Claim, y: Claim, a: Side, b: Side) -> Found | None:
    """Judge a thing that one side names and the other denies: "denied a second blast"."""
    if x.negated == y.negated or Act.DENIES not in (a.act, b.act):
        return None
    denied, affirmed = (x, y) if x.negated else (y, x)
    words = denied.object | denied.others
    if len(words) < 2 or not denied.object or not words <= affirmed.object | affirmed.others:
        return None
    return Found(RelationKind.CONTRADICT, f"one tells of {_list(words)}, the other denies it", Slot.POLARITY)


def _opposed(x: Claim, y: Claim, a: Side, b: Side, objects: int, actors: int) -> Found | None:
    """Judge one act that one side affirms and the other denies."""
    denied, affirmed = (x, y) if x.negated else (y, x)
    others = (b if denied is x else a).slots.terms | affirmed.about | affirmed.limits
    specific = x.frame not in concepts.GENERIC and not x.frame.startswith("be:")
    enough = objects > 0 or (actors > 0 and (specific or x.frame.startswith("be:")))
    nobody = not denied.actor and not denied.pronoun
    nobody = nobody or (b if denied is y else a).act is Act.DENIES
    nobody = nobody or bool(denied.actor & _ONE_GROUP[0] and affirmed.actor & affirmed.names)
    enough = enough or (specific and nobody and not (denied.object and affirmed.object) and objects == actors == 0)
    enough = enough or (specific and bool(denied.limits) and denied.limits <= others)
    if x.frame in concepts.GENERIC:
        enough = objects > 0 and (actors > 0 or x.pronoun or y.pronoun or not (x.actor and y.actor))
    if not enough:
        return None
    narrowed = {term for term in denied.limits if term not in others and not _grouped(term, others)}
    if narrowed:
        return Found(
            RelationKind.LEAVES_OPEN,
            f"what is denied is narrower ({', '.join(sorted(narrowed))}) than what is affirmed",
        )
    if denied.actor and not affirmed.actor and not affirmed.pronoun:
        return Found(RelationKind.LEAVES_OPEN, "it is denied of someone, and affirmed without saying of whom")
    if denied.times:
        return Found(RelationKind.LEAVES_OPEN, "it is denied of a time only")
    if denied.amounts and not affirmed.amounts:
        return Found(RelationKind.LEAVES_OPEN, "what is denied is a number, not that it happened")
    what = _thing(x)
    return Found(RelationKind.CONTRADICT, f"one says that {what}, the other that it was not so", Slot.POLARITY)


def _numbers(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Compare numbers of one thing; None where the clauses do not count or time one thing."""
    if x.negated or y.negated or not x.amounts or not y.amounts or objects < 0 or actors < 0:
        return None
    pairs = [
        (p, q) for p in x.amounts for q in y.amounts if _one_unit(p, q) and _measures_one(x, y, p, objects, actors)
    ]
    if not pairs:
        return None
    p, q = min(pairs, key=lambda pair: apart(*pair))
    gap = apart(p, q)
    both = (x.actor or x.pronoun) and (y.actor or y.pronoun) and x.frame not in _PRESENCE
    both = both and not (x.pronoun and y.pronoun)
    if gap > 0 and actors <= 0 and both:
        return Found(RelationKind.LEAVES_OPEN, f"“{p.words}” and “{q.words}” may be of different people")
    if gap <= 0:
        closer = _closer(p, q)
        if closer:
            return Found(RelationKind.NARROWS, f"“{p.words}” and “{q.words}” can be one number; one is closer")
        return Found(RelationKind.AGREE, f"“{p.words}” and “{q.words}” can be one number")
    by = duration_words(gap) if p.duration else f"{gap:g} {_plural(p.unit or q.unit, gap)}".strip()
    loose = " even as loosely as the words allow" if p.approximate or q.approximate else ""
    return Found(RelationKind.CONTRADICT, f"“{p.words}” and “{q.words}” differ by {by}{loose}", Slot.NUMBER, by)


def _counted(a: Side, b: Side) -> Found | None:
    """Compare numbers that are of one thing by the words around them."""
    found = differing(Told(a.slots, a.sentence, a.before), Told(b.slots, b.sentence, b.before))
    if found is None or Act.DENIES in (a.act, b.act):
        return None
    p, q = found
    gap = apart(p, q)
    by = duration_words(gap) if p.duration else f"{gap:g} {_plural(p.unit or q.unit, gap)}".strip()
    point = f":{'how-long' if p.duration else 'how-many'}"
    words = f"“{p.words}” and “{q.words}” differ by {by}; the words around them show that they count one thing"
    return Found(RelationKind.CONTRADICT, words, Slot.NUMBER, by, point)


def _one_unit(p: Amount, q: Amount) -> bool:
    a, b = concepts.noun(p.unit), concepts.noun(q.unit)
    return (a == b and a != "" and a != "percent") or _grouped(a, {b})


def _measures_one(x: Claim, y: Claim, amount: Amount, objects: int, actors: int) -> bool:
    """Whether two clauses with numbers of one unit count or time one thing."""
    same = x.frame == y.frame and x.frame not in ("", "be", "have")
    if amount.duration:
        if same:
            return objects + actors > 0 or x.frame in _LASTING
        about = (x.about & y.about) - concepts.GENERIC
        return x.frame in _LASTING and y.frame in _LASTING and bool(about)
    if amount.unit == "metre":
        return same and objects + actors > 0
    if amount.unit in ("time", "occasion", "percent", "dollar", "euro", "pound"):
        return same and (objects + actors > 0 or x.frame not in _EMPTY)
    if same:
        return x.frame not in concepts.GENERIC or objects > 0
    return x.frame in _PRESENCE and y.frame in _PRESENCE and not (_limits_differ(x, y))


def _limits_differ(x: Claim, y: Claim) -> bool:
    return bool(x.limits and y.limits and not x.limits & y.limits)


def _times(x: Claim, y: Claim, objects: int, actors: int) -> Found | None:
    """Compare times of one act; None where there are none, or the acts may be two."""
    if objects + actors <= 0 or x.frame in concepts.GENERIC:
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


def _same(x: Claim, y: Claim) -> Found:
    what = _thing(x)
    more, less = x.about - y.about, y.about - x.about
    if bool(more) != bool(less):
        extra = ", ".join(sorted(more or less))
        return Found(RelationKind.NARROWS, f"both say that {what}; one says more closely ({extra})")
    return Found(RelationKind.AGREE, f"both say that {what}")


def _fit(a: frozenset[str], b: frozenset[str], x: Claim, y: Claim) -> int:
    """Return 1 where two slots have something in common, -1 where they name different things, 0 where one is open."""
    if not a or not b:
        return 0
    if a & b:
        return 1
    if any(_grouped(one, b) for one in a):
        return 1 if a & _ONE_GROUP[0] and b & _ONE_GROUP[0] else 0
    names_a, names_b = a & x.names, b & y.names
    if names_a and names_b:
        return -1
    return 0 if names_a or names_b else -1


def _grouped(term: str, others: frozenset[str] | set[str]) -> bool:
    return any(term in group and others & group for group in _ONE_GROUP)


def _closer(p: Amount, q: Amount) -> bool:
    """Whether one range lies within the other and is clearly closer."""
    widths = sorted(float("inf") if one.high is None else one.high - one.low for one in (p, q))
    return widths[0] < widths[1] / 2


def _plural(unit: str, number: float) -> str:
    return unit if number == 1 or not unit else "people" if unit == "person" else f"{unit}s"


def _thing(claim: Claim) -> str:
    frame = claim.frame.removeprefix("be:").replace("_", " ") or "this"
    if claim.frame.startswith("be:"):
        return f"{_list(claim.actor | claim.object) or 'it'} was {frame}"
    objects = _list(claim.object)
    return f"{_list(claim.actor) or 'someone'}: {frame}{f' {objects}' if objects else ''}"


def _list(terms: Sequence[str] | frozenset[str]) -> str:
    return ", ".join(sorted(terms))
