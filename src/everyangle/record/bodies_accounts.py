"""The bodies of entries about accounts as JSON values and back, as strict as all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from everyangle.core.accounts import Act, Modality, Polarity, Span
from everyangle.core.statement_ref import StatementRef
from everyangle.core.weighing import BearingKind, Edge, MeasureSort, QuestionState, RelationKind, Slot
from everyangle.record import kinds_accounts as kinds
from everyangle.record import schema
from everyangle.record.canonical import Json

Members = Mapping[str, Json]
E = TypeVar("E", bound=StrEnum)


def _word(value: Json) -> str:
    if not schema.text(value):
        raise schema.malformed("a text is empty")
    return schema.text(value)


def _one_of(choices: type[E]) -> Callable[[Json], E]:
    def read(value: Json) -> E:
        if schema.text(value) not in {each.value for each in choices}:
            raise schema.malformed(f"an unknown {choices.__name__.lower()}")
        return choices(schema.text(value))

    return read


def _span(value: Json) -> Span:
    ends = schema.array(value)
    if len(ends) != 2:
        raise schema.malformed("a span without two ends")
    span = Span(schema.count(ends[0]), schema.count(ends[1]))
    if span.start >= span.end:
        raise schema.malformed("an empty span")
    return span


def _ref(value: Json) -> StatementRef:
    b = schema.fields(value, ("document", "quote", "spans"))
    spans = tuple(_span(one) for one in schema.array(b["spans"]))
    if not spans or any(later.start < earlier.end for earlier, later in pairwise(spans)):
        raise schema.malformed("spans out of order")
    return StatementRef(schema.digest(b["document"]), spans, schema.text(b["quote"]))


def _ref_json(ref: StatementRef) -> Json:
    return {
        "document": ref.document,
        "quote": ref.quote,
        "spans": [[span.start, span.end] for span in ref.spans],
    }


def read_corrected(b: Members) -> kinds.StatementCorrected:
    """Read ``statement-corrected``."""
    statement, content = _ref(b["statement"]), schema.optional(_ref, b["content"])
    if content is not None and content.document != statement.document:
        raise schema.malformed("a correction from another document")
    return kinds.StatementCorrected(
        statement,
        content,
        schema.optional(schema.text, b["who"]),
        schema.optional(schema.text, b["role"]),
        schema.optional(schema.text, b["party"]),
        schema.optional(_one_of(Act), b["act"]),
        schema.optional(_one_of(Polarity), b["polarity"]),
        schema.optional(_one_of(Modality), b["modality"]),
        schema.optional(schema.text, b["said_at"]),
        schema.optional(schema.boolean, b["shown"]),
        schema.text(b["why"]),
    )


def read_party(b: Members) -> kinds.PartyAssigned:
    """Read ``party-assigned``."""
    return kinds.PartyAssigned(_word(b["name"]), schema.text(b["party"]), schema.text(b["why"]))


def read_renamed(b: Members) -> kinds.QuestionRenamed:
    """Read ``question-renamed``."""
    return kinds.QuestionRenamed(_word(b["question"]), _word(b["title"]), schema.text(b["why"]))


def read_grouped(b: Members) -> kinds.StatementsGrouped:
    """Read ``statements-grouped``."""
    statements = tuple(_ref(one) for one in schema.array(b["statements"]))
    title = schema.optional(_word, b["title"])
    if not statements or (title is not None and not b["question"]):
        raise schema.malformed("a group without statements, or a title without a question")
    return kinds.StatementsGrouped(schema.text(b["question"]), title, statements, schema.text(b["why"]))


def read_merged(b: Members) -> kinds.QuestionsMerged:
    """Read ``questions-merged``."""
    if b["question"] == b["into"]:
        raise schema.malformed("a question merged into itself")
    return kinds.QuestionsMerged(_word(b["question"]), _word(b["into"]), schema.text(b["why"]))


def read_pinned(b: Members) -> kinds.QuestionPinned:
    """Read ``question-pinned``."""
    return kinds.QuestionPinned(
        _word(b["question"]), _word(b["title"]), _one_of(QuestionState)(b["state"]), schema.text(b["why"])
    )


def _judged(
    kind: type[kinds.RelationConfirmed | kinds.RelationRejected], b: Members
) -> kinds.RelationConfirmed | kinds.RelationRejected:
    relation, slot = _one_of(RelationKind)(b["relation"]), schema.optional(_one_of(Slot), b["slot"])
    if slot is not None and relation is not RelationKind.CONTRADICT:
        raise schema.malformed("a slot without a contradiction")
    if b["a"] == b["b"]:
        raise schema.malformed("a relation of a statement to itself")
    return kind(_ref(b["a"]), _ref(b["b"]), relation, slot, schema.text(b["why"]))


def read_confirmed(b: Members) -> kinds.RelationConfirmed | kinds.RelationRejected:
    """Read ``relation-confirmed``."""
    return _judged(kinds.RelationConfirmed, b)


def read_rejected(b: Members) -> kinds.RelationConfirmed | kinds.RelationRejected:
    """Read ``relation-rejected``."""
    return _judged(kinds.RelationRejected, b)


def read_moment(b: Members) -> kinds.MomentSet:
    """Read ``moment-set``."""
    start, end = schema.integer(b["from_us"]), schema.integer(b["to_us"])
    if end < start:
        raise schema.malformed("a moment that ends before it starts")
    return kinds.MomentSet(
        _word(b["label"]),
        schema.digest(b["item"]),
        start,
        end,
        schema.optional(schema.count, b["within_us"]),
        schema.optional(schema.count, b["replaces"]),
        schema.text(b["said"]),
        schema.text(b["why"]),
    )


def _edge(value: Json) -> kinds.MomentEdge:
    b = schema.fields(value, ("edge", "entry"))
    return kinds.MomentEdge(schema.count(b["entry"]), _one_of(Edge)(b["edge"]))


def read_measure(b: Members) -> kinds.MeasureSet:
    """Read ``measure-set``."""
    sort = _one_of(MeasureSort)(b["sort"])
    moments = tuple(_edge(one) for one in schema.array(b["moments"]))
    wanted = {MeasureSort.INTERVAL: (2, 2), MeasureSort.TIME: (1, 1)}.get(sort, (1, len(moments)))
    if not wanted[0] <= len(moments) <= wanted[1]:
        raise schema.malformed("a measure with too few or too many moments")
    return kinds.MeasureSet(
        sort, moments, schema.text(b["label"]), schema.optional(_word, b["question"]), schema.text(b["why"])
    )


def read_bearing(b: Members) -> kinds.BearingLinked:
    """Read ``bearing-linked``."""
    entry, item = schema.optional(schema.count, b["entry"]), schema.optional(schema.digest, b["item"])
    if (entry is None) == (item is None):
        raise schema.malformed("a bearing on nothing, or on two things")
    return kinds.BearingLinked(
        _ref(b["statement"]), _one_of(BearingKind)(b["bearing"]), entry, item, schema.text(b["why"])
    )


_COLUMNS = tuple(field.name for field in fields_of(kinds.ImportColumns))


def read_imported(b: Members) -> kinds.StatementsImported:
    """Read ``statements-imported``."""
    named = schema.fields(b["columns"], _COLUMNS)
    rest = {name: schema.optional(_word, named[name]) for name in _COLUMNS if name != "content"}
    columns = kinds.ImportColumns(_word(named["content"]), **rest)
    return kinds.StatementsImported(schema.digest(b["item"]), columns, schema.text(b["why"]))


def read_withdrawn(b: Members) -> kinds.AccountWithdrawn:
    """Read ``account-withdrawn``."""
    return kinds.AccountWithdrawn(schema.count(b["entry"]), schema.text(b["why"]))


def write(body: kinds.AccountBody) -> Members:
    """Return the members of any body about accounts: its fields, by their names."""
    return {field.name: _json(getattr(body, field.name)) for field in fields_of(body)}


def _json(value: Any) -> Json:
    match value:
        case StatementRef():
            return _ref_json(value)
        case kinds.MomentEdge() | kinds.ImportColumns():
            return {field.name: _json(getattr(value, field.name)) for field in fields_of(value)}
        case tuple():
            return [_json(one) for one in value]
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
    raise schema.malformed(f"a value of no known type: {type(value).__name__}")


READERS: Mapping[type[kinds.AccountBody], Callable[[Members], kinds.AccountBody]] = {
    kinds.StatementCorrected: read_corrected,
    kinds.PartyAssigned: read_party,
    kinds.QuestionRenamed: read_renamed,
    kinds.StatementsGrouped: read_grouped,
    kinds.QuestionsMerged: read_merged,
    kinds.QuestionPinned: read_pinned,
    kinds.RelationConfirmed: read_confirmed,
    kinds.RelationRejected: read_rejected,
    kinds.MomentSet: read_moment,
    kinds.MeasureSet: read_measure,
    kinds.BearingLinked: read_bearing,
    kinds.StatementsImported: read_imported,
    kinds.AccountWithdrawn: read_withdrawn,
}
"""How each kind about accounts is read."""
