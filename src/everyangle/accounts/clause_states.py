"""States: predicates that say how something is, not what was done: "was off", "stayed on its lead"."""

from __future__ import annotations

from everyangle.accounts import concepts, words_states
from everyangle.accounts.clause_tree import ClauseTree

_LIT = frozenset({"on", "off"})
_STAYING = frozenset({"run", "stand", "remain", "stay", "lie", "be", "keep"})
_PHRASES = {
    (words.split()[0], words.split()[1]): words.split()[2] for words in words_states.PHRASES.strip().splitlines()
}

State = tuple[str, bool]
"""A state as a frame ("be:on"), and whether it is denied ("off")."""


def state_of(tree: ClauseTree, index: int, objects: list[int]) -> State | None:
    """Return the state that a predicate tells, or None where it tells none."""
    word = tree.words[index]
    if word.pos == "ADJ":
        return _framed(word.lemma)
    phrase = _by_phrase(tree, index)
    if phrase is not None:
        return phrase
    if word.lemma == "be":
        return _copular(tree, index)
    left = [one for one in objects if tree.words[one].dep == "oprd" and tree.words[one].pos == "ADJ"]
    if word.lemma in ("keep", "leave", "hold", "find", "make", "render") and left:
        return _framed(tree.words[left[0]].lemma)
    if word.lemma in ("have", "keep", "leave") and objects:
        lit = [tree.words[p].lemma for p in tree.child(index, "prt", "advmod") if tree.words[p].lemma in _LIT]
        return _framed(lit[0]) if lit else None
    return None if objects else _stative(tree, index)


def _framed(lemma: str) -> State:
    concept, opposite = concepts.state(lemma)
    return f"be:{concept}", opposite


def _by_phrase(tree: ClauseTree, index: int) -> State | None:
    """Find "was on a lead", "was out of order", "was in custody"."""
    if tree.words[index].lemma not in _STAYING:
        return None
    for prep in tree.child(index, "prep"):
        inner = [prep, *tree.child(prep, "prep")]
        for one in (p for at in inner for p in tree.child(at, "pobj")):
            meant = _PHRASES.get((tree.words[prep].lemma, tree.words[one].lemma))
            if meant is not None:
                return f"be:{meant.removeprefix('-')}", meant.startswith("-")
    return None


def _copular(tree: ClauseTree, index: int) -> State | None:
    states = [*tree.child(index, "acomp"), *tree.child(index, "prt", "advmod", "prep")]
    for one in states:
        if tree.words[one].pos in ("ADJ", "VERB") or tree.words[one].lemma in ("on", "off", "inside", "outside"):
            if any(tree.words[p].lemma not in concepts.VAGUE for p in tree.child(one, "pobj")):
                continue  # "off the road" is a place, "off the whole time" is not
            return _framed(tree.words[one].lemma)
    return None


def _stative(tree: ClauseTree, index: int) -> State | None:
    word = tree.words[index]
    if word.lemma in _STAYING:
        lemmas = ["running" if word.lemma == "run" else ""]
        lemmas += [tree.words[one].lemma for one in tree.child(index, "acomp", "oprd")]
        concept, opposite = concepts.state(lemmas[-1])
        return (f"be:{concept}", opposite) if concept else None
    if word.lemma in ("work", "function", "operate") and not tree.child(index, "dobj", "prep", "nsubjpass"):
        return "be:working", False
    concept = concepts.verb(word.lemma, next((tree.words[p].lemma for p in tree.child(index, "prt")), ""))
    if concept in ("lock", "close") and not tree.child(index, "dobj"):
        return "be:open", True
    if concept == "open" and not tree.child(index, "dobj", "nsubjpass"):
        return "be:open", False
    return None
