"""Statements against the corpus: found, attributed, told by what is done, nested.

A statement is found where its content's Jaccard index with a marked one's is .5 or more (tokens; each once; of several,
the one whose cue shares a token). *Right all round*: found, speakers share a token, and the party that resolving gives
is the marked one. *Nested*: found, and the statement that it stands within is the one that stands for the marked one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from benchmarks.accounting.matching import jaccard, paired
from benchmarks.accounting.polnear import Tokens, token_numbers, tokens_in
from benchmarks.accounting.speakers import Parties

from everyangle.accounts.people import resolve
from everyangle.accounts.reading import read_statements
from everyangle.core.accounts import Act, Passage, ReadDocument, Statement
from everyangle.ports.language import Language
from everyangle.testing.corpus import Entry

REFUSING = (Act.DECLINES, Act.DENIES, Act.DOES_NOT_KNOW)


def measured(entries: Sequence[Entry], language: Language) -> Counter[str]:
    """Return counts over documents; documents of one incident are resolved together."""
    total: Counter[str] = Counter()
    for _, group in groupby(entries, key=lambda entry: entry.name[:2]):
        incident = list(group)
        parsed = language.parse(entry.document.text for entry in incident)
        read = [
            ReadDocument(entry.document, read_statements(entry.document, one))
            for entry, one in zip(incident, parsed, strict=True)
        ]
        parties = Parties(incident)
        for entry, resolved in zip(incident, resolve(read), strict=True):
            total += _document(entry, resolved.statements, parties)
    return total


def _document(entry: Entry, found: Sequence[Statement], parties: Parties) -> Counter[str]:
    text, gold = entry.document.text, entry.statements
    numbers = token_numbers(text)

    def tokens(passage: Passage | None) -> Tokens:
        return tokens_in(numbers, [] if passage is None else list(passage.spans))

    def near(a: Statement, b: Statement) -> float:
        index = jaccard(tokens(a.content), tokens(b.content))
        return 1 + index + _same_cue(tokens(_cue(a)), tokens(_cue(b))) if index >= 0.5 else 0.0

    pairs = dict(paired(gold, found, near))
    counts: Counter[str] = Counter({"gold": len(gold), "found": len(found), "matched": len(pairs)})
    place = {one.id: i for i, one in enumerate(gold)}
    counts["nested found"] = sum(one.within is not None for one in found)
    for i, one in enumerate(gold):
        other = found[pairs[i]] if i in pairs else None
        refusing = one.cue is not None and one.cue.act in REFUSING
        counts["refusing"] += refusing
        counts["nested gold"] += one.within is not None
        if other is None:
            continue
        counts["refusing right"] += refusing and other.cue is not None and other.cue.act == (one.cue and one.cue.act)
        counts["all right"] += _attributed(one, other, tokens(_speaker(one)), tokens(_speaker(other)), parties)
        if one.within is not None and other.within is not None:
            outer = pairs.get(place[one.within])
            counts["nested right"] += outer is not None and found[outer].id == other.within
        counts["form right"] += one.form == other.form
        counts["polarity right"] += one.polarity == other.polarity
        counts["modality right"] += one.modality == other.modality
    for one in found:
        for passage in (one.content, _speaker(one), _cue(one)):
            if passage is not None:
                counts["passages"] += 1
                counts["verbatim"] += passage.text == " ".join(text[a:b] for a, b in passage.spans)
    return counts


def _same_cue(a: Tokens, b: Tokens) -> bool:
    return bool(a & b) or not (a or b)


def _cue(one: Statement) -> Passage | None:
    return one.cue.passage if one.cue else None


def _speaker(one: Statement) -> Passage | None:
    return one.speaker.passage if one.speaker else None


def _attributed(gold: Statement, found: Statement, one: Tokens, other: Tokens, parties: Parties) -> bool:
    if gold.speaker is None or found.speaker is None:
        return gold.speaker is None and found.speaker is None
    return bool(one & other) and parties.same(gold.speaker.party, found.speaker.party)
