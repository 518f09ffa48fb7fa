"""What a model proposes: verbatim or nothing."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.proposals import CHUNK, chunks, proposed
from everyangle.core.accounts import AccountDocument, Act, Form, ReadDocument, Span
from everyangle.core.ids import Digest
from everyangle.core.statements_check import faults

TEXT = "“We waited,” Maron said, “and no one came.” Hargrave denied it. Police, he said, showed no paper. He said so."
WHOLE = Span(0, len(TEXT))


def answer(*entries: object) -> str:
    return json.dumps({"statements": entries})


def test_a_verbatim_proposal_is_taken_and_marked() -> None:
    entry = {"speaker": ["Maron"], "cue": ["said"], "content": ["“We waited,”", "“and no one came.”"], "act": "asserts"}
    found = proposed(TEXT, WHOLE, answer(entry), "a-model", ())
    (one,) = found.statements
    assert one.content.text == "“We waited,” “and no one came.”"
    assert (one.form, one.proposed_by, one.id) == (Form.DIRECT, "a-model", "m1")
    assert one.cue is not None
    assert one.cue.act is Act.ASSERTS
    assert found.refused == {}
    assert list(faults(AccountDocument("a", Digest("0" * 64), TEXT), found.statements)) == []


def test_the_cue_that_is_nearest_is_meant() -> None:
    entry = {"speaker": "he", "cue": "said", "content": "showed no paper", "act": "denies"}
    (one,) = proposed(TEXT, WHOLE, answer(entry), "m", ()).statements
    assert one.cue is not None
    assert one.cue.passage.spans[0].start == TEXT.index("said, showed")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"speaker": [], "cue": [], "content": ["We waited for hours"], "act": "asserts"}, "not verbatim"),
        ({"speaker": [], "cue": [], "content": ['"We waited,"'], "act": "asserts"}, "not verbatim"),
        ({"speaker": ["Ilse Maron"], "cue": ["said"], "content": ["“We waited,”"], "act": "asserts"}, "not verbatim"),
        ({"speaker": [], "cue": ["claimed"], "content": ["“We waited,”"], "act": "asserts"}, "not verbatim"),
        (
            {"speaker": [], "cue": [], "content": ["“and no one came.”", "“We waited,”"], "act": "asserts"},
            "not verbatim",
        ),
        ({"speaker": [], "cue": [], "content": [], "act": "asserts"}, "malformed"),
        ({"speaker": [], "cue": [], "content": [" "], "act": "asserts"}, "malformed"),
        ({"speaker": [], "cue": [], "content": [7], "act": "asserts"}, "malformed"),
        ({"speaker": [], "cue": [], "content": ["a"] * 50, "act": "asserts"}, "malformed"),
        ({"speaker": [], "cue": [], "content": ["“We waited,”"], "act": "shouts"}, "malformed"),
        ({"content": {"text": "“We waited,”"}}, "malformed"),
        ("“We waited,”", "malformed"),
        (None, "malformed"),
    ],
)
def test_what_is_no_quotation_is_refused_and_counted(entry: object, why: str) -> None:
    good = {"content": ["Hargrave denied it."], "act": "other"}
    found = proposed(TEXT, WHOLE, answer(entry, good), "m", ())
    assert [one.content.text for one in found.statements] == ["Hargrave denied it."]
    assert found.refused == {why: 1}


@pytest.mark.parametrize("text", ["", "I cannot help with that.", "{", '{"statements": 3}', "[" * 100_000, "null"])
def test_an_answer_that_is_no_list_is_refused(text: str) -> None:
    found = proposed(TEXT, WHOLE, text, "m", ())
    assert (found.statements, found.refused) == ((), {"malformed": 1})


def test_talk_around_the_answer_does_not_matter() -> None:
    text = f"Here you are:\n```json\n{answer({'content': ['Hargrave denied it.']})}\n```\nAnything else?"
    assert len(proposed(TEXT, WHOLE, text, "m", ()).statements) == 1


def test_what_was_read_already_is_not_taken_again() -> None:
    entry = {"content": ["Hargrave denied it."], "act": "other"}
    first = proposed(TEXT, WHOLE, answer(entry, entry), "m", ())
    assert (len(first.statements), first.refused) == (1, {"already read": 1})
    again = proposed(TEXT, WHOLE, answer(entry), "m", first.statements)
    assert (again.statements, again.refused) == ((), {"already read": 1})


def test_only_the_stretch_that_the_model_saw_counts() -> None:
    start = TEXT.index("Police")
    found = proposed(TEXT, Span(start, len(TEXT)), answer({"content": ["“We waited,”"]}), "m", ())
    assert found.refused == {"not verbatim": 1}


@given(st.text(st.sampled_from("ab \n"), max_size=5 * CHUNK // 2))
def test_stretches_cover_every_word_once(text: str) -> None:
    spans = list(chunks(text))
    assert all(0 < b - a <= CHUNK for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=3), st.data())
def test_no_answer_makes_a_statement_that_is_not_verbatim(text: str, pieces: list[str], data: st.DataObject) -> None:
    if text and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(text) - 1))
        pieces = [*pieces, text[start : start + 9]]
    found = proposed(text, Span(0, len(text)), answer({"content": pieces, "speaker": pieces[:1]}), "m", ())
    clean = all(c < "\ud800" or c > "\udfff" for c in text)
    read = ReadDocument(AccountDocument("a", Digest("0" * 64), text), found.statements)
    assert not clean or list(faults(read.document, read.statements)) == []
