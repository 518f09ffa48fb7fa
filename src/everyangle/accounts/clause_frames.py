"""Frames: what a predicate means as a concept: a verb, a state, or the act that a noun beside an empty verb names."""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.clause_status import SENSING
from everyangle.accounts.clause_tree import ClauseTree

_LIGHT = frozenset(
    {"give", "make", "issue", "have", "receive", "hear", "get", "deliver", "do", "take", "serve", "post", "send", "be"}
)


Frame = tuple[str, bool, list[int]]
"""The concept of a predicate, whether it says the opposite of that, and its objects."""


def frame_of(tree: ClauseTree, index: int, objects: list[int], undergoing: list[int]) -> Frame:
    """Return the concept of a predicate, whether it says the opposite of that, and its objects."""
    word = tree.words[index]
    named = _named(tree, index, objects, undergoing)
    if named is not None:
        return named
    if word.lemma == "be":
        states = [*tree.child(index, "acomp"), *tree.child(index, "prt", "advmod", "prep")]
        for one in states:
            if tree.words[one].pos in ("ADJ", "VERB") or tree.words[one].lemma in ("on", "off", "inside", "outside"):
                if any(tree.words[p].lemma not in concepts.VAGUE for p in tree.child(one, "pobj")):
                    continue  # "off the road" is a place, "off the whole time" is not
                concept, opposite = concepts.state(tree.words[one].lemma)
                return f"be:{concept}", opposite, objects
        return "be", False, objects
    particle = next((tree.words[p].lemma for p in tree.child(index, "prt")), "")
    concept = concepts.verb(word.lemma, particle)
    if word.lemma in ("run", "stand", "remain", "stay", "lie") and not objects:
        opened, opposite = concepts.state({"run": "running"}.get(word.lemma, ""))
        for one in tree.child(index, "acomp", "oprd"):
            opened, opposite = concepts.state(tree.words[one].lemma)
        if opened:
            return f"be:{opened}", opposite, objects
    if word.lemma in ("work", "function", "operate") and not tree.child(index, "dobj", "prep"):
        return "be:working", False, objects
    if concept in ("lock", "close") and not tree.child(index, "dobj"):
        return "be:open", True, objects
    if concept == "open" and not tree.child(index, "dobj"):
        return "be:open", False, objects
    return concept, False, objects


def _named(tree: ClauseTree, index: int, objects: list[int], undergoing: list[int]) -> Frame | None:
    """Return the act that a noun beside an empty verb names ("gave no warning"), or a motion into a place."""
    word = tree.words[index]
    for one in (*objects, *undergoing):
        nominal = concepts.NOMINAL.get(tree.words[one].lemma)
        there = word.lemma == "be" and any(tree.words[s].lemma == "there" for s in tree.child(index, "expl", "nsubj"))
        unheard = word.lemma in SENSING and bool(tree.child(index, "neg"))
        if nominal and (there or word.lemma in _LIGHT) and not unheard:
            return nominal, False, [o for o in objects if o != one]
    if word.lemma == "take" and any(tree.words[one].lemma == "part" for one in objects):
        return "take_part", False, []
    into = next((p for p in tree.child(index, "prep") if tree.words[p].lemma == "into"), None)
    if into is not None and word.lemma in concepts.MOVING:
        return "enter", False, tree.child(into, "pobj")
    return None
