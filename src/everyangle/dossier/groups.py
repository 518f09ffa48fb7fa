"""Which items share an event clock: the main one, others, and recordings that have no known relation to anything.

A recording without a placement can still be watched: it gets a clock of its own, on which media time is event time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from everyangle.core.items import ItemKind
from everyangle.core.time import ClockMap
from everyangle.dossier.coverage import Timed
from everyangle.dossier.model import Dossier, ShownItem, ShownPlacement


@dataclass(frozen=True, slots=True)
class Group:
    """Items on one clock.

    Attributes:
        number: 0 for the main clock, where there is one; on the page each number is one player.
        items: recordings before photos, each in event-time order; every one has a placement.
    """

    number: int
    items: tuple[ShownItem, ...]


def groups(dossier: Dossier) -> tuple[Group, ...]:
    """Return all groups that have something to play or show, the main one first."""
    placed = [Group(number, dossier.of_component(number)) for number in dossier.components]
    free = max(dossier.components, default=0) + 1
    alone = [item for item in dossier.items if _playable_alone(item)]
    return (*placed, *(Group(free + n, (_on_own_clock(item, free + n),)) for n, item in enumerate(alone)))


def timed(group: Group) -> tuple[Timed, ...]:
    """Return a group's recordings as coverage wants them."""
    return tuple(
        Timed(i.digest, i.placement.clock, i.media.duration_s)
        for i in group.items
        if i.kind is ItemKind.RECORDING and i.placement is not None and i.media is not None
    )


def _playable_alone(item: ShownItem) -> bool:
    return item.kind is ItemKind.RECORDING and item.placement is None and bool(item.plays) and item.media is not None


def _on_own_clock(item: ShownItem, number: int) -> ShownItem:
    return replace(item, placement=ShownPlacement(ClockMap(0.0), number, anchor=True))
