"""Short answers and bare numbers: what is meant stands before them. All sentences are invented."""

from __future__ import annotations

import pytest

from everyangle.accounts import quantities
from everyangle.accounts.amounts import Amount, amounts_of
from everyangle.accounts.answering import answered
from everyangle.accounts.claims import Slots, Status
from everyangle.accounts.clause_terms import terms_of
from everyangle.accounts.counts import differing
from everyangle.accounts.sides import Side
from everyangle.accounts.slots import slots_of
from everyangle.adapters.language_spacy import SpacyLanguage
from everyangle.core.accounts import Act, Quantity, Span

BARE = {"eleven": 11.0, "four": 4.0, "Eight.": 8.0}


def amounts_in(text: str) -> tuple[Amount, ...]:
    if text in BARE:
        return amounts_of([Quantity(Span(0, len(text.rstrip("."))), BARE[text], "")], text)
    return amounts_of(quantities.mentions(text), text)


def slots(text: str, language: SpacyLanguage) -> Slots:
    (parsed,) = language.parse([text])
    return slots_of(parsed, amounts_in(text))


def said(question: str, answer: str, language: SpacyLanguage) -> Slots:
    return answered(question, slots(question, language), answer, slots(answer, language), amounts_in(answer))


@pytest.mark.parametrize(
    ("answer", "negated"),
    [("Yes.", False), ("According to our warden, no.", True), ("It was not.", True), ("That is correct.", False)],
)
def test_yes_and_no_take_in_what_was_asked(language: SpacyLanguage, answer: str, negated: bool) -> None:
    claim = said("Was the engine running?", answer, language).claims[0]
    assert (claim.frame, claim.negated, claim.status) == ("be:on", negated, Status.ASSERTED)


def test_a_number_answers_how_many(language: SpacyLanguage) -> None:
    claim = said("How many men came into the yard?", "Eight.", language).claims[0]
    assert [amount.value for amount in claim.amounts] == [8]
    assert claim.status is Status.ASSERTED


@pytest.mark.parametrize("answer", ["I will not discuss that.", "No comment was made to us about the yard."])
def test_other_words_stay_as_they_are(language: SpacyLanguage, answer: str) -> None:
    assert said("Was the engine running?", answer, language) == slots(answer, language)


def told(content: str, sentence: str, before: str, language: SpacyLanguage) -> Side:
    around = [terms_of(parsed.words) for parsed in language.parse([sentence, before])]
    return Side(Act.ASSERTS, slots(content, language), around[0], around[1])


def test_bare_numbers_count_what_the_words_around_them_say(language: SpacyLanguage) -> None:
    before = "How many canisters the wardens fired into the library is disputed."
    eleven = told("eleven", "The students say eleven; the wardens say four.", before, language)
    four = told("four", "The students say eleven; the wardens say four.", before, language)
    found = differing(eleven, four)
    assert found is not None
    assert [one.value for one in found] == [11, 4]


def test_bare_numbers_of_different_things_are_not_compared(language: SpacyLanguage) -> None:
    eleven = told("eleven", "The students say eleven.", "Canisters were fired into the library.", language)
    four = told("four", "The mayor says four.", "The ferry had lifeboats.", language)
    assert differing(eleven, four) is None
