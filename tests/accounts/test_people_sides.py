"""Sides of those whom nothing ties to an organization. Every person and place here is invented."""

from __future__ import annotations

import pytest

from everyangle.accounts.people import people, resolve
from everyangle.accounts.people_nouns import person_nouns
from everyangle.accounts.people_unnamed import bodies
from everyangle.core.accounts import AccountDocument, Form, Passage, ReadDocument, Span, Speaker, Statement
from everyangle.core.ids import Digest


def told(text: str, *speakers: str, kind: str = "news") -> list[str | None]:
    """For whom the given words speak, each looked for after the one before."""
    statements, at = [], 0
    for number, words in enumerate(speakers, 1):
        start = text.index(words, at)
        at = start + len(words)
        after = text.find("\n", at) if text.find("\n", at) > 0 else len(text)
        content = Passage((Span(at, after),), text[at:after])
        statements.append(Statement(f"s{number}", content, Form.INDIRECT, Speaker(Passage((Span(start, at),), words))))
    document = AccountDocument("report.txt", Digest("0" * 64), text, kind=kind)
    found = resolve([ReadDocument(document, tuple(statements))])[0].statements
    return [each.speaker.party if each.speaker else None for each in found]


@pytest.mark.parametrize(
    ("text", "speaker", "party"),
    [
        ("A pathologist said it was late.", "A pathologist", "pathologist"),
        ("Residents of the camp said it was late.", "Residents of the camp", "residents"),
        ("Friends of the River said it was late.", "Friends of the River", "Friends of the River"),
        ("The contractor, Crowdsafe, said it was late.", "Crowdsafe", "Crowdsafe"),
        ("A spokesman for Norgrain denied it. Norgrain said no.", "Norgrain said"[:8], "Norgrain"),
        ("The mayor’s office said it was late.", "The mayor’s office", "mayor"),
        ("Marlton Mayor Tim Kerr said it was late.", "Marlton Mayor Tim Kerr", "mayor"),
        ("District Attorney Paul Neff said it was late.", "District Attorney Paul Neff", "district attorney"),
        ("A lawsuit says it was late.", "A lawsuit", "plaintiff"),
        ("Pete Vance, who lives across the road, said it was late.", "Pete Vance", "witnesses"),
        ("Ines Cole, representing the Tuohy family, said it was late.", "Ines Cole", "family"),
        ("Seán Tuohy said it was late. His wife, Noreen, agreed.", "Seán Tuohy", "family"),
        ("His wife, Noreen, agreed.", "His wife, Noreen", "family"),
    ],
)
def test_a_noun_or_a_clause_tells_a_side(text: str, speaker: str, party: str) -> None:
    assert told(text, speaker) == [party]


def test_who_is_only_named_has_no_side() -> None:
    assert told("Ada Ross said it was late.", "Ada Ross") == [None]


def test_a_pronoun_may_mean_someone_whom_only_a_noun_names() -> None:
    text = "Ada Ross, a nurse, was there.\n\nA guard came out of the gate. He said it was shut."
    assert told(text, "He") == ["guard"]


def test_it_in_reported_speech_is_the_organization_that_speaks() -> None:
    text = "Hill Mutual Bank was named. Lake Security said it had sent two men."
    first = text.index("Lake Security")
    outer = Statement(
        "s1",
        Passage((Span(first + 19, len(text)),), text[first + 19 :]),
        Form.INDIRECT,
        Speaker(Passage((Span(first, first + 13),), "Lake Security")),
    )
    at = text.index("it had")
    inner = Statement(
        "s2",
        Passage((Span(at + 3, len(text)),), text[at + 3 :]),
        Form.INDIRECT,
        Speaker(Passage((Span(at, at + 2),), "it")),
        within="s1",
    )
    document = AccountDocument("report.txt", Digest("0" * 64), text, kind="news")
    found = resolve([ReadDocument(document, (outer, inner))])[0].statements
    assert [each.speaker.party for each in found if each.speaker] == ["Lake Security"] * 2


def test_nouns_for_people_are_found_with_their_number() -> None:
    text = "Police came. The officer said no. A man with a torch came, and his two sisters ran. Officer Reed left."
    found = [(text[each.start : each.end], each.plural) for each in person_nouns(text)]
    assert found == [("Police", True), ("The officer", False), ("A man", False), ("his two sisters", True)]


@pytest.mark.parametrize(
    ("text", "speaker", "party"),
    [
        ("The union was angry. Its lawyer said no.", "Its lawyer", "union"),
        ("Hale Port sent a reply. Corvane, the contractor, paid. Its spokesman said no.", "Its spokesman", "Corvane"),
        ("The harbour master said it was late.", "The harbour master", "harbour"),
        ("Strait Lines ran the ship. The master said no.", "The master", "Strait Lines"),
        ("Ada Ross said no. Her brother-in-law, Tam Ross, agreed.", "Ada Ross", "family"),
        ("Ivo Lund said no. Mr Lund’s lawyer agreed.", "Ivo Lund", "family"),
    ],
)
def test_an_organization_or_kin_in_the_words_before_tells_the_party(text: str, speaker: str, party: str) -> None:
    assert told(text, speaker) == [party]


def test_a_single_word_that_the_text_calls_it_is_an_organization() -> None:
    text = "Norgrain said that its gate was shut. It was open by noon, Norgrain said later."
    assert told(text, "Norgrain") == ["Norgrain"]


def test_force_that_is_used_is_no_organization() -> None:
    assert [one.noun for one in bodies("The force said that the use of force was fair.")] == ["force"]


def test_answers_are_those_of_whom_the_heading_says_to_testify() -> None:
    text = (
        "TESTIMONY OF MARA FINCH, NURSE\n\nDIRECT EXAMINATION BY MS. ARROYO:\n\n"
        "Q. Did he fall?\n\nA. Yes.\n\nMara Finch, a nurse at Hale Hospital, left."
    )
    assert told(text, "A.", kind="transcript") == ["Hale Hospital"]


def test_answers_of_nobody_named_are_a_witness() -> None:
    assert told("Q. Did he fall?\n\nA. Yes.", "A.", kind="transcript") == ["witnesses"]


def test_whom_a_log_speaks_of_is_none_of_its_own_people() -> None:
    text = "HALE COUNTY POLICE DEPARTMENT\n\nCONTROL 2 said wait.\n\nDriver said no."
    assert told(text, "CONTROL 2", "Driver", kind="record") == ["Hale County Police Department", "driver"]


def test_where_an_interviewer_asks_nobody_else_is_of_the_press() -> None:
    text = "INTERVIEWER: What is it?\n\nTAM ROSS: What? Who knows?\n\nINTERVIEWER: Is it late?"
    assert told(text, "INTERVIEWER", "TAM ROSS", "INTERVIEWER", kind="transcript") == ["press", None, "press"]


def test_a_verb_before_a_post_is_none_of_it() -> None:
    text = "“It was late,” charged attorney Ann Ross outside."
    document = AccountDocument("report.txt", Digest("0" * 64), text, kind="news")
    assert [one.role for one in people([ReadDocument(document, ())])] == ["attorney"]
