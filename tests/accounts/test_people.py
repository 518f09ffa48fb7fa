"""Every person and place here is invented."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.accounts.people import people, resolve
from everyangle.core.accounts import AccountDocument, Form, Passage, ReadDocument, Span, Speaker, Statement
from everyangle.core.ids import Digest

DIGEST = Digest("0" * 64)


def document(text: str, *speakers: str, kind: str = "news", publisher: str = "", author: str = "") -> ReadDocument:
    """A document whose statements' speakers are the given words, each looked for after the one before."""
    statements, at = [], 0
    for number, words in enumerate(speakers, 1):
        start = text.index(words, at)
        at = start + len(words)
        content = Passage((Span(at, at + 1),), text[at : at + 1])
        statements.append(Statement(f"s{number}", content, Form.INDIRECT, Speaker(Passage((Span(start, at),), words))))
    return ReadDocument(
        AccountDocument("report.txt", DIGEST, text, kind=kind, publisher=publisher, author=author), tuple(statements)
    )


def told(*read: ReadDocument) -> list[tuple[str | None, str | None]]:
    """Who and for whom, of every statement of the last document."""
    speakers = [each.speaker for each in resolve(read)[-1].statements if each.speaker]
    return [(each.resolved, each.party) for each in speakers]


def test_a_surname_is_the_person_of_the_full_name() -> None:
    text = "Dana Whitlock, a spokeswoman for the State Warrant Service, said so. It was late, Whitlock said."
    assert told(document(text, "Dana Whitlock", "Whitlock")) == [("Dana Whitlock", "State Warrant Service")] * 2


def test_a_rank_speaks_for_the_only_police_of_the_document() -> None:
    text = "Port Ellery Police came. Sgt. Dana Whitlock said so. The sergeant denied it. She added more."
    found = told(document(text, "Sgt. Dana Whitlock", "The sergeant", "She"))
    assert found == [("Dana Whitlock", "Port Ellery Police")] * 3


def test_an_appositive_and_a_possessive_tell_the_party() -> None:
    text = (
        "Esi Oduro, his sister, said so. The family’s lawyer, Oskar Lind, agreed. "
        "Wexmere Custodial’s director, Vaughan Pell, did not."
    )
    assert told(
        document(text, "Esi Oduro", "The family’s lawyer, Oskar Lind", "Wexmere Custodial’s director, Vaughan Pell")
    ) == [
        ("Esi Oduro", "family"),
        ("Oskar Lind", "family"),
        ("Vaughan Pell", "Wexmere Custodial"),
    ]


@pytest.mark.parametrize("short", ["The Service", "the agency", "SWS", "The State Warrant Service"])
def test_an_organization_is_known_by_its_short_forms(short: str) -> None:
    text = f"The State Warrant Service came at noon. {short} said so."
    assert told(document(text, short)) == [("State Warrant Service", "State Warrant Service")]


def test_unnamed_sides_get_one_word() -> None:
    text = "Neighbours said so. His mother agreed. Advocates did not. Police said nothing. A court ruled."
    found = told(document(text, "Neighbours", "His mother", "Advocates", "Police"))
    assert found == [(None, "witnesses"), (None, "family"), (None, "advocates"), (None, "police")]


def test_two_people_with_one_surname_stay_two() -> None:
    text = (
        "Todd Marchetti, a constable, ran. Ron Marchetti, a councillor, sat. Marchetti said so. Ron Marchetti agreed."
    )
    read = document(text, "Todd Marchetti", "Ron Marchetti", "Marchetti", "Ron Marchetti")
    assert [who for who, _ in told(read)] == ["Todd Marchetti", "Ron Marchetti", None, "Ron Marchetti"]
    assert [person.name for person in people([read]) if "Marchetti" in person.name] == [
        "Ron Marchetti",
        "Todd Marchetti",
    ]


def test_a_title_tells_two_of_one_surname_apart() -> None:
    text = "Donald Rendall steered. Sheena Rendall watched. Mr Rendall said so. Mrs Rendall denied it."
    found = told(document(text, "Mr Rendall", "Mrs Rendall"))
    assert [who for who, _ in found] == ["Donald Rendall", "Sheena Rendall"]


def test_pronouns_are_whom_the_text_named_last_and_fits() -> None:
    text = "Mr Alun Trevane said so. Mrs Moira Pask disagreed. She counted five. He counted four."
    found = told(document(text, "Mr Alun Trevane", "Mrs Moira Pask", "She", "He"))
    assert [who for who, _ in found] == ["Alun Trevane", "Moira Pask", "Moira Pask", "Alun Trevane"]


