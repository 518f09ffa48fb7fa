"""What a person said about where a recording stands: it outranks what machines measure. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.time import ClockMap


@dataclass(frozen=True, slots=True)
class Pin:
    """A person's placement of an item: ``relation`` takes its media time to the clock of ``like``.

    That clock is the media time of ``like`` with its lost stretches made up, as if nothing had been lost: a camera that
    a person places against a livestream did not lose what the livestream lost.

    Attributes:
        item: id of the item that is placed.
        like: id of the recording against which it is placed; None when the item stands on an event clock of its own,
            to which ``relation`` then leads.
        relation: takes the item's media time to the clock of ``like``.
    """

    item: str
    like: str | None
    relation: ClockMap
