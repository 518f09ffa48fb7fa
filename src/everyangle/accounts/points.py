"""Points: what each clause of a statement bears on, under a key that stays the same whoever says it and how often.

A key is made of concepts and of what is asked for: ``show-warrant:whether``, ``shell-fire:how-many``. Clauses that are
too vague to be about one thing have no point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim, Status
from everyangle.core.accounts import TimeMention, TimeType
from everyangle.core.weighing import QuestionSort

PRESENT = frozenset({"", "be", "exist", "arrive", "attend", "be:present", "count", "take_part", "surround", "have"})
"""Frames that only say that somebody or something was there."""

_EMPTY = frozenset(
    {
        "be",
        "do",
        "get",
        "go",
        "say",
        "tell",
        "take",
        "come",
        "see",
        "know",
        "think",
        "make",
        "want",
        "need",
        "seem",
        "let",
    }
    | {"happen", "mean", "find", "feel", "look", "put", "set", "keep", "try", "hear", "become", "exist", "ask_out", ""}
)
"""Frames that name no point, whatever their object is."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a clause bears on, and what it says of it.

    Attributes:
        key: of the question.
        sort: what is asked for.
        claim: the clause.
        amount: the number that answers, or None.
        time: the time that answers, or None.
    """

    key: str
    sort: QuestionSort
    claim: Claim
    amount: Amount | None = None
    time: TimeMention | None = None


def points_of(claims: tuple[Claim, ...]) -> Iterator[Point]:
    """Yield the points of a statement's clauses; what it only reports of others is left to their own statements."""
    for claim in claims:
        if claim.status is Status.REPORTED:
            continue
        numbers = [point for amount in claim.amounts if (point := _number(claim, amount)) is not None]
        yield from numbers
        times = [time for time in claim.times if time.type is TimeType.TIME]
        topic = _topic(claim)
        if topic and times and not claim.negated:
            yield Point(f"{topic}:when", QuestionSort.WHEN, claim, time=times[0])
        if topic:
            yield Point(f"{topic}:whether", QuestionSort.WHETHER, claim)


def _topic(claim: Claim) -> str:
    """Return what a clause is about as a part of a key, or nothing where that is too vague."""
    frame = claim.frame
    if frame.startswith("be:"):
        actor = _first(claim, claim.actor | claim.object)
        return f"{frame[3:]}-{actor}" if actor else ""
    if frame in _EMPTY:
        return ""
    object_ = _first(claim, claim.object)
    if frame in concepts.GENERIC:
        return f"{frame}-{object_}" if object_ else ""
    if object_:
        return f"{frame}-{object_}"
    return frame if frame.replace("_", "").isalpha() else ""


def _number(claim: Claim, amount: Amount) -> Point | None:
    unit = concepts.noun(amount.unit)
    frame = claim.frame.removeprefix("be:")
    if amount.duration:
        topic = _topic(claim) or ("" if frame in _EMPTY else frame)
        return Point(f"{topic}:how-long", QuestionSort.HOW_LONG, claim, amount) if topic else None
    if unit in ("metre", "percent", "dollar", "pound", "euro", ""):
        return None
    if unit in ("time", "occasion"):
        topic = _topic(claim) or (frame if frame in ("tell", "say") else "")
        return Point(f"{topic}:how-often", QuestionSort.HOW_MANY, claim, amount) if topic else None
    if claim.frame in PRESENT:
        return Point(f"{unit}:how-many", QuestionSort.HOW_MANY, claim, amount)
    return Point(f"{unit}-{frame}:how-many", QuestionSort.HOW_MANY, claim, amount)


def _first(claim: Claim, terms: frozenset[str]) -> str:
    """Return the concept that names a slot in keys: a common noun before a name, then by the alphabet."""
    usable = sorted(terms, key=lambda term: (term in claim.names, term))
    return next((term for term in usable if term.replace("-", "").isalpha() and term not in claim.names), "")
