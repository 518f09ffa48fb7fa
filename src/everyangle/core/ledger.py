"""The ledger: what a case's documents say, weighed. Values only; who is right is not among them.

Statements are named by keys (:func:`key_of`) that stay the same as long as their document and their content do. Lists
have a fixed order: documents as received, statements by when they were said and then by document and place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from everyangle.core.accounts import AccountDocument, Span, Statement
from everyangle.core.ids import Digest, ItemId
from everyangle.core.statement_ref import StatementRef, ref_of
from everyangle.core.time import Instant
from everyangle.core.weighing import (
    BearingKind,
    By,
    Edge,
    MeasureSort,
    QuestionSort,
    QuestionState,
    RelationKind,
    Slot,
    Stance,
)

KEY_DIGITS = 8
"""How many digits of its document's digest stand in a statement's key."""


def key_of(ref: StatementRef) -> str:
    """Return the key of a statement: ``<8 digits of the document>-<first code point>-<after the last>``."""
    return f"{ref.document[:KEY_DIGITS]}-{ref.spans[0].start}-{ref.spans[-1].end}"


@dataclass(frozen=True, slots=True)
class LedgerStatement:
    """A statement as it stands after what people corrected.

    Attributes:
        key: names it in this ledger.
        document: digest of the document that it stands in.
        statement: who, what, in which form; corrected where a person did.
        party: on whose behalf it is said, "" where unknown.
        speaker: the name to show: the fullest known, else the words that name the speaker, else "".
        said_at: ISO date or time when it was said: as the text states it, else when it was published; or "".
        said_known: whether the text (or a person) tells when it was said; otherwise ``said_at`` is the publication.
        within: key of the statement in whose content it stands, or None.
        questions: ids of the questions that it is on.
        own: whether it is the writer's own sentence in a document that a party published (no cue attributes it).
        entries: indices of the log entries by which people corrected or stated it.
        read_as: the stretch that was read, where a person corrected the content; else None.
    """

    key: str
    document: Digest
    statement: Statement
    party: str
    speaker: str
    said_at: str
    said_known: bool
    within: str | None = None
    questions: tuple[str, ...] = ()
    own: bool = False
    entries: tuple[int, ...] = ()
    read_as: StatementRef | None = None

    @property
    def ref(self) -> StatementRef:
        """What points at the statement in the log: the stretch that was read, also where a person corrected it."""
        return self.read_as or ref_of(self.document, self.statement)


@dataclass(frozen=True, slots=True)
class ReadAt:
    """Where the tie of a person and a party was read: a document, a stretch of its text, and its words."""

    document: Digest
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks, or whom a document names for a party.

    Attributes:
        name: the fullest known.
        role: as documents say it, or "".
        party: its name, or "".
        statements: keys, in order; none of somebody who is only named.
        tied_in: where the tie of person and party was read: keys of statements, at most three.
        entry: index of the log entry by which a person stated the party, or None.
        read_at: where documents tell for whom the person speaks, at most three; none where a person stated it.
    """

    name: str
    role: str
    party: str
    statements: tuple[str, ...]
    tied_in: tuple[str, ...] = ()
    entry: int | None = None
    read_at: tuple[ReadAt, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """On whose behalf people speak: its name, its people, and the keys of all statements made for it, in order."""

    name: str
    people: tuple[Person, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A point that statements bear on.

    Attributes:
        id: stays the same over rebuilds.
        title: in neutral words.
        sort: what it asks for.
        statements: keys, in order of time.
        state: pinned by a person, or free (hidden ones are in :attr:`Ledger.hidden`).
        by: whose words the title is.
        merged: ids of the questions that a person merged into it.
        open: whether fewer than two parties answer: nobody confirms or contradicts what is said, if anything is.
        entries: indices of the log entries about it.
    """

    id: str
    title: str
    sort: QuestionSort
    statements: tuple[str, ...]
    state: QuestionState = QuestionState.FREE
    by: By = By.MACHINE
    merged: tuple[str, ...] = ()
    open: bool = False
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a party holds on a question from a date on.

    Attributes:
        stance: what it does.
        words: the answer in short ("about 25 minutes", "yes", "no"), taken from the statements; "" where there is none.
        since: ISO date of the first of its statements, "" if unknown.
        statements: keys, in order of time; none where the party is silent.
    """

    stance: Stance
    words: str
    since: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A party on a question: its answers in order of time; more than one where it changed."""

    question: str
    party: str
    answers: tuple[Answer, ...]

    @property
    def changed(self) -> bool:
        """Whether the party's answer changed over time."""
        return len(self.answers) > 1


@dataclass(frozen=True, slots=True)
class StatementRelation:
    """How two statements stand to each other.

    Attributes:
        a: key; the closer one where ``kind`` is narrows.
        b: key.
        kind: how.
        slot: what differs where they contradict each other.
        reason: in words, always.
        difference: by how much they differ, in words ("4 minutes", "3 blows"), or "".
        by: the machine, or a person.
        entry: index of the person's log entry, or None.
        question: id of the question on which they meet, or None.
    """

    a: str
    b: str
    kind: RelationKind
    slot: Slot | None
    reason: str
    difference: str = ""
    by: By = By.MACHINE
    entry: int | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A labelled interval of event time.

    Attributes:
        entry: index of the log entry that set it; names it ("m12" in commands).
        label: in words.
        item: the recording in whose media time it is kept.
        media_from_s: seconds of that recording's media time.
        media_to_s: seconds, ``media_from_s`` or more.
        from_s: event time in seconds, or None where the recording has no place on the main clock.
        to_s: event time in seconds, or None.
        error_s: half-width of the placement's 95 % interval against the clock, 0 for the anchor, None where unknown.
        within_s: half-width of the error of the marking that the person stated, or None.
        wall_from: wall time of ``from_s``, or None where the clock is not tied.
        wall_within_s: half-width of the wall time's error in seconds, or None where it is unknown.
        said: what the person typed.
        why: the person's reason.
    """

    entry: int
    label: str
    item: ItemId
    media_from_s: float
    media_to_s: float
    from_s: float | None
    to_s: float | None
    error_s: float | None
    within_s: float | None
    wall_from: Instant | None = None
    wall_within_s: float | None = None
    said: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A duration, a number or a time that a statement claims, beside what is measured.

    Attributes:
        statement: key.
        words: as it says it.
        low: seconds, number, or POSIX seconds of a time: the least that its words allow.
        high: the most, or None where the words set no upper bound ("at least six").
        fits: whether what is measured, with its error, can be what the words say; None where that cannot be judged.
        difference: by how much it differs, in words, or "".
    """

    statement: str
    words: str
    low: float
    high: float | None
    fits: bool | None
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the footage gives: an interval between two moments, the wall time of one, or how many there are.

    Attributes:
        entry: index of the log entry that chose it; names it ("m14" in commands).
        sort: interval, time or count.
        label: in words, or "".
        moments: indices of the moments' entries (the corrected ones), in order.
        edges: which end of each.
        question: id of the question that it bears on, or None.
        value: seconds of an interval, POSIX seconds of a time, a number of moments; None where it cannot be measured.
        error_s: half-width of a 95 % interval in seconds for intervals and times; None where unknown, or for a count.
        words: the value with its error ("2 min 46.8 s ± 0.1 s"), or why it cannot be measured.
        claims: what statements on the question claim, in order.
        why: the person's reason.
    """

    entry: int
    sort: MeasureSort
    label: str
    moments: tuple[int, ...]
    edges: tuple[Edge, ...]
    question: str | None
    value: float | None
    error_s: float | None
    words: str
    claims: tuple[Claimed, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a moment, a measure or an item means for a statement; or, proposed by the machine, that it may bear on it.

    Attributes:
        statement: key.
        kind: supports, contradicts, context; always context where the machine proposes it.
        target: index of the moment's or measure's entry, or None.
        item: the item, or None.
        by: a person, or the machine as a candidate.
        reason: the person's, or why the machine proposes it.
        entry: index of the log entry, or None.
        from_s: event time of the words or the time that the candidate rests on, or None.
    """

    statement: str
    kind: BearingKind
    target: int | None
    item: ItemId | None
    by: By
    reason: str
    entry: int | None = None
    from_s: float | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything weighed.

    Attributes:
        documents: those that hold statements, and those that could be read and hold none.
        statements: every statement that is shown.
        parties: by name; statements of nobody known are under "".
        questions: as shown: pinned ones first, then by how many parties answer.
        positions: for each question and each party but "", in the order of both.
        relations: contradictions first, then by statement.
        moments: by event time.
        measures: in log order.
        bearings: by people.
        candidates: bearings that the machine proposes, and that nobody judged.
        hidden: questions that a person hid.
        left_out: statements that a person left out.
        warnings: what of the acts of people no longer finds its place, in words.
    """

    documents: tuple[AccountDocument, ...] = ()
    statements: tuple[LedgerStatement, ...] = ()
    parties: tuple[Party, ...] = ()
    questions: tuple[Question, ...] = ()
    positions: tuple[Position, ...] = ()
    relations: tuple[StatementRelation, ...] = ()
    moments: tuple[Moment, ...] = ()
    measures: tuple[Measure, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    candidates: tuple[Bearing, ...] = ()
    hidden: tuple[Question, ...] = ()
    left_out: tuple[LedgerStatement, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def statement(self, key: str) -> LedgerStatement | None:
        """Return the statement of a key, or None."""
        return next((one for one in self.statements if one.key == key), None)

    def question(self, name: str) -> Question | None:
        """Return the question of an id, or None."""
        return next((one for one in self.questions if one.id == name or name in one.merged), None)

    def relations_of(self, key: str) -> tuple[StatementRelation, ...]:
        """Return the relations of one statement."""
        return tuple(one for one in self.relations if key in (one.a, one.b))
