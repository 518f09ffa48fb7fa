"""Status: a case in numbers and one line an item, for people and programs. Changes nothing in the log."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.alignment import Placement
from everyangle.core.casefile import Captured, Decision, Publication
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.stages.view import CaseView


@dataclass(frozen=True, slots=True)
class Status:
    """A case at a glance.

    Attributes:
        view: the case as it stands.
        entries: how many entries the log has.
        bytes: of all originals together.
        publications: what was published, earliest first.
        has_key: whether this machine has the case's signing key.
        captures: recordings that phones send or sent, as far as the log tells.
    """

    view: CaseView
    entries: int
    bytes: int
    publications: tuple[Publication, ...]
    has_key: bool
    captures: tuple[Captured, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One item in a table of placements.

    Attributes:
        one: the item, examined.
        placement: where it stands, or None.
        decision: the person's placement that stands for it, or None.
        peers: how many items its component holds, itself among them.
        reason: why it stands alone, in words, or nothing.
    """

    one: Examined
    placement: Placement | None
    decision: Decision | None
    peers: int
    reason: str = ""

    @property
    def placed(self) -> bool:
        """Whether it has a place in relation to others, or by a person's word."""
        return self.placement is not None and (self.peers > 1 or self.decision is not None)


def status_of(view: CaseView, bench: Workbench) -> Status:
    """Return a case at a glance."""
    return Status(
        view=view,
        entries=bench.case.log.size,
        bytes=sum(one.item.size for one in view.items),
        publications=tuple(bench.catalogue.publications()),
        has_key=bench.case.signer is not None,
        captures=tuple(bench.catalogue.captures()),
    )


def rows(view: CaseView) -> tuple[Row, ...]:
    """Return a row for each item: by component and start where placed, then the others."""
    solution = view.solution
    counts: dict[int, int] = {}
    placements = {} if solution is None else {p.id: p for p in solution.placements}
    for each in placements.values():
        counts[each.component] = counts.get(each.component, 0) + 1
    found = []
    for one in view.items:
        placement = placements.get(one.item.id)
        peers = 0 if placement is None else counts[placement.component]
        found.append(Row(one, placement, view.decision(one.item.id), peers, view.reason(one.item.id)))
    return tuple(sorted(found, key=_order))


def _order(row: Row) -> tuple[bool, int, float, str]:
    placement = row.placement
    if not row.placed or placement is None:
        return (True, 0, 0.0, row.one.item.name)
    return (False, placement.component, placement.clock.offset_s, row.one.item.name)
