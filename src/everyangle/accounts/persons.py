"""Persons in a clause's slots that are named by a pronoun or by a word that says only man or woman."""

from __future__ import annotations

from collections.abc import Iterable

from everyangle.accounts.clause_tree import ClauseTree

_MARKS = {
    **dict.fromkeys(("he", "him", "himself", "man", "gentleman"), "he"),
    **dict.fromkeys(("she", "her", "herself", "woman", "lady"), "she"),
    **dict.fromkeys(("they", "them", "themselves"), "they"),
    **dict.fromkeys(("i", "me", "we", "us", "myself", "ourselves"), "i"),
    **dict.fromkeys(("it", "this", "that"), "it"),
    **dict.fromkeys(("nothing", "anything"), "anything"),
}


def persons(tree: ClauseTree, words: Iterable[int]) -> frozenset[str]:
    """Return marks of the pronouns and the like among some words: "he", "she", "they", "i", "it", "anything"."""
    return frozenset(mark for one in words if (mark := _MARKS.get(tree.words[one].lemma)) is not None)


def one_person(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two slots may name one person by the same pronoun."""
    return bool(a & b & {"he", "she"})


def two_persons(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two slots name a man and a woman by their pronouns."""
    one, other = a & {"he", "she"}, b & {"he", "she"}
    return len(one) == len(other) == 1 and one != other


def somebody(marks: frozenset[str]) -> bool:
    """Whether a slot names somebody in particular, though by a pronoun only."""
    return bool(marks & {"he", "she", "i"})
