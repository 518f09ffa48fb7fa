"""Repairs of a parse where the parser is often wrong and the cues tell better.

A parser hangs what follows a reported clause on that clause: in "she said he had left, **adding** that …" and "she said
he had left but the agency **denied** it" the second cue becomes part of the first one's content. Where the second verb
is a cue and stands in the first cue's form rather than the clause's, it is hung on the first cue.
"""

from __future__ import annotations

from everyangle.accounts.parsed import Parsed
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import VERBS, Verb
from everyangle.core.accounts import Act

BREAKS = frozenset({"while", "although", "though", "whereas"})


def repaired(parsed: Parsed) -> Tree:
    """Return a parse's trees, with cues that follow a cue's content hung beside that cue."""
    tree = Tree(parsed)
    heads: dict[int, int] = {}
    for i, word in enumerate(tree.words):
        if word.dep == "conj" and word.head < i and (beside := _second_that(tree, i)) is not None:
            heads[i] = beside
            heads |= {c: beside for c in tree.children[word.head] if word.head < c < tree.left[i] and _joins(tree, c)}
            continue
        if word.tag[:2] != "VB" or word.head >= i or word.dep not in {"conj", "advcl"}:
            continue
        entry = VERBS.get(word.lemma)
        if entry is None or not _strong(entry):
            continue
        test = _beside if word.dep == "conj" else _after
        cue = _governing(tree, word.head)
        if cue is not None and test(tree, i, cue):
            heads[i] = cue
            first = tree.left[i]
            heads |= {c: cue for c in tree.children[word.head] if first - 2 <= c < first and _joins(tree, c)}
    return Tree(parsed, heads) if heads else tree


def _joins(tree: Tree, i: int) -> bool:
    return tree.words[i].dep in {"cc", "punct"}


def _second_that(tree: Tree, i: int) -> int | None:
    """Return the clause with "that" that a second one stands beside: "said that she asked why, and **that** …"."""
    if _that(tree, i) is None:
        return None
    at = tree.words[i].head
    for _ in range(4):
        if tree.words[at].dep == "ccomp" and _that(tree, at) is not None:
            return at if at != tree.words[i].head else None
        above = tree.words[at].head
        if above == at:
            return None
        at = above
    return None


def _that(tree: Tree, i: int) -> int | None:
    return next((c for c in tree.kids(i, "mark") if tree.words[c].text.lower() == "that"), None)


def _strong(entry: Verb) -> bool:
    return bool(entry.frames & {"q", "l"}) or entry.act in {Act.DENIES, Act.DECLINES, Act.ACCUSES, Act.DEMANDS}


def _governing(tree: Tree, at: int) -> int | None:
    """Return the cue in whose content a word stands, where the cue comes first, or None."""
    for _ in range(4):
        above = tree.words[at].head
        if above == at:
            return None
        cue = VERBS.get(tree.words[above].lemma)
        if tree.words[at].dep == "ccomp" and above < at and cue is not None and "q" in cue.frames:
            return above
        at = above
    return None


def _beside(tree: Tree, i: int, cue: int) -> bool:
    """Whether a coordinated verb belongs beside the cue and not beside the verb of its content."""
    words = tree.words
    if any((words[c].dep == "aux" and words[c].tag == "MD") or words[c].dep == "mark" for c in tree.children[i]):
        return False
    if tree.subject(i) is not None:
        return verb_form(tree, cue) == verb_form(tree, i)
    return verb_form(tree, cue) == verb_form(tree, i) != verb_form(tree, words[i].head)


def _after(tree: Tree, i: int, cue: int) -> bool:
    """Whether a clause after a comma ("…, adding that", "…, while the agency said") belongs to the cue."""
    words = tree.words
    first = tree.left[i]
    if words[i].tag == "VBG":
        before = words[first - 1].text if first else ""
        return tree.subject(i) is None and (before == "," or words[first].text == ",") and i - first <= 2
    return words[first].text.lower() in BREAKS and verb_form(tree, cue) == verb_form(tree, i)


def verb_form(tree: Tree, i: int) -> str:
    """Return a verb's form, "has said" like "said"."""
    tag = tree.words[i].tag
    have = next((tree.words[c] for c in tree.kids(i, "aux") if tree.words[c].lemma == "have"), None)
    if have is not None:
        return "had" if have.tag == "VBD" else "VBD"
    if tag == "VB":
        tag = next((tree.words[c].tag for c in tree.kids(i, "aux") if tree.words[c].lemma == "do"), tag)
    return {"VBP": "VBZ"}.get(tag, tag)
