"""Ellipsis: a short answer takes up the sentence before it. All sentences are invented."""

from __future__ import annotations

import pytest

from everyangle.accounts.claims import Claim
from everyangle.accounts.ellipsis import Answer, answer_of, resumed
from everyangle.accounts.slots import slots_of
from everyangle.adapters.language_lazy import LazyLanguage

LANGUAGE = LazyLanguage()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("he did", Answer.AFFIRMS),
        ("that there was none", Answer.DENIES),
        ("that nobody did", Answer.DENIES),
        ("the officer did not", Answer.DENIES),
        ("“That is a lie,”", Answer.REJECTS),
        ("neither is true", Answer.REJECTS),
        ("that is simply not true", Answer.REJECTS),
        ("It was true", Answer.CONFIRMS),
        ("is a lie", Answer.REJECTS),
        ("that it never happened", Answer.REJECTS),
        ("doing so", Answer.CONFIRMS),
        ("those accusations", Answer.CONFIRMS),
        ("it happened on Monday", None),
        ("he did it for the money", None),
        ("there was none of the water left", None),
        ("It was true love", None),
        ("he was tired", None),
    ],
)
def test_what_only_answers_is_told_from_what_says_something(words: str, answer: Answer | None) -> None:
    assert answer_of(words) is answer


def taken(text: str, content: str) -> Claim:
    (document,) = LANGUAGE.parse([text])
    (own,) = LANGUAGE.parse([content])
    return resumed(content, slots_of(own), document, text.index(content)).claims[0]


def test_it_takes_up_what_was_said_affirmed_or_denied() -> None:
    text = "Her mother said the deputy never showed her a warrant. The sheriff said he did."
    shown = taken(text, "he did")
    assert (shown.frame, shown.negated) == ("show", False)
    text = "The constable said that he had given a warning. The students said that there was none."
    warned = taken(text, "there was none")
    assert (warned.frame, warned.negated) == ("warn", True)


def test_without_a_sentence_before_it_stays_as_it_is() -> None:
    assert taken("The sheriff said he did.", "he did").frame == "do"


@pytest.mark.parametrize(
    ("text", "content", "frame", "negated"),
    [
        ("Police say that a warning was given, but residents say there was none.", "there was none", "warn", True),
        ("The firm says it called the coastguard; the mate insists that it did not.", "that it did not", "call", True),
        ("Guards claim that he drew a knife, which his sister says is a lie.", "is a lie", "draw", True),
        ("The union said that guards had beaten the boy. The firm denied doing so.", "doing so", "hit", False),
    ],
)
def test_it_takes_up_what_its_own_sentence_said_before(text: str, content: str, frame: str, negated: bool) -> None:
    claim = taken(text, content)
    assert (claim.frame, claim.negated) == (frame, negated)


def test_it_takes_up_nothing_that_comes_after_it() -> None:
    assert taken("He did, the sheriff said, and the mayor said that a warning was given.", "He did").frame == "do"
