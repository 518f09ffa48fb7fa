"""Statements as JSON: nothing that is not verbatim gets in or out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.accounts import (
    AccountDocument,
    Act,
    Cue,
    DatedBy,
    Form,
    Modality,
    Notice,
    Passage,
    Polarity,
    Quantity,
    ReadDocument,
    Span,
    Speaker,
    Statement,
    TimedText,
    TimeMention,
    TimeType,
)
from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.core.statements_check import faults, sound
from everyangle.core.statements_json import StatementsFile, statements_fields, statements_from_json, statements_json

DIGEST = Digest("ab" * 32)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def at(text: str, *words: str) -> Passage:
    """Return the passage of some words, each looked for after the one before."""
    spans, start = [], 0
    for word in words:
        start = text.index(word, start)
        spans.append(Span(start, start + len(word)))
        start += len(word)
    return Passage(tuple(spans), " ".join(words))


TEXT = "“We waited,” Dana Whitlock said Tuesday, “for about 25 minutes.” She denied that police knew."


def example() -> ReadDocument:
    document = AccountDocument(
        "news.txt",
        DIGEST,
        TEXT,
        kind="news",
        title="Held",
        publisher="The Example Post",
        published=DatedBy("2031-05-04", "json-ld"),
        language="en",
        timed=(TimedText(Span(0, 12), 1.5, 2.0, "A"),),
        sources=(("title", "heading"),),
    )
    first = Statement(
        "s1",
        at(TEXT, "“We waited,”", "“for about 25 minutes.”"),
        Form.DIRECT,
        Speaker(at(TEXT, "Dana Whitlock"), "Dana Whitlock", "sergeant", "Port Ellery Police"),
        Cue(at(TEXT, "said"), Act.ASSERTS),
        said_at="2031-04-29",
        times=(TimeMention(at(TEXT, "about 25 minutes").spans[0], "PT25M", TimeType.DURATION, approximate=True),),
        quantities=(Quantity(at(TEXT, "about 25 minutes").spans[0], 25, "minute", approximate=True),),
    )
    outer = Statement("s2", at(TEXT, "that police knew"), Form.INDIRECT, polarity=Polarity.NEGATIVE)
    inner = Statement("s3", at(TEXT, "knew"), Form.INDIRECT, within="s2", modality=Modality.ASKED, proposed_by="m")
    return ReadDocument(document, (first, outer, inner))


def test_a_document_comes_back_as_it_was() -> None:
    file = StatementsFile((example(),), (Notice("x.pdf", "document-image-only", "No text."),))
    assert statements_from_json(statements_json(file)) == file


def test_keys_stand_in_the_order_of_the_format() -> None:
    fields = statements_fields(StatementsFile((example(),)))
    assert list(fields) == ["format", "documents", "errors"]
    document = json.loads(json.dumps(fields))["documents"][0]
    assert list(document)[:11] == [
        *("path", "sha256", "title", "publisher", "author", "published", "modified", "language", "kind", "text"),
        "statements",
    ]
    assert list(document["statements"][0])[:11] == [
        *("id", "within", "speaker", "cue", "content", "form", "polarity", "modality", "said_at", "times"),
        "quantities",
    ]
    assert document["published"] == "2031-05-04"
    assert document["sources"] == {"title": "heading", "published": "json-ld"}


@given(TEXTS, st.data())
def test_any_passage_of_any_text_comes_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    passage = Passage(spans, " ".join(text[a:b] for a, b in spans))
    read = ReadDocument(AccountDocument("a", DIGEST, text), (Statement("s1", passage, Form.DIRECT),))
    assert statements_from_json(statements_json(StatementsFile((read,)))).documents == (read,)


@pytest.mark.parametrize(
    ("passage", "fault"),
    [
        (Passage((Span(1, 10),), "We  waited"), "content"),
        (Passage((), ""), "content"),
        (Passage((Span(0, 0),), ""), "content"),
        (Passage((Span(-3, 4),), "“We "), "content"),
        (Passage((Span(13, 17), Span(0, 4)), "Dana “We "), "content"),
        (Passage((Span(0, 4), Span(3, 6)), "“We   wa"), "content"),
        (Passage((Span(90, 900),), TEXT[90:]), "content"),
    ],
    ids=["other-words", "nothing", "empty", "negative", "disordered", "overlapping", "beyond"],
)
def test_what_is_not_verbatim_is_never_written_or_read(passage: Passage, fault: str) -> None:
    read = example()
    forged = replace(read, statements=(replace(read.statements[0], content=passage),))
    with pytest.raises(IntegrityError) as raised:
        statements_json(StatementsFile((forged,)))
    assert raised.value.code == "statement-not-verbatim"
    assert "news.txt: statement s1" in raised.value.what
    assert fault in raised.value.what
    fields = json.loads(statements_json(StatementsFile((read,))))
    fields["documents"][0]["statements"][0]["content"] = {
        "spans": [list(s) for s in passage.spans],
        "text": passage.text,
    }
    with pytest.raises(IntegrityError):
        statements_from_json(json.dumps(fields).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"id": "s2"},
        {"within": "s9"},
        {"within": "s1"},
        {"times": (TimeMention(Span(0, 900), "P1D", TimeType.DURATION),)},
        {"quantities": (Quantity(Span(4, 4), 1, ""),)},
        {"speaker": Speaker(Passage((Span(0, 2),), "He"))},
        {"cue": Cue(Passage((Span(0, 2),), "said"), Act.OTHER)},
    ],
    ids=["twice", "nowhere", "outside", "time", "quantity", "speaker", "cue"],
)
def test_statements_that_do_not_hang_together_are_refused(change: dict[str, object]) -> None:
    read = example()
    last = replace(read.statements[2], **change)  # type: ignore[arg-type]  # a field of the right type each
    with pytest.raises(IntegrityError):
        statements_json(StatementsFile((replace(read, statements=(*read.statements[:2], last)),)))


def test_a_statement_cannot_stand_within_itself() -> None:
    read = example()
    a, b = (replace(read.statements[1], id=name, within=other) for name, other in (("s1", "s2"), ("s2", "s1")))
    with pytest.raises(IntegrityError, match="within itself"):
        statements_json(StatementsFile((replace(read, statements=(a, b)),)))


def test_what_is_sound_among_statements_is_kept() -> None:
    read = example()
    first, outer, inner = read.statements
    forged = replace(first, id="s0", content=Passage((Span(0, 2),), "No"))
    astray = replace(inner, id="s4", content=first.content)
    lost = replace(inner, id="s5", within="s0")
    kept = sound(read.document, (forged, first, outer, inner, astray, lost, replace(outer, id="s1")))
    assert kept == (first, outer, inner, replace(astray, within=None), replace(lost, within=None))
    assert list(faults(read.document, kept)) == []


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(IntegrityError, match="surrogate"):
        statements_json(StatementsFile((ReadDocument(AccountDocument("a", DIGEST, "x\ud83d")),)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "everyangle.statements/2"),
        (("documents",), 3),
        (("documents", 0, "sha256"), "x"),
        (("documents", 0, "text"), None),
        (("documents", 0, "statements", 0, "form"), "quoted"),
        (("documents", 0, "statements", 0, "cue", "act"), "says"),
        (("documents", 0, "statements", 0, "content", "spans", 0), [1]),
        (("documents", 0, "statements", 0, "content", "spans", 0), ["1", 2]),
        (("documents", 0, "statements", 0, "quantities", 0, "value"), "25"),
        (("documents", 0, "statements", 0, "quantities", 0, "approximate"), 1),
        (("errors",), [{"path": "x"}]),
    ],
)
def test_what_is_no_statements_document_is_told(path: tuple[str | int, ...], value: object) -> None:
    fields = json.loads(statements_json(StatementsFile((example(),))))
    place = fields
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(BadInputError) as raised:
        statements_from_json(json.dumps(fields).encode())
    assert raised.value.code in ("statements-malformed", "digest-malformed")
