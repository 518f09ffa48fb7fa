"""Ellipsis: "he did", "that there was none", "that is not true": what is meant stands before, or two sentences back.

Gives such a statement the clause that it answers, affirmed or denied; other statements stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from everyangle.accounts.claims import Claim, Slots, Status
from everyangle.accounts.parsed import Parsed
from everyangle.accounts.slots import slots_of

_BACK = 2
"""How many sentences before its own are looked at."""


class Answer(StrEnum):
    """What an elliptic statement does with the clause that it answers."""

    AFFIRMS = "affirms"
    """It says that it was so, whatever was said before: "he did"."""
    DENIES = "denies"
    """It says that it was not so: "there was none"."""
    CONFIRMS = "confirms"
    """It calls true what was said: "that is right"."""
    REJECTS = "rejects"
    """It calls false what was said: "that is a lie"."""


_WHO = r"(?:he|she|it|they|we|i|the \w+|(?:mr|ms|mrs|officer|deputy|sgt)\.? \w+)"
_DOES = r"(?:did|was|were|had|has|have)"
_THIS = r"(?:it|this|that|all of (?:it|that)|the (?:claim|allegation|account|story|report)s?)"
_NOBODY = r"(?:nobody|no one|none of (?:them|us)|neither of (?:them|us)|neither)"

_FALSE = r"(?:a lie|lies|false|untrue|wrong|nonsense|rubbish|invented)"
_TRUE = r"(?:true|right|correct|so|the case)"
_CHARGE = r"(?:any of (?:it|this|that)|(?:the|this|that|these|those) (?:accusation|charge|suggestion|version)s?)"
_NOT = r"(?: \w+)?(?: not|n['’]t)(?: \w+)?"

_FORMS = (
    (Answer.REJECTS, rf"(?:{_THIS} )?(?:is|was|are|were)(?: \w+)? {_FALSE}"),
    (Answer.REJECTS, rf"(?:{_THIS} )?(?:is|was|are|were){_NOT} {_TRUE}"),
    (Answer.REJECTS, rf"{_THIS} (?:never|did(?: not|n['’]t)) (?:happen|happened|occur|occurred|take place|took place)"),
    (Answer.CONFIRMS, rf"(?:to )?(?:{_THIS}|{_CHARGE}|(?:having )?(?:doing|done) (?:so|it|that|this))"),
    (Answer.REJECTS, rf"(?:neither|none of (?:it|that|this)) (?:is|was|were|are) {_TRUE}"),
    (Answer.CONFIRMS, rf"{_THIS} (?:is|was) (?:\w+ )?{_TRUE}"),
    (Answer.DENIES, rf"{_WHO} {_DOES}(?: not|n['’]t)"),
    (Answer.DENIES, rf"{_NOBODY} {_DOES}"),
    (Answer.DENIES, r"there (?:was|were|had been|has been) (?:none|no such \w+|nothing of the (?:kind|sort))"),
    (Answer.DENIES, r"(?:nothing of the (?:kind|sort)|no such thing)(?: (?:happened|occurred|was \w+))?"),
    (Answer.AFFIRMS, rf"{_WHO} {_DOES}(?: so| indeed)?"),
    (Answer.AFFIRMS, rf"{_WHO} (?:gave|made|issued|had|used|sent|showed|shouted) (?:one|some|them|it)"),
)
_PATTERNS = tuple((answer, re.compile(rf"(?:that )?{words}(?: at all)?", re.I)) for answer, words in _FORMS)

_SPEAKING = frozenset(
    {"say", "tell", "state", "add", "claim", "deny", "insist", "report", "admit", "", "accord", "note"}
)


def answer_of(content: str) -> Answer | None:
    """Return what a content does with what was said before it; None where it says something of its own."""
    first = re.split(r"(?<=[.!?;,])\s|\s[‘“\"']", content.strip().strip("“”\"'‘’ "))[0].strip(" .,!;“”\"'‘’")
    return next((answer for answer, pattern in _PATTERNS if pattern.fullmatch(first)), None)


def resumed(content: str, own: Slots, document: Parsed, place: int) -> Slots:
    """Return what a statement claims with what it takes from the sentences before its own.

    Args:
        content: its words.
        own: what they claim by themselves.
        document: the text that it stands in.
        place: code point of the text where its content begins.
    """
    answer = answer_of(content)
    if answer is None:
        return own
    starts = [document.words[first].start for first, _ in document.sentences]
    here = bisect_right(starts, place) - 1
    for sentence in range(here, max(-1, here - 1 - _BACK), -1):
        meant = next(_meant(document, sentence, place), None)
        if meant is not None:
            taken = replace(meant, negated=_negated(answer, meant))
            return Slots((taken, *own.claims), own.terms | taken.about)
    return own


def _negated(answer: Answer, meant: Claim) -> bool:
    if answer in (Answer.AFFIRMS, Answer.DENIES):
        return answer is Answer.DENIES
    return meant.negated != (answer is Answer.REJECTS)


def _meant(document: Parsed, sentence: int, place: int) -> Iterator[Claim]:
    """Yield the clauses of a sentence, up to the answer, that it may take up: first those inside what somebody said."""
    first, last = document.sentences[sentence]
    if any(not first <= word.head < last for word in document.words[first:last]):
        return
    last = next((at for at in range(first, last) if document.words[at].start >= place), last)
    heads = (word.head - first if word.head < last else at for at, word in enumerate(document.words[first:last]))
    words = tuple(replace(word, head=head) for word, head in zip(document.words[first:last], heads, strict=True))
    if not words:
        return
    claims = slots_of(Parsed(document.text, words, ((0, len(words)),))).claims
    for status in (Status.REPORTED, Status.ASSERTED):
        for claim in claims:
            if claim.status is status and claim.frame not in _SPEAKING:
                yield replace(claim, status=Status.ASSERTED)
