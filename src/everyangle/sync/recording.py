"""A recording as it comes to be placed: what is known of it beside its sound."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.name_times import NamedTime


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording or photo to place.

    Attributes:
        id: names it.
        duration_s: seconds (0 for a photo).
        created_s: when its container says that it began, seconds since 1970 in UTC; weighed, never trusted.
        named: the time that its file's name says.
        device: what recorded it, where that is known: recordings of one device do not overlap.
    """

    id: str
    duration_s: float
    created_s: float | None = None
    named: NamedTime | None = None
    device: str | None = None
