"""Statements out of text. All names and events are invented."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from everyangle.core.accounts import Form, Statement

Read = Callable[[str], tuple[Statement, ...]]


def parts(one: Statement) -> tuple[str, str, str]:
    return (one.speaker.passage.text if one.speaker else "", one.cue.passage.text if one.cue else "", one.content.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sgt. Dana Whitlock said that officers waited.",
            ("Sgt. Dana Whitlock", "said", "that officers waited"),
        ),
        ("“We waited,” she said. “Nobody came.”", ("she", "said", "“We waited,” “Nobody came.”")),
        ("“We waited,” she said, “for an hour.”", ("she", "said", "“We waited,” “for an hour.”")),
        ("According to the agency, officers waited.", ("the agency", "According to", "officers waited")),
        ("He declined to comment.", ("He", "declined", "to comment")),
        ("The sergeant denied the claims.", ("The sergeant", "denied", "the claims")),
        ("Jail records showed that he was released.", ("Jail records", "showed", "that he was released")),
    ],
)
def test_speaker_cue_and_content_are_told_apart(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    assert [parts(one) for one in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dana Whitlock has made clear that they expect an apology.",
            ("Dana Whitlock", "has made clear", "that they expect an apology"),
        ),
        (
            "The emails, which she said were lost in a flood, cannot be read.",
            ("she", "said", "which were lost in a flood"),
        ),
        (
            "He had told the company's own inquiry that the door was on the latch.",
            ("He", "had told", "that the door was on the latch"),
        ),
        ("The agency took no part; it declined, citing legal risks.", ("it", "citing", "legal risks")),
        ("He refers to the mayor as a friend.", ("He", "refers to", "the mayor as a friend")),
        ("Officers aired ads that attacked the mayor.", ("Officers", "attacked", "the mayor")),
        ("Schilling, through a spokeswoman, declined to comment.", ("Schilling", "declined", "to comment")),
    ],
)
def test_speaker_and_content_are_found_where_the_parse_hangs_them_elsewhere(
    read: Read, text: str, expected: tuple[str, str, str]
) -> None:
    assert (expected[0], *expected[1:]) in [
        (speaker.split(",")[0], cue, content) for speaker, cue, content in map(parts, read(text))
    ]


def test_what_explains_a_name_after_a_comma_is_not_said(read: Read) -> None:
    contents = [one.content.text for one in read("He criticized the work of Dana Reed, the county's attorney.")]
    assert contents == ["the work of Dana Reed"]


def test_a_quotation_after_a_colon_is_said_by_who_speaks_next(read: Read) -> None:
    told = read("In a letter, Reed asserted that the town had changed: “Arden is no longer Arden,” he claimed.")
    assert ("he", "claimed", "“Arden is no longer Arden,”") in [parts(one) for one in told]


def test_making_sure_of_something_is_no_statement(read: Read) -> None:
    assert read("He was careful to make sure that the door was locked.") == ()


def test_a_statement_stands_within_the_one_that_reports_it(read: Read) -> None:
    outer, inner = read("The lawyer said that the agency denied the claims.")
    assert inner.within == outer.id
    assert outer.content.spans[0].start <= inner.content.spans[0].start


def test_form_is_told_by_the_marks(read: Read) -> None:
    forms = [
        read(text)[0].form
        for text in ("“We waited,” she said.", "She said they “waited” there.", "She said that they waited.")
    ]
    assert forms == [Form.DIRECT, Form.MIXED, Form.INDIRECT]


@pytest.mark.parametrize(
    "text",
    ["", "\n \n", '"', "“", "said", '" said " she " said', "“We waited, she said.\n“So?", "NAME: \n: :", "🙂 said 🙂"],
)
def test_odd_texts_raise_nothing_and_text_equals_offsets(read: Read, text: str) -> None:
    for one in read(text):
        for passage in (one.content, one.speaker and one.speaker.passage, one.cue and one.cue.passage):
            if passage:
                assert passage.text == " ".join(text[a:b] for a, b in passage.spans)


def test_what_nests_without_end_is_read_in_time_that_does_not_explode(read: Read) -> None:
    read("he said that " * 20)
    began = time.process_time()
    assert len(read("he said that " * 600)) == 599
    assert time.process_time() - began < 6


@pytest.mark.parametrize("text", ["The warrant was shown to him.", "They never showed us a warrant."])
def test_showing_a_paper_is_no_statement(read: Read, text: str) -> None:
    assert read(text) == ()


def test_what_footage_shows_is_a_statement(read: Read) -> None:
    assert [parts(one) for one in read("The video shows an empty street.")] == [
        ("The video", "shows", "an empty street")
    ]


def test_questions_and_answers_of_an_examination_are_turns(read: Read) -> None:
    found = [one for one in read("Q. Did he fall?\n\nA. He did.\n\nQ. When?\n\nA. At noon.") if one.cue is None]
    assert [(one.speaker.passage.text if one.speaker else "", one.content.text) for one in found] == [
        ("Q.", "Did he fall?"),
        ("A.", "He did."),
        ("Q.", "When?"),
        ("A.", "At noon."),
    ]


def test_a_time_of_day_may_stand_before_the_label_of_a_turn(read: Read) -> None:
    text = "21:04:10 DISPATCH: All units wait.\n21:05:40 UNIT 7: We are here.\n21:06 DISPATCH: Hold there."
    assert [one.speaker.passage.text for one in read(text) if one.speaker] == ["DISPATCH", "UNIT 7", "DISPATCH"]


def test_a_list_with_letters_is_no_examination(read: Read) -> None:
    assert read("A. The door was shut.\n\nB. The gate was open.") == ()
