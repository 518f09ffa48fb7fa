"""Refusals, ignorance and denials that no single verb bears. All names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.accounts import Act, Statement

Read = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("text", "act", "cue", "content"),
    [
        ("The minister would not be drawn on the matter.", Act.DECLINES, "would not be drawn", "on the matter"),
        ("The agency has yet to say who fired.", Act.DECLINES, "has yet to say", "who fired"),
        ("She stopped short of blaming the officer.", Act.DECLINES, "stopped short of", "blaming the officer"),
        ("The agency had nothing to add.", Act.DECLINES, "had nothing", "to add"),
        ("No one at the firm was available for comment.", Act.DECLINES, "was available", "for comment"),
        ("The agency remained silent on the matter.", Act.DECLINES, "remained silent", "on the matter"),
        ("The driver chose not to testify.", Act.DECLINES, "chose not", "to testify"),
        ("He dodged questions about the video.", Act.DECLINES, "dodged", "questions about the video"),
        ("The firm gave no reason for the delay.", Act.DECLINES, "gave no reason", "for the delay"),
        ("The firm made no mention of a dog.", Act.DECLINES, "made no mention", "of a dog"),
        ("He invoked his right to silence.", Act.DECLINES, "invoked", "his right to silence"),
        ("The officer could not be reached.", Act.DECLINES, "could not be", "reached"),
        ("The city was unable to comment.", Act.DECLINES, "was unable", "to comment"),
        ("Police would not confirm or deny the claim.", Act.DECLINES, "would not confirm or deny", "the claim"),
        ("Hale would not open the gate.", Act.DECLINES, "would not open", "the gate"),
        ("The court could find no record of a warrant.", Act.DOES_NOT_KNOW, "could find no record", "of a warrant"),
        ("Nobody knows who fired first.", Act.DOES_NOT_KNOW, "knows", "who fired first"),
        ("He does not recall giving the order.", Act.DOES_NOT_KNOW, "does not recall", "giving the order"),
        ("He withdrew his earlier statement.", Act.ADMITS, "withdrew", "his earlier statement"),
        ("She pushed back on the claim.", Act.DENIES, "pushed back on", "the claim"),
        ("The driver pleaded not guilty to assault.", Act.DENIES, "pleaded not guilty", "to assault"),
        ("The chief did not dispute the figures.", Act.ADMITS, "did not dispute", "the figures"),
    ],
)
def test_an_idiom_that_refuses_or_denies_is_a_statement(
    read: Read, text: str, act: Act, cue: str, content: str
) -> None:
    (one,) = (one for one in read(text) if one.within is None)
    assert one.cue is not None
    assert (one.cue.act, one.cue.passage.text, one.content.text) == (act, cue, content)


def test_a_call_that_nobody_returned_has_no_speaker(read: Read) -> None:
    (one,) = read("Calls to the station were not returned.")
    assert one.cue is not None
    assert (one.speaker, one.cue.act, one.content.text) == (None, Act.DECLINES, "Calls to the station")


def test_what_was_asked_before_is_what_is_refused(read: Read) -> None:
    refused = [one for one in read("Asked whether he had a warrant, the sergeant would not say.") if one.speaker]
    assert [one.content.text for one in refused] == ["whether he had a warrant"]


def test_a_paper_that_does_not_say_is_a_record_still(read: Read) -> None:
    (one,) = read("The log does not say who opened the gate.")
    assert one.cue is not None
    assert one.cue.act is Act.REPORTS_RECORD
