"""A file of the corpus becomes a document and its statements; a fault is told by file and line."""

from __future__ import annotations

import pytest

from everyangle.core.accounts import Act, Form, Modality, Polarity, TimeType
from everyangle.core.errors import BadInputError
from everyangle.testing.corpus import read

HEADING = """kind: release
title: A wait
published: 2031-04-16
people: Dana Whitlock | sergeant | Port Ellery Police Department
---
"""

FILE = (
    HEADING
    + """<c1>Officers waited <t ~ PT25M><n 25 minute ~>about 25 minutes</n></t></c1>, <s1>Sgt. Dana Whitlock</s1> \
<q1>said</q1> <t 2031-04-15>Tuesday</t>.

<s2>The family’s lawyer</s2> <q2>denied</q2> <c2>that <s3>police</s3> had <q3>promised</q3> <c3>to wait</c3></c2>.

<c4>“We knocked,”</c4> <s4>she</s4> <q4>said</q4>. <c4>“Then ‘the door’ opened.</c4>

<c4>“Nobody hurt him.”</c4>
---
1 asserts indirect who="Dana Whitlock" role="sergeant" party="Port Ellery Police Department" said=2031-04-15
2 denies indirect who="" role="lawyer" party="family"
3 promises indirect intended who="" party="Port Ellery Police Department"
4 asserts direct who="Dana Whitlock" role="" party="Port Ellery Police Department"
"""
)


def test_a_file_is_read() -> None:
    entry = read("001-wait.txt", FILE)
    first, second, third, fourth = entry.statements
    text = entry.document.text
    assert text.startswith("Officers waited about 25 minutes, Sgt.")
    assert text.endswith("“Nobody hurt him.”")
    assert entry.document.kind == "statement"
    assert first.said_at == "2031-04-15"
    assert [(t.value, t.type, t.approximate) for t in first.times] == [("PT25M", TimeType.DURATION, True)]
    assert [(q.value, q.unit, q.approximate) for q in first.quantities] == [(25.0, "minute", True)]
    assert len(entry.times) == 2
    assert first.speaker
    assert first.speaker.resolved == "Dana Whitlock"
    assert first.speaker.role == "sergeant"
    assert second.cue
    assert second.cue.act == Act.DENIES
    assert second.within is None
    assert third.within == second.id
    assert third.modality == Modality.INTENDED
    assert third.speaker
    assert third.speaker.resolved is None
    assert fourth.form == Form.DIRECT
    assert fourth.polarity == Polarity.POSITIVE
    assert fourth.content.text == "“We knocked,” “Then ‘the door’ opened. “Nobody hurt him.”"
    for one in entry.statements:
        assert " ".join(text[a:b] for a, b in one.content.spans) == one.content.text


@pytest.mark.parametrize(
    ("was", "now", "line", "words"),
    [
        ("</q1>", "", 6, "not closed"),
        ("</q1>", "</q2>", 6, "where </q1> is due"),
        ("<t 2031-04-15>", "<t 15 April>", 6, "TIMEX3"),
        ("<n 25 minute ~>", "<n some minutes>", 6, "not a number"),
        ("</c1>, ", ",</c1> ", 6, "mark after it"),
        ("<s1>Sgt. ", "Sgt.<s1> ", 6, "space at its edge"),
        ("<c4>“We", "“<c4>We", 10, "quotation mark"),
        ("<q1>said</q1>", "<x1>said</x1>", 6, "no tag"),
        ("<q1>said</q1>", "< said", 6, "stray"),
        ("3 promises", "5 promises", 13, "statement 3 has no line"),
        ("3 promises", "2 promises", 13, "statement 3 has no line"),
        ("2 denies", "2 refutes", 15, "an act and a form"),
        ("4 asserts direct", "4 asserts mixed", 17, "say direct"),
        ("2 denies indirect", "2 denies indirect doubtful", 15, "guide does not have"),
        ('1 asserts indirect who="Dana Whitlock"', '1 asserts indirect who="Dan Whitlock"', 14, "nowhere"),
        ('party="Port Ellery Police Department" said', 'party="police" said', 14, "speaks for"),
        ('party="family"', 'party="family', 15, "do not close"),
        ("2 denies", "2 reports-record", 15, "neither a name nor a role"),
        ("2 denies", "2 asks", 15, "not asked"),
        ("<s2>The family’s lawyer</s2>", "The family’s lawyer", 15, "no speaker, and yet"),
        ("<q2>denied</q2>", "denied", 15, "denies without a cue"),
        ("kind: release", "kind: rumour", 1, "kind"),
        ("title:", "headline:", 2, "is not one of"),
        ("---\n1", "1", 1, "two divide"),
    ],
)
def test_a_fault_is_told_by_file_and_line(was: str, now: str, line: int, words: str) -> None:
    assert was in FILE
    with pytest.raises(BadInputError, match=words) as caught:
        read("001-wait.txt", FILE.replace(was, now, 1))
    assert caught.value.what.startswith(f"001-wait.txt:{line}: ")


def test_a_statement_without_content_is_refused() -> None:
    with pytest.raises(BadInputError, match="has no content"):
        read("x.txt", HEADING + "<s1>He</s1> left.\n---\n1 asserts indirect\n")
