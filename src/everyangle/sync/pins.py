"""What a person said, resolved: each pinned item's clock against the recording that it finally rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from everyangle.core.errors import BadInputError
from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap

IDENTITY = ClockMap(0.0)


def roots(ids: Collection[str], pins: Sequence[Pin]) -> dict[str, tuple[str, ClockMap]]:
    """Return for each id the id it rests on and the map from its media time to that one's clock.

    That clock is its media time with its lost stretches made up; who rests on it does not inherit what it lost.

    An id that no pin places rests on itself. One that stands on an event clock of its own rests on itself too; its
    relation is not applied here (see :func:`own_clocks`).

    Raises:
        BadInputError: ``pin-unknown``, ``pin-twice`` or ``pin-cycle``.
    """
    by_item: dict[str, Pin] = {}
    for pin in pins:
        for name in (pin.item, pin.like):
            if name is not None and name not in ids:
                raise BadInputError(
                    "pin-unknown", f"A hand placement names {name}, which is not here.", todo="Withdraw that placement."
                )
        if pin.item in by_item:
            raise BadInputError(
                "pin-twice", f"{pin.item} is placed by hand twice.", todo="Withdraw one of the two placements."
            )
        by_item[pin.item] = pin
    return {name: _root(name, by_item) for name in ids}


def own_clocks(pins: Sequence[Pin]) -> dict[str, ClockMap]:
    """Return the event clocks of items that a person put on a clock of their own."""
    return {pin.item: pin.relation for pin in pins if pin.like is None}


def _root(name: str, by_item: dict[str, Pin]) -> tuple[str, ClockMap]:
    clock, at, seen = IDENTITY, name, [name]
    while at in by_item and (like := by_item[at].like) is not None:
        clock = by_item[at].relation if clock is IDENTITY else clock.then(by_item[at].relation)
        at = like
        if at in seen:
            raise BadInputError(
                "pin-cycle",
                f"Hand placements go in a circle: {' like '.join([*seen, at])}.",
                todo="Withdraw one of them.",
            )
        seen.append(at)
    return at, clock
