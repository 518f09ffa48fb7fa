"""How a clause is meant: affirmed or denied, told as fact, as somebody's word, or as what may or should be."""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.claims import Status
from everyangle.accounts.clause_tree import ClauseTree

_MODALS = frozenset(
    {"may", "might", "could", "would", "should", "must", "will", "shall", "can", "ca", "wo", "'ll", "'d"}
)
_UNREAL_MARKS = frozenset({"if", "whether", "unless", "until", "till"})
SENSING = frozenset({"hear", "see"})
"""Verbs of those who may have missed it: "heard no warning" is not "no warning was given"."""
_SEEING = frozenset({"see", "hear", "count", "feel", "smell", "remember"})
"""Verbs with which "can" says that one does."""
_LETTING = frozenset({"let", "allow", "permit", "listen", "budge"})
_ATTEMPTS = frozenset({"attempt", "effort", "move", "step", "offer"})
"""Nouns that, denied, say that what they are to do was not done."""
NOBODY = frozenset({"nobody", "none", "nothing"})


def is_negated(tree: ClauseTree, index: int, arguments: list[int]) -> bool:
    """Whether a clause is said not to be so, by its verb or by one of its arguments ("no one came")."""
    count = bool(tree.child(index, "neg"))
    count ^= any(
        tree.words[c].lemma in ("never", "neither", "nor") for c in tree.child(index, "advmod", "cc", "preconj")
    )
    count ^= any(_none(tree, one) for one in arguments)
    word = tree.words[index]
    if word.dep == "xcomp" and tree.words[word.head].lemma in concepts.REFUSING:
        count ^= not tree.child(word.head, "neg")
    if _unattempted(tree, index):
        count ^= True
    if word.dep == "pcomp" and tree.words[word.head].lemma == "without":
        count ^= True
    if word.dep == "conj" and not tree.child(index, "nsubj", "nsubjpass") and not tree.child(index, "neg"):
        joined = {tree.words[c].lemma for c in tree.child(word.head, "cc")}
        if joined & {"or", "nor"} and tree.child(word.head, "neg"):
            count ^= True
    return count


def _unattempted(tree: ClauseTree, index: int) -> bool:
    """Whether it is said that nobody tried: "made no attempt to help", "did nothing to help"."""
    word = tree.words[index]
    if word.tag != "VB" or word.dep not in ("acl", "relcl", "xcomp", "advcl"):
        return False
    head = tree.words[word.head]
    nothing = [word.head] if head.pos in ("NOUN", "PRON") else tree.child(word.head, "dobj", "nsubjpass")
    return any(
        (tree.words[one].lemma in _ATTEMPTS and _none(tree, one)) or tree.words[one].lemma == "nothing"
        for one in nothing
    )


def _none(tree: ClauseTree, index: int) -> bool:
    word = tree.words[index]
    no = any(tree.words[c].lemma in ("no", "neither") for c in tree.child(index, "det", "advmod", "neg", "nummod"))
    no = no and not any(tree.words[c].lemma in ("more", "less", "fewer") for c in tree.child(index, "amod", "advmod"))
    one = word.lemma == "one" and any(tree.words[c].lemma == "no" for c in tree.children[index])
    return word.lemma in NOBODY or one or no


def status_of(tree: ClauseTree, index: int) -> Status:
    """Return how a clause is meant, by the clauses above it."""
    if tree.asked[index]:
        return Status.UNREAL
    seen: set[int] = set()
    status = Status.ASSERTED
    while index not in seen:
        seen.add(index)
        word = tree.words[index]
        if _unreal(tree, index):
            return Status.UNREAL
        if word.head == index:
            return status
        seen_so = tree.words[word.head].lemma in SENSING and not tree.child(index, "mark")
        if word.dep == "ccomp" and tree.words[word.head].lemma in concepts.REPORTING and not seen_so:
            if tree.child(word.head, "neg"):
                return Status.UNREAL
            status = Status.REPORTED
        if word.dep == "ccomp" and seen_so and tree.child(word.head, "neg"):
            return Status.UNREAL
        index = word.head
    return status


def _unreal(tree: ClauseTree, index: int) -> bool:
    """Whether a clause says what may, should or would be, or what is asked, rather than what is."""
    word, head = tree.words[index], tree.words[tree.words[index].head]
    auxiliaries = {text for c in tree.child(index, "aux") for text in (tree.words[c].lemma, tree.words[c].text)}
    if word.lemma in _SEEING and auxiliaries <= {"can", "could"}:
        auxiliaries = set()
    if word.lemma in ("make", "put") and "would" in auxiliaries and tree.child(index, "ccomp", "dobj"):
        auxiliaries = set()  # "that would make it 66 minutes"
    if word.lemma in _LETTING and tree.child(index, "neg") and auxiliaries <= {"would", "'d", "have", "could"}:
        auxiliaries = set()  # "would not let us in" tells of a refusal
    if auxiliaries & _MODALS or any(tree.words[c].lemma in _UNREAL_MARKS for c in tree.child(index, "mark")):
        return True
    if word.head == index or word.pos not in ("VERB", "AUX") or _unattempted(tree, index):
        return False
    if word.dep == "conj" and any(tree.words[c].lemma == "or" for c in tree.child(word.head, "cc")):
        nobody = any(_none(tree, one) for one in tree.child(word.head, "nsubj", "nsubjpass"))
        return not nobody and not tree.child(word.head, "neg") and not tree.child(index, "neg")
    if word.dep == "relcl":
        return bool(tree.child(index, "neg"))
    if word.dep == "ccomp":
        return any(tree.words[c].tag in ("WDT", "WP", "WRB") for c in tree.children[index])
    if word.dep == "xcomp" and head.lemma == "have" and head.tag in ("VBD", "VBN"):
        return False  # "he had to be carried"
    if word.dep == "xcomp":
        return head.lemma not in concepts.BECOMING | concepts.REFUSING | {"be"}
    return word.dep in ("acl", "advcl") and word.tag == "VB"
