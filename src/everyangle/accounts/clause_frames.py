"""Frames: what a predicate means as a concept: a verb, a state, or the act that a noun beside an empty verb names."""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.clause_states import state_of
from everyangle.accounts.clause_status import SENSING
from everyangle.accounts.clause_tree import ClauseTree

_HAPPENING = frozenset({"happen", "occur", "take", "follow", "come"})
_FORCING = frozenset({"use", "apply", "exert", "need", "employ", "deploy"})
_PUTTING = frozenset({"put", "place", "keep", "hold", "have", "get"})

Frame = tuple[str, bool, list[int]]
"""The concept of a predicate, whether it says the opposite of that, and its objects."""


def frame_of(tree: ClauseTree, index: int, objects: list[int], undergoing: list[int]) -> Frame:
    """Return the concept of a predicate, whether it says the opposite of that, and its objects.

    Args:
        tree: the parsed text.
        index: the predicate.
        objects: its objects.
        undergoing: its subjects where it is passive.
    """
    named = _named(tree, index, objects, undergoing) or _happened(tree, index, objects)
    named = named or _special(tree, index, objects, undergoing)
    if named is not None:
        return named
    state = state_of(tree, index, objects)
    if state is not None:
        return state[0], state[1], objects
    word = tree.words[index]
    if word.lemma == "be":
        return "be", False, objects
    return concepts.verb(word.lemma, particle_of(tree, index)), False, objects


def particle_of(tree: ClauseTree, index: int) -> str:
    """Return the particle that belongs to a verb, also where the parse takes it for an adverb ("turned her away")."""
    particles = [tree.words[p].lemma for p in tree.child(index, "prt")]
    if particles:
        return particles[0]
    lemma = tree.words[index].lemma
    loose = [*tree.child(index, "advmod"), *(p for p in tree.child(index, "prep") if not tree.child(p, "pobj"))]
    return next((w for p in loose if f"{lemma}_{(w := tree.words[p].lemma)}" in concepts.VERBS), "")


def _named(tree: ClauseTree, index: int, objects: list[int], undergoing: list[int]) -> Frame | None:
    """Find the act that a noun beside an empty verb names: "gave no warning", "there were no injuries"."""
    word = tree.words[index]
    for one in (*objects, *undergoing):
        nominal = concepts.NOMINAL.get(tree.words[one].lemma)
        there = word.lemma == "be" and any(tree.words[s].lemma == "there" for s in tree.child(index, "expl", "nsubj"))
        unheard = word.lemma in SENSING and bool(tree.child(index, "neg"))
        if nominal and (there or word.lemma in concepts.LIGHT) and not unheard:
            return nominal, False, [o for o in objects if o != one]
    return None


def _happened(tree: ClauseTree, index: int, objects: list[int]) -> Frame | None:
    """Find "the arrest took place", "a search followed"."""
    word = tree.words[index]
    if word.lemma not in _HAPPENING or (objects and tree.words[objects[0]].lemma != "place"):
        return None
    acts = [concepts.NOMINAL.get(tree.words[s].lemma) for s in tree.child(index, "nsubj")]
    return (acts[0], False, []) if acts and acts[0] is not None else None


def _set_alight(tree: ClauseTree, index: int, objects: list[int]) -> list[int] | None:
    """Return what was set alight, on fire, or fire to; None where "set" means another thing."""
    alight = [one for one in (*objects, *tree.children[index]) if tree.words[one].lemma in ("alight", "ablaze")]
    preps = [(p, o) for p in tree.child(index, "prep") for o in tree.child(p, "pobj")]
    on_fire = [o for p, o in preps if tree.words[p].lemma == "on" and tree.words[o].lemma == "fire"]
    fires = [one for one in objects if tree.words[one].lemma == "fire"]
    if alight or on_fire:
        return [one for one in objects if one not in alight]
    every = [
        (p, o)
        for p in (*tree.child(index, "prep"), *(c for f in fires for c in tree.child(f, "prep")))
        for o in tree.child(p, "pobj")
    ]
    return [o for p, o in every if tree.words[p].lemma == "to"] if fires else None


def _special(tree: ClauseTree, index: int, objects: list[int], undergoing: list[int]) -> Frame | None:
    """Find "took part", "used force", "put him in handcuffs", and a motion into a place."""
    word = tree.words[index]
    if word.lemma == "take" and any(tree.words[one].lemma == "part" for one in objects):
        return "take_part", False, []
    if word.lemma == "set" and (lit := _set_alight(tree, index, objects)) is not None:
        return "set_fire", False, lit
    if word.lemma in ("lay", "put") and any(tree.words[one].lemma in ("hand", "finger") for one in objects):
        return "touch", False, [p for on in tree.child(index, "prep") for p in tree.child(on, "pobj")]
    if word.lemma in _FORCING and any(
        tree.words[one].lemma in ("force", "violence") for one in (*objects, *undergoing)
    ):
        return "use_force", False, [one for one in objects if tree.words[one].lemma not in ("force", "violence")]
    if word.lemma in ("deny", "refuse") and (undergoing or tree.child(index, "dative")) and (objects or undergoing):
        return "give", True, objects
    into = [(prep, p) for prep in tree.child(index, "prep") for p in tree.child(prep, "pobj")]
    for prep, one in into:
        if word.lemma in _PUTTING and tree.words[prep].lemma in ("in", "into", "under", "on"):
            act = concepts.NOMINAL.get(tree.words[one].lemma)
            if act is not None:
                return act, False, objects
        if tree.words[prep].lemma == "into" and word.lemma in concepts.MOVING:
            return "enter", False, [one]
    return None