def test_we_is_the_publisher_of_a_statement() -> None:
    text = "We deny it. The Constabulary regrets it. Our records show it. Body-worn video shows it."
    read = document(
        text,
        "We",
        "The Constabulary",
        "Our records",
        "Body-worn video",
        kind="statement",
        publisher="Wexmere Constabulary",
    )
    name = "Wexmere Constabulary"
    assert told(read) == [(name, name), (name, name), (None, name), (None, name)]


def test_labels_of_a_transcript_are_people() -> None:
    text = "SHERIFF DUNMORE: We waited.\n\nQ: How long?\n\nMS. PRUITT: Long.\n\nDUNMORE: About an hour."
    read = document(
        text,
        "SHERIFF DUNMORE",
        "Q",
        "MS. PRUITT",
        "DUNMORE",
        kind="transcript",
        publisher="Calder County Sheriff’s Office",
    )
    found = told(read)
    assert found[0] == ("Dunmore", "Calder County Sheriff’s Office")
    assert found[1] == (None, "press")
    assert found[3] == found[0]


def test_what_one_document_tells_counts_in_the_next() -> None:
    first = document("Declan Mangan, operations manager of Ostler Security, spoke.", "Declan Mangan")
    second = document("The dogs stayed on their leads, Mr Mangan said.", "Mr Mangan")
    assert told(first, second) == [("Declan Mangan", "Ostler Security")]


def test_each_partys_people_are_listed_with_where_the_tie_was_read() -> None:
    read = document("Esi Oduro, his sister, said so. Peter Lowde watched.", "Esi Oduro", "Peter Lowde")
    oduro, lowde = people([read])
    assert (oduro.name, oduro.party, lowde.party) == ("Esi Oduro", "family", "")
    ((path, span),) = oduro.ties
    assert (path, read.document.text[span.start : span.end]) == ("report.txt", "his sister")


def test_the_same_documents_give_the_same_answer() -> None:
    text = "Port Ellery Police came. Sgt. Dana Whitlock said so. The sergeant denied it. She added more."
    read = [document(text, "Sgt. Dana Whitlock", "The sergeant", "She"), document("Whitlock left.", "Whitlock")]
    assert resolve(read) == resolve(read)


PIECES = """
Sgt. Dana Whitlock Whitlock said the The sergeant he She they We I , . : ’s of for a spokeswoman lawyer family
Police Department Service State Mr Mrs his sister neighbours records video (SWS) “ ” Q: DUNMORE: who one 34 and"""


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*PIECES.split(), "\n", "\n\n"]), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 4)), max_size=6),
    st.sampled_from(["news", "statement", "record", "transcript", "other"]),
)
def test_any_text_is_resolved_and_nothing_but_speakers_changes(
    pieces: list[str], spans: list[tuple[int, int]], kind: str
) -> None:
    text = " ".join(pieces)
    statements = []
    for number, (at, length) in enumerate(spans):
        start = len(" ".join(pieces[: at % len(pieces)]))
        end = min(len(text), start + 1 + 5 * length)
        if start < end:
            passage = Passage((Span(start, end),), text[start:end])
            statements.append(
                Statement(f"s{number}", passage, Form.DIRECT, Speaker(passage), within="s0" if number else None)
            )
    read = ReadDocument(
        AccountDocument("a", DIGEST, text, kind=kind, publisher="Wexmere Constabulary"), tuple(statements)
    )
    (after,) = resolve([read])
    assert [each.speaker.passage for each in after.statements if each.speaker] == [each.content for each in statements]
    assert [each.content for each in after.statements] == [each.content for each in statements]
    for person in people([read]):
        assert person.name


@pytest.mark.parametrize(
    "piece", ["Mr ", "Dana Whitlock, ", "of the ", "A", "’s ", "Sgt. ", "Police ", "(", "the officer, "]
)
def test_hostile_repetition_takes_time_that_grows_with_the_text_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        read = document(piece * times + " She said so.", "She")
        gc.disable()  # a collection of the whole test run's objects would be measured, too
        start = time.process_time()
        resolve([read])
        taken = time.process_time() - start
        gc.enable()
        return taken

    seconds(10)
    assert seconds(4_000) < 40 * max(seconds(500), 0.02)
