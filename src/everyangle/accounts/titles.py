"""Titles: a question in neutral words, from the clauses that bear on it. A person can always word it better."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.accounts import concepts
from everyangle.accounts.inflected import participle, plural
from everyangle.accounts.points import PRESENT, Point
from everyangle.core.weighing import QuestionSort

_ACTS = {frame: noun for noun, frame in reversed(concepts.NOMINAL.items())}
"""A noun for each act that a noun can name."""

_LIGHT = frozenset(["give", "make", "issue", "have", "receive", "hear", "get", "deliver", "do", "take", "be"])


def title(points: Sequence[Point]) -> str:
    """Return a question in words.

    Args:
        points: at least one, all under one key, in the order in which they are to be preferred.
    """
    best = max(points, key=lambda point: _fullness(point))  # the first of the fullest
    said, sort = best.claim.said, best.sort
    if sort is QuestionSort.HOW_MANY and best.amount is not None:
        return _how_many(best)
    if sort is QuestionSort.WHETHER and best.claim.frame.startswith("be:"):
        plural = said.actor.endswith("s") and not said.actor.endswith("ss")
        thing = said.actor or said.object or "it"
        return f"{'Were' if plural else 'Was'} {_the(thing)} {best.claim.frame[3:].replace('_', ' ')}?"
    if sort is QuestionSort.WHETHER and best.claim.frame in _ACTS and said.verb in _LIGHT:
        return f"Was there {_a(_ACTS[best.claim.frame])}?"
    if sort is QuestionSort.WHETHER and best.claim.frame == "have":
        return f"Did {_the(said.actor) or 'anyone'} have {_a(said.object)}?"
    how = {QuestionSort.HOW_LONG: "How long ", QuestionSort.WHEN: "When "}.get(sort, "")
    if said.object and not (sort is QuestionSort.HOW_LONG and said.actor):
        words = f"{'were' if said.plural else 'was'} {_the(said.object)} {participle(said.verb)}?"
    else:
        words = f"did {_the(said.actor) or 'it'} {said.verb}{f' {_the(said.object)}' if said.object else ''}?"
    return how + words if how else words[0].upper() + words[1:]


def _how_many(best: Point) -> str:
    said = best.claim.said
    unit = best.amount.unit if best.amount is not None else ""
    if unit in ("time", "occasion"):
        if said.object:
            return f"How many times {'were' if said.plural else 'was'} {_the(said.object)} {participle(said.verb)}?"
        return f"How many times did {_the(said.actor) or 'it'} {said.verb}?"
    if best.claim.frame in PRESENT:
        return f"How many {plural(unit)} were there?"
    if said.object and said.object.split()[-1].startswith(unit[:3]):
        return f"How many {plural(unit)} were {participle(said.verb)}?"
    return f"How many {plural(unit)}: {said.verb}{f' {said.object}' if said.object else ''}?"


def _fullness(point: Point) -> int:
    said = point.claim.said
    return 2 * bool(said.object) + bool(said.actor)


def _the(words: str) -> str:
    return words if not words or words[0].isupper() or words.endswith("’s") else f"the {words}"


def _a(words: str) -> str:
    if not words or words[0].isupper() or words.endswith("s"):
        return words or "it"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
