"""Terms: the concepts of words, and of the nouns and phrases of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from everyangle.accounts import concepts
from everyangle.accounts.clause_tree import ClauseTree
from everyangle.accounts.parsed import Word

_NOUNY = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def terms_of(words: Sequence[Word]) -> frozenset[str]:
    """Return the concepts of some words."""
    return frozenset(term for word in words for term in word_terms(word))


def concepts_of(tree: ClauseTree, found: Iterable[int]) -> frozenset[str]:
    """Return what nouns mean, without those that name nothing."""
    every: set[str] = set()
    for one in found:
        word = tree.words[one]
        if word.pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM") and word.lemma not in concepts.VAGUE:
            every.update(word_terms(word))
            every.update(t for c in tree.child(one, "compound") for t in word_terms(tree.words[c]))
        if word.lemma in ("nobody", "one", "anybody", "anyone", "somebody", "someone"):
            found_in = [p for of in tree.child(one, "prep") for p in tree.child(of, "pobj")]
            every.update(t for p in found_in for t in word_terms(tree.words[p]))
        if (
            word.lemma in ("one", "most", "all", "some", "none", "number", "group", "person", "people", "plenty", "lot")
            or word.pos == "NUM"
        ):
            inner = [
                p for of in tree.child(one, "prep") if tree.words[of].lemma == "of" for p in tree.child(of, "pobj")
            ]
            every.update(t for p in inner for t in word_terms(tree.words[p]))
    return frozenset(every - concepts.VAGUE)


def around(tree: ClauseTree, index: int, known: set[int]) -> set[str]:
    """Return the concepts of a clause without those of some words of it."""
    return {
        term
        for one in tree.below(index)
        if one not in known and tree.words[one].pos in ("NOUN", "PROPN", "ADJ", "ADV", "VERB")
        for term in word_terms(tree.words[one])
        if term not in concepts.VAGUE or (term == "second" and tree.words[one].pos == "ADJ")
    }


def limits_of(tree: ClauseTree, index: int, objects: list[int]) -> set[str]:
    """Return what narrows a clause: its places, means, manners, and the adjectives of its objects."""
    found: set[str] = set()
    for one in tree.child(index, "prep", "advmod", "npadvmod", "advcl", "agent"):
        if tree.words[one].lemma in ("at", "in", "on") and any(
            tree.words[p].lemma in ("all", "time") for p in tree.children[one]
        ):
            continue
        found.update(
            t
            for i in tree.below(one)
            if tree.words[i].pos in (*_NOUNY, "ADJ", "ADV")
            for t in word_terms(tree.words[i])
        )
    for one in objects:
        for part in tree.child(one, "amod", "compound", "prep", "poss"):
            found.update(
                t for i in tree.below(part) if tree.words[i].pos in (*_NOUNY, "ADJ") for t in word_terms(tree.words[i])
            )
    return (
        found
        - (concepts.VAGUE - {"person", "man", "woman"})
        - {"single", "any", "all", "ever", "even", "also", "then", "so", "still", "just", "only"}
    )


def word_terms(word: Word) -> tuple[str, ...]:
    """Return the concept of a word, or nothing for words without one."""
    if word.pos == "VERB":
        return (concepts.verb(word.lemma),)
    if word.pos == "NOUN":
        return (concepts.noun(word.lemma),)
    if word.pos == "PROPN":
        return (word.text.lower().removesuffix("'s"),)
    if word.pos == "ADJ" or (word.pos == "ADV" and len(word.lemma) > 3 and word.lemma not in concepts.LOOSE):
        return (concepts.state(word.lemma)[0],)
    return ()
