"""From the JSON values of ``everyangle.statements/1`` back to documents and statements. Checks types, not meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
from everyangle.core.ids import parse_digest

Fields = Mapping[str, Any]


def read_document_of(fields: Fields) -> ReadDocument:
    """Return one document with its statements.

    Raises:
        KeyError, TypeError, ValueError, EveryAngleError: if the fields are not that.
    """
    sources: dict[str, str] = {name: _text(value) for name, value in fields.get("sources", {}).items()}
    document = AccountDocument(
        path=_text(fields["path"]),
        digest=parse_digest(_text(fields["sha256"])),
        text=_text(fields["text"]),
        kind=_text(fields["kind"]),
        title=_text(fields["title"]),
        publisher=_text(fields["publisher"]),
        author=_text(fields["author"]),
        published=_date(fields["published"], sources.pop("published", "")),
        modified=_date(fields["modified"], sources.pop("modified", "")),
        language=_text(fields["language"]),
        timed=tuple(_timed(one) for one in fields.get("timed", ())),
        sources=tuple(sources.items()),
    )
    return ReadDocument(document, tuple(_statement(one) for one in fields["statements"]))


def notice_of(fields: Fields) -> Notice:
    """Return one error."""
    return Notice(_text(fields["path"]), _text(fields["code"]), _text(fields["message"]))


def _statement(fields: Fields) -> Statement:
    speaker, cue = fields["speaker"], fields["cue"]
    return Statement(
        id=_text(fields["id"]),
        content=_passage(fields["content"]),
        form=Form(fields["form"]),
        speaker=None if speaker is None else _speaker(speaker),
        cue=None if cue is None else Cue(_passage(cue), Act(cue["act"])),
        within=_text_or_none(fields["within"]),
        polarity=Polarity(fields["polarity"]),
        modality=Modality(fields["modality"]),
        said_at=_text_or_none(fields["said_at"]),
        times=tuple(_time(one) for one in fields["times"]),
        quantities=tuple(_quantity(one) for one in fields["quantities"]),
        proposed_by=_text_or_none(fields.get("proposed_by")) or "",
    )


def _speaker(fields: Fields) -> Speaker:
    named = (_text_or_none(fields[name]) for name in ("resolved", "role", "party"))
    return Speaker(_passage(fields), *named)


def _passage(fields: Fields) -> Passage:
    return Passage(tuple(_span(one) for one in fields["spans"]), _text(fields["text"]))


def _time(fields: Fields) -> TimeMention:
    approximate = _truth(fields.get("approximate", False))
    return TimeMention(_span(fields["span"]), _text(fields["value"]), TimeType(fields["type"]), approximate)


def _quantity(fields: Fields) -> Quantity:
    return Quantity(
        _span(fields["span"]), _number(fields["value"]), _text(fields["unit"]), _truth(fields["approximate"])
    )


def _timed(fields: Fields) -> TimedText:
    return TimedText(
        _span(fields["span"]), _number(fields["start_s"]), _number(fields["end_s"]), _text(fields["speaker"])
    )


def _date(value: object, source: str) -> DatedBy | None:
    return None if value is None else DatedBy(_text(value), source)


def _span(value: Sequence[object]) -> Span:
    start, end = value
    if not isinstance(start, int) or not isinstance(end, int):
        raise TypeError(f"{value!r} is no span")
    return Span(start, end)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value
