"""The people of parties: who speaks for them, who is only named, and where that was read. Invented."""

from __future__ import annotations

from everyangle.accounts.parties import Known, parties_of
from everyangle.core.accounts import Form, Passage, Span, Speaker, Statement
from everyangle.core.ids import Digest
from everyangle.core.ledger import LedgerStatement, ReadAt

DOCUMENT = Digest("ab" * 32)


def said(speaker: str, party: str) -> LedgerStatement:
    passage = Passage((Span(0, 2),), "it")
    one = Statement("s1", passage, Form.INDIRECT, speaker=Speaker(passage, speaker, "sergeant", party))
    return LedgerStatement("abababab-0-2", DOCUMENT, one, party, speaker, "", said_known=False)


def known(name: str, party: str, *words: str) -> Known:
    return Known(name, party, "porter", tuple(ReadAt(DOCUMENT, Span(0, len(one)), one) for one in words))


def test_who_speaks_has_the_words_in_which_the_party_was_read() -> None:
    (party,) = parties_of(
        [said("Dana Vey", "Quay Police")], {}, [known("Dana Vey", "the Quay Police", "Vey of the police")]
    )
    (person,) = party.people
    assert (person.role, [at.words for at in person.read_at]) == ("sergeant", ["Vey of the police"])


def test_who_is_only_named_is_listed_after_those_who_speak_at_most_three_places_told() -> None:
    named = known("Cal Reyes", "Quay Police", "a", "b", "c", "d")
    (party,) = parties_of([said("Dana Vey", "Quay Police")], {}, [named])
    assert [(one.name, len(one.statements), len(one.read_at)) for one in party.people] == [
        ("Dana Vey", 1, 0),
        ("Cal Reyes", 0, 3),
    ]
    assert party.people[1].role == "porter"


def test_nobody_is_listed_whose_party_says_nothing_or_was_read_nowhere() -> None:
    others = [known("Ada Orr", "Tram Company", "Orr of the trams"), known("Ida Orr", "Quay Police")]
    (party,) = parties_of([said("Dana Vey", "Quay Police")], {}, others)
    assert [one.name for one in party.people] == ["Dana Vey"]


def test_a_party_that_a_person_stated_outranks_what_was_read() -> None:
    stated = {"Dana Vey": ("Quay Police", 12), "Cal Reyes": ("Tram Company", 13)}
    read = [known("Dana Vey", "Quay Police", "Vey of the police"), known("Cal Reyes", "Quay Police", "Reyes of it")]
    (party,) = parties_of([said("Dana Vey", "Quay Police")], stated, read)
    assert [(one.name, one.entry, one.read_at) for one in party.people] == [("Dana Vey", 12, ())]
