"""Titles: a question in neutral words, from the clauses that bear on it. A person can always word it better."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.accounts import concepts
from everyangle.accounts.claims import Said
from everyangle.accounts.inflected import participle, plural
from everyangle.accounts.points import PRESENT, Point
from everyangle.core.weighing import QuestionSort

_ACTS = {frame: noun for noun, frame in reversed(concepts.NOMINAL.items())}
"""A noun for each act that a noun can name."""

_JOINED = frozenset({"take_part", "use_force", "set_fire"})
_MOMENTARY = frozenset(
    {
        "break",
        "arrive",
        "arrest",
        "fire",
        "hit",
        "open",
        "die",
        "release",
        "call",
        "leave",
        "enter",
        "stop",
        "begin",
        "end",
    }
)
"""Acts that take no time themselves: how long is how long until."""

_SUFFERED = frozenset(
    {"injure", "kill", "arrest", "hit", "punch", "kick", "touch", "search", "handcuff", "charge", "hold"}
)
"""Acts that somebody suffers, where only that is told."""

_PERSONAL = frozenset({"leave", "enter", "resist", "refuse", "know", "see", "hear", "follow", "sign", "ask", "reach"})
"""Acts of which it matters who did them, so that a question names the doer."""

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
    verb = best.claim.frame.replace("_", " ") if best.claim.frame in _JOINED else said.verb
    if sort is QuestionSort.WHETHER and not said.object and any("anything" in p.claim.whom for p in points):
        return f"Was anything {participle(verb)}?"
    if sort is QuestionSort.WHETHER and best.claim.frame in _SUFFERED and not said.object and not said.actor:
        return f"Was anyone {participle(verb)}?"
    if sort is QuestionSort.HOW_LONG and best.claim.frame in _MOMENTARY:
        return _until(said)
    if sort is QuestionSort.WHETHER and said.object and said.actor and best.claim.frame in _PERSONAL:
        return f"Did {_the(said.actor)} {verb} {_the(said.object)}{said.to}?"
    how = {QuestionSort.HOW_LONG: "How long ", QuestionSort.WHEN: "When "}.get(sort, "")
    if said.object and not (sort is QuestionSort.HOW_LONG and said.actor):
        words = f"{'were' if said.plural else 'was'} {_the(said.object)} {participle(said.verb)}{said.to}?"
    else:
        who = _the(said.actor) or ("it" if sort is QuestionSort.HOW_LONG else "anyone")
        words = f"did {who} {verb}{f' {_the(said.object)}' if said.object else ''}{said.to}?"
    return how + words if how else words[0].upper() + words[1:]


def _until(said: Said) -> str:
    """Word how long it took until something was done that takes no time itself."""
    if said.object:
        return f"How long was it until {_the(said.object)} {'were' if said.plural else 'was'} {participle(said.verb)}?"
    return f"How long did it take {_the(said.actor) or 'anyone'} to {said.verb}?"


def _how_many(best: Point) -> str:
    said = best.claim.said
    unit = best.amount.unit if best.amount is not None else ""
    if unit in ("time", "occasion"):
        if said.object:
            return f"How many times {'were' if said.plural else 'was'} {_the(said.object)} {participle(said.verb)}?"
        return f"How many times did {_the(said.actor) or 'it'} {said.verb}?"
    if best.claim.frame in PRESENT or concepts.NOMINAL.get(unit) == best.claim.frame:
        return f"How many {plural(unit)} were there?"
    if said.object and said.object.split()[-1].startswith(unit[:3]):
        return f"How many {plural(unit)} were {participle(said.verb)}?"
    return f"How many {plural(unit)}: {said.verb}{f' {said.object}' if said.object else ''}?"


def _fullness(point: Point) -> int:
    said = point.claim.said
    return 2 * bool(said.object) + bool(said.actor)


_MASS = frozenset({"force", "violence", "water", "gas", "food", "help", "first aid", "alcohol", "blood"})


def _the(words: str) -> str:
    return words if not words or words[0].isupper() or words.endswith("’s") or words in _MASS else f"the {words}"


def _a(words: str) -> str:
    if not words or words[0].isupper() or words.endswith("s"):
        return words or "it"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
