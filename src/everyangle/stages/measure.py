"""Measuring: a person chooses what is measured in the footage, and which question it bears on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everyangle.accounts.measured import moments_of
from everyangle.core.errors import BadInputError
from everyangle.core.ledger import Moment
from everyangle.core.weighing import Edge, MeasureSort
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import MeasureSet, MomentEdge
from everyangle.stages.load import load
from everyangle.stages.mark import Recorded, clocks_of, find_moment, note_act
from everyangle.stages.regroup import find_question
from everyangle.stages.weigh import ledger


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A measure to be chosen.

    Attributes:
        moments: as the person names them (label, ``m12``), each with ``:end`` behind it where its end is meant.
        count: whether the moments are counted, rather than timed.
        label: in words, or "".
        question: id or words of the question that it bears on, or None.
        why: the reason.
        by: who acts, or None; kept private.
    """

    moments: Sequence[str]
    count: bool = False
    label: str = ""
    question: str | None = None
    why: str = ""
    by: str | None = None


def choose_measure(request: MeasureRequest, bench: Workbench) -> Recorded:
    """Record what is to be measured: an interval of two moments, the wall time of one, or how many there are.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    view = load(bench)
    question = None
    if request.question is not None:
        question = find_question(ledger(view, bench), request.question).id
    found = moments_of(bench.catalogue.account_acts(), clocks_of(view))
    edges = [_edge(text, found) for text in request.moments]
    sort = _sort(request)
    body = MeasureSet(sort, tuple(edges), request.label.strip(), question, request.why)
    entry = note_act(body, request.by, bench)
    return Recorded(entry, f"m{entry} measures {'an' if sort is MeasureSort.INTERVAL else 'a'} {sort}")


def _edge(text: str, moments: Mapping[int, Moment]) -> MomentEdge:
    name, colon, edge = text.rpartition(":")
    if colon and edge in {each.value for each in Edge}:
        return MomentEdge(find_moment(name, moments).entry, Edge(edge))
    return MomentEdge(find_moment(text, moments).entry)


def _sort(request: MeasureRequest) -> MeasureSort:
    if request.count:
        return MeasureSort.COUNT
    if len(request.moments) not in (1, 2):
        raise BadInputError(
            "measure-how",
            f"{len(request.moments)} moments are given: one has a time, two have an interval.",
            holds="Nothing was recorded.",
            todo="Give --count to count them.",
        )
    return MeasureSort.INTERVAL if len(request.moments) == 2 else MeasureSort.TIME
