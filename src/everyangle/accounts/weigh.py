"""Weighing: from settled statements, what they claim, what people decided and the case's clocks to the whole ledger.

Takes everything as values: statements as read, their contents parsed, acts of people, placements. Reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from everyangle.accounts.amounts import Amount
from everyangle.accounts.bearings import bearings_of, candidates_of
from everyangle.accounts.claims import Slots
from everyangle.accounts.footage import Footage
from everyangle.accounts.measured import Claim, Clocks, beside, measure, moments_of
from everyangle.accounts.parties import Known, parties_of
from everyangle.accounts.positions import positions_of
from everyangle.accounts.questions import ASKING, Grouped, act_of, group, with_questions
from everyangle.accounts.relations import relate
from everyangle.accounts.settled import Settled, Source
from everyangle.accounts.sides import Found, Side
from everyangle.accounts.wording import Content
from everyangle.core.accounts import Act
from everyangle.core.ledger import Ledger, LedgerStatement, Measure, Moment, StatementRelation
from everyangle.core.weighing import By, MeasureSort, RelationKind
from everyangle.record.kinds_accounts import AccountAct, MeasureSet, RelationConfirmed, RelationRejected

_ORDER = {
    kind: number for number, kind in enumerate((RelationKind.CONTRADICT, RelationKind.AGREE, RelationKind.NARROWS))
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a statement's content holds, and what stands around it.

    Attributes:
        content: its wording.
        slots: what it claims.
        sentence: concepts of the sentence that it stands in.
        before: concepts of the sentence before.
        earlier: concepts of the sentence before that one.
    """

    content: Content
    slots: Slots
    sentence: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()


def side_of(one: LedgerStatement, read: Read) -> Side:
    """Return a statement as relations see it."""
    return Side(act_of(one), read.slots, read.sentence, read.before, read.earlier)


def weigh(
    sources: Sequence[Source],
    settled: Settled,
    read: Mapping[str, Read],
    acts: Sequence[AccountAct],
    clocks: Clocks,
    footage: Sequence[Footage] = (),
    people: Sequence[Known] = (),
) -> Ledger:
    """Return the ledger of a case.

    Args:
        sources: its documents, as received.
        settled: their statements after corrections.
        read: what each statement's content holds, by key.
        acts: of people, those that stand, in log order.
        clocks: where recordings stand.
        footage: the recordings on the case's clock, with their transcripts.
        people: whom the documents name for parties.
    """
    slots = {key: one.slots for key, one in read.items()}
    related = _judged(_relations(settled.statements, read), settled, acts)
    grouped = group(settled, slots, related, acts)
    statements = with_questions(settled.statements, grouped.shown)
    by_key = {one.key: one for one in statements}
    parties = parties_of(statements, settled.parties, people)
    named = [party.name for party in parties if party.name and party.name not in ASKING]
    moments = moments_of(acts, clocks)
    found_bearings = bearings_of(acts, settled, moments)
    return Ledger(
        documents=tuple(source.document for source in sources),
        statements=tuple(statements),
        parties=parties,
        questions=tuple(grouped.shown),
        positions=tuple(positions_of(grouped.shown, named, by_key, grouped.points)),
        relations=tuple(_placed(related, by_key)),
        moments=_in_time(moments),
        measures=tuple(_measures(acts, moments, clocks, grouped, by_key, read)),
        bearings=found_bearings,
        candidates=candidates_of(statements, read_times(read), _in_time(moments), clocks, found_bearings, footage),
        hidden=tuple(grouped.hidden),
        left_out=tuple(settled.left_out),
        warnings=tuple(settled.warnings),
    )


def read_times(read: Mapping[str, Read]) -> dict[str, tuple[str, ...]]:
    """Return the values of the times of day that each statement gives, by key."""
    return {key: tuple(time.value for time in one.content.times) for key, one in read.items()}


def _in_time(moments: Mapping[int, Moment]) -> tuple[Moment, ...]:
    last = {one.entry: one for one in moments.values()}
    return tuple(sorted(last.values(), key=lambda m: (m.from_s is None, m.from_s or 0.0, m.entry)))


def _relations(statements: Sequence[LedgerStatement], read: Mapping[str, Read]) -> list[StatementRelation]:
    """Compare every two statements that are not one inside the other."""
    sides = [(one, _once(side_of(one, read[one.key]))) for one in statements if one.key in read]
    related = []
    for (a, side_a), (b, side_b) in combinations(sides, 2):
        if a.within == b.key or b.within == a.key or a.party in ASKING or b.party in ASKING:
            continue
        found = _related(side_a, side_b)
        if found.kind is not None:
            related.append(_relation(a, b, found))
    return related


