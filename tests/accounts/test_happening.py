"""Cues that report something said, and cues that report nothing. All names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.accounts import Act, Statement

Read = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody told the driver that the road was closed.",
        "No officer promised that the car would be returned.",
        "The driver had not been told that the road was closed.",
    ],
)
def test_what_nobody_said_is_no_statement(read: Read, text: str) -> None:
    assert not [one for one in read(text) if one.cue and one.cue.act is not Act.DENIES]


@pytest.mark.parametrize(
    "inner",
    ["You can ask whether it was signed.", "I saw that the glass was gone.", "Who told him that it was open?"],
)
def test_what_is_only_spoken_of_in_anothers_words_is_no_statement_within_them(read: Read, inner: str) -> None:
    assert not [one for one in read(f"“{inner} It was late,” Dorit Selm said.") if one.within is not None]


def test_what_somebody_did_say_within_anothers_words_is_a_statement(read: Read) -> None:
    within = [one for one in read("“The sergeant told me that the road was closed,” Dorit Selm said.") if one.within]
    assert [one.content.text for one in within] == ["that the road was closed"]


def test_a_quotation_in_a_quotation_is_a_statement_within_it(read: Read) -> None:
    within = [one for one in read("“He said to me, ‘So read.’ I did,” Dorit Selm told the court.") if one.within]
    assert [one.content.text for one in within] == ["‘So read.’"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The lawyer called the claim a lie.", Act.DENIES),
        ("The board has received no complaint.", Act.DOES_NOT_KNOW),
        ("The guard was not allowed to say who had called.", Act.DECLINES),
        ("The agency referred questions to the county.", Act.DECLINES),
        ("The deputy recalled no warning.", Act.DOES_NOT_KNOW),
        ("The log has the call at 4:52 p.m.", Act.REPORTS_RECORD),
    ],
)
def test_positions_are_read_by_what_their_words_do(read: Read, text: str, act: Act) -> None:
    assert [one.cue.act for one in read(text) if one.cue] == [act]
