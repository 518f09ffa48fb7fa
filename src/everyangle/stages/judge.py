"""Judging: a person corrects statements, names parties, confirms or rejects relations, ties footage to statements."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.accounts.measured import moments_of
from everyangle.core.accounts import Act, Modality, Polarity, Span
from everyangle.core.errors import BadInputError, NotFoundError, RefusedError
from everyangle.core.ledger import Ledger, LedgerStatement
from everyangle.core.statement_ref import StatementRef
from everyangle.core.weighing import BearingKind, RelationKind, Slot
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import (
    BearingLinked,
    MeasureSet,
    PartyAssigned,
    RelationConfirmed,
    RelationRejected,
    StatementCorrected,
)
from everyangle.stages.load import load
from everyangle.stages.mark import Recorded, clocks_of, find_moment, note_act
from everyangle.stages.view import find_item
from everyangle.stages.weigh import ledger

_HOLDS = "Nothing was recorded."


@dataclass(frozen=True, slots=True)
class JudgeRequest:
    """How two statements stand to each other, or do not.

    Attributes:
        a: a statement, as the person names it.
        b: another.
        holds: whether they stand so, or the relation is rejected.
        relation: how; None for what the machine says.
        slot: what differs where they contradict each other, or None for what the machine says.
        why: the reason.
        by: who acts, or None; kept private.
    """

    a: str
    b: str
    holds: bool
    relation: RelationKind | None = None
    slot: Slot | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A statement tied to a moment, a measure or an item; exactly one of the two is given.

    Attributes:
        statement: as the person names it.
        bearing: what it means for the statement.
        moment: a moment or measure (``m12``, or a moment's label), or None.
        item: an item, or None.
        why: the reason.
        by: who acts, or None; kept private.
    """

    statement: str
    bearing: BearingKind
    moment: str | None = None
    item: str | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectRequest:
    """A correction of a statement; None leaves a field as it is.

    Attributes:
        statement: as the person names it; or None for words of ``document`` that no reader took for a statement.
        document: the item in which ``quote`` stands, or None for the statement's own.
        quote: the words that are really said: they must stand in the document exactly once.
        who: the speaker, "" for nobody named.
        role: "" for none.
        party: "" for none.
        act: what the speaker does.
        polarity: of the content.
        modality: of the content.
        said_at: when it was said, TIMEX3, "" for unknown.
        shown: False to leave it out of the ledger, True to take it in again.
        why: the reason.
        by: who acts, or None; kept private.
    """

    statement: str | None = None
    document: str | None = None
    quote: str | None = None
    who: str | None = None
    role: str | None = None
    party: str | None = None
    act: Act | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    said_at: str | None = None
    shown: bool | None = None
    why: str = ""
    by: str | None = None


def judge(request: JudgeRequest, bench: Workbench) -> Recorded:
    """Record how two statements stand to each other, or that they do not.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    a, b = find_statement(found, request.a), find_statement(found, request.b)
    if a.key == b.key:
        raise BadInputError("pair-alone", "A statement has no relation to itself.", holds=_HOLDS)
    proposed = next((r for r in found.relations if {r.a, r.b} == {a.key, b.key}), None)
    relation = request.relation or (None if proposed is None else proposed.kind)
    if relation is None:
        raise RefusedError(
            "relation-none",
            "The machine sees no relation between the two.",
            holds=_HOLDS,
            todo=f"Say how they stand: --as {'|'.join(kind.value for kind in RelationKind)}",
        )
    slot = request.slot or (proposed.slot if proposed is not None and proposed.kind is relation else None)
    if slot is not None and relation is not RelationKind.CONTRADICT:
        raise BadInputError("slot-unfit", "Only a contradiction has a slot that differs.", holds=_HOLDS)
    if proposed is not None and proposed.a == b.key and request.relation is None:
        a, b = b, a  # the closer one stays first
    kind = RelationConfirmed if request.holds else RelationRejected
    entry = note_act(kind(a.ref, b.ref, relation, slot, request.why), request.by, bench)
    verb = "confirmed" if request.holds else "rejected"
    return Recorded(entry, f"{a.key} and {b.key}: {relation} {verb}")


def link(request: LinkRequest, bench: Workbench) -> Recorded:
    """Record what a moment, a measure or an item means for a statement.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    if (request.moment is None) == (request.item is None):
        raise BadInputError("link-how", "Name a moment or an item, one of the two.", holds=_HOLDS)
    view = load(bench)
    statement = find_statement(ledger(view, bench), request.statement)
    if request.item is not None:
        item = find_item(bench.catalogue, request.item)
        body = BearingLinked(statement.ref, request.bearing, None, item.id, request.why)
        return Recorded(note_act(body, request.by, bench), f"{item.name} {request.bearing}: {statement.key}")
    acts = bench.catalogue.account_acts()
    measures = {f"m{act.entry}": act.entry for act in acts if isinstance(act.body, MeasureSet)}
    name = request.moment or ""
    target = measures.get(name) or find_moment(name, moments_of(acts, clocks_of(view))).entry
    body = BearingLinked(statement.ref, request.bearing, target, None, request.why)
    return Recorded(note_act(body, request.by, bench), f"m{target} {request.bearing}: {statement.key}")


