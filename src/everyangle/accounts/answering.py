"""Answering: in a transcript a short answer means what was asked: "According to her, no." after a question.

Gives such an answer the question's clauses, affirmed or denied, or with the number that answers. Other words stay as
they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim, Slots, Status

_YES = re.compile(
    r"^\W*(?:yes|yeah|correct|that is (?:right|correct|true)|that's (?:right|correct|true)|absolutely"
    r"|(?:she|he|it|they|we|i) (?:did|was|were|had|has|have)\W*(?:[.!]|$))",
    re.I,
)
_NO = re.compile(
    r"^\W*(?:no\b(?! (?:one|comment|idea|\w+ (?:was|were)))|never\W|not at all|that is (?:wrong|false|not true)"
    r"|(?:she|he|it|they|we|i) (?:did|was|were|had|has|have) ?(?:not|n't)\W*(?:[.!]|$))|,\s*no\W*$",
    re.I,
)
_WHETHER = re.compile(r"^\W*(?:is|are|was|were|did|do|does|has|have|had|so it (?:was|is)|so they|can|will)\b", re.I)
_HOW_MUCH = re.compile(r"\bhow (?:many|long|often)\b", re.I)


def answered(question: str, asked: Slots, answer: str, said: Slots, amounts: tuple[Amount, ...]) -> Slots:
    """Return what an answer claims, with what it takes from the question.

    Args:
        question: the words of the turn before.
        asked: what that turn claims.
        answer: the words of the answer.
        said: what the answer claims by itself.
        amounts: numbers in the answer.
    """
    last = re.split(r"(?<=[.!?])\s+", question.strip())[-1]
    if not last.endswith("?"):
        return said
    first = re.split(r"(?<=[.!?])\s+", answer.strip())[0]
    real = tuple(claim for claim in asked.claims if claim.status is Status.UNREAL)[-1:]
    added: tuple[Claim, ...] = ()
    if _WHETHER.match(last) and _NO.search(first):
        added = tuple(replace(c, status=Status.ASSERTED, negated=not c.negated) for c in real)
    elif _WHETHER.match(last) and _YES.match(first):
        added = tuple(replace(c, status=Status.ASSERTED) for c in real)
    elif _HOW_MUCH.search(last) and amounts and len(first.split()) <= 6:
        added = tuple(replace(c, status=Status.ASSERTED, amounts=amounts[:1]) for c in real)
    return Slots((*added, *said.claims), said.terms | (asked.terms if added else frozenset()))
