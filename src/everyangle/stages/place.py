"""Placing by hand: a person states, confirms or withdraws where an item belongs. Outranks the machine."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.casefile import DecisionKind
from everyangle.core.errors import BadInputError, ConflictError, RefusedError
from everyangle.core.ids import ItemId
from everyangle.core.items import ItemKind
from everyangle.core.time import ClockMap, format_position, parse_instant, parse_position
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds import PlacementConfirmed, PlacementOverridden, PlacementWithdrawn
from everyangle.record.relations import relation_of
from everyangle.stages.acts import Act, record
from everyangle.stages.load import load
from everyangle.stages.view import CaseView, find_item


@dataclass(frozen=True, slots=True)
class At:
    """The item begins at this position of the event clock, or at this wall time; as the person typed it."""

    text: str


@dataclass(frozen=True, slots=True)
class Like:
    """The item begins ``offset`` (as typed) into another item's media time."""

    other: str
    offset: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The placement that the machine found is right."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """What a person stated about this item no longer holds."""


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """A placement to be recorded.

    Attributes:
        item: as the person names it.
        how: what is stated.
        within_s: half-width of the stated error in seconds, or None.
        why: the reason.
        by: who acts, or None; kept private.
    """

    item: str
    how: At | Like | Confirm | Withdraw
    within_s: float | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What was recorded: the item, the index of the entry, and the act in words."""

    item: ItemId
    entry: int
    words: str


def place(request: PlaceRequest, bench: Workbench) -> Placed:
    """Record a person's placement. Solves the case first where it was not, since placements are stated against it.

    Raises:
        EveryAngleError: where the item or the placement makes no sense; nothing was recorded then.
    """
    view = load(bench)
    item = find_item(bench.catalogue, request.item)
    kind = next(e.kind for e in view.items if e.item.id == item.id)
    if kind not in (ItemKind.RECORDING, ItemKind.PHOTO):
        raise BadInputError(
            "item-without-time",
            f"“{item.name}” is neither a recording nor a photo, so it has no place in time.",
            holds="Nothing was recorded.",
        )
    if isinstance(request.how, At | Like | Confirm):
        from everyangle.stages.solve import solved  # loads the signal processing; not for other commands

        view = solved(view, bench)  # after another placement, say: what was lost and who is anchor may have changed
    body, words = _body(request, view, item.id, bench)
    private = {} if request.by is None else {"by": request.by}
    return Placed(item.id, record(bench.case, [Act(body, private)])[0], words)


def _body(
    request: PlaceRequest, view: CaseView, item: ItemId, bench: Workbench
) -> tuple[PlacementConfirmed | PlacementOverridden | PlacementWithdrawn, str]:
    like: ItemId | None
    match request.how:
        case Withdraw():
            decision = view.decision(item)
            if decision is None:
                raise RefusedError(
                    "nothing-to-withdraw", "Nobody placed this item by hand.", holds="Nothing was recorded."
                )
            return PlacementWithdrawn(decision.entry, item, request.why), "withdrawn; the machine decides again"
        case Confirm():
            like, clock = _confirmed(view, item)
            relation = relation_of(clock)
            return PlacementConfirmed(item, like, relation, "--confirm", request.why), "confirmed"
        case At(text):
            like, clock = _at(view, item, text)
            said = f"--at {text}"
        case Like(other, offset):
            like = find_item(bench.catalogue, other).id
            clock = ClockMap(_made_up(view, like, parse_position(offset)))
            said = f"--like {other} --offset {offset}"
    _refuse_circle(view, item, like)
    if request.within_s is not None:
        clock = ClockMap(clock.offset_s, error_s=request.within_s)
    relation = relation_of(clock, error_stated=request.within_s is not None)
    start = format_position(clock.offset_s, decimals=3)
    return PlacementOverridden(item, like, relation, said, request.why), f"starts at {start}"


def _confirmed(view: CaseView, item: ItemId) -> tuple[ItemId, ClockMap]:
    """Return the anchor and the machine's clock against it."""
    decision = view.decision(item)
    if decision is not None and decision.kind is DecisionKind.OVERRIDDEN:
        raise RefusedError(
            "placed-by-hand",
            "This item stands where a person placed it, so there is no placement of the machine to confirm.",
            holds="Nothing was recorded.",
            todo="Withdraw the placement first: everyangle place CASE ITEM --withdraw, then build.",
        )
    placement = view.placement(item)
    peers = [] if placement is None else [p for p in view.built().placements if p.component == placement.component]
    if placement is None or len(peers) < 2:
        raise RefusedError(
            "not-placed", "The machine did not place this item.", todo="Place it: --at T or --like ITEM."
        )
    if placement.anchor:
        raise RefusedError(
            "is-anchor",
            "This recording is the clock that the others are measured against; there is nothing to confirm.",
            holds="Nothing was recorded.",
            todo="Confirm the others against it.",
        )
    anchor = next(p for p in peers if p.anchor)
    return ItemId(anchor.id), placement.clock


def _at(view: CaseView, item: ItemId, text: str) -> tuple[ItemId | None, ClockMap]:
    """Return the anchor (None where nothing is placed) and the item's clock for a stated event or wall time."""
    t_event = view.event_from_wall(parse_instant(text)) if "T" in text.upper() else parse_position(text)
    anchor = view.anchor()
    if anchor is not None and anchor.id == item:
        raise RefusedError(
            "is-anchor",
            "This recording is the clock itself: its media time is event time.",
            holds="Nothing was recorded.",
            todo="Place it against another recording instead: --like ITEM --offset S.",
        )
    return (None if anchor is None else ItemId(anchor.id)), ClockMap(t_event)


def _made_up(view: CaseView, like: ItemId, t_media: float) -> float:
    """Return a media time of ``like`` with what it lost until then made up."""
    placement = view.placement(like)
    jumps = () if placement is None else placement.clock.jumps
    return t_media + sum(j.lost_s for j in jumps if j.at_s <= t_media)


def _refuse_circle(view: CaseView, item: ItemId, like: ItemId | None) -> None:
    """Refuse a placement that would lead back to the item itself."""
    stated = {d.item: d.like for d in view.decisions}
    at = like
    while at is not None:
        if at == item:
            raise ConflictError(
                "placement-circular",
                "This would place the item against itself, through the placements that people stated.",
                holds="Nothing was recorded.",
                todo="Withdraw one of them first, or place it against another recording.",
            )
        at = stated.get(at)
