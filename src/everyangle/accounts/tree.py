"""A parsed text as trees: children, edges, clauses, lines. Plain look-ups; no language is known here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from everyangle.accounts.parsed import Parsed, Word

DEEPEST = 60
"""Heads above a word that are looked at; only what is no language nests deeper."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


class Tree:
    """Trees over the words of a text; words are named by their index.

    Attributes:
        words: the words.
        children: of each word, in order.
        left: first word of each word's subtree.
        right: last word of each word's subtree.
        sentence: number of each word's sentence.
        sentences: (first, after the last) word of each sentence.
        line: number of each word's line.
    """

    def __init__(self, parsed: Parsed, heads: dict[int, int] | None = None) -> None:
        words = parsed.words
        if heads:
            words = tuple(replace(word, head=heads[i]) if i in heads else word for i, word in enumerate(words))
        self.text = parsed.text
        self.words: tuple[Word, ...] = words
        self.sentences = parsed.sentences
        self.children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != i:
                self.children[word.head].append(i)
        self.left = list(range(len(words)))
        self.right = list(range(len(words)))
        self.sentence = [0] * len(words)
        for number, (first, after) in enumerate(parsed.sentences):
            self.sentence[first:after] = [number] * (after - first)
            self._edges(first, after)
        breaks = [i for i, character in enumerate(parsed.text) if character == "\n"]
        self.line = [bisect_right(breaks, word.start) for word in words]

    def _edges(self, first: int, after: int) -> None:
        for i in range(first, after):
            at = i
            for _ in range(after - first):
                head = self.words[at].head
                if head == at:
                    break
                at = head
                if i < self.left[at]:
                    self.left[at] = i
                elif i > self.right[at]:
                    self.right[at] = i
                elif self.left[at] < i < self.right[at]:
                    break

    def child(self, i: int, *labels: str) -> int | None:
        """Return the first child of a word with one of the labels."""
        for c in self.children[i]:
            if self.words[c].dep in labels:
                return c
        return None

    def kids(self, i: int, *labels: str) -> Iterator[int]:
        """Yield the children of a word with one of the labels."""
        return (c for c in self.children[i] if self.words[c].dep in labels)

    def above(self, i: int) -> Iterator[int]:
        """Yield a word's head, its head's head, up to the root, or as deep as language goes."""
        for _ in range(DEEPEST):
            head = self.words[i].head
            if head == i:
                return
            yield head
            i = head

    def within(self, i: int, top: int) -> bool:
        """Whether a word is in the subtree of another, which belongs to its own subtree."""
        return i == top or any(head == top for head in self.above(i))

    def root(self, i: int) -> int:
        """Return the root of a word's sentence tree."""
        for head in self.above(i):
            i = head
        return i

    def subject(self, i: int) -> int | None:
        """Return a verb's own subject: of several, the one that stands closest before it."""
        found = [c for c in self.children[i] if self.words[c].dep in {"nsubj", "nsubjpass", "csubj", "csubjpass"}]
        return max((c for c in found if c < i), default=found[0] if found else None)

    def _has(self, i: int) -> bool:
        """Whether a verb's "'s" is short for "has", which the parser takes for "is": "he's said he'll wait"."""
        short = any(self.words[c].dep == "auxpass" and self.words[c].text in {"'s", "’s"} for c in self.children[i])
        if not short or self.child(i, "xcomp") is not None:
            return False
        clause = any(c > i and self.words[c].tag in {"VBD", "VBZ", "VBP", "VB"} for c in self.kids(i, "ccomp"))
        return clause or self.words[i].lemma in {"say", "argue", "insist", "vow", "complain"}

    def passive(self, i: int) -> bool:
        """Whether a verb stands in the passive voice."""
        if self._has(i):
            return False
        if any(self.words[c].dep in {"auxpass", "nsubjpass", "csubjpass", "agent"} for c in self.children[i]):
            return True
        # "Asked about it, …", "a group called …"
        word = self.words[i]
        return word.tag == "VBN" and word.dep in {"acl", "advcl", "amod"} and self.child(i, "aux", "nsubj") is None