class _Once:
    """A statement as relations see it, the same object whenever it is the same: what was related once is known."""

    def __init__(self, side: Side) -> None:
        self.side = side


@lru_cache(maxsize=1 << 14)
def _once(side: Side) -> _Once:
    return _Once(side)


@lru_cache(maxsize=1 << 18)
def _related(a: _Once, b: _Once) -> Found:
    return relate(a.side, b.side)


def _relation(a: LedgerStatement, b: LedgerStatement, found: Found) -> StatementRelation:
    kind = found.kind or RelationKind.LEAVES_OPEN
    return StatementRelation(
        a.key, b.key, kind, found.slot, found.reason, found.difference, question=found.point or None
    )


def _judged(
    related: Sequence[StatementRelation], settled: Settled, acts: Sequence[AccountAct]
) -> list[StatementRelation]:
    """Return relations after what people confirmed and rejected; the last word on two statements stands."""
    by_pair = {frozenset((one.a, one.b)): one for one in related}
    shown = {one.key for one in settled.statements}
    for act in acts:
        body = act.body
        if not isinstance(body, RelationConfirmed | RelationRejected):
            continue
        a, b = settled.found.get(body.a), settled.found.get(body.b)
        if a is None or b is None or a == b or not {a, b} <= shown:
            continue
        before = by_pair.get(frozenset((a, b)))
        point = None if before is None else before.question
        if isinstance(body, RelationConfirmed):
            difference = before.difference if before is not None and before.kind is body.relation else ""
            reason = body.why or "a person said so"
            by_pair[frozenset((a, b))] = StatementRelation(
                a, b, body.relation, body.slot, reason, difference, By.PERSON, act.entry, point
            )
        elif before is None or before.kind is body.relation:
            reason = f"a person rejected “{body.relation}”" + (f": {body.why}" if body.why else "")
            by_pair[frozenset((a, b))] = StatementRelation(
                a, b, RelationKind.LEAVES_OPEN, None, reason, "", By.PERSON, act.entry, None
            )
    return list(by_pair.values())


def _placed(related: Sequence[StatementRelation], statements: Mapping[str, LedgerStatement]) -> list[StatementRelation]:
    """Return relations with the question on which they meet, contradictions first."""
    place = {key: number for number, key in enumerate(statements)}
    placed = [
        replace(one, question=_shared(statements[one.a].questions, statements[one.b].questions, one.question))
        for one in related
    ]
    return sorted(placed, key=lambda r: (_ORDER.get(r.kind, 9), place[r.a], place[r.b]))


def _shared(a: Sequence[str], b: Sequence[str], point: str | None) -> str | None:
    shared = [name for name in a if name in b]
    sort = (point or "").partition(":")[2]
    return next((name for name in shared if sort and name.endswith(sort)), shared[0] if shared else None)


def _measures(
    acts: Sequence[AccountAct],
    moments: Mapping[int, Moment],
    clocks: Clocks,
    grouped: Grouped,
    statements: Mapping[str, LedgerStatement],
    read: Mapping[str, Read],
) -> list[Measure]:
    measures = []
    for act in acts:
        if isinstance(act.body, MeasureSet):
            made = measure(act, act.body, moments, clocks)
            name = None if made.question is None else grouped.id_of(made.question)
            on = next((q.statements for q in (*grouped.shown, *grouped.hidden) if q.id == name), ())
            claims = [
                Claim(key, amount)
                for key in on
                for amount in _claimed(made.sort, key, grouped, name or "", statements, read)
            ]
            measures.append(beside(replace(made, question=name), claims))
    return measures


def _claimed(
    sort: MeasureSort,
    key: str,
    grouped: Grouped,
    name: str,
    statements: Mapping[str, LedgerStatement],
    read: Mapping[str, Read],
) -> list[Amount]:
    """Return what a statement claims of a measure: amounts of its points, or else all of its content.

    Where all amounts of its points are denied ("not twenty-five minutes"), it claims none.
    """
    if key not in read or statements[key].party in ASKING or act_of(statements[key]) is Act.DENIES:
        return []
    points = grouped.points.get(name, {}).get(key, [])
    given = [(p.amount, p.claim.negated) for p in points if p.amount is not None]
    own = [amount for amount, negated in given if not negated]
    every = own if given else list(read[key].content.amounts)
    unique = list(dict.fromkeys(every))
    if sort is MeasureSort.INTERVAL:
        return [amount for amount in unique if amount.duration]
    return [amount for amount in unique if not amount.duration] if sort is MeasureSort.COUNT else []
