"""A text's sentences, words and grammar, as a language model gives them. The model itself arrives from outside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One token.

    Attributes:
        start: first code point in the text.
        end: after the last code point.
        text: as it stands.
        lemma: dictionary form, lower case.
        tag: Penn Treebank tag ("VBD").
        pos: universal part of speech ("VERB").
        dep: dependency label (ClearNLP style: "nsubj", "ccomp").
        head: index of the head in :attr:`Parsed.words`; its own index at the root of a sentence.
        entity: "PERSON", "ORG", "GPE", …, or "" where it is none or the model tells none.
        entity_begins: whether a name begins here.
    """

    start: int
    end: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    entity: str = ""
    entity_begins: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text.

    Attributes:
        text: what was parsed; every word's text equals it at the word's place.
        words: in order.
        sentences: (first, after the last) index of words, in order, covering all words.
    """

    text: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
