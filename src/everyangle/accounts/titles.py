"""Titles: a question in neutral words, from the clauses that bear on it. A person can always word it better."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.accounts import concepts
from everyangle.accounts.points import PRESENT, Point
from everyangle.core.weighing import QuestionSort

_IRREGULAR = """
break:broken show:shown give:given take:taken see:seen hold:held tell:told hit:hit shoot:shot throw:thrown
know:known hear:heard leave:left find:found keep:kept put:put make:made do:done cut:cut bring:brought
drive:driven speak:spoken write:written catch:caught buy:bought pay:paid send:sent run:run begin:begun
lose:lost win:won read:read say:said set:set shut:shut spend:spent stand:stood steal:stolen strike:struck
beat:beaten bite:bitten blow:blown choose:chosen draw:drawn fall:fallen forget:forgotten get:got go:gone
grow:grown hide:hidden kneel:knelt lead:led lie:lain light:lit meet:met ring:rung shake:shaken sink:sunk
swear:sworn tear:torn wake:woken wear:worn withdraw:withdrawn drag:dragged stop:stopped grab:grabbed
pin:pinned slam:slammed rob:robbed plan:planned permit:permitted admit:admitted refer:referred drop:dropped
"""


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_PARTICIPLES = _table(_IRREGULAR)

_ACTS = {frame: noun for noun, frame in reversed(concepts.NOMINAL.items())}
"""A noun for each act that a noun can name."""

_LIGHT = frozenset(["give", "make", "issue", "have", "receive", "hear", "get", "deliver", "do", "take", "be"])

_PEOPLE = {"person": "people", "child": "children", "man": "men", "woman": "women", "policeman": "policemen"}


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


def participle(verb: str) -> str:
    """Return the past participle of a verb, its particle behind it."""
    word, _, particle = verb.partition(" ")
    made = _PARTICIPLES.get(word)
    if made is None:
        if word.endswith("e"):
            made = f"{word}d"
        elif word.endswith("y") and word[-2:-1] not in "aeiou":
            made = f"{word[:-1]}ied"
        else:
            made = f"{word}ed"
    return f"{made} {particle}".strip()


def plural(noun: str) -> str:
    """Return the plural of a noun."""
    if noun in _PEOPLE:
        return _PEOPLE[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


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
