"""The kinds of entries about accounts: what people decided on statements, questions, relations, moments and measures.

Later entries correct earlier ones; :class:`AccountWithdrawn` takes one back. No encoding here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, get_args

from everyangle.core.accounts import Act, Modality, Polarity
from everyangle.core.ids import Digest
from everyangle.core.statement_ref import StatementRef
from everyangle.core.time import Instant
from everyangle.core.weighing import BearingKind, Edge, MeasureSort, QuestionState, RelationKind, Slot


@dataclass(frozen=True, slots=True)
class StatementCorrected:
    """A person corrected what was read of a statement, or stated one that was not read. None leaves a field as it is.

    Attributes:
        statement: which; where no reader finds it, the entry itself makes it a statement.
        content: what is really said: another stretch of the same document.
        who: who speaks, "" for nobody named.
        role: "" for none.
        party: "" for none.
        act: what the speaker does.
        polarity: of the content.
        modality: of the content.
        said_at: TIMEX3 value of when it was said, "" for unknown.
        shown: False where it is no statement or does not belong in the ledger.
        why: the person's reason.
    """

    kind: ClassVar[str] = "statement-corrected"
    statement: StatementRef
    content: StatementRef | None = None
    who: str | None = None
    role: str | None = None
    party: str | None = None
    act: Act | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    said_at: str | None = None
    shown: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartyAssigned:
    """A person said for which party someone speaks, or how a party is called.

    Attributes:
        name: a speaker or a party, as the documents name it; not empty.
        party: its party, "" for none.
        why: the person's reason.
    """

    kind: ClassVar[str] = "party-assigned"
    name: str
    party: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionRenamed:
    """A person worded a question.

    Attributes:
        question: its id.
        title: its words, not empty.
        why: the person's reason.
    """

    kind: ClassVar[str] = "question-renamed"
    question: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class StatementsGrouped:
    """A person put statements on a question, or on none: so a question is split, too.

    Attributes:
        question: id of the question, which may be new, or "" for none.
        title: its words, or None to leave them.
        statements: at least one.
        why: the person's reason.
    """

    kind: ClassVar[str] = "statements-grouped"
    question: str
    title: str | None
    statements: tuple[StatementRef, ...]
    why: str


@dataclass(frozen=True, slots=True)
class QuestionsMerged:
    """A person said that two questions are one; ``question`` goes into ``into``, another id."""

    kind: ClassVar[str] = "questions-merged"
    question: str
    into: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionPinned:
    """A person keeps a question (also one that nobody answers), hides it, or leaves it to the machine again.

    Attributes:
        question: its id.
        title: its words at that time, not empty.
        state: pinned, hidden or free.
        why: the person's reason.
    """

    kind: ClassVar[str] = "question-pinned"
    question: str
    title: str
    state: QuestionState
    why: str


@dataclass(frozen=True, slots=True)
class RelationConfirmed:
    """A person says how two statements stand to each other.

    Attributes:
        a: one statement.
        b: the other; where ``relation`` is ``narrows``, ``a`` is the closer one.
        relation: how they stand.
        slot: what differs where they contradict each other, or None.
        why: the person's reason.
    """

    kind: ClassVar[str] = "relation-confirmed"
    a: StatementRef
    b: StatementRef
    relation: RelationKind
    slot: Slot | None
    why: str


@dataclass(frozen=True, slots=True)
class RelationRejected:
    """A person says that two statements do not stand in a relation. Attributes as in :class:`RelationConfirmed`."""

    kind: ClassVar[str] = "relation-rejected"
    a: StatementRef
    b: StatementRef
    relation: RelationKind
    slot: Slot | None
    why: str


@dataclass(frozen=True, slots=True)
class MomentSet:
    """A person marked a moment of the event: a stretch of one recording's media time, so that it outlasts an alignment.

    Attributes:
        label: in words, not empty.
        item: the recording.
        from_us: start in its media time, microseconds; it may lie outside what was recorded.
        to_us: end, not before the start.
        within_us: half-width of the error of the marking, or None where nobody stated one.
        replaces: index of the moment that this one corrects, or None.
        said: what the person typed, verbatim.
        why: the person's reason.
    """

    kind: ClassVar[str] = "moment-set"
    label: str
    item: Digest
    from_us: int
    to_us: int
    within_us: int | None
    replaces: int | None
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class MomentEdge:
    """An end of a moment: the index of its entry, and which end."""

    entry: int
    edge: Edge = Edge.START


@dataclass(frozen=True, slots=True)
class MeasureSet:
    """A person chose what of the footage is measured.

    Attributes:
        sort: interval (two moments), time (one) or count (one or more).
        moments: in order.
        label: in words, or "".
        question: id of the question that it bears on, or None.
        why: the person's reason.
    """

    kind: ClassVar[str] = "measure-set"
    sort: MeasureSort
    moments: tuple[MomentEdge, ...]
    label: str
    question: str | None
    why: str


@dataclass(frozen=True, slots=True)
class BearingLinked:
    """A person tied a statement to a moment, a measure or an item. The last word on the same two stands.

    Attributes:
        statement: which.
        bearing: what it means for the statement.
        entry: index of the moment or measure, or None.
        item: the item, or None; exactly one of the two is given.
        why: the person's reason.
    """

    kind: ClassVar[str] = "bearing-linked"
    statement: StatementRef
    bearing: BearingKind
    entry: int | None
    item: Digest | None
    why: str


@dataclass(frozen=True, slots=True)
class ImportColumns:
    """Which column of a table holds what: the header's words, or None where no column does.

    Attributes:
        content: what is said; always there.
        who: the speaker.
        role: the speaker's.
        party: on whose behalf.
        act: what the speaker does.
        said_at: when it was said.
        published: when it was published.
        question: which question it is on.
        source: where it was published.
    """

    content: str
    who: str | None = None
    role: str | None = None
    party: str | None = None
    act: str | None = None
    said_at: str | None = None
    published: str | None = None
    question: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class StatementsImported:
    """A person said that the rows of a received table are statements.

    Attributes:
        item: the table.
        columns: which column holds what.
        why: the person's reason.
    """

    kind: ClassVar[str] = "statements-imported"
    item: Digest
    columns: ImportColumns
    why: str


@dataclass(frozen=True, slots=True)
class AccountWithdrawn:
    """A person took an earlier entry about accounts back.

    Attributes:
        entry: its index.
        why: the person's reason.
    """

    kind: ClassVar[str] = "account-withdrawn"
    entry: int
    why: str


AccountBody = (
    StatementCorrected
    | PartyAssigned
    | QuestionRenamed
    | StatementsGrouped
    | QuestionsMerged
    | QuestionPinned
    | RelationConfirmed
    | RelationRejected
    | MomentSet
    | MeasureSet
    | BearingLinked
    | StatementsImported
    | AccountWithdrawn
)
"""Every act on accounts."""


@dataclass(frozen=True, slots=True)
class AccountAct:
    """What a person did with the accounts: the index of the entry, the act, and when."""

    entry: int
    body: AccountBody
    made: Instant


RESTS_ON: Mapping[str, frozenset[str]] = {
    MomentSet.kind: frozenset({MomentSet.kind}),
    MeasureSet.kind: frozenset({MomentSet.kind}),
    BearingLinked.kind: frozenset({MomentSet.kind, MeasureSet.kind}),
    AccountWithdrawn.kind: frozenset(kind.kind for kind in get_args(AccountBody)),
}
"""Of which kinds the entries are that an entry about accounts cites."""


def entries_cited(body: AccountBody) -> tuple[int, ...]:
    """Return the indices of the entries that an act rests on or takes back; all of them are earlier ones."""
    match body:
        case MomentSet(replaces=entry) | BearingLinked(entry=entry) | AccountWithdrawn(entry=entry):
            return () if entry is None else (entry,)
        case MeasureSet(moments=moments):
            return tuple(one.entry for one in moments)
        case _:
            return ()


def items_cited(body: AccountBody) -> tuple[Digest, ...]:
    """Return the items that an act is about."""
    match body:
        case StatementCorrected(statement=ref):
            return (ref.document,)
        case StatementsGrouped(statements=refs):
            return tuple(ref.document for ref in refs)
        case RelationConfirmed(a, b) | RelationRejected(a, b):
            return (a.document, b.document)
        case MomentSet(item=item) | StatementsImported(item=item):
            return (item,)
        case BearingLinked(statement=ref, item=item):
            return (ref.document,) if item is None else (ref.document, item)
        case _:
            return ()
