"""Fragments: what words without a verb claim: "no trolley", "ten minutes, maybe", "four rounds of tear smoke"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim, Status
from everyangle.accounts.clause_status import NOBODY
from everyangle.accounts.clause_terms import word_terms
from everyangle.accounts.clause_tree import ClauseTree
from everyangle.accounts.parsed import Word
from everyangle.core.accounts import TimeMention

_NO = frozenset({"no", "not", "never", *NOBODY})


def fragments(tree: ClauseTree, amounts: Sequence[Amount], times: Sequence[TimeMention]) -> Iterator[Claim]:
    """Yield a claim for each sentence without a verb, and for numbers that hang on none ("the number at nine")."""
    verbs = list(tree.predicates())
    for first, last in tree.sentences:
        words = tree.words[first:last]
        here = [a for a in amounts if _inside(a.start, words)]
        asked = tree.asked[first]
        if not any(first <= index < last for index in verbs):
            if any(word.text[0].isalnum() for word in words):
                yield _fragment(words, here, [t for t in times if _inside(t.span.start, words)], asked)
        elif free := [a for a in here if tree.governor(a.start) is None]:
            yield _fragment([w for w in words if w.pos in ("NOUN", "PROPN", "ADJ", "NUM")], free, (), asked)


def dated(tree: ClauseTree, times: Sequence[TimeMention]) -> Iterator[Claim]:
    """Yield a claim for each act that a noun names with its own time: "the wardens' arrival at 19:50"."""
    nothing: frozenset[str] = frozenset()
    for time in times:
        at = next((i for i, word in enumerate(tree.words) if word.start <= time.span.start < word.end), None)
        for _ in range(4):
            if at is None or tree.words[at].pos in ("VERB", "AUX"):
                break
            act = concepts.NOMINAL.get(tree.words[at].lemma) if tree.words[at].pos == "NOUN" else None
            if act is not None and not tree.asked[at]:
                doers = frozenset(t for c in tree.child(at, "poss", "compound") for t in word_terms(tree.words[c]))
                yield Claim(
                    act,
                    negated=False,
                    status=Status.ASSERTED,
                    actor=doers,
                    object=nothing,
                    others=nothing,
                    limits=nothing,
                    times=(time,),
                )
                break
            at = tree.words[at].head if tree.words[at].head != at else None


def _inside(at: int, words: Sequence[Word]) -> bool:
    return bool(words) and words[0].start <= at < words[-1].end


def _fragment(words: Sequence[Word], amounts: Sequence[Amount], times: Sequence[TimeMention], asked: bool) -> Claim:
    nouns = frozenset(t for w in words if w.pos in ("NOUN", "PROPN") for t in word_terms(w)) - concepts.VAGUE
    acts = [concepts.NOMINAL[w.lemma] for w in words if w.pos == "NOUN" and w.lemma in concepts.NOMINAL]
    named = frozenset(t for w in words if w.pos == "NOUN" and w.lemma in concepts.NOMINAL for t in word_terms(w))
    names = frozenset(w.text.lower() for w in words if w.pos == "PROPN")
    status = Status.UNREAL if asked else Status.ASSERTED
    others = frozenset(t for w in words if w.pos in ("ADJ", "ADV") for t in word_terms(w))
    state = next((w.lemma for w in words if w.lemma in concepts.STATES and w.lemma not in concepts.LOOSE), "")
    frame, opposite = (acts[0], False) if acts else ("", False)
    if not acts and state and nouns and not amounts:
        concept, opposite = concepts.state(state)
        frame = f"be:{concept}"
        nouns, others = nouns - {concept}, others - {concept}
    return Claim(
        frame,
        _negated(words) != opposite,
        status,
        frozenset(),
        nouns - named if acts else nouns,
        others,
        frozenset(),
        tuple(amounts),
        tuple(times),
        names,
    )


def _negated(words: Sequence[Word]) -> bool:
    """Whether a fragment denies what it names: its "no" stands before the first thing or number."""
    for word in words:
        if word.lemma in _NO:
            return True
        if word.pos in ("NOUN", "PROPN", "NUM"):
            return False
    return False
