"""Statements: who said what, where in which document. Values only; nothing is read or judged here.

All spans are half-open and count Unicode code points of the document's canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from everyangle.core.ids import Digest


class Span(NamedTuple):
    """Code points ``start`` (0 or more) to ``end`` (after ``start``), the last not included."""

    start: int
    end: int


class Act(StrEnum):
    """What a speaker does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DECLINES = "declines"
    DOES_NOT_KNOW = "does-not-know"
    PROMISES = "promises"
    ASKS = "asks"
    DEMANDS = "demands"
    ACCUSES = "accuses"
    ADMITS = "admits"
    PREDICTS = "predicts"
    REPORTS_RECORD = "reports-record"
    SHOWS = "shows"
    OTHER = "other"


ANSWERING = frozenset({Act.ASSERTS, Act.DENIES, Act.ADMITS, Act.ACCUSES, Act.REPORTS_RECORD, Act.SHOWS})
"""Acts by which a speaker holds that something is so, or is not."""


class Form(StrEnum):
    """Whether the words are the speaker's own, the writer's, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """Whether what the content says is affirmed or negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """In what way the content is said to hold."""

    FACT = "fact"
    POSSIBLE = "possible"
    OBLIGED = "obliged"
    INTENDED = "intended"
    ASKED = "asked"


class TimeType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document.

    Attributes:
        spans: one or more, in order, not overlapping.
        text: the pieces of the document's text at the spans, joined by one space.
    """

    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks.

    Attributes:
        passage: the words that name the speaker here ("she", "the sergeant", "Port Ellery Police").
        resolved: the fullest name known for the speaker, or None.
        role: "sergeant", "spokeswoman for …": as the documents say it, or None.
        party: name of the party on whose behalf the speaker speaks, or None.
    """

    passage: Passage
    resolved: str | None = None
    role: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that make the attribution ("said", "according to", "declined to"), and what they do."""

    passage: Passage
    act: Act


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression, normalized.

    Attributes:
        span: its words.
        value: TIMEX3 value ("2031-04-15", "2031-04-15T19:53", "PT25M", "XXXX-WXX-1").
        type: TIMEX3 type.
        approximate: whether the words say "about", "nearly" or the like.
    """

    span: Span
    value: str
    type: TimeType
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or measure.

    Attributes:
        span: its words, the unit's included.
        value: the number.
        unit: singular, lower-case noun ("minute", "officer", "metre"), or "" where the words name none.
        approximate: whether the words say "about", "nearly", "at least" or the like.
    """

    span: Span
    value: float
    unit: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed assertion, refusal or question, with where it stands.

    Attributes:
        id: unique within its document ("s1"), in order of the first word of cue, speaker or content.
        content: what is said. An outer statement's content includes the whole of each inner one.
        form: direct, indirect or mixed.
        speaker: None where the text names nobody (a bare quote).
        cue: None where no words make the attribution (a colon, a bare quote).
        within: id of the statement in whose content this one stands, or None.
        polarity: of the content.
        modality: of the content.
        said_at: TIMEX3 value of when it was said, or None.
        times: time expressions in the content, in order.
        quantities: counts and measures in the content, in order, durations among them.
        proposed_by: name of the model that proposed it, or "" for the deterministic reader.
    """

    id: str
    content: Passage
    form: Form
    speaker: Speaker | None = None
    cue: Cue | None = None
    within: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.FACT
    said_at: str | None = None
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    proposed_by: str = ""


class Tie(NamedTuple):
    """Where it was read for whom someone speaks: the document's path, and the words in its text."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom documents name, and for whom they speak.

    Attributes:
        name: the fullest that the documents give.
        party: name of the party, or "" where it was read nowhere.
        role: as a document says it, or "".
        ties: where the party was read, in order of documents; none where it follows from another person's.
    """

    name: str
    party: str = ""
    role: str = ""
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date and where it was read.

    Attributes:
        value: ISO 8601, as precise as it was stated.
        source: "json-ld", "meta:article:published_time", "byline", "file metadata", "stated by a person" …
    """

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class TimedText:
    """Where in a recording's or a broadcast's time a stretch of the text was spoken.

    Attributes:
        span: of the canonical text.
        start_s: seconds from the start of what was transcribed.
        end_s: seconds, ``start_s`` or more.
        speaker: label in the transcript, or "".
    """

    span: Span
    start_s: float
    end_s: float
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class AccountDocument:
    """A document with its canonical text.

    Attributes:
        path: as the user named it.
        digest: SHA-256 of the original.
        text: canonical text; paragraphs are lines.
        kind: "news", "statement", "release", "transcript", "record", "subtitles" or "other".
        title: as the document names itself, or "".
        publisher: or "".
        author: or "".
        published: or None.
        modified: or None.
        language: ISO 639-1 code, or "" where it could not be told.
        timed: of a transcript or subtitles, in order.
        sources: where title, publisher and author were read, as (field, source) pairs in that order; the dates have
            theirs in :class:`DatedBy`.
    """

    path: str
    digest: Digest
    text: str
    kind: str = "other"
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: DatedBy | None = None
    modified: DatedBy | None = None
    language: str = ""
    timed: tuple[TimedText, ...] = field(default=())
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with the statements that were read in it.

    Attributes:
        document: with its text.
        statements: in order of their first words.
    """

    document: AccountDocument
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Why a document could not be read, or with what fault it was.

    Attributes:
        path: of the document, as in :class:`AccountDocument`, or of the file.
        code: stable, lower-case, hyphenated.
        message: a sentence for people.
    """

    path: str
    code: str
    message: str
