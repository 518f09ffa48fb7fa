"""Refusals, ignorance, turns and acts. All names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.accounts import Act, Form, Statement

Read = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("text", "act", "cue", "content"),
    [
        ("The agency declined to comment.", Act.DECLINES, "declined", "to comment"),
        ("She declined to say whether it was signed.", Act.DECLINES, "declined", "to say whether it was signed"),
        ("He did not respond to a request for comment.", Act.DECLINES, "did not respond", "to a request for comment"),
        ("Whitlock could not be reached for comment.", Act.DECLINES, "could not be reached", "for comment"),
        ("Police could not say who broke it.", Act.DOES_NOT_KNOW, "could not say", "who broke it"),
        ("He does not know who broke it.", Act.DOES_NOT_KNOW, "does not know", "who broke it"),
        ("The clerk has no record of the call.", Act.DOES_NOT_KNOW, "has no record", "of the call"),
        ("The sergeant denied the claims.", Act.DENIES, "denied", "the claims"),
        ("The chief does not accept that anyone was hurt.", Act.DENIES, "does not accept", "that anyone was hurt"),
    ],
)
def test_positions_that_are_no_speech_are_statements(read: Read, text: str, act: Act, cue: str, content: str) -> None:
    (one,) = (one for one in read(text) if one.within is None)
    assert one.cue is not None
    assert (one.cue.act, one.cue.passage.text, one.content.text) == (act, cue, content)


def test_each_label_of_a_transcript_opens_a_turn_that_lasts_over_paragraphs(read: Read) -> None:
    text = "SGT. WHITLOCK: We waited.\n\nNobody came.\n\nQ: How long?\n\nSGT. WHITLOCK: An hour."
    turns = [one for one in read(text) if one.cue is None]
    assert [one.speaker.passage.text for one in turns if one.speaker] == ["SGT. WHITLOCK", "Q", "SGT. WHITLOCK"]
    assert turns[0].content.text == "We waited. Nobody came."
    assert {one.form for one in turns} == {Form.DIRECT}


def test_records_and_footage_speak_in_their_own_way(read: Read) -> None:
    records, footage = (
        read(text)[0].cue for text in ("Jail records show that he was held.", "The video shows that officers waited.")
    )
    assert (records and records.act, footage and footage.act) == (Act.REPORTS_RECORD, Act.SHOWS)


def test_a_way_of_speaking_in_a_quotation_is_no_statement_of_its_own(read: Read) -> None:
    assert len(read("“I think we waited,” she said.")) == 1


def test_a_date_beside_the_cue_tells_when_it_was_said(read: Read) -> None:
    (one,) = read("Whitlock said on 15 April 2031 that officers waited 25 minutes.")
    assert one.said_at == "2031-04-15"
    assert [(quantity.value, quantity.unit) for quantity in one.quantities] == [(25, "minute")]