def correct(request: CorrectRequest, bench: Workbench) -> Recorded:
    """Record what of a statement was read wrong, or a statement that was not read.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    statement = None if request.statement is None else find_statement(found, request.statement)
    content = None if request.quote is None else _quoted(request, statement, found, bench)
    target = content if statement is None else statement.ref
    if target is None:
        raise BadInputError(
            "statement-unnamed",
            "No statement is named.",
            holds=_HOLDS,
            todo="Name one, or give --in ITEM --quote TEXT.",
        )
    body = StatementCorrected(
        statement=target,
        content=None if statement is None else content,
        who=request.who,
        role=request.role,
        party=request.party,
        act=request.act,
        polarity=request.polarity,
        modality=request.modality,
        said_at=request.said_at,
        shown=request.shown,
        why=request.why,
    )
    entry = note_act(body, request.by, bench)
    words = (
        "is left out" if request.shown is False else "is corrected" if statement is not None else "is a statement now"
    )
    return Recorded(entry, f"“{body.statement.quote[:60]}” {words}")


def assign_party(name: str, party: str, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record for which party someone speaks, or how a party is called.

    Args:
        name: a speaker or a party, as the ledger names it.
        party: its party, "" for none.
        why: the reason.
        by: who acts, or None.
        bench: the case at work.

    Raises:
        NotFoundError: ``speaker-unknown``; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    names = {one.speaker for one in found.statements} | {one.name for one in found.parties}
    known = next((one for one in names if one and one.casefold() == name.strip().casefold()), None)
    if known is None:
        raise NotFoundError(
            "speaker-unknown",
            f"Nobody in this ledger is called {name!r}.",
            holds=_HOLDS,
            todo="See who speaks with: everyangle accounts show CASE parties",
        )
    entry = note_act(PartyAssigned(known, party.strip(), why), by, bench)
    return Recorded(entry, f"{known} speaks for {party.strip() or 'no party'}")


def find_statement(found: Ledger, text: str) -> LedgerStatement:
    """Return the one statement that a person means by its key, the beginning of it, its content, or words of that.

    Raises:
        NotFoundError: ``statement-unknown``.
        BadInputError: ``statement-ambiguous``.
    """
    name = text.strip()
    every = (*found.statements, *found.left_out)
    exact = [one for one in every if one.key == name]
    fits = exact or [one for one in every if one.key.startswith(name)]
    words = _plain(name)
    fits = fits or [one for one in every if _plain(one.statement.content.text) == words]
    fits = fits or [one for one in every if words in _plain(one.statement.content.text)]
    if not fits:
        raise NotFoundError(
            "statement-unknown",
            f"No statement of this case is {text!r}.",
            holds=_HOLDS,
            todo="See the statements with: everyangle accounts list CASE",
        )
    if len(fits) > 1:
        keys = ", ".join(one.key for one in fits[:6])
        raise BadInputError(
            "statement-ambiguous",
            f"{text!r} may mean {len(fits)} statements: {keys}.",
            holds=_HOLDS,
            todo="Give a key.",
        )
    return fits[0]


def _plain(text: str) -> str:
    """Return words without regard to case, to broken lines and to the marks around them."""
    return " ".join(text.split()).strip(' .,“”"').casefold()


def _quoted(
    request: CorrectRequest, statement: LedgerStatement | None, found: Ledger, bench: Workbench
) -> StatementRef:
    """Return where the words that a person gives stand in a document."""
    quote = request.quote or ""
    digest = statement.document if statement is not None else None
    if request.document is not None:
        digest = find_item(bench.catalogue, request.document).id
    document = next((one for one in found.documents if one.digest == digest), None)
    if document is None:
        raise NotFoundError(
            "document-unknown", "No such document is in the ledger.", holds=_HOLDS, todo="Give --in ITEM."
        )
    count = document.text.count(quote) if quote else 0
    if count != 1:
        raise BadInputError(
            "quote-not-once",
            f"These words stand {count} times in {document.path}.",
            holds=_HOLDS,
            todo="Give words that stand there exactly once, letter for letter.",
        )
    start = document.text.index(quote)
    return StatementRef(document.digest, (Span(start, start + len(quote)),), quote)
